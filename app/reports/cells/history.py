"""How much lay at the units at many moments, and what came and went between them, in one sweep over the rows.

A custody is open in one stretch from its arrival until it is finished or passed on, and in a second one from its last
reopening until it is answered again or passed on. Counting where stretches begin and end gives every moment at once.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ...rules.statistics import Period
from .grid import bounds_passed, days_passed
from .measures import Facts, Measures
from .standing import or_never
from .table import Column


@dataclass(frozen=True)
class Stretch:
    """Rows that are open after `since` and no longer after `until`, with the due date they go by (0: none)."""

    since: Column
    until: Column
    due: Column


@dataclass(frozen=True)
class History:
    """For each of some steps that follow each other: what stood at its end, what came and what went in it."""

    open: list[int]
    overdue: list[int]
    received: list[int]
    reopened_in: list[int]
    went: list[int]
    went_again: list[int]

    @property
    def is_still(self) -> bool:
        """Nothing came and nothing went."""
        return not (any(self.received) or any(self.reopened_in) or any(self.went) or any(self.went_again))

    def net(self, n: int) -> int:
        """By how much the open ones grew in a step."""
        return self.received[n] + self.reopened_in[n] - self.went[n] - self.went_again[n]


def stretches(facts: Facts) -> tuple[Stretch, Stretch]:
    """The first stretch of every row, and the second of those that were reopened."""
    again = np.flatnonzero((facts["finished_at"] > 0) & (facts["reopened_at"] > 0))
    since = np.maximum(facts["reopened_at"].take(again), facts["finished_at"].take(again))
    until = np.minimum(or_never(facts["resolved_at"].take(again)), or_never(facts["ended_at"].take(again)))
    return first_stretch(facts), Stretch(since, until, facts["reopening_due_on"].take(again))


def first_stretch(facts: Facts) -> Stretch:
    """From each arrival until it was finished or passed on."""
    due = np.where(facts["is_reopening"] > 0, facts["reopening_due_on"], facts["due_on"])
    until = np.minimum(or_never(facts["finished_at"]), or_never(facts["ended_at"]))
    return Stretch(facts["began_at"], until, due)


class Axis:
    """The moments at which is counted: the beginning, then the end of each step."""

    def __init__(self, steps: Sequence[Period]) -> None:
        self.size = len(steps)
        ends = [math.ceil(step.end.timestamp()) for step in steps]
        self.moments = np.array([int(steps[0].start.timestamp()), *ends], np.uint32)
        self.days = np.array([step.end_on.toordinal() for step in steps], np.uint32)

    def first_after(self, moments: Column) -> Column:
        """Which moment is the first at which each of these has happened."""
        return bounds_passed(self.moments, moments)

    def first_past(self, due: Column) -> Column:
        """Which is the first on whose day each due date is past; where there is none, after all of them."""
        found = days_passed(self.days, due) + 1
        return np.where(due > 0, found, self.size + 1)

    def counts(self, at: Column) -> Column:
        """How many fall on each moment."""
        return np.bincount(at, minlength=self.size + 2)[: self.size + 1]

    def between(self, at: Column) -> list[int]:
        """How many fall in each step."""
        return self.counts(at)[1:].tolist()  # type: ignore[no-any-return]

    def standing(self, begins: Column, ends: Column) -> list[int]:
        """How many have begun and not ended at each step's end."""
        begins = np.minimum(begins, ends)
        return np.cumsum(self.counts(begins) - self.counts(ends))[1:].tolist()  # type: ignore[no-any-return]


def history(facts: Facts, steps: Sequence[Period]) -> History:
    """What stood and flowed, step by step; the same as the formulas say of each step alone."""
    if not steps:
        return History([], [], [], [], [], [])
    axis = Axis(steps)
    lasting = Measures(facts, Period(steps[0].start, steps[-1].end, steps[-1].end_on)).facts
    standing, late, flows = [], [], []
    for begins, ends, past in _placed(axis, stretches(lasting)):
        standing.append(axis.standing(begins, ends))
        late.append(axis.standing(np.maximum(begins, past), ends))
        flows.append((axis.between(begins), axis.between(ends)))
    (received, went), (reopened_in, went_again) = flows
    return History(_sums(standing), _sums(late), received, reopened_in, went, went_again)


def _placed(axis: Axis, found: Sequence[Stretch]) -> Iterator[tuple[Column, Column, Column]]:
    for one in found:
        begins = axis.first_after(one.since)
        yield begins, np.maximum(begins, axis.first_after(one.until)), axis.first_past(one.due)


def _sums(parts: Sequence[Sequence[int]]) -> list[int]:
    return [sum(both) for both in zip(*parts, strict=True)]


def late_open_at_ends(facts: Facts, steps: Sequence[Period]) -> list[int]:
    """Custodies open past due, never answered, at each step's end; only what was late at some time is looked at."""
    axis = Axis(steps)
    over = np.where(facts["finished_at"] > 0, facts["finished_on"], facts["ended_on"])
    once = facts.only((facts["due_on"] > 0) & (facts["is_reopening"] == 0) & ((over == 0) | (over > facts["due_on"])))
    begins, ends, past = next(_placed(axis, [first_stretch(once)]))
    return axis.standing(np.maximum(begins, past), ends)
