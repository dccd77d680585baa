"""Proves the figures: each cell against its custodies, each custody against the events of its case, case by case.

What is found names the unit, the month, the case, the field and both values. Nothing is changed, and no more is held
in memory than the cells of one unit, or a few hundred cases with their events.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import and_, select

from ...cases.models import Case, Custody
from ...extensions import db
from ...journal.models import Event, EventFacts
from ...keeping.erase import digest
from ...rules.statistics.replay import NEEDED, replay
from ...rules.statistics.told import UNSAID, Happened, Stay
from ...rules.workflow import Action
from ...units.models import Category, Unit
from ..models import Cell
from .keep import Key, behind, counted, counted_until, custodies, latest, month_of, of_unit, with_days
from .pack import CHANNELS, DAYS, KINDS, MOMENTS, OUTCOMES, ROW, SPENT, STATUSES, Rows, packed, unpacked
from .stages import fill, marks

STANDS = Case.erased_on.is_(None)
CASES = 400
"""Cases replayed at a time."""
WORDS = {"kind": KINDS, "channel": CHANNELS, "outcome": OUTCOMES, "status": STATUSES}
NAMES = tuple(name for name in ROW.names or () if name != "id")


def differences() -> Iterator[str]:
    """Cells that are not what the custodies say, then custodies that are not what the events say."""
    yield from of_cells()
    yield from of_custodies()
    yield from of_erased()


def of_cells() -> Iterator[str]:
    """What differs between the cells and the custodies; cells that are behind are counted by every page anyway."""
    codes: dict[int, str] = dict(db.session.execute(select(Unit.id, Unit.code)).all())  # type: ignore[arg-type]
    kept = select(Cell.unit_id).distinct().union(select(Custody.unit_id).distinct())
    for unit_id in sorted(db.session.scalars(kept)):
        cells = select(Cell.month, Cell.facts).where(Cell.unit_id == unit_id)
        facts: dict[date, bytes] = dict(db.session.execute(cells).all())  # type: ignore[arg-type]
        for key, true, _number in of_unit(unit_id):
            if facts.pop(key.month, b"") != true:
                yield from _cell_differs(key, codes)
        for month in sorted(facts):
            yield from _cell_differs(Key(unit_id, month), codes)


def _cell_differs(key: Key, codes: Mapping[int, str]) -> Iterator[str]:
    """Look again at one cell, because things happen while one looks; what still differs."""
    db.session.rollback()
    if key in behind(counted_until(), latest()):
        return
    where = f"unit {codes.get(key.unit_id, key.unit_id)}, {key.month:%Y-%m}"
    cell = db.session.scalar(select(Cell.facts).where(Cell.unit_id == key.unit_id, Cell.month == key.month))
    kept, true = cell or b"", unpacked(counted([key]).get(key, b""))
    if len(kept) % ROW.itemsize:
        yield f"{where}: the cell cannot be read"
        return
    found = list(_rows_differ(unpacked(kept), true, "id"))
    names = _references({case_id for case_id, _what in found})
    yield from (f"{where}, {names.get(case_id, case_id)}, {what}" for case_id, what in found)


def _rows_differ(kept: Rows, true: Rows, key: str) -> Iterator[tuple[int, str]]:
    """For each row that differs its case, and the field with both values: as kept, and as counted."""
    mine, theirs = {int(row[key]): row for row in kept}, {int(row[key]): row for row in true}
    for number in sorted(mine.keys() | theirs.keys()):
        if number not in theirs:
            yield int(mine[number]["case_id"]), f"custody {mine[number]['number']}: kept, but there is none"
        elif number not in mine:
            yield int(theirs[number]["case_id"]), f"custody {theirs[number]['number']}: not kept"
        elif mine[number] != theirs[number]:
            for name in _fields(mine[number], theirs[number]):
                values = f"{shown(name, mine[number][name])} is kept, {shown(name, theirs[number][name])} counted"
                yield int(theirs[number]["case_id"]), f"{name}: {values}"


def _fields(one: Any, other: Any) -> list[str]:
    return [name for name in (ROW.names or ()) if one[name] != other[name]]


def shown(name: str, value: Any) -> str:
    """A value of a row as a person reads it; moments in UTC."""
    number = int(value)
    if name in WORDS:
        return WORDS[name][number] if number < len(WORDS[name]) else str(number)
    if not number:
        return "nothing" if name in (*MOMENTS, *DAYS, "since") else "0"
    if name in (*MOMENTS, "since"):
        return datetime.fromtimestamp(number, UTC).strftime("%Y-%m-%d %H:%M:%SZ")
    return date.fromordinal(number).isoformat() if name in DAYS else str(number)


def _references(case_ids: Collection[int]) -> dict[int, str]:
    rows = db.session.execute(select(Case.id, Case.reference).where(Case.id.in_(case_ids)))
    return dict(rows.all())  # type: ignore[arg-type]


def of_custodies() -> Iterator[str]:
    """What differs between the custodies and the events of their cases; of erased ones, and what was sealed then."""
    codes = _Codes()
    last = 0
    while ids := db.session.scalars(select(Case.id).where(Case.id > last, STANDS).order_by(Case.id).limit(CASES)).all():
        last = ids[-1]
        if wrong := {case_id for case_id, _line in _custodies_differ(ids, codes)}:
            db.session.rollback()  # look again: something may have happened between two looks
            yield from (line for _case_id, line in _custodies_differ(sorted(wrong), codes))


def is_proved(case_id: int) -> bool:
    """Whether the custodies of one case are what its events say: asked before the events forget what they carried."""
    return not _custodies_differ([case_id], _Codes())


def of_erased() -> Iterator[str]:
    """Custodies of erased cases that are no longer as the event of the erasure sealed them."""
    last = 0
    while rows := db.session.execute(_erasures(last)).all():
        for case_id, reference, facts in rows:
            if facts.get("custodies") != digest(case_id):
                yield f"{reference}: the custodies are not those that were sealed when it was erased"
        last = rows[-1][0]


def _erasures(after: int) -> Any:
    return (
        select(Case.id, Case.reference, EventFacts.facts)
        .join(Event, Event.case_id == Case.id).join(EventFacts, EventFacts.seq == Event.seq)
        .where(Case.id > after, ~STANDS, Event.action == Action.ERASE)
        .order_by(Case.id).limit(CASES)
    )  # fmt: skip


class _Codes:
    """Ids of categories and units by their codes, and the codes of units."""

    def __init__(self) -> None:
        self.categories: dict[str, int] = dict(db.session.execute(select(Category.code, Category.id)).all())  # type: ignore[arg-type]
        self.units: dict[str, int] = dict(db.session.execute(select(Unit.code, Unit.id)).all())  # type: ignore[arg-type]
        self.of_unit = {number: code for code, number in self.units.items()}


def _custodies_differ(ids: Sequence[int], codes: _Codes) -> list[tuple[int, str]]:
    """For some cases: which custody differs, and how."""
    kept = _kept(ids)
    kinds = {row["case_id"]: row["kind"] for row in kept}
    told = replayed(ids, kinds)
    units = {(row["case_id"], row["number"]): row for row in kept}
    names, found = _references(ids), []
    rows = dict(zip(units, _filled(kept), strict=True)) if kept else {}
    for case_id in ids:
        stays = {stay.number: stay for stay in told.get(case_id, ())}
        for number in sorted(stays.keys() | {n for c, n in units if c == case_id}):
            one, stay = units.get((case_id, number)), stays.get(number)
            where = f"unit {codes.of_unit.get(one['unit_id'] if one else stay.unit_id if stay else 0, '')}"
            month = month_of(one["began_at"] if one else stay.began_at)  # type: ignore[union-attr]
            head = f"{where}, {month:%Y-%m}, {names.get(case_id, case_id)}"
            whats = _stay_differs(one, rows.get((case_id, number)), stay, codes)
            found += [(case_id, f"{head}, {what}") for what in whats]
    return found


def _kept(ids: Sequence[int]) -> list[dict[str, Any]]:
    statement = custodies().add_columns(Custody.is_open).where(Custody.case_id.in_(ids))
    return sorted((with_days(row) for row in db.session.execute(statement).mappings()), key=lambda row: row["id"])


def _filled(kept: list[dict[str, Any]]) -> Rows:
    return fill(packed(kept), marks([row["case_id"] for row in kept]))


def _stay_differs(one: Any, row: Any, stay: Stay | None, codes: _Codes) -> Iterator[str]:
    if one is None or stay is None:
        number = stay.number if stay else one["number"]
        yield f"custody {number}: the events tell of {'one' if stay else 'none'}"
        return
    true, unsaid = _row_of(one, stay, codes)
    for name in _fields(row, true):
        if name not in unsaid:
            yield f"{name}: {shown(name, row[name])} is kept, {shown(name, true[name])} by the events"
    if one["unit_id"] != stay.unit_id:
        yield f"unit: {codes.of_unit.get(one['unit_id'])} is kept, {codes.of_unit.get(stay.unit_id)} by the events"
    if bool(one["is_open"]) != stay.is_open:
        yield f"is_open: {bool(one['is_open'])} is kept, {stay.is_open} by the events"


def _row_of(one: Mapping[str, Any], stay: Stay, codes: _Codes) -> tuple[Any, set[str]]:
    """A custody of the events as a row of a cell, and the fields that older events do not say."""
    said = {"kind": stay.kind, "channel": stay.channel, "category_id": stay.category, "commune_id": stay.commune}
    ids = {"category_id": codes.categories, "commune_id": codes.units}
    unsaid = {name for name, word in said.items() if word == UNSAID}
    values: dict[str, Any] = {name: ids[name].get(word) if name in ids else word for name, word in said.items()}
    values |= {name: one[name] for name in unsaid}
    row = packed([with_days({**vars(stay), **values, "id": one["id"], "case_id": one["case_id"]})])[0]
    dwell = stay.dwell
    row["status"], row["since"] = STATUSES.index(dwell.status) if dwell.status in STATUSES else 0, dwell.since
    row["stood"] = sum(1 << STATUSES.index(word) for word in dwell.stood if word in STATUSES)
    for name in SPENT:
        row[name] = dwell.spent[name.removeprefix("in_")]
    return row, unsaid


def replayed(ids: Sequence[int], kinds: Mapping[int, str]) -> dict[int, list[Stay]]:
    """The custodies of some cases, from their events alone; the kind stands in where old events do not say it."""
    events: dict[int, list[Happened]] = defaultdict(list)
    e, f = Event.__table__.c, EventFacts.__table__.c
    statement = (
        select(e.case_id, e.seq, e.at, e.action, e.unit_id, e.status, e.due_on, e.actor_role, f.facts)
        .select_from(Event.__table__.outerjoin(EventFacts.__table__, and_(f.seq == e.seq, e.action.in_(NEEDED))))
        .where(e.case_id.in_(ids))
    )
    for case_id, seq, at, action, unit_id, status, due_on, role, facts in db.session.execute(statement):
        events[case_id].append(Happened(seq, at, action, unit_id or 0, status, due_on, role, facts or {}))
    return {
        case_id: _of_one_case(replay(sorted(some, key=lambda one: one.seq), kinds.get(case_id, UNSAID)))
        for case_id, some in events.items()
    }


def _of_one_case(stays: list[Stay]) -> list[Stay]:
    """Custodies that know when their case began and how long it waited in all."""
    for stay in stays:
        stay.case_began_at = stays[0].began_at
        stay.case_waited_seconds = sum(max(one.waited_seconds, 0) for one in stays)
    return stays
