"""Which schema a database has, and which ones this program knows."""

from __future__ import annotations

from functools import cache

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from ..config import ROOT


class NewerSchema(RuntimeError):
    """The database was made by a newer program; this one must not touch it."""

    def __init__(self, found: str) -> None:
        """`found`: the database's revision."""
        super().__init__(
            f"Not starting: the database has schema {found}, which this version of Gần Dân does not know (its newest "
            f"is {newest()}). The data is newer than the program: install the newer version again. Nothing was changed."
        )


def config(connection: Connection | None = None) -> Config:
    """Alembic's settings; `connection` is the one its migrations run on."""
    made = Config()
    made.set_main_option("script_location", str(ROOT / "migrations"))
    made.attributes["connection"] = connection
    return made


@cache
def _known() -> tuple[str, ...]:
    return tuple(step.revision for step in ScriptDirectory.from_config(config()).walk_revisions())


def newest() -> str:
    """The schema this program works with."""
    return _known()[0]


def of(connection: Connection) -> str | None:
    """The schema of a database; None where it is empty."""
    return MigrationContext.configure(connection).get_current_revision()


def refuse_unknown(found: str | None) -> None:
    """Raise NewerSchema for a revision that this program has no migration of."""
    if found is not None and found not in _known():
        raise NewerSchema(found)


def upgrade(connection: Connection) -> None:
    """Run the missing migrations in the caller's transaction; the caller commits or forgets."""
    command.upgrade(config(connection), "head")
