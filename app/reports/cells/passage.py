"""A custody's way through the house, over whole columns: the twins of rules/statistics/stages.py, by the same names."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ...rules.statistics.stages import STANDING, STAYS, TIMED, WORKED
from ...rules.workflow import Status
from .pack import STATUSES

if TYPE_CHECKING:
    from .measures import Measures

Mask = NDArray[np.bool_]


def _bits(*statuses: str) -> int:
    return sum(1 << STATUSES.index(status) for status in statuses)


def _stood(m: Measures, *statuses: str) -> Mask:
    """Whether it ever stood in one of these."""
    return (m.facts["stood"] & _bits(*statuses)) > 0


def _answered(m: Measures) -> Any:
    return m.received & (m.facts["finished_at"] > 0) & m.was_answered


def _closed(m: Measures) -> Any:
    return m.received & (m.facts["finished_at"] > 0) & ~m.was_answered


def _forward(m: Measures) -> Any:
    return m.received & (m.facts["finished_at"] == 0) & (m.facts["ended_at"] > 0)


def passed(m: Measures) -> Any:
    """Finished in the period, or passed on unanswered."""
    return m.finished | ((m.facts["finished_at"] == 0) & m.holds("ended_at"))


def _passed_in(status: str) -> Callable[[Measures], Any]:
    return lambda m: passed(m) & _stood(m, status)


def _stands_in(status: str) -> Callable[[Measures], Any]:
    return lambda m: (m.facts["ended_at"] == 0) & (m.facts["status"] == STATUSES.index(status))


def _stay(number: int) -> Callable[[Measures], Any]:
    if number == STAYS:
        return lambda m: m.received & (m.facts["number"] >= number)
    return lambda m: m.received & (m.facts["number"] == number)


MORE: dict[str, Callable[[Measures], Any]] = {
    "got_assigned": lambda m: m.received & _stood(m, *WORKED),
    "got_verifying": lambda m: m.received & _stood(m, Status.VERIFYING),
    "got_approval": lambda m: m.received & _stood(m, Status.PENDING_APPROVAL),
    "got_answer": _answered,
    "got_rating": lambda m: m.received & (m.facts["rating_level"] > 0),
    "got_closed": _closed,
    "got_forward": _forward,
    "passed": passed,
    "moved": lambda m: m.received & (m.facts["from_unit_id"] > 0),
    "came_back": lambda m: m.received & (m.facts["came_back"] > 0),
    **{f"passed_{status}": _passed_in(status) for status in TIMED},
    **{f"stands_{status}": _stands_in(status) for status in STANDING},
    **{f"stay_{number}": _stay(number) for number in range(1, STAYS + 1)},
}
