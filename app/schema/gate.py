"""The gate at start-up: never a database that a newer program has changed; never a new key where one was lost.

Read on a connection of its own that cannot write, before anything else touches the database. Where the database cannot
be asked at this moment (a server that is down) the start goes on: pages then say 503 until it is back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, NullPool, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError

from ..extensions import sqlite_module
from ..keys import KeyBroken, place
from ..sealing import Unreadable, unseal
from . import revisions

REVISION = "SELECT version_num FROM alembic_version"
NEWEST_PERSON = "SELECT about, sealed FROM person WHERE sealed <> '' ORDER BY about DESC LIMIT 1"
Row = tuple[str, ...] | None


def look(config: Mapping[str, Any]) -> str:
    """Raise NewerSchema where the schema is not one of ours; else what lost_key() says. One connection."""
    url = str(config["SQLALCHEMY_DATABASE_URI"])
    ask = _of_file if url.startswith("sqlite") else _of_server
    revision, person = ask(url, (REVISION, NEWEST_PERSON))
    revisions.refuse_unknown(revision[0] if revision else None)
    return lost_key(config, person)


def lost_key(config: Mapping[str, Any], person: Row) -> str:
    """Why the personal key at hand cannot be the one that sealed this row (about, sealed); "" where it can."""
    key = place(config, "personal")
    if person is None:
        return ""
    try:
        if key.exists():
            unseal(config, person[1], f"person:{person[0]}".encode())
            return ""
        found = "is missing"
    except Unreadable:
        found = "is another key"
    except KeyBroken:
        found = "is damaged"
    return (
        f"{key} {found}; this database's personal data was sealed with a key that is not there. Put the keys folder "
        f"back from its copy (docs/backup.md), or set KEYS_DIR to where it is. Nothing was changed."
    )


def of_file(path: Path) -> str | None:
    """The schema of an SQLite file; None where there is no file or no table. Changes nothing, makes nothing."""
    (row,) = _of_file(f"sqlite:///{path}", (REVISION,))
    return str(row[0]) if row else None


def _of_file(url: str, queries: Sequence[str]) -> list[Row]:
    """The first row of each query on an SQLite file; None also where file or table are missing."""
    path = Path(url.partition("sqlite:///")[2])
    if not path.is_file() or not path.stat().st_size:
        return [None for _query in queries]
    sqlite = sqlite_module()

    def first(query: str) -> Row:
        try:
            row: Row = connection.execute(query).fetchone()
        except sqlite.OperationalError:
            return None
        return row

    connection = sqlite.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
    try:
        return [first(query) for query in queries]
    finally:
        connection.close()


def _of_server(url: str, queries: Sequence[str]) -> list[Row]:
    """The same from a server; None also where it cannot be asked."""
    limit = {"connect_timeout": 5} if make_url(url).get_backend_name() == "postgresql" else {}
    engine = create_engine(url, poolclass=NullPool, connect_args=limit, isolation_level="AUTOCOMMIT")

    def first(connection: Connection, query: str) -> Row:
        try:
            row = connection.execute(text(query)).first()
        except DatabaseError:
            return None
        return tuple(row) if row else None

    try:
        with engine.connect() as connection:
            return [first(connection, query) for query in queries]
    except DatabaseError:
        return [None for _query in queries]
