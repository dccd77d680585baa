"""All counts of a page in one statement: the period per unit, and the twelve months of the unit asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, case, func, literal, literal_column, select, union_all
from sqlalchemy.orm import aliased

from ..cases.models import Custody
from ..extensions import UtcDateTime, db
from ..rules.statistics import COUNTS, Period, Summary
from ..rules.workflow import Kind
from ..units.models import Category
from .conditions import MOMENTS, Condition, Conditions, aside, has_target, month_key

COUNTED = tuple(name for name in COUNTS if name not in ("responded", "resolved"))
"""Counts of this statement; the others are numbers of durations and come with them."""
NOTHING: Any = literal_column("0")
NO_WORD: Any = literal_column("''")
OUTSIDE = 0
"""The row of all custodies outside the unit asked about, for the figures it is measured against."""


@dataclass(frozen=True)
class Subject:
    """A top category, with the months' cases finished on time and late."""

    code: str
    name_vi: str
    name_en: str
    on_time: list[int]
    late: list[int]


@dataclass
class Counts:
    """What the statement found."""

    rows: dict[int, Summary] = field(default_factory=dict)
    """By row of the table (a unit's id); OUTSIDE holds the rest of the neighbourhood."""
    months: list[Summary] = field(default_factory=list)
    subjects: list[Subject] = field(default_factory=list)


@dataclass(frozen=True)
class Scope:
    """Whose custodies are counted: unit ids, and a kind of case if only that."""

    unit_ids: Sequence[int]
    kind: str = ""

    def condition(self) -> Condition:
        """As a condition on a row of custody. Denunciations stand in no figure, list or download (see sealed.py)."""
        inside = and_(Custody.unit_id.in_(self.unit_ids), is_counted())
        return and_(inside, Custody.kind == self.kind) if self.kind else inside


def is_counted() -> Condition:
    """Whether a custody may stand in a figure at all."""
    return aside(Custody.kind != Kind.DENUNCIATION)


def count(own: Scope, around: Sequence[int], row_key: Any, period: Period, months: Sequence[Period]) -> Counts:
    """Count the period for every row of the table and for the neighbourhood (`around`), and the months for `own`."""
    wide = Scope(sorted({*own.unit_ids, *around}), own.kind)
    key = case((Custody.unit_id.in_(own.unit_ids), row_key), else_=literal_column(str(OUTSIDE))) if around else row_key
    selects = _period(wide, key, period) + (_months(own, months) if months else [])
    return _gather(db.session.execute(union_all(*selects)).all(), len(months))


def _period(scope: Scope, key: Any, period: Period) -> list[Select[Any]]:
    conditions = Conditions(period)
    names = ("began", "finished", "forwarded", "open", "rated")
    return [
        _select(conditions, name, key.label("row_key"), NOTHING.label("month"), ["row_key"]).where(
            scope.condition(), piece
        )
        for name in names
        for piece in conditions.sources()[name]
    ]


NO_SUBJECT = (NO_WORD.label("top_code"), NO_WORD.label("top_vi"), NO_WORD.label("top_en"))


def _select(conditions: Conditions, source: str, key: Any, month: Any, groups: list[str],
            subject: tuple[Any, ...] = NO_SUBJECT) -> Select[Any]:  # fmt: skip
    """Counts of one source, grouped; measures that it does not hold are 0."""
    held = {name: found[source] for name, found in conditions.measures().items() if source in found}
    columns = [_sum(held[name]).label(name) if name in held else NOTHING.label(name) for name in COUNTED]
    return select(key, month, *subject, *columns).select_from(Custody).group_by(*groups)


def _sum(condition: ColumnElement[bool]) -> Any:
    return func.sum(case((condition, 1), else_=0), type_=Integer)


MONTHLY = -1
"""Row key of the months' rows."""


def _months(scope: Scope, months: Sequence[Period]) -> list[Select[Any]]:
    whole = Conditions(Period(months[0].start, months[-1].end, months[-1].end_on))
    ends = [m.end for m in months]
    key: Any = literal_column(str(MONTHLY)).label("row_key")
    selects = []
    for name in ("began", "finished", "forwarded", "rated"):
        month, where = month_key(MOMENTS[name], ends).label("month"), (scope.condition(), whole.sources()[name][0])
        if name == "finished":
            by_category = (Custody.category_id.label("category_id"),)
            statement = _select(whole, name, key, month, ["month", "category_id"], by_category)
            selects.append(_by_subject(statement.where(*where)))
        else:
            selects.append(_select(whole, name, key, month, ["month"]).where(*where))
    return selects + _late(scope, months)


def _by_subject(by_category: Select[Any]) -> Select[Any]:
    """Counts by category, with the code and names of the top category above each."""
    counted, category, top = by_category.subquery(), aliased(Category), aliased(Category)
    names = (top.code.label("top_code"), top.name_vi.label("top_vi"), top.name_en.label("top_en"))
    return (
        select(counted.c.row_key, counted.c.month, *names, *(counted.c[name] for name in COUNTED))
        .join(category, category.id == counted.c.category_id)
        .join(top, top.id == func.coalesce(category.parent_id, category.id))
    )


def _late(scope: Scope, months: Sequence[Period]) -> list[Select[Any]]:
    """For each month's end the custodies open past due then: each was late for a while, and is counted in its months.

    The three sources hold what is open now, what finished and what left since the first month's end.
    """
    first, whole = months[0], Conditions(Period(months[0].start, months[-1].end, months[-1].end_on))
    ends = union_all(*(_end(number, month) for number, month in enumerate(months))).subquery()
    at, on = ends.c.end_at, ends.c.end_on
    unfinished = aside(Custody.finished_at.is_(None))
    was_late = and_(
        Custody.began_at < at, Custody.due_on < on, has_target(),
        unfinished | (Custody.finished_at >= at), Custody.ended_at.is_(None) | (Custody.ended_at >= at),
    )  # fmt: skip
    sources = [
        and_(Custody.is_open.is_(True), unfinished, Custody.due_on < months[-1].end_on),
        and_(Custody.finished_at >= first.end, whole.day(Custody.finished_at) >= Custody.due_on),
        and_(Custody.ended_at >= first.end, unfinished, whole.day(Custody.ended_at) >= Custody.due_on),
    ]
    return [_late_select(scope, ends, source, was_late) for source in sources]


def _end(number: int, month: Period) -> Any:
    return select(literal_column(str(number)).label("number"), literal(month.end, UtcDateTime()).label("end_at"),
                  literal(month.end_on).label("end_on"))  # fmt: skip


def _late_select(scope: Scope, ends: Any, source: Condition, was_late: Condition) -> Select[Any]:
    columns = [func.count().label(name) if name == "judged" else NOTHING.label(name) for name in COUNTED]
    return (
        select(literal_column(str(MONTHLY)).label("row_key"), ends.c.number.label("month"), NO_WORD, NO_WORD, NO_WORD,
               *columns)
        .select_from(Custody).join(ends, was_late).where(scope.condition(), source).group_by(ends.c.number)
    )  # fmt: skip


def _gather(rows: Sequence[Any], months: int) -> Counts:
    found = Counts(months=[Summary() for _ in range(months)])
    subjects: dict[str, Subject] = {}
    for row in rows:
        key, month, top_code, top_vi, top_en = row[:5]
        counts = Summary(**dict(zip(COUNTED, map(_number, row[5:]), strict=True)))
        if key != MONTHLY:
            found.rows[key] = found.rows.get(key, Summary()).plus(counts)
            continue
        found.months[month] = found.months[month].plus(counts)
        if top_code:
            subject = subjects.setdefault(top_code, Subject(top_code, top_vi, top_en, [0] * months, [0] * months))
            subject.on_time[month] += counts.on_time
            subject.late[month] += counts.judged_finish - counts.on_time
    found.subjects = sorted(subjects.values(), key=lambda s: (-sum(s.on_time) - sum(s.late), s.code))
    return found


def _number(value: Any) -> Any:
    """A sum over no rows is NULL; PostgreSQL's sums come as decimals."""
    return int(value or 0)
