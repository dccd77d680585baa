"""The gate at start-up: never a database that a newer program has changed; never a new key where one was lost.

Read on a connection of its own that cannot write, before anything else touches the database. Where the database cannot
be asked at this moment (a server that is down) the start goes on: pages then say 503 until it is back.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError

from ..extensions import sqlite_module
from ..keys import KeyBroken, place
from ..sealing import Unreadable, unseal
from . import revisions

NEWEST_PERSON = "SELECT about, sealed FROM person WHERE sealed <> '' ORDER BY about DESC LIMIT 1"


def refuse_newer(config: Mapping[str, Any]) -> None:
    """Raise NewerSchema where the database's schema is not one of ours."""
    url = str(config["SQLALCHEMY_DATABASE_URI"])
    revisions.refuse_unknown(of_file(Path(url.partition("sqlite:///")[2])) if url.startswith("sqlite") else _of(url))


def lost_key(config: Mapping[str, Any]) -> str:
    """Why the personal key at hand cannot be the one that sealed this database's newest person; "" where it can."""
    url = str(config["SQLALCHEMY_DATABASE_URI"])
    is_file = url.startswith("sqlite")
    row = _row(Path(url.partition("sqlite:///")[2]), NEWEST_PERSON) if is_file else _row_of(url, NEWEST_PERSON)
    key = place(config, "personal")
    if row is None:
        return ""
    try:
        if key.exists():
            unseal(config, row[1], f"person:{row[0]}".encode())
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
    row = _row(path, "SELECT version_num FROM alembic_version")
    return str(row[0]) if row else None


def _row(path: Path, query: str) -> tuple[str, ...] | None:
    """The first row that a query finds in an SQLite file; None also where file or table are missing."""
    if not path.is_file() or not path.stat().st_size:
        return None
    sqlite = sqlite_module()
    connection = sqlite.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
    try:
        row: tuple[str, ...] | None = connection.execute(query).fetchone()
    except sqlite.OperationalError:
        return None
    finally:
        connection.close()
    return row


def _of(url: str) -> str | None:
    row = _row_of(url, "SELECT version_num FROM alembic_version")
    return str(row[0]) if row else None


def _row_of(url: str, query: str) -> tuple[str, ...] | None:
    """The same from a server; None also where it cannot be asked."""
    limit = {"connect_timeout": 5} if make_url(url).get_backend_name() == "postgresql" else {}
    engine = create_engine(url, poolclass=NullPool, connect_args=limit)
    try:
        with engine.connect() as connection:
            row = connection.execute(text(query)).first()
    except DatabaseError:
        return None
    return tuple(row) if row else None
