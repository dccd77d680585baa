"""The gate at start-up: a program never opens a database that a newer one has changed.

Read on a connection of its own that cannot write, before anything else touches the database. Where the database cannot
be asked at this moment (a server that is down) the start goes on: pages then say 503 until it is back.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import NullPool, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError

from ..extensions import sqlite_module
from . import revisions


def refuse_newer(config: Mapping[str, Any]) -> None:
    """Raise NewerSchema where the database's schema is not one of ours."""
    url = str(config["SQLALCHEMY_DATABASE_URI"])
    revisions.refuse_unknown(of_file(Path(url.partition("sqlite:///")[2])) if url.startswith("sqlite") else _of(url))


def of_file(path: Path) -> str | None:
    """The schema of an SQLite file; None where there is no file or no table. Changes nothing, makes nothing."""
    if not path.is_file() or not path.stat().st_size:
        return None
    sqlite = sqlite_module()
    connection = sqlite.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite.OperationalError:
        return None
    finally:
        connection.close()
    return str(row[0]) if row else None


def _of(url: str) -> str | None:
    limit = {"connect_timeout": 5} if make_url(url).get_backend_name() == "postgresql" else {}
    engine = create_engine(url, poolclass=NullPool, connect_args=limit)
    try:
        with engine.connect() as connection:
            return revisions.of(connection)
    except DatabaseError:
        return None
