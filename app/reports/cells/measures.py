"""The formulas of rules/statistics over whole columns: the twins of formulas.py, by the same names."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...rules.statistics import COUNTS, LEFT_OUT, Period, Summary
from .more import MORE
from .pack import OUTCOMES, ROW
from .spreads import spread_of, spreads_by_row
from .table import LAST, Column, Table

Mask = NDArray[np.bool_]
NEARLY = 0.8
"""Picking fewer rows than so great a part of them costs less than looking at all."""
NOT_ANSWERS = [number for number, word in enumerate(OUTCOMES) if word in LEFT_OUT]


class Facts:
    """Some rows of the table, each with the row of the answer in which it counts (from 0).

    Columns are picked when they are asked for and kept: most questions touch few of them.
    """

    def __init__(self, columns: Mapping[str, Column], index: Column | None, row: Column, size: int) -> None:
        self.columns, self.row, self.size = columns, row, size
        self._index = index
        """Which rows of the columns; None: all of them."""
        self._picked: dict[str, Column] = {}
        self._measured: dict[Period, Measures] = {}

    def __getitem__(self, name: str) -> Column:
        if self._index is None:
            return self.columns[name]
        if name not in self._picked:
            self._picked[name] = self.columns[name].take(self._index)
        return self._picked[name]

    def __len__(self) -> int:
        return len(self.row)

    @cached_property
    def bounds(self) -> Column:
        """Where the rows of each row of the answer begin, and after the last where they end: they lie in order."""
        return np.searchsorted(self.row, np.arange(self.size + 1))

    def lasting(self, start: int, end: int) -> Facts:
        """The rows that began before a period's end and were not over before its start: no other counts in it.

        Where nearly all of them are such, all are handed out, for the formulas leave out the others themselves.
        """
        if self._index is None or 2 * len(self) < len(self.columns[LAST]):
            lasts = (self[LAST] >= start) & (self["began_at"] < end)
        else:  # whole columns lie side by side
            lasts = ((self.columns[LAST] >= start) & (self.columns["began_at"] < end)).take(self._index)
        return self if np.count_nonzero(lasts) > NEARLY * len(self) else self.only(lasts)

    def measured(self, period: Period) -> Measures:
        """The formulas over these rows for a period; asked again, the same."""
        if period not in self._measured:
            self._measured[period] = Measures(self, period)
        return self._measured[period]

    def only(self, mask: Mask) -> Facts:
        """The rows where the mask holds."""
        if mask.all():
            return self
        inside = np.flatnonzero(mask)
        return self.placed(inside, self.row.take(inside), self.size)

    def placed(self, at: Column, row: Column, size: int) -> Facts:
        """Some of the rows, by their places, each with the row of the answer in which it counts (in order)."""
        return Facts(self.columns, at if self._index is None else self._index.take(at), row, size)


def chosen(table: Table, row_of_unit: Mapping[int, int], size: int, **same: int | Sequence[int]) -> Facts:
    """The rows of these units, each with its row of the answer; `same` are columns and the value(s) they must have.

    Where the units lie side by side in the order of the answer, the columns are looked at and not copied.
    """
    picked = sorted((row_of_unit[unit_id], *at) for unit_id, at in table.stretches.items() if unit_id in row_of_unit)
    if not picked:
        empty: Column = np.zeros(0, np.uint32)
        return Facts(dict.fromkeys([*(ROW.names or ()), LAST, "unit_id"], empty), None, empty, size)
    row = np.repeat(np.array([row for row, *_at in picked], np.int32), [stop - start for _row, start, stop in picked])
    if all(one[2] == other[1] for one, other in pairwise(picked)):
        whole = slice(picked[0][1], picked[-1][2])
        found = Facts({name: column[whole] for name, column in table.columns.items()}, None, row, size)
    else:
        index = np.concatenate([np.arange(start, stop) for _row, start, stop in picked])
        found = Facts(table.columns, index, row, size)
    if not same:
        return found
    mask = np.ones(len(row), np.bool_)
    for name, value in same.items():
        wanted = [value] if isinstance(value, int) else list(value)
        mask &= found[name] == wanted[0] if len(wanted) == 1 else _isin(found[name], wanted)
    return found.only(mask)


def _isin(column: Column, wanted: Sequence[int]) -> Mask:
    """Membership by a table of yes and no: the numbers here are small."""
    yes = np.zeros(max(int(column.max(initial=0)), *wanted) + 1, np.bool_)
    yes[list(wanted)] = True
    found: Mask = yes.take(column)
    return found


class Measures:
    """The formulas for one period, each as a mask over the rows."""

    def __init__(self, facts: Facts, period: Period) -> None:
        self.start, self.end = int(period.start.timestamp()), math.ceil(period.end.timestamp())
        self.end_on = period.end_on.toordinal()
        self.facts: Facts = facts.lasting(self.start, self.end)
        self._places: dict[str, Column] = {}

    def _of(self, name: str) -> Column:
        return self.facts[name]

    def holds(self, name: str) -> Mask:
        """Whether something happened in the period."""
        moment = self._of(name)
        return (moment >= self.start) & (moment < self.end)

    def over(self, name: str) -> Mask:
        """Whether something had happened before the period ended."""
        moment = self._of(name)
        return (moment > 0) & (moment < self.end)

    @cached_property
    def received(self) -> Mask:
        return self.holds("began_at")

    @cached_property
    def finished(self) -> Mask:
        return self.holds("finished_at")

    @cached_property
    def is_first_time(self) -> Mask:
        return ~self.over("finished_at")

    @cached_property
    def open(self) -> Mask:
        again = self.over("reopened_at") & ~self.over("resolved_at")
        return self.over("began_at") & ~self.over("ended_at") & (self.is_first_time | again)

    @cached_property
    def target(self) -> Column:
        """The due date that an open one goes by; 0: none."""
        is_first = self.is_first_time & (self._of("is_reopening") == 0)
        return np.where(is_first, self._of("due_on"), self._of("reopening_due_on"))

    @cached_property
    def overdue(self) -> Mask:
        return self.open & (self.target > 0) & (self.target < self.end_on)

    @cached_property
    def has_target(self) -> Mask:
        return (self._of("due_on") > 0) & (self._of("is_reopening") == 0)

    @cached_property
    def outcome_is_answer(self) -> Mask:
        return ~_isin(self._of("outcome"), NOT_ANSWERS)

    @cached_property
    def was_answered(self) -> Mask:
        return self.outcome_is_answer | (self._of("reopened_at") > 0)

    @cached_property
    def judged_finish(self) -> Mask:
        return self.finished & self.has_target & self.was_answered

    @cached_property
    def on_time(self) -> Mask:
        return self.judged_finish & (self._of("finished_on") <= self._of("due_on"))

    @cached_property
    def late_forward(self) -> Mask:
        is_late = self._of("ended_on") > self._of("due_on")
        return (self._of("finished_at") == 0) & self.holds("ended_at") & self.has_target & is_late

    @cached_property
    def late_open(self) -> Mask:
        return self.overdue & self.is_first_time & self.has_target

    @cached_property
    def judged(self) -> Mask:
        return self.judged_finish | self.late_forward | self.late_open

    @cached_property
    def late(self) -> Mask:
        """Judged, and not on time."""
        return self.judged & ~self.on_time

    @cached_property
    def answered(self) -> Mask:
        return self.finished & self.was_answered

    @cached_property
    def reopened(self) -> Mask:
        return self.answered & (self._of("reopened_at") > 0)

    @cached_property
    def rated(self) -> Mask:
        return self.holds("rated_at") & (self._of("rating_level") > 0)

    @cached_property
    def satisfied(self) -> Mask:
        return self.rated & (self._of("rating_level") >= 4)

    @cached_property
    def responded(self) -> Mask:
        return self.holds("first_response_at")

    @cached_property
    def resolved(self) -> Mask:
        return self.holds("resolved_at") & self.outcome_is_answer

    def mask(self, name: str) -> Mask:
        """A measure by its name; level_1 to level_5 too."""
        if name.startswith("level_"):
            return self.rated & (self._of("rating_level") == int(name[-1]))
        found: Mask = MORE[name](self) if name in MORE else getattr(self, name)
        return found

    def counts(self, name: str) -> list[int]:
        """How many rows of the table count, for each row of the answer."""
        mask, bounds = self.mask(name), self.facts.bounds.tolist()
        return [int(np.count_nonzero(mask[start:stop])) for start, stop in pairwise(bounds)]

    def seconds(self, spread: str) -> tuple[Column, Column]:
        """What took how long, and the row of the answer for each: first_response, elapsed or net."""
        name, of = ("first_response_at", "responded") if spread == "first_response" else ("resolved_at", "resolved")
        inside = self._inside(of)
        if spread == "net":
            took = self._took(name, inside) - self._of("waited_seconds").take(inside).astype(np.int32)
            return np.maximum(took, 0), self.facts.row.take(inside)
        return self._took(name, inside), self.facts.row.take(inside)

    def _took(self, name: str, inside: Column) -> Column:
        """From the beginning to a moment: seconds fit in half the width, a difference wraps round to its sign."""
        took = self._of(name).take(inside) - self._of("began_at").take(inside)
        return took.astype(np.uint32, copy=False).view(np.int32)

    def _inside(self, name: str) -> Column:
        """The places of the rows that count for a measure."""
        if name not in self._places:
            self._places[name] = np.flatnonzero(self.mask(name))
        return self._places[name]

    def counted(self) -> list[Summary]:
        """The counts of each row of the answer, without durations."""
        counts = {name: self.counts(name) for name in COUNTS}
        return [counted({name: counts[name][n] for name in COUNTS}) for n in range(self.facts.size)]

    def summaries(self) -> tuple[list[Summary], Summary]:
        """The figures of each row of the answer, and of all together."""
        counts, took = self.counted(), {name: self.seconds(name) for name in SPREADS}
        by_row = {name: spreads_by_row(*took[name], self.facts.size) for name in SPREADS}
        rows = [
            replace(one, first_response=by_row["first_response"][n], elapsed=by_row["elapsed"][n], net=by_row["net"][n])
            for n, one in enumerate(counts)
        ]
        first, elapsed, net = (spread_of(took[name][0]) for name in SPREADS)
        return rows, replace(sum_of(counts), first_response=first, elapsed=elapsed, net=net)


def counted(counts: Mapping[str, int]) -> Summary:
    """Counts by their names as a summary without durations."""
    values: dict[str, Any] = dict(counts)
    return Summary(**values)


def sum_of(counts: Iterable[Summary]) -> Summary:
    """Counts added up; durations are left empty."""
    total = Summary()
    for one in counts:
        total = total.plus(one)
    return total


SPREADS = ("first_response", "elapsed", "net")
