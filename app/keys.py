"""The installation's own keys: files beside the data folder, never in the database and never in its backup.

Each key is 32 random bytes in a file that only the service's user reads. A key is made once, when it is first needed;
whoever loses the folder loses what the keys opened, so the operator copies it to a place of its own (README,
Operations).
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

SIZE = 32
"""Bytes of a key."""


class KeyBroken(RuntimeError):
    """A key file that is not what we wrote, or not there though data was sealed with it (schema/gate.py): better to
    stop than to make another in its place, which would hide the loss."""


def key(config: Mapping[str, Any], name: str) -> bytes:
    """The key of that name (`signing`, `personal`), made at the first call; KeyBroken where the file is damaged."""
    if name == "personal" and config.get("LOST_KEY"):
        raise KeyBroken(config["LOST_KEY"])
    file = place(config, name)
    if not file.exists():
        _make(file)
    stands = file.stat()
    return _read(file, stands.st_mtime_ns, stands.st_size)


def place(config: Mapping[str, Any], name: str) -> Path:
    """Where the key of that name lies, or would."""
    return Path(config["KEYS_DIR"]) / f"{name}.key"


@lru_cache(maxsize=16)
def _read(file: Path, _changed: int, _size: int) -> bytes:
    """The key in a file as it stands: read once, and again when the file changed; a list seals thousands of rows."""
    found = file.read_text(encoding="ascii").strip()
    if len(found) != SIZE * 2:
        raise KeyBroken(f"{file.name}: {SIZE * 2} hexadecimal digits expected")
    return bytes.fromhex(found)


def _make(file: Path) -> None:
    """Write a new key so that it is whole on the disk or not there at all, whoever else makes it at this moment."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as writer:
        writer.write(secrets.token_hex(SIZE) + "\n")
        writer.flush()
        os.fsync(writer.fileno())
    try:
        os.link(half, file)  # unlike a rename it never replaces a key that another process just made
    except FileExistsError:
        pass
    finally:
        half.unlink()
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
