"""Put a backup back: unpacked beside, proved whole, and only then in its place.

Files go in first (their names are random, one more hurts nobody), the database last, by one rename or one transaction:
whoever is killed before that has what was there before, whoever is killed after it has the backup. What a restore
replaces is kept aside until the operator removes it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import text

from ..extensions import db
from ..schema import alone, gate, migrate, proof, revisions
from . import postgres, unpack
from .names import DATABASES, BadBackup, Manifest
from .shelf import STAMP
from .snapshot import storage_keys

SPARE = 64 * 1024 * 1024
Tell = Callable[[str], None]


class NotEmpty(RuntimeError):
    """There is live data here; nothing was changed."""


@dataclass(frozen=True)
class Order:
    """What is to be restored, and how."""

    file: Path
    keys: list[Any]
    replaces: bool = False
    accepts_loss: bool = False
    """Go on although files were lost before the backup was made."""


@dataclass
class Restored:
    """What a restore did."""

    manifest: Manifest
    events: int
    aside: str
    """Where what was there before is kept; "" where nothing was."""
    lost: list[str]


def restore(config: Mapping[str, Any], order: Order, now: datetime, tell: Tell) -> Restored:
    """Restore a backup into this installation; raises NotEmpty, BadBackup, proof.Broken, alone.InUse, NewerSchema."""
    is_live = _is_live(config)
    if is_live and not order.replaces:
        raise NotEmpty("There is data here already. --replace puts the backup in its place and keeps what is there "
                       "aside; nothing was changed.")  # fmt: skip
    data = Path(config["DATA_DIR"])
    if shutil.disk_usage(data).free < order.file.stat().st_size + SPARE:
        raise alone.NoRoom("Too little room in the data folder for what the backup holds; nothing was changed.")
    stamp = f"{now.astimezone(UTC):{STAMP}}"
    with _workplace(data) as place:
        tell("Unpacking and checking every member...")
        manifest = unpack.read(order.file, order.keys, lambda name, pieces: _write(place / name, pieces))
        if DATABASES[db.engine.dialect.name] not in manifest.members:
            raise BadBackup(f"it holds a database of {manifest.engine}; DATABASE_URL names another kind")
        os.sync()
        tell("Reading the database and the whole journal...")
        put = _put_sqlite if manifest.engine == "sqlite" else _put_postgresql
        return put(config, order, manifest, place, f"before-restore-{stamp}" if is_live else "")


def _is_live(config: Mapping[str, Any]) -> bool:
    """Whether the database says anything yet: an event or an official; or files without a database."""
    if db.engine.dialect.name == "sqlite":
        path = Path(str(db.engine.url.database))
        if not path.is_file() or gate.of_file(path) is None:
            db.engine.dispose()
            return path.is_file() and path.stat().st_size > 0
    with db.engine.connect() as connection:
        if revisions.of(connection) is None:
            return False
        return any(connection.execute(text(f"SELECT 1 FROM {table} LIMIT 1")).first()
                   for table in ("event", "official", "unit"))  # fmt: skip


@contextmanager
def _workplace(data: Path) -> Iterator[Path]:
    """A folder (0700) in the data folder, on the same disk; what a killed restore left there is removed first."""
    for left in data.glob(".restoring-*"):
        shutil.rmtree(left)
    place = data / f".restoring-{os.getpid()}"
    place.mkdir(mode=0o700)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _write(place: Path, pieces: Iterator[bytes]) -> None:
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for piece in pieces:
            file.write(piece)


def _put_sqlite(config: Mapping[str, Any], order: Order, manifest: Manifest, place: Path, aside: str) -> Restored:
    new, path = place / DATABASES["sqlite"], Path(str(db.engine.url.database))
    revisions.refuse_unknown(gate.of_file(new))
    with alone.opened(new) as engine, engine.connect() as connection:
        proof.is_whole(connection)
        _same(manifest, proof.sum_of(connection))
        lost = _accepted(order, unpack.lost(manifest, storage_keys(connection)))
    if manifest.revision != revisions.newest():
        migrate.upgrade_file(new)
    with alone.opened(new) as engine:
        events = proof.journal_holds(engine)
    db.session.remove()
    db.engine.dispose()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with alone.holding(path):
        kept = _keep_aside(config, path, aside) if aside else None
        _files_in(config, place, manifest)
        near = path.with_name(f"{path.name}.next")
        for left in alone.beside(path):
            left.unlink(missing_ok=True)
        shutil.move(new, near)
        alone.swap(near, path)
    if kept:
        _old_files_out(config, manifest)
    return Restored(manifest, events, str(kept or ""), lost)


def _put_postgresql(config: Mapping[str, Any], order: Order, manifest: Manifest, place: Path, aside: str) -> Restored:
    url = str(config["SQLALCHEMY_DATABASE_URI"])
    revisions.refuse_unknown(manifest.revision)
    if aside:
        _keep_aside(config, None, aside)
    _files_in(config, place, manifest)
    kept = aside.replace("-", "_").lower()
    db.session.remove()
    with (place / DATABASES["postgresql"]).open("rb") as dump:
        postgres.load(url, dump, kept)
    db.engine.dispose()
    try:
        with db.engine.connect() as connection:
            _same(manifest, proof.sum_of(connection))
            lost = _accepted(order, unpack.lost(manifest, storage_keys(connection)))
        migrate.migrate(config, lambda _words: None)
        events = proof.journal_holds(db.engine)
    except (BadBackup, proof.Broken):
        db.session.remove()
        with db.engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text(f'ALTER SCHEMA "{kept}" RENAME TO public' if kept else "CREATE SCHEMA public"))
        raise
    if aside:
        _old_files_out(config, manifest)
    return Restored(manifest, events, kept and f"schema {kept} and folder {aside}", lost)


def _same(manifest: Manifest, found: proof.Sum) -> None:
    if (found.counts, found.size, found.head) != (manifest.counts, manifest.journal_size, manifest.journal_head):
        raise BadBackup("its database is not the one its manifest counted")


def _accepted(order: Order, lost: list[str]) -> list[str]:
    if lost and not order.accepts_loss:
        raise BadBackup(f"{len(lost)} files that rows name were lost or damaged before it was made, the first "
                        f"{lost[0]}; --accept-loss restores all the rest")  # fmt: skip
    return lost


def _keep_aside(config: Mapping[str, Any], path: Path | None, aside: str) -> Path:
    """Second names for the old database and its files, in a folder of their own: costs no room and changes nothing."""
    folder = Path(config["DATA_DIR"]) / aside
    folder.mkdir(mode=0o700)
    if path is not None:
        try:
            os.link(path, folder / path.name)
        except OSError:  # the database lies on another disk
            shutil.copy2(path, folder / path.name)
    files = Path(config["DATA_DIR"]) / "files"
    if files.is_dir():
        shutil.copytree(files, folder / "files", copy_function=os.link)
    os.sync()
    return folder


def _files_in(config: Mapping[str, Any], place: Path, manifest: Manifest) -> None:
    """Move files and checkpoints where they belong; a checkpoint that is there already stays as it is."""
    data, checkpoints = Path(config["DATA_DIR"]), Path(config["CHECKPOINT_DIR"])
    for name in manifest.members:
        room, _, rest = name.partition("/")
        if room == "files":
            for folder in reversed(Path(name).parents[:-1]):  # one by one: `parents=True` would leave them open
                (data / folder).mkdir(mode=0o700, exist_ok=True)
            os.replace(place / name, data / name)
        elif room == "checkpoints" and not (checkpoints / rest).exists():
            checkpoints.mkdir(mode=0o700, parents=True, exist_ok=True)
            shutil.move(place / name, checkpoints / rest)
    os.sync()


def _old_files_out(config: Mapping[str, Any], manifest: Manifest) -> None:
    """Files that the backup does not know now lie aside only."""
    data = Path(config["DATA_DIR"])
    for path in (data / "files").glob("??/??/*"):
        if path.relative_to(data).as_posix() not in manifest.members:
            path.unlink()
