"""Bring the database to this program's schema, wholly or not at all.

SQLite: nobody else may have the file open. A copy is migrated and proved beside it, then takes its name: whoever is
killed at any point leaves the old file or the new one. PostgreSQL: everything is one transaction under a lock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import text

from ..extensions import db
from ..turns import Turns
from . import alone, proof, revisions

LOCK = 0x67616E64616E
"""The advisory lock of migrations on PostgreSQL."""
Tell = Callable[[str], None]


def migrate(config: Mapping[str, Any], tell: Tell) -> bool:
    """Whether anything had to be done. Raises NewerSchema, alone.InUse, alone.NoRoom, proof.Broken: nothing changed."""
    with db.engine.connect() as connection:
        found = revisions.of(connection)
    revisions.refuse_unknown(found)
    if found == revisions.newest():
        return False
    tell(f"Bringing the database from schema {found or 'none'} to {revisions.newest()}")
    if db.engine.dialect.name == "sqlite":
        _by_copy(config)
    else:
        _in_one_transaction()
    return True


def _by_copy(config: Mapping[str, Any]) -> None:
    """Copy, upgrade, prove, swap, while nobody else has the file open and no writer gets the turn."""
    path = Path(str(db.engine.url.database))
    db.session.remove()
    db.engine.dispose()
    turns = Turns(Path(config["DATA_DIR"]) / "write.lock")
    turns.take()
    try:
        with alone.holding(path) as old:
            copy = alone.copied(old, path)
            upgrade_file(copy)
            alone.swap(copy, path)
    finally:
        turns.give()


def upgrade_file(path: Path) -> None:
    """Upgrade a file that nobody else knows and prove it: no row lost, whole, journal unbroken. Raises Broken."""
    with alone.opened(path) as engine:
        with engine.connect() as connection:
            before = proof.sum_of(connection)
            connection.rollback()
            with connection.begin():
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                revisions.upgrade(connection)
            proof.compare(before, connection)
            proof.is_whole(connection)
        proof.journal_holds(engine)


def _in_one_transaction() -> None:
    with db.engine.connect() as connection, connection.begin():
        connection.execute(text("SET LOCAL lock_timeout = '60s'"))  # another migration, a long report
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        if revisions.of(connection) == revisions.newest():  # somebody else was faster
            return
        before = proof.sum_of(connection)
        revisions.upgrade(connection)
        proof.compare(before, connection)
        proof.journal_holds(connection)
