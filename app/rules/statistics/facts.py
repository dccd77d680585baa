"""What a figure is counted from: one stay of a case at one unit, and the period asked about."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Period:
    """From a moment until, but without, another. A day ends at local midnight; `end` is never later than now."""

    start: datetime
    end: datetime
    end_on: date
    """The town's calendar day on which `end` falls: at that moment a due date before it is past."""

    def holds(self, moment: datetime | None) -> bool:
        """Whether something happened in the period."""
        return moment is not None and self.start <= moment < self.end

    def is_over_by(self, moment: datetime | None) -> bool:
        """Whether something had happened before the period ended."""
        return moment is not None and moment < self.end


@dataclass(frozen=True)
class CustodyFact:
    """One custody as the formulas see it: moments in UTC, days in the town's calendar."""

    unit_id: int
    began_at: datetime
    ended_at: datetime | None = None
    ended_on: date | None = None
    due_on: date | None = None
    is_reopening: bool = False
    first_response_at: datetime | None = None
    finished_at: datetime | None = None
    finished_on: date | None = None
    resolved_at: datetime | None = None
    reopened_at: datetime | None = None
    reopening_due_on: date | None = None
    """Due date of the clock that the last reopening started."""
    outcome: str | None = None
    waited_seconds: int = 0
    case_began_at: datetime | None = None
    """When the resident sent it: the beginning of the case's first custody."""
    case_waited_seconds: int = 0
    """Legal pauses of all custodies of the case until now, this one included."""
    rating_level: int | None = None
    rated_at: datetime | None = None


def seconds(since: datetime, until: datetime) -> int:
    """Whole seconds between two moments, each cut to its second: databases and this agree on them."""
    return math.floor(until.timestamp()) - math.floor(since.timestamp())
