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

from sqlalchemy import Select, delete, func, insert, select

from ... import clock
from ...cases.models import Case, Custody, Deadline, Rating
from ...extensions import db
from ...journal.models import ChainHead, Event
from ..models import Cell, CellsHead
from .pack import packed

EVENTS = 2000
"""Events that one count takes in: a short write."""
COPIED = ("id", "case_id", "unit_id", "kind", "category_id", "commune_id", "began_at", "ended_at", "due_on",
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
    """The last event whose changes the cells hold."""
    return int(db.session.scalar(select(CellsHead.seq).where(CellsHead.id == 1)) or 0)


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
        by_unit: dict[int, list[Any]] = {unit_id: [] for unit_id in unit_ids}
        for row in db.session.execute(_of_month(month).where(Custody.unit_id.in_(unit_ids))).mappings():
            by_unit[row["unit_id"]].append(with_days(row))
        found.update({Key(unit_id, month): packed(rows) for unit_id, rows in by_unit.items() if rows})
    return found


def _of_month(month: date) -> Select[Any]:
    after = (month + timedelta(days=31)).replace(day=1)
    return custodies().where(Custody.began_at >= clock.start_of(month), Custody.began_at < clock.start_of(after))


def custodies() -> Select[Any]:
    """All facts of custodies, with the channel of their cases."""
    columns = [getattr(Custody, name) for name in COPIED]
    own = (Rating.case_id == Custody.case_id) & (Rating.at == Custody.rated_at)
    return (
        select(*columns, Case.channel, Rating.reasons, reopening_due_on().label("reopening_due_on"))
        .join(Case, Case.id == Custody.case_id)
        .outerjoin(Rating, own)
    )


def reopening_due_on() -> Any:
    """Due date of the clock that the last reopening of the case started."""
    return (
        select(func.max(Deadline.due_on))
        .where(Deadline.case_id == Custody.case_id, Deadline.is_closing.is_(True), Deadline.number >= 2)
        .correlate(Custody)
        .scalar_subquery()
    )


def with_days(row: Any) -> dict[str, Any]:
    """A row with the town's days of its moments."""
    ended, finished = row["ended_at"], row["finished_at"]
    return {**row, "ended_on": clock.day_of(ended) if ended else None,
            "finished_on": clock.day_of(finished) if finished else None}  # fmt: skip


def catch_up(limit: int = EVENTS) -> bool:
    """Count what happened since the last count, at most so many events; whether more is left. The caller commits."""
    head = db.session.get(CellsHead, 1, with_for_update=True, populate_existing=True)
    if head is None:
        head = CellsHead(id=1, seq=0)
        db.session.add(head)
        db.session.flush()
    last = latest()
    until = min(last, head.seq + limit)
    if until > head.seq:
        _write(counted(behind(head.seq, until)), until)
        head.seq = until
    return until < last


def _write(found: dict[Key, bytes], seq: int) -> None:
    for key, facts in found.items():
        db.session.execute(delete(Cell).where(Cell.unit_id == key.unit_id, Cell.month == key.month))
        db.session.execute(insert(Cell).values(unit_id=key.unit_id, month=key.month, seq=seq, facts=facts))


def rebuild() -> int:
    """Drop all cells and count every custody anew; how many custodies. The caller commits."""
    seq, total = latest(), 0
    db.session.execute(delete(Cell))
    db.session.execute(delete(CellsHead))
    for unit_id in db.session.scalars(select(Custody.unit_id).distinct().order_by(Custody.unit_id)).all():
        for month, facts, number in of_unit(unit_id):
            db.session.execute(insert(Cell).values(unit_id=unit_id, month=month, seq=seq, facts=facts))
            total += number
    db.session.add(CellsHead(id=1, seq=seq))
    db.session.flush()
    return total


def of_unit(unit_id: int) -> Iterator[tuple[date, bytes, int]]:
    """All cells of a unit, counted from its custodies: month, facts, how many."""
    by_month: dict[date, list[Any]] = defaultdict(list)
    for row in db.session.execute(custodies().where(Custody.unit_id == unit_id)).mappings():
        by_month[month_of(row["began_at"])].append(with_days(row))
    for month in sorted(by_month):
        yield month, packed(by_month[month]), len(by_month[month])


def differences(limit: int = 20) -> list[str]:
    """Cells that are not what the custodies say, each by unit and month; empty when all are true."""
    late = behind(counted_until(), latest())
    found: list[str] = []
    for unit_id in db.session.scalars(select(Custody.unit_id).distinct().order_by(Custody.unit_id)).all():
        rows = db.session.execute(select(Cell.month, Cell.facts).where(Cell.unit_id == unit_id))
        kept = {row.month: row.facts for row in rows}
        true = {month: facts for month, facts, _number in of_unit(unit_id)}
        found += [f"unit {unit_id}, {month:%Y-%m}" for month in sorted(kept.keys() | true.keys())
                  if kept.get(month) != true.get(month) and Key(unit_id, month) not in late]  # fmt: skip
        if len(found) >= limit:
            break
    return found[:limit]
