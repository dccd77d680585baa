"""Read a backup: decrypt, take only members whose names are ours, hold each against the manifest at the end.

Like the way in it streams: what is decrypted goes through a pipe into the tar reader. A backup that was cut or changed
anywhere is not opened at all: age authenticates every piece, the manifest every member.
"""

from __future__ import annotations

import hashlib
import os
import tarfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO

import pyrage

from .names import DATABASES, MANIFEST, BadBackup, Manifest, is_ours, name_of_file, read_manifest

AGE = b"age-encryption.org/"
PIECE = 1024 * 1024
MOST_MANIFEST = 512 * 1024 * 1024
Take = Callable[[str, Iterator[bytes]], None]
"""What is done with a member: its name and its bytes, all of which must be read."""


def identities(path: Path) -> list[Any]:
    """The private keys in a file as `age-keygen` or `backup keygen` writes it."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        words = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
        found = [pyrage.x25519.Identity.from_str(word) for word in words]
    except (pyrage.IdentityError, UnicodeDecodeError) as error:
        raise BadBackup(f"{path.name} holds no age key (AGE-SECRET-KEY-1...)") from error
    if not found:
        raise BadBackup(f"{path.name} holds no age key (AGE-SECRET-KEY-1...)")
    return found


def read(path: Path, keys: list[Any], take: Take) -> Manifest:
    """Go through a backup once, handing every member but the manifest to `take`; raises BadBackup."""
    sums: dict[str, str] = {}
    manifest: Manifest | None = None
    try:
        with _clear(path, keys) as source, tarfile.open(fileobj=source, mode="r|", bufsize=PIECE) as tar:
            for member in tar:
                if manifest is not None or not member.isreg() or not is_ours(member.name) or member.name in sums:
                    raise BadBackup(f"it holds {member.name[:120]!r}, which no backup of ours would")
                stream = tar.extractfile(member)
                if stream is None:
                    raise BadBackup("a member cannot be read")
                if member.name == MANIFEST:
                    manifest = read_manifest(stream.read(MOST_MANIFEST))
                else:
                    digest = hashlib.sha256()
                    take(member.name, _pieces(stream, digest))
                    sums[member.name] = digest.hexdigest()
    except (tarfile.TarError, EOFError) as error:
        raise BadBackup("it is cut off or changed, or no backup at all") from error
    if manifest is None:
        raise BadBackup("it ends too early: its manifest is missing")
    _compare(manifest, sums)
    return manifest


def _pieces(stream: IO[bytes], digest: Any) -> Iterator[bytes]:
    while piece := stream.read(PIECE):
        digest.update(piece)
        yield piece


def _compare(manifest: Manifest, sums: dict[str, str]) -> None:
    """Every member the manifest names is there with its hash, and nothing else."""
    if DATABASES.get(manifest.engine) not in sums:
        raise BadBackup("the database is missing in it")
    for name in {*manifest.members, *sums}:
        if manifest.members.get(name) != sums.get(name):
            raise BadBackup(f"{name} is not what the manifest says")


def lost(manifest: Manifest, named: dict[str, str | None]) -> list[str]:
    """Keys that rows name and the backup does not hold as the row knows them, beyond what was rightly gone."""
    bad = set(manifest.hurt)
    for key, known in named.items():
        found = manifest.members.get(name_of_file(key))
        if key not in manifest.gone and (found is None or (known is not None and found != known)):
            bad.add(key)
    return sorted(bad)


@contextmanager
def _clear(path: Path, keys: list[Any]) -> Iterator[BinaryIO]:
    """The tar within, decrypted as it is read; a plain one as it lies there."""
    with path.open("rb") as file:
        is_sealed = file.read(len(AGE)) == AGE
        file.seek(0)
        if not is_sealed:
            yield file
            return
        if not keys:
            raise BadBackup("it is encrypted: --identity names the file with the private key")
        with _decrypted(file, keys) as source:
            yield source


@contextmanager
def _decrypted(file: BinaryIO, keys: list[Any]) -> Iterator[BinaryIO]:
    source, target = os.pipe()
    failed: list[BaseException] = []

    def run() -> None:
        try:
            with os.fdopen(target, "wb") as writer:
                pyrage.decrypt_io(file, writer, keys)
        except BaseException as error:  # told to the main thread
            failed.append(error)

    beside = threading.Thread(target=run, name="age")
    beside.start()
    reader = os.fdopen(source, "rb")
    try:
        yield reader
        while reader.read(PIECE):  # to the very end: the last piece says that nothing was cut off
            pass
    except (tarfile.TarError, EOFError, BadBackup):
        reader.close()
        beside.join()
        if failed and isinstance(failed[0], pyrage.DecryptError):
            raise BadBackup(f"it cannot be decrypted with this key, or was changed ({failed[0]})") from failed[0]
        raise
    finally:
        reader.close()
        beside.join()
    if failed:
        raise BadBackup(f"it cannot be decrypted with this key, or was changed ({failed[0]})") from failed[0]
