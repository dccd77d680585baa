"""The figures of one unit for one question: what the page shows, the CSV holds and the command prints, counted once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import aliased

from ..extensions import db
from ..rules.statistics import COUNTS, Period, Spread, Summary
from ..units.models import Category
from ..units.queries import setting
from .asked import Question, facts_of, facts_of_units
from .cells.history import late_open_at_ends
from .cells.measures import Facts, Measures, counted
from .cells.spreads import by_month, months_of, spread_of, spreads_by_row
from .cells.table import Column, Table, current
from .span import Span
from .tree import Node, Place

__all__ = ["Figures", "Question", "Subject", "gather"]


@dataclass(frozen=True)
class Subject:
    """A top category, with the months' cases finished on time and late."""

    code: str
    name_vi: str
    name_en: str
    on_time: list[int]
    late: list[int]


@dataclass(frozen=True)
class Figures:
    """The answer."""

    place: Place
    question: Question
    period: Period
    minimum: int
    total: Summary
    rows: list[tuple[Node, Summary]] = field(default_factory=list)
    """The units directly below with all under each, and the unit's own custodies where it has any; they add up."""
    reference: Summary | None = None
    """The whole that the unit is part of; None at the top."""
    months: list[tuple[Span, Summary]] = field(default_factory=list)
    subjects: list[Subject] = field(default_factory=list)
    facts: Facts | None = field(default=None, repr=False, compare=False)
    """The rows they were counted from, for whatever else a page draws."""


def gather(place: Place, question: Question, now: datetime, with_months: bool = True) -> Figures:
    """Count everything from the cells, in a few sweeps over the columns whatever the number of cases."""
    period = question.span.period(now)
    nodes, row_of = table_of(place, question)
    table = current()
    facts = facts_of(question, row_of, len(nodes), table)
    each, total = facts.measured(period).summaries()
    spans = question.span.months(period.end_on) if with_months else []
    return Figures(
        place, question, period, int(setting("minimum_denominator")), total,
        _rows(place, question, list(zip(nodes, each, strict=True))), _reference(place, question, period, table),
        list(zip(spans, monthly(facts, [span.period(now) for span in spans]), strict=True)),
        subjects(facts, [span.period(now) for span in spans]) if spans else [], facts,
    )  # fmt: skip


def table_of(place: Place, question: Question) -> tuple[list[Node], dict[int, int]]:
    """The rows of the table, the unit itself first; and for each unit in which of them it counts."""
    if not question.with_below:
        return [place.unit], {place.unit.id: 0}
    nodes = [place.unit, *place.children]
    row_of = {place.unit.id: 0}
    for number, child in enumerate(place.children, 1):
        row_of.update({node.id: number for node in place.below if child.holds(node)})
    return nodes, row_of


def _rows(place: Place, question: Question, found: Sequence[tuple[Node, Summary]]) -> list[tuple[Node, Summary]]:
    if not question.with_below or not place.children:
        return []
    last = question.span.first
    return [
        (node, summary)
        for node, summary in found
        if summary != Summary() or (node.id != place.unit.id and (node.valid_to is None or node.valid_to >= last))
    ]


def _reference(place: Place, question: Question, period: Period, table: Table) -> Summary | None:
    """The figures of everything under the unit above; durations are not compared."""
    if not place.parent:
        return None
    return Measures(facts_of_units(question, place.ids_around(), table), period).counted()[0]


def monthly(facts: Facts, months: Sequence[Period]) -> list[Summary]:
    """The months' figures: what flowed in each, and what stood late at its end. They follow each other."""
    return stepped(facts, months, COUNTS)[0] if months else []


def stepped(facts: Facts, steps: Sequence[Period], wanted: Collection[str]) -> tuple[list[Summary], Summary]:
    """The figures of steps one after the other, and of all their days together.

    Only the counts wanted are made, and the first responses.
    """
    measured = facts.measured(Period(steps[0].start, steps[-1].end, steps[-1].end_on))
    found: dict[str, list[int]] = {}
    for moments, names in FLOWS.items():
        own = [names[0], *(name for name in names[1:] if name in wanted)]
        if len(own) > 1 or own[0] in (*wanted, LATE):
            found.update(by_month(measured, moments, own, steps))
    late = late_open_at_ends(measured.facts, steps)
    found["judged"] = [sum(parts) for parts in zip(found["judged_finish"], found.pop(LATE), late, strict=True)]
    whole = counted({name: int(measured.mask(name).sum()) for name in found})
    took, firsts = _first_responses(measured, steps)
    rows = [counted({name: counts[n] for name, counts in found.items()}) for n in range(len(steps))]
    return (
        [replace(row, first_response=first) for row, first in zip(rows, firsts, strict=True)],
        replace(whole, first_response=spread_of(took)),
    )


LATE = "late_forward"
FLOWS = {
    "began_at": ("received",), "finished_at": ("finished", "judged_finish", "on_time", "answered", "reopened"),
    "ended_at": (LATE,), "rated_at": ("rated", "satisfied", *(f"level_{n}" for n in range(1, 6))),
    "first_response_at": ("responded",), "resolved_at": ("resolved",),
}  # fmt: skip
"""What is counted by the month in which it happened, by the moment that says so; the first of each holds the others."""


def _first_responses(measured: Measures, steps: Sequence[Period]) -> tuple[Column, list[Spread]]:
    """How long each took, and the spread of each step."""
    took, _row = measured.seconds("first_response")
    step = months_of(measured.facts["first_response_at"][measured.responded], steps)
    order = np.argsort(step.astype(np.int16), kind="stable")  # short numbers are put in order many times faster
    return took, spreads_by_row(took[order], step[order] - 1, len(steps))


def subjects(facts: Facts, months: Sequence[Period]) -> list[Subject]:
    """Top categories with most finished cases first: on time and late, by month."""
    measured = facts.measured(Period(months[0].start, months[-1].end, months[-1].end_on))
    mask = measured.judged_finish
    category, on_time = measured.facts["category_id"][mask], measured.on_time[mask]
    month = months_of(measured.facts["finished_at"][mask], months) - 1
    tops = _tops()
    counts: dict[tuple[str, str, str], tuple[list[int], list[int]]] = defaultdict(
        lambda: ([0] * len(months), [0] * len(months))
    )
    keys = (category.astype(np.int64) * len(months) + month) * 2 + on_time
    for key, n in enumerate(np.bincount(keys).tolist()):
        (category_id, number), is_on_time = divmod(key // 2, len(months)), key % 2
        if n and category_id in tops:
            counts[tops[category_id]][0 if is_on_time else 1][number] += n
    found = [Subject(*names, on_time, late) for names, (on_time, late) in counts.items()]
    return sorted(found, key=lambda s: (-sum(s.on_time) - sum(s.late), s.code))


def _tops() -> dict[int, tuple[str, str, str]]:
    """Code and names of the top category above each."""
    top = aliased(Category)
    rows: Any = db.session.execute(
        select(Category.id, top.code, top.name_vi, top.name_en).join(
            top, (top.id == Category.parent_id) | (Category.parent_id.is_(None) & (top.id == Category.id))
        )
    )
    return {category_id: (code, name_vi, name_en) for category_id, code, name_vi, name_en in rows}
