"""The folder of backups: names that appear only when the file is whole, old ones removed, the last one remembered."""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from ..schema.alone import flush

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows
    fcntl = None  # type: ignore[assignment]

STAMP = "%Y%m%dT%H%M%SZ"
SEEN = "backup.seen"
"""In the data folder: when the last backup was finished (its time of change too), and what it is called."""
_OURS = re.compile(r"gan-dan-\d{8}T\d{6}Z\.tar(\.age)?", re.ASCII)
_HALF = ".gan-dan-*.part"


@contextmanager
def appearing(folder: Path, name: str) -> Iterator[BinaryIO]:
    """A new file (0600) under a name of its own that takes `name` once it is whole on the disk, or vanishes."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = folder / f".{name}.{secrets.token_hex(4)}.part"
    file = os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
    try:
        with file:
            if fcntl is not None:
                fcntl.flock(file, fcntl.LOCK_EX)  # whoever sweeps sees that this one is being written
            yield file
            file.flush()
            os.fsync(file.fileno())
            if (folder / name).exists():
                raise FileExistsError(f"{folder / name} is there already")
            half.rename(folder / name)
            flush(folder)
    except BaseException:
        half.unlink(missing_ok=True)
        raise


def sweep(folder: Path) -> int:
    """Remove what a killed backup left half written (encrypted as the whole would be); returns how many."""
    count = 0
    for half in folder.glob(_HALF):
        with suppress(OSError), half.open("rb") as file:
            if fcntl is not None:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            half.unlink()
            count += 1
    return count


def backups(folder: Path) -> list[Path]:
    """The finished backups, oldest first."""
    return sorted(path for path in folder.iterdir() if _OURS.fullmatch(path.name))


def thin(folder: Path, keep: int) -> list[Path]:
    """Remove all but the newest `keep`; returns those removed."""
    old = backups(folder)[:-keep]
    for path in old:
        path.unlink()
    return old


def name_at(now: datetime, is_plain: bool) -> str:
    """The name of a backup made now."""
    return f"gan-dan-{now.astimezone(UTC):{STAMP}}.tar{'' if is_plain else '.age'}"


def remember(data_dir: Path, **said: Any) -> None:
    """Keep for doctor and health when the last backup was finished."""
    half = data_dir / f".{SEEN}.{secrets.token_hex(4)}"
    half.write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
    half.replace(data_dir / SEEN)


def last(config: Mapping[str, Any]) -> tuple[datetime, str] | None:
    """When the last backup was finished and what it is called; None where none is remembered."""
    try:
        said = json.loads((Path(config["DATA_DIR"]) / SEEN).read_text(encoding="utf-8"))
        return datetime.fromisoformat(said["at"]), str(said["name"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
