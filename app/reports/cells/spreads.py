"""The middle of many durations, and the months in which many moments lie: what is done to a column of numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from ...rules.statistics import NONE, Period, Spread, spread_at
from .table import Column


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
    """In which of the months, which follow each other, each moment lies; outside of them -1 or their number."""
    bounds = [int(months[0].start.timestamp()), *(math.ceil(month.end.timestamp()) for month in months)]
    return np.searchsorted(np.array(bounds, at.dtype), at, side="right") - 1  # of one width: nothing is copied
