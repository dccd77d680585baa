"""The figures of one unit for some days: what the page shows and the sheets hold, counted once, in few statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import select

from ... import clock
from ...extensions import db
from ...rules.dialogues.commitments import Tally
from ...rules.dialogues.duties import CONFERENCE, RECEPTION_DAY, Duty, Fulfilled, Term, fulfilled
from ...rules.statistics import Period
from ...rules.statistics.heard import NUMBERS, PROMISED, Heard, Owing, Stretch, duty_met
from ...units.duties import all_duties
from ...units.models import Level, Unit
from ...units.queries import setting
from ..span import Span, month_of
from ..tree import Node, Place
from .count import by_month, by_unit, done_days, month_number

Done = Mapping[tuple[str, int], Sequence[date]]


@dataclass(frozen=True)
class Question:
    """Which days, the unit alone or with all below."""

    span: Span
    with_below: bool = True
    kind: str = ""
    """Never set: the addresses of the figures of cases carry it."""


@dataclass(frozen=True)
class MonthRow:
    """A month beside the same month a year before."""

    span: Span
    now: Heard
    before: Heard


@dataclass(frozen=True)
class TermRow:
    """One period of a duty of one unit: what was owed in it, and on which days it was done."""

    unit_id: int
    term: Term
    days: tuple[date, ...]

    @property
    def counted(self) -> int:
        """As much as fills the duty."""
        return min(len(self.days), self.term.owed)


@dataclass(frozen=True)
class HeardFigures:
    """The answer."""

    place: Place
    question: Question
    period: Period
    at: Stretch
    minimum: int
    total: Heard
    rows: list[tuple[Node, Heard]] = field(default_factory=list)
    months: list[MonthRow] = field(default_factory=list)
    running: Mapping[str, Fulfilled] = field(default_factory=dict)
    """Of the week, month or year in which the last day falls: owed and done so far, by duty."""
    terms: list[TermRow] = field(default_factory=list)


def stretch_of(span: Span, now: datetime) -> Stretch:
    """The span as far as it has come."""
    today = clock.day_of(now)
    return Stretch(span.first, min(span.last, today), min(span.last, today - timedelta(days=1)))


def owings(unit_ids: Iterable[int]) -> dict[int, Owing]:
    """As whom each unit owes. One statement."""
    rows = db.session.execute(
        select(Unit.id, Unit.valid_from, Unit.valid_to, Level.duties).join(Level, Level.code == Unit.level)
    )
    wanted, duties = set(unit_ids), all_duties()
    return {
        unit_id: Owing(unit_id, _of(duties, whos), valid_from, valid_to)
        for unit_id, valid_from, valid_to, whos in rows
        if unit_id in wanted
    }


def _of(duties: Iterable[Duty], whos: Sequence[str]) -> tuple[Duty, ...]:
    return tuple(duty for duty in duties if duty.who in whos)


def gather(place: Place, question: Question, now: datetime, with_months: bool = True) -> HeardFigures:
    """Count everything; the number of statements does not depend on the number of units or rows."""
    at, period, ids = stretch_of(question.span, now), question.span.period(now), place.ids(question.with_below)
    spans = question.span.months(at.last) if with_months else []
    owing, done = owings(ids), days_done(ids, question.span, spans, now)
    counts = by_unit(ids, at, period)
    own = {unit_id: heard_of(counts.get(unit_id, {}), owing.get(unit_id), at, done) for unit_id in ids}
    return HeardFigures(
        place, question, period, at, int(setting("minimum_denominator")), total(own.values()),
        _rows(place, question, own), _months(ids, spans, owing, done, now),
        {what: running(owing.values(), what, at.last, done) for what in (RECEPTION_DAY, CONFERENCE)},
        term_rows(owing.values(), at, done),
    )  # fmt: skip


def days_done(ids: Sequence[int], span: Span, spans: Sequence[Span], now: datetime) -> Done:
    """The days that fulfil duties, from the year in which the first period asked about may have begun."""
    first = min([span.first, *(year_before(one).first for one in spans[:1])])
    last = max([span.last, *(one.last for one in spans)])
    return done_days(ids, date(first.year, 1, 1) - timedelta(days=7), min(last, clock.day_of(now)))


def heard_of(found: Mapping[str, int], owing: Owing | None, at: Stretch, done: Done) -> Heard:
    """What was counted at a unit, with what it owed and did of it."""
    numbers = {name: found.get(name, 0) for name in NUMBERS}
    if owing is not None:
        met = {w: duty_met(owing, w, at, done.get((w, owing.unit_id), ())) for w in (RECEPTION_DAY, CONFERENCE)}
        numbers |= {
            "days_owed": met[RECEPTION_DAY].owed, "days_counted": met[RECEPTION_DAY].counted,
            "conferences_owed": met[CONFERENCE].owed, "conferences_counted": met[CONFERENCE].counted,
        }  # fmt: skip
    return Heard(**numbers, promises=Tally(**{name: found.get(name, 0) for name in PROMISED}))


def total(heard: Iterable[Heard]) -> Heard:
    """Several together."""
    whole = Heard()
    for one in heard:
        whole = whole.plus(one)
    return whole


def _rows(place: Place, question: Question, own: Mapping[int, Heard]) -> list[tuple[Node, Heard]]:
    """The units directly below with all under each, and the unit itself where it has anything; they add up."""
    if not question.with_below or not place.children:
        return []
    found = [(place.unit, own[place.unit.id])] if own[place.unit.id] != Heard() else []
    for child in place.children:
        heard = total(own[node.id] for node in place.below if child.holds(node))
        if heard != Heard() or child.valid_to is None or child.valid_to >= question.span.first:
            found.append((child, heard))
    return found


def year_before(span: Span) -> Span:
    """The same month a year before."""
    return month_of(span.first.replace(year=span.first.year - 1))


def _months(ids: Sequence[int], spans: Sequence[Span], owing: Mapping[int, Owing], done: Done,
            now: datetime) -> list[MonthRow]:  # fmt: skip
    """Each month whole, or until now, as its own page would show it, and the same month a year before."""
    if not spans:
        return []
    first = year_before(spans[0]).first
    counts = by_month(ids, first, stretch_of(Span(first, spans[-1].last), now))

    def month(span: Span) -> Heard:
        at = stretch_of(span, now)
        duties = total(heard_of({}, one, at, done) for one in owing.values())
        return duties.plus(heard_of(counts.get(month_number(span.first), {}), None, at, done))

    return [MonthRow(span, month(span), month(year_before(span))) for span in spans]


def running(owing: Iterable[Owing], what: str, day: date, done: Done) -> Fulfilled:
    """Of the periods that are not over on a day: owed and done so far."""
    owed = did = counted = 0
    for one in owing:
        if (term := one.running(what, day)) is not None and one.valid_from <= day <= (one.valid_to or day):
            met = fulfilled([term], {d for d in done.get((what, one.unit_id), ()) if d <= day})
            owed, did, counted = owed + met.owed, did + met.done, counted + met.counted
    return Fulfilled(owed, did, counted)


def term_rows(owing: Iterable[Owing], at: Stretch, done: Done) -> list[TermRow]:
    """Every period of a duty that ended in the days, of every unit: the rows behind held / owed."""
    return [
        TermRow(one.unit_id, term, tuple(day for day in sorted(set(done.get((what, one.unit_id), ())))
                                         if term.start <= day <= term.end))
        for one in owing
        for what in (RECEPTION_DAY, CONFERENCE)
        for term in one.terms(what, at.first, at.passed)
    ]  # fmt: skip
