"""Tales that go on when their moment has come: what happens next anywhere comes next."""

from __future__ import annotations

import heapq
import logging
from collections.abc import Generator
from datetime import datetime

from ... import clock
from ...refusals import Refusal

logger = logging.getLogger(__name__)

Tale = Generator[datetime, datetime, None]
"""Yields the moment at which it wants to go on; is told the moment at which it does."""


class Agenda:
    """All tales that wait, by moment; those of one moment in the order in which they began to wait."""

    def __init__(self, end: datetime) -> None:
        self._end = end
        self._waiting: list[tuple[datetime, int, Tale]] = []
        self._places = 0
        self._now: datetime | None = None
        self.refused: list[str] = []
        """Tales that ended because the house refused their next deed, with the reason; none in a seed that is tried."""

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
        """The next moment; None at the end. The calendar of any year may refuse a deed: then only this tale ends."""
        try:
            return tale.send(moment)
        except StopIteration:
            return None
        except Refusal as refusal:
            name = getattr(tale, "__name__", "")
            self.refused.append(f"{moment:%Y-%m-%d %H:%M} {name}: {refusal}")
            logger.warning("Demo: refused at %s", self.refused[-1])
            return None

    def _wait(self, wanted: datetime | None, tale: Tale) -> None:
        if wanted is None:
            return
        self._places += 1
        moment = max(wanted, self._now or wanted)
        heapq.heappush(self._waiting, (moment.replace(microsecond=0), self._places, tale))
