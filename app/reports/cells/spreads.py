"""The middle of many durations, and the months in which many moments lie: what is done to a column of numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from ...rules.statistics import NONE, Period, Spread, spread_at
from .grid import bounds_passed
from .table import Column

if TYPE_CHECKING:
    from .measures import Measures


def spread_of(took: Column) -> Spread:
    """Count, median and 90th percentile of durations. Putting all in order is faster here than only some places."""
    if not len(took):
        return NONE
    ordered = np.sort(took)
    return spread_at(len(took), lambda place: int(ordered[place]))


def spreads_by_row(took: Column, row: Column, size: int) -> list[Spread]:
    """The same for each row of the answer; `row` is in order."""
    bounds = np.searchsorted(row, np.arange(size + 1)).tolist()
    return [spread_of(took[start:stop]) for start, stop in pairwise(bounds)]


def months_of(at: Column, months: Sequence[Period]) -> Column:
    """In which of the months (or other steps, one after the other) each moment lies, from 1; in none: 0."""
    begun = {number: month for number, month in enumerate(months, 1) if month.start < month.end}
    step_at = {int(month.start.timestamp()): number for number, month in begun.items()}
    bounds = sorted({*step_at, *(math.ceil(month.end.timestamp()) for month in begun.values())})
    steps = np.array([0, *(step_at.get(bound, 0) for bound in bounds)], np.int32)  # after an end may come a gap
    passed = bounds_passed(np.array(bounds, np.uint32), at)
    if steps[:-1].tolist() == list(range(len(steps) - 1)):  # no gaps: only what lies after the last is in none
        return np.where(passed < len(bounds), passed, 0)
    found: Column = steps.take(passed)
    return found


def by_month(measured: Measures, moments: str, names: Sequence[str], months: Sequence[Period]) -> dict[str, list[int]]:
    """How many rows of each measure had their moment in each of the months; the first measure holds all others."""
    rows = np.flatnonzero(measured.mask(names[0]))
    month = months_of(measured.facts[moments].take(rows), months)
    found = {}
    for name in names:
        own = month if name == names[0] else month * measured.mask(name).take(rows)
        found[name] = np.bincount(own, minlength=len(months) + 1)[1:].tolist()
    return found
