"""The machine's clock is not to be trusted: when it jumps, the journal says so and goes on in order.

Back: seen by any writer, because the last event lies ahead of the clock (`record` asks). Forward: seen by a process
that lives through it, because its monotonic clock did not go along (`Watch`). Either is one event, however many
processes see it. No date moves: due dates are stored, what was done once is marked as done.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from ..extensions import db
from .models import Event, EventFacts

BACK = timedelta(minutes=5)
"""So far behind the last event, and it is the clock; less is another writer who was faster, or the time server."""
AHEAD = timedelta(days=1)
"""So much more than really passed, and the clock was set forward."""
JUMPED = "clock_jumped"


def last_jump(since: datetime) -> Any:
    """The facts of the newest jump recorded at or after that moment of the chain, or None."""
    return db.session.scalar(
        select(EventFacts.facts)
        .join(Event, Event.seq == EventFacts.seq)
        .where(Event.action == JUMPED, Event.at >= since)
        .order_by(Event.seq.desc())
        .limit(1)
    )


def is_new_fall(now: datetime, head_at: datetime) -> bool:
    """Whether the clock stands behind the chain and nobody has said so yet.

    While it stands behind, every event bears the time of the last one before; the jump recorded there covers all
    later moments until the clock falls once more.
    """
    if now >= head_at - BACK:
        return False
    told = last_jump(head_at)
    return told is None or now < datetime.fromisoformat(told["clock"]) - BACK


class Watch:
    """A process's own memory of how the wall clock and the monotonic clock stood together."""

    def __init__(self, wall: Callable[[], datetime] = lambda: datetime.now(UTC),
                 steady: Callable[[], float] = time.monotonic) -> None:  # fmt: skip
        self._wall, self._steady = wall, steady
        self._seen = wall(), steady()

    def leap(self) -> tuple[datetime, datetime] | None:
        """(what the clock should say, what it says) where it was set forward since the last look, else None."""
        before, then = self._seen
        self._seen = now, passed = self._wall(), self._steady()
        due = before + timedelta(seconds=passed - then)
        return (due, now) if now - due > AHEAD else None
