"""Tables of the case and of what belongs to it."""

from .case import Case
from .request import DialogueRequest
from .said import FollowLink, MailLink, Rating, SearchDocument
from .stays import Contribution, Custody, Deadline, Handler

__all__ = [
    "Case", "Contribution", "Custody", "Deadline", "DialogueRequest", "FollowLink", "Handler", "MailLink",
    "Rating",
    "SearchDocument",
]  # fmt: skip
