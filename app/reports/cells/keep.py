"""Keeps the cells true to the custodies: the cells in which something changed are written anew.

Only the worker and the commands write them. A page counts the cells that are behind while it is made, so a new event
shows in the next page load.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from sqlalchemy import Select, and_, case, delete, exists, func, insert, not_, select
from sqlalchemy.orm import aliased

from ... import clock
from ...cases.models import Case, Custody, Deadline, Rating
from ...extensions import db
from ...journal.models import ChainHead, Event
from ..models import Cell, CellsHead
from .pack import FORMAT, packed
from .stages import fill, marks

EVENTS = 2000
"""Events that one count takes in: a short write."""
FAR = 100_000
"""So many events behind, everything is counted anew faster."""
AT_ONCE = 20_000
"""Custodies that a full count holds in memory, and those of the month in which that number is reached."""
COPIED = ("id", "case_id", "number", "unit_id", "kind", "category_id", "commune_id", "began_at", "ended_at", "due_on",
          "is_reopening", "first_response_at", "finished_at", "resolved_at", "reopened_at", "outcome",
          "waited_seconds", "rating_level", "rated_at")  # fmt: skip


@dataclass(frozen=True, order=True)
class Key:
    """One cell: a unit and the first day of a month."""

    unit_id: int
    month: date


def month_of(moment: datetime) -> date:
    """The town's month in which a moment fell, by its first day."""
    return clock.day_of(moment).replace(day=1)


def counted_until() -> int:
    """The last event whose changes the cells hold; 0 where they are of another format."""
    return int(db.session.scalar(select(CellsHead.seq).where(CellsHead.id == 1, CellsHead.format == FORMAT)) or 0)


def latest() -> int:
    """The last event there is."""
    return int(db.session.scalar(select(ChainHead.seq).where(ChainHead.id == 1)) or 0)


def behind(since: int, until: int) -> set[Key]:
    """The cells that events after `since`, up to `until`, may have changed. Two statements."""
    changed = select(Event.case_id).where(Event.seq > since, Event.seq <= until, Event.case_id.is_not(None))
    rows = db.session.execute(select(Custody.unit_id, Custody.began_at).where(Custody.case_id.in_(changed)))
    return {Key(unit_id, month_of(began_at)) for unit_id, began_at in rows}


def counted(keys: Collection[Key]) -> dict[Key, bytes]:
    """The facts of these cells as the custodies say now."""
    found: dict[Key, bytes] = {}
    months: dict[date, list[int]] = defaultdict(list)
    for key in keys:
        months[key.month].append(key.unit_id)
    for month, unit_ids in months.items():
        after = clock.start_of((month + timedelta(days=31)).replace(day=1))
        here = (Custody.began_at >= clock.start_of(month), Custody.began_at < after, Custody.unit_id.in_(unit_ids))
        found.update({key: facts for key, facts, _number in _cells(here)})
    return found


def _cells(here: Collection[Any]) -> Iterator[tuple[Key, bytes, int]]:
    """The cells of the custodies for which these conditions hold: two statements, custodies and their events."""
    by_key: dict[Key, list[Any]] = defaultdict(list)
    for row in db.session.execute(custodies().where(*here)).mappings():
        by_key[Key(row["unit_id"], month_of(row["began_at"]))].append(with_days(row))
    if not by_key:
        return
    keys = sorted(by_key)
    parts = [packed(by_key[key]) for key in keys]
    rows = fill(np.concatenate(parts), marks(select(Custody.case_id).where(*here)))
    bounds = np.cumsum([len(part) for part in parts])[:-1]
    for key, part in zip(keys, np.split(rows, bounds), strict=True):
        yield key, part.tobytes(), len(part)


def custodies() -> Select[Any]:
    """All facts of custodies, with the channel of their cases."""
    columns = [getattr(Custody, name) for name in COPIED]
    own = (Rating.case_id == Custody.case_id) & (Rating.at == Custody.rated_at)
    return (
        select(
            *columns,
            Case.channel,
            Rating.reasons,
            reopening_due_on().label("reopening_due_on"),
            _case_began_at().label("case_began_at"),
            _case_waited().label("case_waited_seconds"),
            _from_unit().label("from_unit_id"),
            _came_back().label("came_back"),
        )
        .join(Case, Case.id == Custody.case_id)
        .outerjoin(Rating, own)
    )


def reopening_due_on() -> Any:
    """Due date of the clock that the last reopening of the case started."""
    return (
        select(Deadline.due_on)
        .where(Deadline.case_id == Custody.case_id, Deadline.is_closing.is_(True), Deadline.number >= 2)
        .order_by(Deadline.id.desc())
        .limit(1)
        .correlate(Custody)
        .scalar_subquery()
    )


def _case_began_at() -> Any:
    """When the resident sent it."""
    first = aliased(Custody)
    same = (first.case_id == Custody.case_id) & (first.number == 1)
    return func.coalesce(select(first.began_at).where(same).correlate(Custody).scalar_subquery(), Custody.began_at)


def _case_waited() -> Any:
    """Seconds of legal pauses of the whole case, through all its stays."""
    stay = aliased(Custody)
    seconds = func.sum(case((stay.waited_seconds > 0, stay.waited_seconds), else_=0))
    return select(seconds).where(stay.case_id == Custody.case_id).correlate(Custody).scalar_subquery()


def _from_unit() -> Any:
    """The unit from which the case came here."""
    before = aliased(Custody)
    same = (before.case_id == Custody.case_id) & (before.number == Custody.number - 1)
    return select(before.unit_id).where(same).correlate(Custody).scalar_subquery()


def _came_back() -> Any:
    """Whether the unit had the case before and it is not a reopening: it went to and fro."""
    before = aliased(Custody)
    same = (before.case_id == Custody.case_id) & (before.number < Custody.number) & (before.unit_id == Custody.unit_id)
    return and_(Custody.number > 1, not_(Custody.is_reopening), exists().where(same).correlate(Custody))


def with_days(row: Any) -> dict[str, Any]:
    """A row with the town's days of its moments."""
    ended, finished = row["ended_at"], row["finished_at"]
    return {**row, "ended_on": clock.day_of(ended) if ended else None,
            "finished_on": clock.day_of(finished) if finished else None}  # fmt: skip


def catch_up(limit: int = EVENTS) -> bool:
    """Count what happened since the last count, at most so many events; whether more is left. The caller commits."""
    head = db.session.get(CellsHead, 1, with_for_update=True, populate_existing=True)
    if head is None or head.format != FORMAT:
        head = _begin_anew(0)
    last = latest()
    until = min(last, head.seq + limit)
    if until > head.seq:
        _write(counted(behind(head.seq, until)), until)
        head.seq = until
    return until < last


def _begin_anew(seq: int) -> CellsHead:
    """A head for cells of today's format; whatever cells there were are none of it."""
    db.session.execute(delete(Cell))
    return _head(seq)


def _head(seq: int) -> CellsHead:
    db.session.execute(delete(CellsHead))
    head = CellsHead(id=1, seq=seq, format=FORMAT)
    db.session.add(head)
    db.session.flush()
    return head


def _write(found: dict[Key, bytes], seq: int) -> None:
    for key, facts in found.items():
        db.session.execute(delete(Cell).where(Cell.unit_id == key.unit_id, Cell.month == key.month))
        db.session.execute(insert(Cell).values(unit_id=key.unit_id, month=key.month, seq=seq, facts=facts))


def is_far_behind() -> bool:
    """Whether counting everything anew is the shorter way: after a large import, an upgrade, or at the first start."""
    return latest() - counted_until() > FAR


def rebuild() -> int:
    """Drop all cells and count every custody anew; how many custodies. The caller commits."""
    return sum(rebuilding())


def rebuilding() -> Iterator[int]:
    """The same unit by unit: how many custodies each has. The caller may commit after each.

    The head is moved at the end, to the last event there was at the beginning: what came since counts as behind.
    """
    seq = latest()
    units = db.session.scalars(select(Custody.unit_id).distinct().order_by(Custody.unit_id)).all()
    db.session.execute(delete(Cell).where(Cell.unit_id.not_in(units)))
    for unit_id in units:
        db.session.execute(delete(Cell).where(Cell.unit_id == unit_id))
        total = 0
        for key, facts, number in of_unit(unit_id):
            db.session.execute(insert(Cell).values(unit_id=unit_id, month=key.month, seq=seq, facts=facts))
            total += number
        yield total
    _head(seq)


def of_unit(unit_id: int) -> Iterator[tuple[Key, bytes, int]]:
    """All cells of a unit, counted from its custodies and their events: key, facts, how many."""
    for since, until in _stretches(unit_id):
        ends = () if until is None else (Custody.began_at < until,)
        yield from _cells((Custody.unit_id == unit_id, Custody.began_at >= since, *ends))


def _stretches(unit_id: int) -> Iterator[tuple[datetime, datetime | None]]:
    """Whole months of a unit, as many together as hold some ten thousand custodies."""
    began = select(Custody.began_at).where(Custody.unit_id == unit_id).order_by(Custody.began_at).limit(1)
    since = db.session.scalar(began)
    while since is not None:
        far = db.session.scalar(began.where(Custody.began_at >= since).offset(AT_ONCE))
        until = None if far is None else clock.start_of((month_of(far) + timedelta(days=31)).replace(day=1))
        yield since, until
        since = until
