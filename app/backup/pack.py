"""Make one backup: the snapshot, then the files its rows name, then the checkpoints, then the manifest; encrypted.

Files are written before their row and never changed, so whatever the snapshot names is there by now. Everything
streams: a tar is written into a pipe, and what comes out of it is encrypted into the file; memory stays small however
large the files are. The keys folder is never looked at.
"""

from __future__ import annotations

import hashlib
import io
import os
import tarfile
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, cast

import pyrage

from ..attachments.storage import Storage, UnknownKey
from ..schema import alone
from .names import DATABASES, MANIFEST, Manifest, app_version, name_of_file
from .snapshot import Snapshot, storage_keys, taken

PIECE = 1024 * 1024


class BadRecipient(ValueError):
    """A recipient that is no age public key."""


def recipients(words: list[str]) -> list[Any]:
    """The public keys that may open a backup; BadRecipient names the first word that is none."""
    found = []
    for word in words:
        try:
            found.append(pyrage.x25519.Recipient.from_str(word))
        except pyrage.RecipientError as error:
            raise BadRecipient(f"BACKUP_RECIPIENTS: {word[:12]}... is no age public key (age1...)") from error
    return found


def write(config: Mapping[str, Any], out: BinaryIO, to: list[Any], now: datetime) -> Manifest:
    """Write a whole backup into `out`, encrypted to `to`, or as a plain tar where that is empty."""
    with taken(config) as snapshot:
        work = _Packing(config, snapshot, now)
        if to:
            _through_pipe(work.into, lambda source: pyrage.encrypt_io(source, out, to))
        else:
            work.into(out)
    return work.manifest


def _through_pipe(feed: Callable[[BinaryIO], None], drain: Callable[[BinaryIO], None]) -> None:
    """Run `feed` beside `drain`, the one's output being the other's input; raises what either raised."""
    source, target = os.pipe()
    failed: list[BaseException] = []

    def run() -> None:
        try:
            with os.fdopen(target, "wb") as writer:
                feed(writer)
        except BaseException as error:  # told to the main thread, which gives the whole backup up
            failed.append(error)

    beside = threading.Thread(target=run, name="tar")
    beside.start()
    try:
        with os.fdopen(source, "rb") as reader:
            drain(reader)
    finally:
        beside.join()
    if failed:
        raise failed[0]


class _Hashed(io.RawIOBase):
    """A file that is hashed while it is read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._sum = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self._sum.update(data)
        return data

    @property
    def sha256(self) -> str:
        return self._sum.hexdigest()


class _Packing:
    """One backup on its way into a tar."""

    def __init__(self, config: Mapping[str, Any], snapshot: Snapshot, now: datetime) -> None:
        self._config, self._snapshot = config, snapshot
        self._storage = Storage(Path(config["DATA_DIR"]) / "files")
        self._at = int(now.timestamp())
        self.manifest = Manifest(
            made_at=now.astimezone(UTC).isoformat(timespec="seconds"), engine=snapshot.engine,
            revision=snapshot.revision, journal_size=snapshot.sum.size, journal_head=snapshot.sum.head,
            counts=snapshot.sum.counts, app=app_version(),
        )  # fmt: skip

    def into(self, out: BinaryIO) -> None:
        """Write the tar."""
        with tarfile.open(fileobj=out, mode="w|", format=tarfile.GNU_FORMAT, bufsize=PIECE) as tar:
            self._add(tar, DATABASES[self._snapshot.engine], self._snapshot.file)
            for key, known in sorted(self._snapshot.files.items()):
                self._add_file(tar, key, known)
            self._look_again()
            for path in sorted(Path(self._config["CHECKPOINT_DIR"]).glob("checkpoint-*.txt")):
                with path.open("rb") as file:
                    self._add(tar, f"checkpoints/{path.name}", file)
            words = self.manifest.text()
            tar.addfile(self._header(MANIFEST, len(words)), io.BytesIO(words))

    def _add_file(self, tar: tarfile.TarFile, key: str, known: str | None) -> None:
        try:
            file = self._storage.open(key)
        except (FileNotFoundError, UnknownKey):
            self.manifest.missing.append(key)
            return
        with file:
            found = self._add(tar, name_of_file(key), file)
        if known is not None and found != known:
            self.manifest.damaged.append(key)

    def _add(self, tar: tarfile.TarFile, name: str, file: BinaryIO) -> str:
        hashed = _Hashed(file)
        tar.addfile(self._header(name, os.fstat(file.fileno()).st_size), cast("BinaryIO", hashed))
        self.manifest.members[name] = hashed.sha256
        return hashed.sha256

    def _header(self, name: str, size: int) -> tarfile.TarInfo:
        header = tarfile.TarInfo(name)
        header.size, header.mode, header.mtime = size, 0o600, self._at
        return header

    def _look_again(self) -> None:
        """A file that is missing because its row has been deleted since is not lost (a form nobody sent)."""
        if not self.manifest.missing:
            return
        with alone.single(str(self._config["SQLALCHEMY_DATABASE_URI"])).connect() as connection:
            named = storage_keys(connection)
        self.manifest.gone = [key for key in self.manifest.missing if key not in named]
        self.manifest.missing = [key for key in self.manifest.missing if key in named]
