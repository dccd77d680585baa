"""Writes a letter to who booked a visit: when and where, what changed and why, and never the code that opens it.

As of cases, the subject names the public number only, and what the visit is about stands behind the single-use link.
"""

from __future__ import annotations

from datetime import date, datetime

from flask import current_app
from flask_babel import force_locale

from ..dialogues.calendar_file import booking_calendar
from ..dialogues.links import make_booking_link
from ..dialogues.models import Booking
from ..extensions import db
from ..journal.models import Event, Notice
from ..rules import contact
from ..rules.dialogues.reception import BookingState
from ..rules.workflow import Action
from ..units.queries import government, unit_by_code
from ..words import Government
from . import texts
from .sms import Text
from .whom import language_of_resident, way_now
from .write import Letter, address_of, framed, one_line, page, tidied

ABOUT = "booking:"
"""How events name a booking."""
SUBJECTS = {"vi": "Tin về lịch hẹn số {}", "en": "News about visit {}"}
NOTED = frozenset({Action.BOOK, Action.MOVE_BOOKING, Action.CANCEL_BOOKING, Action.REMIND_BOOKING})
"""Letters with a calendar file: a later one replaces the earlier in the same phone, a cancelled one strikes it out."""


def write_booking(notice: Notice, event: Event, now: datetime) -> Letter | Text:
    """The letter or SMS that a notice about a booking owes. Makes the link; the caller commits.

    Raises NothingToSend where there is no address (any more), no news is wanted, or somebody comes to denounce.
    """
    booking = db.session.get_one(Booking, int(event.subject.removeprefix(ABOUT)))
    notice.channel = way_now(notice, booking, booking.email, booking.phone)
    key = make_booking_link(booking.id, notice.event_seq, now, str(current_app.config["SECRET_KEY"]))
    link = page("dialogues.use_booking_link", key=key)
    if notice.channel == contact.SMS:
        return texts.text_to(booking.phone, notice, texts.text_of_booking(notice, event, booking, link))
    language, to = language_of_resident(booking.language), address_of(booking.email)
    with force_locale(language):
        text = text_of(notice, event, booking, language, link)
        calendar = calendar_of(event, booking)
    return framed(notice, to, SUBJECTS[language].format(booking.reference), text, language, now, calendar)


def calendar_of(event: Event, booking: Booking) -> bytes | None:
    """The visit for a phone's calendar; none for who came without an appointment, or once the visit is over."""
    is_ahead = booking.state in (BookingState.BOOKED, BookingState.CANCELLED) and booking.slot is not None
    if event.action not in NOTED or not is_ahead:
        return None
    return booking_calendar(booking, str(current_app.config["BASE_URL"]), event.at)


def text_of(notice: Notice, event: Event, booking: Booking, language: str, link: str) -> str:
    """The words, from templates/letters/<language>/<action>_<role>.txt; what was typed is never read as a template."""
    facts = event.facts
    template = current_app.jinja_env.get_template(f"letters/{language}/{notice.action}_{notice.role}.txt")
    return tidied(template.render(
        frame=f"letters/{language}/_booking.txt", booking=booking, name=one_line(booking.name), link=link,
        door=page("dialogues.booking_door"), reception=page("dialogues.reception"), facts=facts, event=event,
        government=Government(government(), language), office=booking.day.unit, day_of=date.fromisoformat,
        place=one_line(str(facts.get("place") or booking.day.place)), reason=one_line(str(facts.get("reason", ""))),
        is_own_doing=event.actor_role == "resident", promiser=unit_by_code(str(facts.get("unit", ""))),
    ))  # fmt: skip
