"""Tales that go on when their moment has come: what happens next anywhere comes next."""

from __future__ import annotations

import heapq
from collections.abc import Generator
from datetime import datetime

from ... import clock

Tale = Generator[datetime, datetime, None]
"""Yields the moment at which it wants to go on; is told the moment at which it does."""


class Agenda:
    """All tales that wait, by moment; those of one moment in the order in which they began to wait."""

    def __init__(self, end: datetime) -> None:
        self._end = end
        self._waiting: list[tuple[datetime, int, Tale]] = []
        self._places = 0
        self._now: datetime | None = None

    def begin(self, tale: Tale) -> None:
        """Let a tale run to its first moment; nothing may happen in it before that, nor earlier than now."""
        self._wait(next(tale, None), tale)

    def until(self, at: datetime) -> None:
        """Let happen all that is due by a moment; what lies after the end of the seed never happens."""
        at = min(at, self._end)
        while self._waiting and self._waiting[0][0] <= at:
            moment, _place, tale = heapq.heappop(self._waiting)
            self._now = moment
            with clock.fixed(moment):
                self._wait(self._go_on(tale, moment), tale)

    def _go_on(self, tale: Tale, moment: datetime) -> datetime | None:
        try:
            return tale.send(moment)
        except StopIteration:
            return None

    def _wait(self, wanted: datetime | None, tale: Tale) -> None:
        if wanted is None:
            return
        self._places += 1
        moment = max(wanted, self._now or wanted)
        heapq.heappush(self._waiting, (moment.replace(microsecond=0), self._places, tale))
