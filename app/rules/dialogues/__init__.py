"""Rules of being heard: receiving citizens, holding dialogues, keeping promises, and how often each is owed."""

from . import commitments, duties, groups, reception, recurrence, sessions, voters
from .exposed import exposed
from .permission import WHO, may_at, sight_at

__all__ = ["WHO", "commitments", "duties", "exposed", "groups", "may_at", "reception", "recurrence", "sessions",
           "sight_at", "voters"]  # fmt: skip
