"""Moments as days of the town, and the working days between two of them, for whole columns."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

import numpy as np

from ... import clock
from ...rules.deadlines import Calendar
from .table import Column

DAY = 86400


def town_days(moments: Column) -> Column:
    """The ordinal of the town's day in which each moment (seconds since 1970, none of them 0) falls."""
    if not len(moments):
        return np.zeros(0, np.int64)
    first, last = (clock.day_of(datetime.fromtimestamp(int(at), UTC)) for at in (moments.min(), moments.max()))
    starts, is_even = _midnights(first.toordinal(), last.toordinal())
    if is_even:  # most towns: no clock was moved in these days
        return (moments - starts[0]) // DAY + first.toordinal()
    found: Column = np.searchsorted(starts, moments, side="right") - 1 + first.toordinal()
    return found


@lru_cache(maxsize=64)
def _midnights(first: int, last: int) -> Any:
    """When each of these days began, in seconds since 1970, and whether all of them have 24 hours."""
    days = range(first, last + 2)
    starts = np.array([int(clock.start_of(date.fromordinal(day)).timestamp()) for day in days], np.int64)
    return starts[:-1], bool(np.all(np.diff(starts) == DAY))


def working_days(since: Column, until: Column, calendar: Calendar) -> Column:
    """Working days after the one day up to and with the other, as deadlines count them; ordinals of days."""
    if not len(since):
        return np.zeros(0, np.int64)
    first, last = int(since.min()), int(until.max())
    days = [calendar.is_working(date.fromordinal(day)) for day in range(first, last + 1)]
    passed = np.cumsum(days)
    found: Column = passed[until.astype(np.int64) - first] - passed[since.astype(np.int64) - first]
    return found
