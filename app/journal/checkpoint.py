"""Signed checkpoints: how long the chain was at a moment and its last hash, to leave the machine and be kept elsewhere.

A checkpoint is text as C2SP describes it (tlog-checkpoint): origin, size, base64 of the head's hash, the UTC time, an
empty line, and the signature. Files are written once, whole, and never over another.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from ..extensions import db
from .models import ChainHead
from .record import GENESIS
from .signing import Config, b64, is_signed, key_hash, origin, public_key, sign, unb64

EVERY = timedelta(minutes=50)
"""Older than this and the next is due: with the worker's rounds of ten minutes one an hour, none later."""
STAMP = "%Y%m%dT%H%M%SZ"


class NoCheckpoint(ValueError):
    """A text that is no checkpoint of this installation; the words say why."""


@dataclass(frozen=True)
class Checkpoint:
    """The chain at a moment."""

    size: int
    hash: str
    """Of the last event, hexadecimal as in the journal."""
    at: str
    """UTC, to the second."""
    text: str = ""
    """Whole, with its signature."""
    name: str = ""
    """Of its file."""


def make(config: Config, now: datetime) -> Checkpoint:
    """The chain as it is now, signed."""
    row = db.session.execute(select(ChainHead.seq, ChainHead.hash).where(ChainHead.id == 1)).first()
    size, head = (row.seq, row.hash) if row else (0, GENESIS)
    return of(config, size, head, now)


def of(config: Config, size: int, head: str, now: datetime) -> Checkpoint:
    """A checkpoint of that length and hash, signed with this installation's key."""
    at, name = f"{now:%Y-%m-%dT%H:%M:%SZ}", origin(config)
    body = f"{name}\n{size}\n{b64(bytes.fromhex(head))}\n{at}\n"
    signature = b64(key_hash(config) + sign(config, body.encode()))
    return Checkpoint(size, head, at, f"{body}\n— {name} {signature}\n", f"checkpoint-{size:012d}-{now:{STAMP}}.txt")


def read(text: str, public: bytes, name: str = "") -> Checkpoint:
    """A checkpoint whose signature holds; NoCheckpoint where it is none, or another key's.

    The origin is part of what is signed, and may be another than today's: a site that moved keeps its old ones.
    """
    body, gap, signed = text.partition("\n\n")
    lines = body.split("\n")
    if not gap or len(lines) < 4 or not lines[1].isdecimal():
        raise NoCheckpoint("not a checkpoint")
    words = (body + "\n").encode()
    if not any(is_signed(public, words, found) for found in _signatures(signed)):
        raise NoCheckpoint("its signature is not of this installation's key")
    try:
        return Checkpoint(int(lines[1]), unb64(lines[2]).hex(), lines[3], text, name)
    except ValueError as error:
        raise NoCheckpoint("not a checkpoint") from error


def _signatures(lines: str) -> list[bytes]:
    found = []
    for line in lines.splitlines():
        if line.startswith("— "):
            try:
                found.append(unb64(line.rpartition(" ")[2])[4:])
            except ValueError:
                continue
    return found


def keep(folder: Path, made: Checkpoint) -> Path:
    """Write the file so that it is whole on the disk or not there; one that lies there already stays as it is."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    place, half = folder / made.name, folder / f".{made.name}.{secrets.token_hex(4)}"
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640), "w", encoding="utf-8") as file:
        file.write(made.text)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(half, place)  # unlike a rename it never replaces another
    except FileExistsError:
        pass
    finally:
        half.unlink()
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return place


def names(folder: Path) -> list[str]:
    """The checkpoints' files in a folder, by length and time."""
    return sorted(path.name for path in folder.glob("checkpoint-*.txt"))


def is_due(folder: Path, now: datetime) -> bool:
    """Whether the newest is nearly an hour old, or from a time that has not come (the clock was set back)."""
    known = names(folder)
    if not known:
        return True
    try:
        last = datetime.strptime(known[-1].rpartition("-")[2].removesuffix(".txt"), STAMP).replace(tzinfo=now.tzinfo)
    except ValueError:
        return True
    return not timedelta() <= now - last < EVERY


def latest(config: Config, most: int) -> list[Checkpoint]:
    """The newest checkpoints on this machine whose signature holds, newest first."""
    folder, public = Path(config["CHECKPOINT_DIR"]), public_key(config)
    found = []
    for name in reversed(names(folder)[-most:]):
        try:
            found.append(read((folder / name).read_text(encoding="utf-8"), public, name))
        except (NoCheckpoint, OSError, UnicodeDecodeError):
            continue
    return found
