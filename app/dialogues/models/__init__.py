"""Tables of reception days and bookings, sessions, commitments, and voices counted once."""

from .commitments import Commitment, Objection
from .keeping import VisitErasure
from .reception import Booking, BookingLink, ReceptionDay, ReceptionPattern
from .sessions import Attendee, DialogueSession, Question
from .voices import ConferenceCall, Voice

__all__ = [
    "Attendee",
    "Booking",
    "BookingLink",
    "Commitment",
    "ConferenceCall",
    "DialogueSession",
    "Objection",
    "Question",
    "ReceptionDay",
    "ReceptionPattern",
    "VisitErasure",
    "Voice",
]
