"""The counts of a page in one statement per question: by unit, or by month; and the days that fulfil the duties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Integer, String, cast, extract, func, literal, literal_column, select, union_all

from ...cases.models import Case, Custody
from ...dialogues.models import Commitment, ConferenceCall, Objection, Voice
from ...extensions import db
from ...rules.statistics import Period
from ...rules.statistics.heard import Stretch
from ...rules.workflow import Kind
from .conditions import Day, Session, Source, counts_for_duty, is_conference, sources, still_owed

DIALOGUE = literal(str(Kind.DIALOGUE), literal_execute=True)
"""Written out, so that the index of dialogues is known."""
NOTHING: Any = literal_column("0")
MOST = 5
"""Sums of the widest source; the others are filled up with zeros."""
Counts = dict[int, dict[str, int]]


def by_unit(unit_ids: Sequence[int], at: Stretch, period: Period) -> Counts:
    """Everything that was counted at each unit."""
    everything = [(source, at.first, at.passed if source.is_judged else at.last) for source in sources()]
    selects = [_select(source, source.unit, unit_ids, first, last) for source, first, last in everything]
    owed = still_owed(at)
    selects.append(_select(owed, owed.unit, unit_ids, date.min, at.last))
    names = [tuple(source.sums) for source, *_days in everything] + [tuple(owed.sums)]
    for name, statement in _moments(unit_ids, period).items():
        names.append((name,))
        selects.append(statement)
    return _gather(selects, names)


def by_month(unit_ids: Sequence[int], first: date, at: Stretch) -> Counts:
    """What has a day of its own, by month (see `month_number`), of these units together."""
    selects, names = [], []
    for source in sources():
        last = at.passed if source.is_judged else at.last
        month = cast(extract("year", source.on), Integer) * 12 + cast(extract("month", source.on), Integer)
        selects.append(_select(source, month, unit_ids, first, last))
        names.append(tuple(source.sums))
    return _gather(selects, names)


def month_number(day: date) -> int:
    """Months since the beginning of our calendar: the key of `by_month`."""
    return day.year * 12 + day.month


def _select(source: Source, key: Any, unit_ids: Sequence[int], first: date, last: date) -> Any:
    columns = [*source.sums.values(), *[NOTHING] * (MOST - len(source.sums))]
    return (
        select(key.label("grp"), *(column.label(f"v{n}") for n, column in enumerate(columns)))
        .select_from(source.table)
        .where(source.unit.in_(unit_ids), source.on >= first, source.on <= last, source.rows)
        .group_by("grp")
    )


def _moments(unit_ids: Sequence[int], period: Period) -> dict[str, Any]:
    """What has a moment, not a day: objections, voices, requests that came in. Counted within the period's moments."""

    def within(moment: Any) -> Any:
        return (moment >= period.start) & (moment < period.end)

    def one(key: Any, value: Any = None) -> Any:
        value = func.count() if value is None else value
        return select(key.label("grp"), value.label("v0"), *(NOTHING.label(f"v{n}") for n in range(1, MOST)))

    objected = one(Commitment.unit_id).select_from(Objection).join(Commitment, Commitment.id == Objection.commitment_id)
    asked = one(Custody.unit_id).select_from(Custody)
    heads = func.sum(Voice.count, type_=Integer)
    called = one(ConferenceCall.unit_id, heads).join(Voice, Voice.subject == _named("call:", ConferenceCall.id))
    joined = one(Case.unit_id, heads).join(Voice, Voice.subject == _named("case:", Case.id))
    return {
        "objections": objected.where(Commitment.unit_id.in_(unit_ids), within(Objection.at)).group_by("grp"),
        "requests": asked.where(Custody.unit_id.in_(unit_ids), Custody.kind == DIALOGUE,
                                within(Custody.began_at)).group_by("grp"),
        "voices": called.where(ConferenceCall.unit_id.in_(unit_ids), within(Voice.at)).group_by("grp"),
        "voices ": joined.where(Case.unit_id.in_(unit_ids), Case.kind == DIALOGUE, within(Voice.at)).group_by("grp"),
    }  # fmt: skip


def _named(prefix: str, number: Any) -> Any:
    return literal(prefix) + cast(number, String)


def _gather(selects: Sequence[Any], names: Sequence[Sequence[str]]) -> Counts:
    numbered = [statement.add_columns(literal_column(str(n)).label("source")) for n, statement in enumerate(selects)]
    found: Counts = defaultdict(lambda: defaultdict(int))
    for key, *values, number in db.session.execute(union_all(*numbered)):
        for name, value in zip(names[number], values, strict=False):
            found[int(key)][name.strip()] += int(value or 0)
    return found


def done_days(unit_ids: Sequence[int], first: date, last: date) -> dict[tuple[str, int], list[date]]:
    """The days that fulfil a duty, by duty and unit: periodic days held by the head, conferences. One statement."""
    days: Any = select(literal_column("'reception_day'").label("what"), Day.unit_id, Day.on).where(
        Day.unit_id.in_(unit_ids), Day.on >= first, Day.on <= last, counts_for_duty()
    )
    conferences: Any = select(literal_column("'dialogue_conference'"), Session.unit_id, Session.on).where(
        Session.unit_id.in_(unit_ids), Session.on >= first, Session.on <= last, is_conference()
    )
    found: dict[tuple[str, int], list[date]] = defaultdict(list)
    rows: Iterable[Any] = db.session.execute(days.union(conferences))
    for what, unit_id, on in rows:
        found[what, unit_id].append(on)
    return found
