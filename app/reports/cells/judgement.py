"""What residents said of answers, as masks over columns: who rated at all, which reasons, what came after reopening.

Twins of rules/statistics/judgement.py, by the same names.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .pack import REASONS

if TYPE_CHECKING:
    from .measures import Measures

Mask = NDArray[np.bool_]


def answer_rated(m: Measures) -> Mask:
    """Answered in the period and judged since, whenever that was."""
    found: Mask = m.answered & (m.facts["rating_level"] > 0)
    return found


def answered_again(m: Measures) -> Mask:
    """Answered in the period, reopened, and answered again at the same unit since."""
    found: Mask = m.reopened & (m.facts["resolved_at"] > 0)
    return found


def _reason(code: str) -> Callable[[Measures], Mask]:
    bit = 1 << REASONS.index(code)

    def ticked(m: Measures) -> Mask:
        found: Mask = m.rated & ((m.facts["reasons"] & bit) > 0)
        return found

    return ticked


MORE: dict[str, Callable[[Any], Mask]] = {
    "answer_rated": answer_rated, "answered_again": answered_again,
    **{f"reason_{code}": _reason(code) for code in REASONS},
}  # fmt: skip
"""By the names under which lists open them."""


def reopening_seconds(m: Measures) -> tuple[NDArray[Any], NDArray[Any]]:
    """For reopened answers: from the first answer to "not solved", and the row of the answer that each counts in."""
    return _between(m, m.reopened, "finished_at", "reopened_at")


def second_answer_seconds(m: Measures) -> tuple[NDArray[Any], NDArray[Any]]:
    """For those answered again: from the reopening to the last answer."""
    return _between(m, answered_again(m), "reopened_at", "resolved_at")


def _between(m: Measures, mask: Mask, since: str, until: str) -> tuple[NDArray[Any], NDArray[Any]]:
    rows = np.flatnonzero(mask)
    took = (m.facts[until].take(rows) - m.facts[since].take(rows)).astype(np.uint32, copy=False).view(np.int32)
    return np.maximum(took, 0), m.facts.row.take(rows)
