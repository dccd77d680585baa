"""What stands beside the figures: days before or after the due date, reasons of discontent, the oldest overdue."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from ..rules.statistics import Period
from .cells.measures import Facts, Measures
from .cells.pack import REASONS
from .cells.table import Column


@dataclass
class Details:
    """Days from due date to finish (negative: early) and reasons, with their counts, and the oldest due date."""

    days: Counter[int] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    oldest_due_on: date | None = None


def details(facts: Facts, period: Period) -> Details:
    """From the same columns as the figures."""
    measured = facts.measured(period)
    inside = np.flatnonzero(measured.judged_finish)
    due, finished = (measured.facts[name].take(inside).astype(np.int32) for name in ("due_on", "finished_on"))
    late = measured.facts["due_on"][measured.late_open]
    return Details(
        _tallied(finished - due), _reasons(measured),
        date.fromordinal(int(late.min())) if len(late) else None,
    )  # fmt: skip


def _tallied(days: Column) -> Counter[int]:
    """How often each number of days occurs."""
    if not len(days):
        return Counter()
    least = int(days.min())
    numbers = np.bincount(days - least)
    return Counter({int(n) + least: int(numbers[n]) for n in np.flatnonzero(numbers)})


def _reasons(measured: Measures) -> Counter[str]:
    """The reasons ticked beside levels 1 to 3."""
    ticked = measured.facts["reasons"][measured.rated & (measured.facts["rating_level"] <= 3)]
    found = Counter({reason: int(((ticked >> bit) & 1).sum()) for bit, reason in enumerate(REASONS)})
    return +found
