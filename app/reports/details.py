"""What stands beside the figures: days before or after the due date, reasons of discontent, the oldest overdue."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from ..rules.statistics import Period
from .cells.measures import Facts, Measures
from .cells.pack import REASONS


@dataclass
class Details:
    """Days from due date to finish (negative: early) and reasons, with their counts, and the oldest due date."""

    days: Counter[int] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    oldest_due_on: date | None = None


def details(facts: Facts, period: Period) -> Details:
    """From the same columns as the figures."""
    measured = Measures(facts, period)
    due, finished = (
        measured.facts[name][measured.judged_finish].astype(np.int64) for name in ("due_on", "finished_on")
    )
    gaps, numbers = np.unique(finished - due, return_counts=True)
    late = measured.facts["due_on"][measured.late_open]
    return Details(
        Counter(dict(zip(gaps.tolist(), numbers.tolist(), strict=True))), _reasons(measured),
        date.fromordinal(int(late.min())) if len(late) else None,
    )  # fmt: skip


def _reasons(measured: Measures) -> Counter[str]:
    """The reasons ticked beside levels 1 to 3."""
    ticked = measured.facts["reasons"][measured.rated & (measured.facts["rating_level"] <= 3)]
    found = Counter({reason: int(((ticked >> bit) & 1).sum()) for bit, reason in enumerate(REASONS)})
    return +found
