"""Tables of the case and of what belongs to it."""

from .case import Case
from .said import FollowLink, Rating, SearchDocument
from .stays import Contribution, Custody, Deadline, Handler

__all__ = ["Case", "Contribution", "Custody", "Deadline", "FollowLink", "Handler", "Rating", "SearchDocument"]
