"""The middle of many durations, and the months in which many moments lie: what is done to a column of numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from ...rules.statistics import NONE, Period, Spread, spread_at
from .table import Column

if TYPE_CHECKING:
    from .measures import Measures


def spread_of(took: Column) -> Spread:
    """Count, median and 90th percentile of durations; only the places that the quantiles need are put in order."""
    total = len(took)
    if not total:
        return NONE
    places = sorted({place + step for tenths in (5, 9) for place in [(total - 1) * tenths // 10] for step in (0, 1)})
    places = [place for place in places if place < total]
    ordered = np.partition(took, places)
    return spread_at(total, lambda place: int(ordered[place]))


def spreads_by_row(took: Column, row: Column, size: int) -> list[Spread]:
    """The same for each row of the answer; `row` is in order."""
    bounds = np.searchsorted(row, np.arange(size + 1)).tolist()
    return [spread_of(took[start:stop]) for start, stop in pairwise(bounds)]


def months_of(at: Column, months: Sequence[Period]) -> Column:
    """In which of the months (or other steps, one after the other) each moment lies; in none: -1."""
    starts = np.array([int(month.start.timestamp()) for month in months], at.dtype)
    ends = np.array([*(math.ceil(month.end.timestamp()) for month in months), 0], at.dtype)
    found = np.searchsorted(starts, at, side="right") - 1
    return np.where(at < ends.take(found, mode="wrap"), found, -1)  # before the first: place -1, the end that is 0


def by_month(measured: Measures, moments: str, names: Sequence[str], months: Sequence[Period]) -> dict[str, list[int]]:
    """How many rows of each measure had their moment in each of the months; the first measure holds all others."""
    rows = np.flatnonzero(measured.mask(names[0]))
    month = months_of(measured.facts[moments].take(rows), months)
    found = {}
    for name in names:
        own = month if name == names[0] else month[measured.mask(name).take(rows)]
        found[name] = np.bincount(own[own >= 0], minlength=len(months)).tolist()
    return found
