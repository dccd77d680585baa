"""Tables of the case and of what belongs to it."""

from .case import Case
from .keeping import Ending, Erasure, PrivacyRequest
from .person import Person
from .request import DialogueRequest
from .said import FollowLink, MailLink, Rating, SearchDocument
from .stays import Contribution, Custody, Deadline, Handler

__all__ = [
    "Case", "Contribution", "Custody", "Deadline", "DialogueRequest", "Ending", "Erasure", "FollowLink", "Handler",
    "MailLink", "Person", "PrivacyRequest", "Rating", "SearchDocument",
]  # fmt: skip
