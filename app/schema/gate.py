"""The gate at start-up: never a database that a newer program has changed, never one whose keys are not at hand.

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
from ..keys import place
from ..sealing import Unreadable, unseal
from . import revisions

NEWEST_PERSON = "SELECT about, sealed FROM person WHERE sealed <> '' ORDER BY about DESC LIMIT 1"


class LostKey(RuntimeError):
    """The key that opens what the database keeps is not in KEYS_DIR; a new one in its place would hide the loss."""

    def __init__(self, config: Mapping[str, Any], is_there: bool) -> None:
        """`is_there`: a key lies in the folder, but another one."""
        found = "is another key" if is_there else "is missing"
        super().__init__(
            f"Not starting: {place(config, 'personal')} {found}; this database's personal data was sealed with a key "
            f"that is not there. Put the keys folder back from its copy (docs/backup.md), or set KEYS_DIR to where it "
            f"is. Nothing was changed."
        )


def refuse(config: Mapping[str, Any]) -> None:
    """Raise NewerSchema, LostKey or KeyBroken where this program must not open this database."""
    refuse_newer(config)
    refuse_lost_key(config)


def refuse_newer(config: Mapping[str, Any]) -> None:
    """Raise NewerSchema where the database's schema is not one of ours."""
    url = str(config["SQLALCHEMY_DATABASE_URI"])
    revisions.refuse_unknown(of_file(Path(url.partition("sqlite:///")[2])) if url.startswith("sqlite") else _of(url))


def refuse_lost_key(config: Mapping[str, Any]) -> None:
    """Raise LostKey where the personal key does not open the newest sealed row; KeyBroken where its file is damaged."""
    url = str(config["SQLALCHEMY_DATABASE_URI"])
    is_file = url.startswith("sqlite")
    row = _row(Path(url.partition("sqlite:///")[2]), NEWEST_PERSON) if is_file else _row_of(url, NEWEST_PERSON)
    if row is None:
        return
    if not place(config, "personal").exists():
        raise LostKey(config, is_there=False)
    try:
        unseal(config, row[1], f"person:{row[0]}".encode())
    except Unreadable as error:
        raise LostKey(config, is_there=True) from error


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
