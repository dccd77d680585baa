"""The formulas of rules/statistics/standing.py over whole columns: age, lateness, what falls due, what flowed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from ...rules.statistics.standing import AGES, DAY, LATENESS, SOON_DAYS, code_of
from ...rules.workflow import Status
from .pack import STATUSES

if TYPE_CHECKING:
    from .measures import Mask, Measures
    from .table import Column

NEVER = 2**32 - 1


def or_never(moments: Column) -> Column:
    """Moments with "never" after everything instead of before."""
    found: Column = np.where(moments > 0, moments, np.uint32(NEVER))
    return found


def age_seconds(m: Measures) -> Column:
    """From each arrival to the period's end."""
    return m.end - m.facts["began_at"].astype(np.int64)


def days_left(m: Measures) -> Column:
    """Days until the due date that each goes by; below 0: late. Means nothing where there is none."""
    return m.target.astype(np.int64) - m.end_on


def no_due(m: Measures) -> Mask:
    """Open without a due date: none was set, or its clock stands still."""
    return m.open & (m.target == 0)


def in_time(m: Measures) -> Mask:
    """Open, its due date not past."""
    return m.open & ~m.overdue & (m.target > 0)


def due_soon(m: Measures) -> Mask:
    """Open, not late, and late within the coming days if nobody answers."""
    return in_time(m) & (days_left(m) < SOON_DAYS)


def pressing(m: Measures) -> Mask:
    """Late, or soon to be."""
    return m.overdue | due_soon(m)


def reopened_in(m: Measures) -> Mask:
    """Reopened in the period after it was finished here."""
    return m.holds("reopened_at") & (m.facts["finished_at"] > 0)


def went(m: Measures) -> Mask:
    """Finished for the first time, or passed on unanswered, in the period."""
    return _within(m, np.minimum(or_never(m.facts["finished_at"]), or_never(m.facts["ended_at"])))


def went_again(m: Measures) -> Mask:
    """Reopened before, and answered again or passed on in the period."""
    is_again = (m.facts["finished_at"] > 0) & (m.facts["reopened_at"] > 0)
    return is_again & _within(m, np.minimum(or_never(m.facts["resolved_at"]), or_never(m.facts["ended_at"])))


def _within(m: Measures, moments: Column) -> Mask:
    return (moments >= m.start) & (moments < m.end)


def _held(status: Status) -> Formula:
    """Open, and standing in that status now. Known of the present only: the facts hold no earlier status."""
    return lambda m: m.open & (m.facts["ended_at"] == 0) & (m.facts["status"] == STATUSES.index(status))


Formula = Callable[["Measures"], "Mask"]


def _aged(bounds: tuple[int, int | None], whether: Formula) -> Formula:
    low, high = bounds

    def mask(m: Measures) -> Mask:
        age = age_seconds(m)
        old = whether(m) & (age >= low * DAY)
        return old if high is None else old & (age < (high + 1) * DAY)

    return mask


def _late(bounds: tuple[int, int | None]) -> Formula:
    low, high = bounds

    def mask(m: Measures) -> Mask:
        late = -days_left(m)
        found = m.overdue & (late >= low)
        return found if high is None else found & (late <= high)

    return mask


def _due_in(days: int) -> Formula:
    return lambda m: in_time(m) & (days_left(m) == days)


WHETHER: dict[str, Formula] = {"in_time": in_time, "overdue": lambda m: m.overdue, "no_due": no_due}
HELD = {"waiting": _held(Status.WAITING), "suspended": _held(Status.SUSPENDED)}
MORE: dict[str, Formula] = {
    "open_in_time": in_time, "open_no_due": no_due,
    **{f"open_{code_of(age)}": _aged(age, lambda m: m.open) for age in AGES},
    **{f"open_{code_of(age)}_{split}": _aged(age, whether) for age in AGES for split, whether in WHETHER.items()},
    **{f"overdue_{code_of(late)}": _late(late) for late in LATENESS},
    **{f"due_in_{days}": _due_in(days) for days in range(SOON_DAYS)},
    "due_soon": due_soon, "pressing": pressing, "reopened_in": reopened_in, "went": went, "went_again": went_again,
    **HELD,
}  # fmt: skip
"""Masks by name, looked up by Measures.mask."""
