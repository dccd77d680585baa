"""What lies at a unit and how it flows: how old it is, how late, what falls due next; what came in and what went out.

The twins over whole columns are reports/cells/standing.py, by the same names.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, datetime

from .facts import CustodyFact, Period
from .formulas import is_first_time, is_open, is_overdue

DAY = 86400
AGES: tuple[tuple[int, int | None], ...] = ((0, 5), (6, 10), (11, 20), (21, 30), (31, 60), (61, 90), (91, None))
"""Whole days since the arrival at the unit, both included; the last has no end."""
LATENESS: tuple[tuple[int, int | None], ...] = ((1, 5), (6, 15), (16, 30), (31, None))
"""Days since the due date, both included."""
SOON_DAYS = 7
"""Days ahead, the period's last moment's own day first, whose due dates the office looks at."""
SPLITS = ("in_time", "overdue", "no_due")
"""How an open case stands; every open one is exactly one of these."""


def code_of(bounds: tuple[int, int | None]) -> str:
    """A group's name in addresses: 6_10, and 91 for the one without an end."""
    low, high = bounds
    return f"{low}" if high is None else f"{low}_{high}"


def target(c: CustodyFact, p: Period) -> date | None:
    """The due date that an open custody goes by: a reopened one by that of its reopening."""
    return c.due_on if is_first_time(c, p) and not c.is_reopening else c.reopening_due_on


def age_seconds(c: CustodyFact, p: Period) -> int:
    """From the arrival at the unit to the end of the period."""
    return math.ceil(p.end.timestamp()) - math.floor(c.began_at.timestamp())


def in_time(c: CustodyFact, p: Period) -> bool:
    """Open, its due date not past."""
    return is_open(c, p) and target(c, p) is not None and not is_overdue(c, p)


def no_due(c: CustodyFact, p: Period) -> bool:
    """Open without a due date: none was set, or its clock stands still."""
    return is_open(c, p) and target(c, p) is None


def days_late(c: CustodyFact, p: Period) -> int:
    """Days since the due date; 0 and less: not late."""
    due_on = target(c, p)
    return (p.end_on - due_on).days if due_on and is_open(c, p) else 0


def due_in(c: CustodyFact, p: Period) -> int | None:
    """Days until the due date of an open custody that is not late; 0: that very day."""
    due_on = target(c, p)
    return (due_on - p.end_on).days if due_on and in_time(c, p) else None


def due_soon(c: CustodyFact, p: Period) -> bool:
    """Open, not late, and late within the coming days if nobody answers."""
    left = due_in(c, p)
    return left is not None and left < SOON_DAYS


def pressing(c: CustodyFact, p: Period) -> bool:
    """Late, or soon to be."""
    return is_overdue(c, p) or due_soon(c, p)


def reopened_in(c: CustodyFact, p: Period) -> bool:
    """Reopened in the period after it was finished here: it lies at the unit again."""
    return c.finished_at is not None and p.holds(c.reopened_at)


def went(c: CustodyFact, p: Period) -> bool:
    """Finished for the first time, or passed on unanswered, in the period: it lies here no longer."""
    return p.holds(_first(c.finished_at, c.ended_at))


def went_again(c: CustodyFact, p: Period) -> bool:
    """Reopened before, and answered again or passed on in the period."""
    if c.finished_at is None or c.reopened_at is None:
        return False
    return p.holds(_first(c.resolved_at, c.ended_at))


def _first(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((moment for moment in (one, other) if moment is not None), default=None)


Formula = Callable[[CustodyFact, Period], bool]


def _aged(bounds: tuple[int, int | None], whether: Formula) -> Formula:
    low, high = bounds
    return lambda c, p: whether(c, p) and low <= age_seconds(c, p) // DAY <= (math.inf if high is None else high)


def _late(bounds: tuple[int, int | None]) -> Formula:
    low, high = bounds
    return lambda c, p: low <= days_late(c, p) <= (math.inf if high is None else high)


def _due_in(days: int) -> Formula:
    return lambda c, p: due_in(c, p) == days


STANDING: dict[str, Formula] = {
    "open_in_time": in_time, "open_no_due": no_due,
    **{f"open_{code_of(age)}": _aged(age, is_open) for age in AGES},
    **{f"open_{code_of(age)}_{split}": _aged(age, whether) for age in AGES
       for split, whether in zip(SPLITS, (in_time, is_overdue, no_due), strict=True)},
    **{f"overdue_{code_of(late)}": _late(late) for late in LATENESS},
    **{f"due_in_{days}": _due_in(days) for days in range(SOON_DAYS)},
    "due_soon": due_soon, "pressing": pressing, "reopened_in": reopened_in, "went": went, "went_again": went_again,
}  # fmt: skip
"""Every count of these pages, by name."""
