"""The libraries the rooms share, created here and bound in create_app; and how a write takes its turn.

On SQLite plain reads run in autocommit and every writing request is one BEGIN IMMEDIATE behind a fair lock,
so that nobody starves and no read is upgraded to a write half-way. PostgreSQL needs none of this.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import current_app, g
from flask_babel import Babel
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import DateTime, Engine, MetaData, Text, TypeDecorator, event
from sqlalchemy.orm import DeclarativeBase

from . import space
from .sealing import seal, unseal
from .turns import PATIENCE, Busy, Turns

if TYPE_CHECKING:
    from flask import Flask

BUSY_MS = 5000
"""Milliseconds a statement of SQLite waits for another program."""
NOTE_PATIENCE = 0.1
"""Seconds a page waits to write down by the way that it was read; where others write for longer, the next page will."""
NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """What every table shares: constraint names, so that SQLite can drop them in a migration."""

    metadata = MetaData(naming_convention=NAMES)


db = SQLAlchemy(model_class=Base)
migrate = Migrate()
csrf = CSRFProtect()
babel = Babel()
login = LoginManager()

if TYPE_CHECKING:
    import flask_sqlalchemy.model

    class Model(flask_sqlalchemy.model.Model, Base):
        """The base of all tables, as the type checker sees it."""

        __abstract__ = True
else:
    Model = db.Model

FLAT: Any = "unnested"
"""For `relationship(innerjoin=FLAT)`: an inner join, but an outer one behind an outer one. Bracketed together instead
(`True`), SQLite reads a whole table into memory before it looks for one row of it."""


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware UTC in Python, on both engines. Naive values are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without a time zone: {value!r}")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class SealedJson(TypeDecorator[Any]):
    """A JSON value with names in it, sealed at rest; `what` ("attendee.name") keeps one column's seals from another."""

    impl = Text
    cache_ok = True

    def __init__(self, what: str) -> None:
        super().__init__()
        self.what = what

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:
        plain = json.dumps(value, ensure_ascii=False).encode()
        return None if value is None else seal(current_app.config, plain, self.what.encode())

    def process_result_value(self, value: str | None, dialect: Any) -> Any:
        return None if value is None else json.loads(unseal(current_app.config, value, self.what.encode()))

    def coerce_compared_value(self, op: Any, value: Any) -> Any:
        raise TypeError(f"{self.what} is sealed: the database cannot compare it")


_writing: ContextVar[bool] = ContextVar("writing", default=False)
_patience: ContextVar[float | None] = ContextVar("patience", default=None)


def begin_write(patience: float | None = None) -> None:
    """From here to the commit this context writes: what was read before is read again inside the transaction.

    `patience`: seconds to wait for the turn, where the usual ones are too long (a note beside a page). Raises
    space.Full where a form brings something new and the disk has no room for it.
    """
    db.session.rollback()
    space.make_room(current_app.config)
    if g.get("brings_new", False):
        space.refuse_if_full(current_app.config)
    _patience.set(patience)
    _writing.set(True)


def end_write() -> None:
    """Give the turn back, whatever happened; called when a request or command ends."""
    db.session.rollback()
    _writing.set(False)


@contextmanager
def writing(patience: float | None = None) -> Iterator[None]:
    """A command's or worker's write: `with writing(): ...; db.session.commit()`."""
    begin_write(patience)
    try:
        yield
    finally:
        end_write()


def empty_log() -> None:
    """After an erasure: SQLite's log of writes keeps old pages until it is begun anew; in nobody's way."""
    db.session.rollback()
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def sqlite_module() -> Any:
    """The newest SQLite at hand: the wheel's own, else Python's."""
    try:
        from pysqlite3 import dbapi2
    except ImportError:  # pragma: no cover - platforms without the wheel
        import sqlite3 as dbapi2
    return dbapi2


def has_safe_wal(version: tuple[int, ...]) -> bool:
    """Whether this SQLite is free of the WAL-reset corruption (fixed in 3.51.3; backports 3.50.7, 3.44.6)."""
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


POOL = {"pool_size": 10, "max_overflow": 20}
"""As many connections as requests are at work at once (overload.py)."""


def engine_options(url: str, *, has_pool: bool = True) -> dict[str, Any]:
    """Options for create_engine that suit the database behind the URL; what was typed stays out of error messages."""
    shared = {**(POOL if has_pool else {}), "hide_parameters": True}
    if url.startswith("sqlite"):
        connecting = {"timeout": 5.0, "isolation_level": None}
        return {**shared, "module": sqlite_module(), "connect_args": connecting}
    waits = {"options": f"-c lock_timeout={BUSY_MS}", "connect_timeout": 5}
    return {**shared, "pool_pre_ping": True, "connect_args": waits}


def prepare_engine(engine: Engine, lock_path: Path, patience: float = PATIENCE) -> None:
    """Give every SQLite connection its durable profile and every write its turn."""
    if engine.dialect.name != "sqlite":
        return
    turns = Turns(lock_path, patience)

    event.listen(engine, "connect", _profile)

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        if not _writing.get() or connection.get_execution_options().get("isolation_level") == "AUTOCOMMIT":
            return
        left = turns.take(_patience.get())
        try:
            _begin_immediate(connection.connection.driver_connection, left)
        except sqlite_module().OperationalError as error:
            turns.give()
            raise Busy("another program holds the database, or it cannot be written") from error
        except BaseException:
            turns.give()
            raise
        connection.info["has_turn"] = True

    # The listeners run before the driver's commit, so the turn is given back once the connection is returned.
    @event.listens_for(engine.pool, "reset")
    def after_reset(dbapi_connection: Any, record: Any, _state: Any) -> None:
        if record.info.pop("has_turn", False):
            turns.give()

    @event.listens_for(engine.pool, "invalidate")
    def after_invalidate(_dbapi_connection: Any, record: Any, _error: Any) -> None:
        if record.info.pop("has_turn", False):
            turns.give()


def _profile(connection: Any, _record: Any) -> None:
    """The durable profile of one connection; the doctor reads it back (inspection.py)."""
    is_safe = has_safe_wal(sqlite_module().sqlite_version_info)
    for pragma in (
        f"journal_mode={'WAL' if is_safe else 'TRUNCATE'}",
        f"synchronous={'FULL' if is_safe else 'EXTRA'}",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_MS}",
        "trusted_schema=OFF",
        "secure_delete=ON",
        "journal_size_limit=67108864",
        "cache_size=-16384",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_immediate(connection: Any, left: float) -> None:
    """Begin to write; a program that keeps no turns (a backup, a shell) is waited for as long as patience is left."""
    try:
        connection.execute(f"PRAGMA busy_timeout={max(1, int(left * 1000))}").close()
        connection.execute("BEGIN IMMEDIATE").close()
    finally:
        connection.execute(f"PRAGMA busy_timeout={BUSY_MS}").close()


def bind(app: Flask) -> None:
    """Bind every extension to this app."""
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", engine_options(str(app.config["SQLALCHEMY_DATABASE_URI"])))
    db.init_app(app)
    migrate.init_app(app, db, render_as_batch=True, directory=str(Path(app.root_path).parent / "migrations"))
    csrf.init_app(app)
    login.init_app(app)
    with app.app_context():
        patience = app.config.setdefault("WRITE_PATIENCE", PATIENCE)
        prepare_engine(db.engine, Path(app.config["DATA_DIR"]) / "write.lock", patience)
