"""An SQLite file that this process alone has open, and how another file takes its place.

SQLite itself says whether somebody else has the file open: in WAL mode each connection holds a shared lock as long as
it lives, so leaving WAL mode succeeds only for the last one; that also empties and removes the -wal and -shm files. The
lock is then kept until the swap. Whoever opened the old file meanwhile waited for it, and is refused by SQLite
afterwards (the file it holds has lost its name); its next connection opens the new file.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, NullPool, create_engine, event

from ..extensions import engine_options, sqlite_module

PATIENCE = 5.0
"""Seconds to wait for a command that is just ending."""
SPARE = 64 * 1024 * 1024
"""Bytes that must stay free beside two copies of the database."""


class InUse(RuntimeError):
    """Somebody else has the database open."""


class NoRoom(RuntimeError):
    """The disk has no room for the copy."""


@contextmanager
def holding(path: Path) -> Iterator[Any]:
    """The database, open for this process alone, without -wal and -shm beside it; InUse where others have it open."""
    connection = sqlite_module().connect(str(path), isolation_level=None, timeout=0.2)
    try:
        _leave_wal(connection)
        yield connection
    finally:
        connection.close()


def _leave_wal(connection: Any) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode=DELETE").fetchall()
            connection.execute("PRAGMA locking_mode=EXCLUSIVE").fetchall()
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")  # the lock stays: that is what the exclusive locking mode means
            return
        except sqlite_module().OperationalError as error:
            if time.monotonic() > until:
                raise InUse("The database is in use. Stop the server, the worker and other commands first; "
                            "nothing was changed.") from error  # fmt: skip
            time.sleep(0.1)


def copied(connection: Any, path: Path) -> Path:
    """A copy beside the database, page by page; what an earlier, killed run left behind is removed first."""
    for left in beside(path):
        left.unlink(missing_ok=True)
    size = path.stat().st_size
    if shutil.disk_usage(path.parent).free < 2 * size + SPARE:
        raise NoRoom(f"Too little room beside the database: {(2 * size + SPARE) // 1024 // 1024} MB must be free "
                     f"in its folder; nothing was changed.")  # fmt: skip
    copy = path.with_name(f"{path.name}.next")
    os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    target = sqlite_module().connect(str(copy), isolation_level=None)
    try:
        connection.backup(target)
    finally:
        target.close()
    return copy


def beside(path: Path) -> list[Path]:
    """Copies of a database that never took its place, with their journals."""
    return [path.with_name(f"{path.name}.next{tail}") for tail in ("", "-journal", "-wal", "-shm")]


def single(url: str, **more: Any) -> Engine:
    """An engine that opens a connection for each use and keeps none, with the driver and patience of the app's own."""
    return create_engine(url, poolclass=NullPool, **engine_options(url, has_pool=False), **more)


@contextmanager
def opened(path: Path) -> Iterator[Engine]:
    """An engine on a file that nobody else knows; closed again, it is one file with everything in it."""
    engine = single(f"sqlite:///{path}")

    @event.listens_for(engine, "connect")
    def profile(connection: Any, _record: Any) -> None:
        for pragma in ("journal_mode=DELETE", "synchronous=FULL", "foreign_keys=ON", "trusted_schema=OFF"):
            connection.execute(f"PRAGMA {pragma}").close()

    try:
        yield engine
    finally:
        engine.dispose()


def swap(new: Path, path: Path) -> None:
    """Give the new file the old one's name, both safely on the disk before and after."""
    flush(new)
    os.replace(new, path)
    with suppress(PermissionError):  # Windows cannot open a folder and keeps the name itself
        flush(path.parent)


def flush(place: Path) -> None:
    """Return only when a file's bytes, or a folder's names, are on the disk."""
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
