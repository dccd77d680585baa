"""The same rows counted by something else than units: subject, place, channel."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .measures import Facts
from .table import Column


def grouped(facts: Facts, label: Column, size: int) -> Facts:
    """These rows, each counting in the row of the answer that its label says; a label below 0 counts nowhere."""
    short = label.astype(np.int16) if size < 2**15 else label  # short numbers are put in order many times faster
    order = np.argsort(short, kind="stable")
    order = order[np.searchsorted(label[order], 0) :]
    return facts.placed(order, label[order], size)


def labels(column: Column, row_of: Mapping[int, int], other: int = -1) -> Column:
    """For each value of a column the row of the answer in which it counts; values not in `row_of` in `other`."""
    if not row_of:
        return np.full(len(column), other, np.int32)
    largest = max(*row_of, int(column.max(initial=0)))
    found = np.full(largest + 1, other, np.int32)
    found[list(row_of)] = list(row_of.values())
    taken: Column = found.take(column)
    return taken
