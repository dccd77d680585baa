"""The figures of one unit for one question: what the page shows, the CSV holds and the command prints, counted once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from ..cases.models import Custody
from ..rules.statistics import Period, Summary
from ..units.queries import setting
from .counts import OUTSIDE, Counts, Scope, Subject, count
from .span import Span
from .spreads import ALL, Durations, measure
from .tree import Node, Place


@dataclass(frozen=True)
class Question:
    """What somebody asks: which days, which kind of case (empty: all), the unit alone or with all below."""

    span: Span
    kind: str = ""
    with_below: bool = True


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


def gather(place: Place, question: Question, now: datetime, with_months: bool = True) -> Figures:
    """Count everything in three statements, whatever the number of cases."""
    period, spans = question.span.period(now), question.span.months(question.span.period(now).end_on)
    months = [span.period(now) for span in spans] if with_months else []
    own = Scope(place.ids(question.with_below), question.kind)
    key = place.row_key() if question.with_below else Custody.unit_id
    counts = count(own, place.ids_around(), key, period, months)
    durations = measure(own, key, period, months)
    return Figures(
        place, question, period, int(setting("minimum_denominator")), _total(counts, durations),
        _rows(place, question, counts, durations), _reference(place, counts),
        [(span, replace(m, first_response=durations.months.get(i, m.first_response)))
         for i, (span, m) in enumerate(zip(spans, counts.months, strict=False))],
        counts.subjects,
    )  # fmt: skip


def _with(summary: Summary, durations: Durations, row: int) -> Summary:
    first, elapsed = durations.of("first", row), durations.of("elapsed", row)
    return replace(summary, first_response=first, elapsed=elapsed, net=durations.of("net", row),
                   responded=first.count, resolved=elapsed.count)  # fmt: skip


def _sum(summaries: Iterable[Summary]) -> Summary:
    total = Summary()
    for summary in summaries:
        total = total.plus(summary)
    return total


def _total(counts: Counts, durations: Durations) -> Summary:
    return _with(_sum(row for key, row in counts.rows.items() if key != OUTSIDE), durations, ALL)


def _reference(place: Place, counts: Counts) -> Summary | None:
    return _sum(counts.rows.values()) if place.parent else None


def _rows(place: Place, question: Question, counts: Counts, durations: Durations) -> list[tuple[Node, Summary]]:
    if not question.with_below or not place.children:
        return []
    nodes = [place.unit, *place.children] if _has_any(place.unit, counts, durations) else place.children
    last = question.span.first
    return [
        (node, _with(counts.rows.get(node.id, Summary()), durations, node.id))
        for node in nodes
        if _has_any(node, counts, durations) or node.valid_to is None or node.valid_to >= last
    ]


def _has_any(node: Node, counts: Counts, durations: Durations) -> bool:
    return counts.rows.get(node.id, Summary()) != Summary() or any(row == node.id for _name, row in durations.rows)
