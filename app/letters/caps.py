"""How much one address, and the resident of one case, is sent within 24 hours; what is over it waits, nothing is lost.

Counted like wrong tries at a door: by a keyed hash of the address, forgotten after a day (accounts/attempts.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from flask import current_app

from ..accounts import attempts
from ..journal.models import Notice
from ..rules.workflow import Action

DAY = timedelta(days=1)
LIMITS = {"mail": "MAILS_PER_ADDRESS", "sms": "SMS_PER_ADDRESS", "case": "LETTERS_PER_CASE"}
"""The settings; 0 means that nothing is counted."""


class Over(Exception):
    """This address has had its share for now; the notice waits `until` then, and no try is counted."""

    def __init__(self, until: datetime) -> None:
        self.until = until


class Share:
    """What is left for each address at one moment, less what this batch has already promised."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.promised: Counter[tuple[str, str]] = Counter()

    def take(self, notice: Notice, address: str) -> None:
        """Promise one letter of the share, or raise Over."""
        doors = list(_doors(notice, address))
        for door, who, limit in doors:
            left = limit - self.promised[door, who]
            seconds = attempts.wait(door, who, self.now, left, int(DAY.total_seconds())) if left > 0 else 0
            if left <= 0 or seconds:
                raise Over(self.now + (timedelta(seconds=seconds) if seconds else DAY))
        self.promised.update((door, who) for door, who, _limit in doors)


def count(notice: Notice, address: str, now: datetime) -> None:
    """Remember that one was sent, in the caller's transaction."""
    for door, who, _limit in _doors(notice, address):
        attempts.count(door, who, now)


def _doors(notice: Notice, address: str) -> Iterator[tuple[str, str, int]]:
    if notice.action == Action.PASSWORD_LINK:  # has a limit of its own, and is worth nothing tomorrow
        return
    for kind, who in ((notice.channel, address.lower()), ("case", str(notice.case_id or ""))):
        limit = int(current_app.config[LIMITS[kind]])
        if who and limit > 0:
            yield f"letter:{kind}", who, limit
