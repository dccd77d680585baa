"""The database as of one moment, in a file that has no name, and what its rows say as of that moment.

A file without a name is gone when its last holder is: however a backup is killed, no clear copy stays behind.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Connection, Select, Table, inspect, select, text

from ..extensions import db, sqlite_module
from ..schema import alone, proof, revisions
from . import postgres

SPARE = 64 * 1024 * 1024


class CannotCopy(RuntimeError):
    """The database cannot be copied; the words say why."""


@dataclass(frozen=True)
class Snapshot:
    """The database as of one moment."""

    engine: str
    file: BinaryIO
    """Its bytes: an SQLite file, or what pg_dump wrote."""
    revision: str
    sum: proof.Sum
    files: dict[str, str | None]
    """Every storage key that a row names, with the SHA-256 the row knows."""


@contextmanager
def taken(config: Mapping[str, Any]) -> Iterator[Snapshot]:
    """Copy the database while it is written to; raises CannotCopy or postgres.NoProgram."""
    url = str(config["SQLALCHEMY_DATABASE_URI"])
    room = Path(config["DATA_DIR"])
    if url.startswith("sqlite"):
        with _of_sqlite(Path(url.partition("sqlite:///")[2]), room) as found:
            yield found
    else:
        with _of_postgresql(url, room) as found:
            yield found


@contextmanager
def _of_sqlite(path: Path, room: Path) -> Iterator[Snapshot]:
    if not path.is_file() or not path.stat().st_size:
        raise CannotCopy("There is no database to back up.")
    if shutil.disk_usage(room).free < path.stat().st_size + SPARE:
        raise CannotCopy("Too little room in the data folder for a copy of the database.")
    engine = alone.single(f"sqlite:///{path}")
    with _nameless(room) as (file, place):
        with engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")  # all that follows reads the same moment
            revision, total, files = _read(connection)
            _copy(connection.connection.dbapi_connection, place)
            connection.rollback()
        file.seek(0)
        yield Snapshot("sqlite", file, revision, total, files)


def _read(connection: Connection) -> tuple[str, proof.Sum, dict[str, str | None]]:
    revision = revisions.of(connection)
    if revision is None:
        raise CannotCopy("There is no database to back up: it has no tables.")
    return revision, proof.sum_of(connection), storage_keys(connection)


def storage_keys(connection: Connection) -> dict[str, str | None]:
    """Every kept file that a row names, with its SHA-256 where the row knows it: each table with a `storage_key`."""
    keys: dict[str, str | None] = {}
    there = set(inspect(connection).get_table_names())
    for table in db.metadata.sorted_tables:
        if table.name in there and "storage_key" in table.c:
            has_hash = "sha256" in table.c
            columns = [table.c.storage_key, *([table.c.sha256] if has_hash else [])]
            for row in connection.execute(_kept(connection, table, columns)):
                keys[row[0]] = (row[1] or None) if has_hash else keys.get(row[0])
    return keys


def _kept(connection: Connection, table: Table, columns: list[Any]) -> Select[Any]:
    """Rows whose file must be there: the bytes of one that had a virus were removed. An older copy knows no scans."""
    named = select(*columns).where(table.c.storage_key != "")
    is_scanned = any(column["name"] == "scan_state" for column in inspect(connection).get_columns(table.name))
    return named.where(table.c.scan_state != "infected") if is_scanned else named


@contextmanager
def _nameless(room: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """An empty file under a passing name; whoever wrote into it through that name removed it first."""
    for left in room.glob(".snapshot-*"):  # empty: killed in the instant before the name went
        left.unlink(missing_ok=True)
    place = room / f".snapshot-{secrets.token_hex(8)}"
    with os.fdopen(os.open(place, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "rb") as file:
        try:
            yield file, place
        finally:
            place.unlink(missing_ok=True)


def _copy(source: Any, place: Path) -> None:
    """SQLite's own online backup in one step, into the file at `place`, whose name is gone before anything is in it."""
    target = sqlite_module().connect(str(place), isolation_level=None)
    try:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE"):
            target.execute(f"PRAGMA {pragma}").fetchall()
        target.execute("SELECT count(*) FROM sqlite_master").fetchall()  # opens the file
        place.unlink()
        source.backup(target)
    finally:
        target.close()


@contextmanager
def _of_postgresql(url: str, room: Path) -> Iterator[Snapshot]:
    engine = alone.single(url, isolation_level="REPEATABLE READ")
    with tempfile.TemporaryFile(dir=room) as file:
        with engine.connect() as connection, connection.begin():
            name = str(connection.execute(text("SELECT pg_export_snapshot()")).scalar())
            revision, total, files = _read(connection)
            postgres.dump(url, name, file)
        file.seek(0)
        yield Snapshot("postgresql", file, revision, total, files)
