"""Where many numbers lie between few bounds: searchsorted by a table of buckets, many times faster for a million."""

from __future__ import annotations

import numpy as np

from .table import Column

FEW = 50_000
"""Below so many numbers the plain search is as fast as filling the table of buckets."""
FEW_DAYS = 5000
"""The same of days, whose table is small."""
SHIFT = 14
"""A bucket is 2**14 seconds, four and a half hours: seldom more than one bound falls into it."""
BUCKETS = 2**32 >> SHIFT


def bounds_passed(bounds: Column, moments: Column) -> Column:
    """For each moment how many of the bounds, in order, it has reached: searchsorted(bounds, moments, "right").

    Both are seconds since 1970 as unsigned 32-bit numbers.
    """
    if len(moments) < FEW or not len(bounds):
        return np.searchsorted(bounds, moments, side="right")
    first_bucket = (bounds.astype(np.int64) + (1 << SHIFT) - 1) >> SHIFT
    reached = np.cumsum(np.bincount(first_bucket, minlength=BUCKETS + 1)[: BUCKETS + 1]).astype(np.int32)
    found: Column = reached.take(moments >> SHIFT)
    following = np.append(bounds, np.uint32(2**32 - 1)).astype(np.uint32)
    for _ in range(int(np.bincount(bounds >> SHIFT).max())):  # the bounds inside the moment's own bucket
        found += moments >= following.take(found, mode="clip")
    return np.minimum(found, np.int32(len(bounds)))


def days_passed(bounds: Column, days: Column) -> Column:
    """The same for ordinals of days: how many of the bounds each day has reached."""
    if len(days) < FEW_DAYS or not len(bounds):
        return np.searchsorted(bounds, days, side="right")
    least, most = int(bounds[0]) - 1, int(bounds[-1])
    reached = np.searchsorted(bounds, np.arange(least, most + 1), side="right").astype(np.int32)
    found: Column = reached.take(np.clip(days, least, most).astype(np.int32) - least)
    return found
