"""Many cases at once, for imports and large demos: ids set aside, rows written table by table, events linked as ever.

Rows written here are the same as those the actions write; what differs is only how fast.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Column, ColumnDefault, Table, func, select, text

from ..extensions import Model, db
from ..journal.models import Event, EventFacts, Notice
from ..journal.record import head_for_update, link
from ..rules.workflow import Actor
from ..units.models import Sequence
from .models import Case, Custody, Deadline, Person, Rating, SearchDocument

ORDER: tuple[type[Model], ...] = (
    Case, Person, Custody, Deadline, Event, EventFacts, Notice, Rating, SearchDocument,
)  # fmt: skip
"""Tables in the order in which their rows refer to each other."""


def reserve(table: type[Model], count: int) -> list[int]:
    """The next `count` ids of a table, nobody else's: the caller holds the write turn, or the sequence gives them."""
    name = _table(table).name
    if db.engine.dialect.name == "postgresql":
        numbers = text("SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)")
        return [int(row[0]) for row in db.session.execute(numbers, {"name": name, "count": count})]
    last = db.session.scalar(select(func.max(_table(table).c.id))) or 0
    return list(range(last + 1, last + count + 1))


def blank(table: type[Model]) -> dict[str, Any]:
    """A row of a table with its defaults, by column, without an id."""
    return {column.name: _default(column) for column in _table(table).columns if column.name != "id"}


def _default(column: Column[Any]) -> Any:
    return column.default.arg if isinstance(column.default, ColumnDefault) and column.default.is_scalar else None


class Pile:
    """Rows waiting to be written together."""

    def __init__(self) -> None:
        self._rows: dict[type[Model], list[Mapping[str, Any]]] = {table: [] for table in ORDER}

    def add(self, table: type[Model], *rows: Mapping[str, Any]) -> None:
        """Put rows on the pile; all rows of a table have the same keys."""
        self._rows[table].extend(rows)

    def write(self) -> None:
        """Write them in the caller's transaction, one statement for each table, and begin a new pile."""
        for table, rows in self._rows.items():
            if rows:
                db.session.execute(_table(table).insert(), rows)
                rows.clear()


class Chain:
    """The journal's end, held while many events are linked to it."""

    def __init__(self, now: datetime, pile: Pile) -> None:
        self._pile, self._head = pile, head_for_update(now)
        self._end: Any = SimpleNamespace(seq=self._head.seq, hash=self._head.hash, at=self._head.at)

    def add(self, now: datetime, action: str, actor: Actor, facts: Mapping[str, Any], *, case_id: int, unit_id: int,
            status: str, due_on: date | None) -> Mapping[str, Any]:  # fmt: skip
        """Link one event of a case and pile it up; returns its row."""
        row, details = link(self._end, now, action, actor, facts, case_id=case_id, subject="", unit_id=unit_id,
                            status=status, due_on=due_on)  # fmt: skip
        self._pile.add(Event, row)
        self._pile.add(EventFacts, details)
        return row

    def write(self) -> None:
        """Write what is piled up and move the journal's end there."""
        self._pile.write()
        self._head.seq, self._head.hash, self._head.at = self._end.seq, self._end.hash, self._end.at
        db.session.flush()


def _table(model: type[Model]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table


def known_external(source: str, ids: Iterable[str]) -> set[str]:
    """Which of these numbers of another system are cases here already."""
    statement = select(Case.external_id).where(Case.external_source == source, Case.external_id.in_(list(ids)))
    return {str(found) for found in db.session.scalars(statement)}


def take_numbers(name: str, count: int) -> int:
    """Move a running sequence on by `count`; returns the first of the numbers taken."""
    from sqlalchemy.dialects import postgresql, sqlite

    insert = (postgresql if db.engine.dialect.name == "postgresql" else sqlite).insert(Sequence)
    statement = insert.values(name=name, number=count).on_conflict_do_update(
        index_elements=["name"], set_={"number": Sequence.number + count}
    )
    last = db.session.scalar(statement.returning(Sequence.number))
    return int(last or 0) - count + 1
