"""What must hold of a database after a migration or a restore: whole, no row lost, the journal unbroken."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, inspect, text

from ..extensions import db
from ..journal.verify import verify

COUNTED_ANEW = frozenset({"cell", "cells_head"})
"""Tables that a migration may empty: the worker counts them again. A migration that means to drop rows of another
table must name it here."""
OF_THE_ENGINE = ("sqlite_", "search_index")
"""Tables that the engine keeps for itself, by the beginning of their names."""


class Broken(RuntimeError):
    """The new database is not what the old one was; nothing was swapped."""


@dataclass(frozen=True)
class Sum:
    """A database in a few numbers."""

    counts: dict[str, int]
    """Rows by table."""
    size: int
    """Length of the journal."""
    head: str
    """Hash of its last event; "" where there is none."""


def sum_of(connection: Connection) -> Sum:
    """Count every table and read where the journal ends."""
    tables = [name for name in inspect(connection).get_table_names() if not name.startswith(OF_THE_ENGINE)]
    counts = {name: _number(connection, f'SELECT count(*) FROM "{name}"') for name in sorted(tables)}
    row = connection.execute(text("SELECT seq, hash FROM chain_head")).first() if "chain_head" in counts else None
    return Sum(counts, row.seq if row else 0, row.hash if row else "")


def compare(before: Sum, connection: Connection) -> None:
    """Raise Broken where a table lost rows, or the event that was the last one is another now."""
    after = sum_of(connection)
    for table, count in before.counts.items():
        if table not in COUNTED_ANEW and after.counts.get(table, 0) < count:
            raise Broken(f"table {table}: {count} rows before, {after.counts.get(table, 0)} after")
    if before.size:
        found = connection.execute(text("SELECT hash FROM event WHERE seq = :seq"), {"seq": before.size}).scalar()
        if found != before.head:
            raise Broken(f"event {before.size} is not the one it was")


def is_whole(connection: Connection) -> None:
    """Raise Broken where an SQLite file is damaged or a row points at nothing."""
    said = _words(connection, "PRAGMA integrity_check(5)")
    if said != ["ok"]:
        raise Broken(f"integrity_check: {'; '.join(said)}")
    if lost := _words(connection, "PRAGMA foreign_key_check"):
        raise Broken(f"foreign_key_check: {len(lost)} rows point at nothing, the first in {lost[0]}")


def journal_holds(bind: Engine | Connection) -> int:
    """Read the whole journal and every case; the number of events, or Broken."""
    with looking_at(bind):
        count, wrong = verify()
    if wrong is not None:
        raise Broken(f"journal: {wrong}")
    return count


@contextmanager
def looking_at(bind: Engine | Connection) -> Iterator[None]:
    """The session reads another database meanwhile: a copy that is not in its place yet."""
    db.session.remove()
    engines: dict[str | None, Engine | Connection] = db.engines  # type: ignore[assignment]
    usual, engines[None] = engines[None], bind
    try:
        yield
    finally:
        db.session.remove()
        engines[None] = usual


def _number(connection: Connection, statement: str) -> int:
    return int(connection.exec_driver_sql(statement).scalar() or 0)


def _words(connection: Connection, statement: str) -> list[str]:
    return [str(row[0]) for row in connection.exec_driver_sql(statement)]
