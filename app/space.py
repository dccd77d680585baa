"""Room on the disk: files stop first, then everything new; what is left is kept for reading and for the doors.

Three heights. Below LOW_SPACE_BYTES or LOW_SPACE_SHARE of the disk no files are taken and health says degraded.
Below FULL_SPACE_BYTES nothing new is taken at all, with everything typed kept on the page. What is left then serves
sign-ins; where another program ate even that, a reserve file of RESERVE_BYTES is given up for them, and made again
once there is room. Nothing here needs a restart: each request looks at the disk as it stands.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .turns import Busy

RESERVE = "reserve"
"""The file in the data folder that is given up when the disk is full; it holds nothing."""
HALF_MADE = 60.0
"""Seconds after which an unfinished reserve was left behind by a crash."""
_CHUNK = 1024 * 1024


class Full(Busy):
    """The disk has no room for anything new; nothing was changed."""


@dataclass(frozen=True)
class Standing:
    """How much room there is, in bytes, where it is tightest."""

    free: int
    total: int
    is_low: bool
    """No files are taken, health says degraded."""
    is_full: bool
    """Nothing new is taken; reading and the doors stay open."""


def standing(config: Mapping[str, Any]) -> Standing:
    """The room in the data folder, or beside the database file where that lies elsewhere and is tighter."""
    free, total = min(_room(place) for place in _places(config))
    is_full = free < int(config["FULL_SPACE_BYTES"])
    is_low = free < int(config["LOW_SPACE_BYTES"]) or free < float(config["LOW_SPACE_SHARE"]) * total
    return Standing(free, total, is_low or is_full, is_full)


def refuse_if_full(config: Mapping[str, Any]) -> None:
    """Raise Full where nothing new can be taken."""
    if standing(config).is_full:
        raise Full("no room on the disk")


def make_room(config: Mapping[str, Any]) -> None:
    """Give up the reserve where the disk is so full that not even a sign-in could be written."""
    place = _reserve(config)
    if _room(place.parent)[0] < int(config["RESERVE_BYTES"]) // 2:
        place.unlink(missing_ok=True)


def tend(config: Mapping[str, Any]) -> None:
    """Make the reserve where it is missing and there is room for it above the line where things are full."""
    place, size = _reserve(config), int(config["RESERVE_BYTES"])
    if not size or place.exists() or _room(place.parent)[0] < int(config["FULL_SPACE_BYTES"]) + 2 * size:
        return
    half = place.with_suffix(".part")
    with contextlib.suppress(OSError):
        if half.exists() and time.time() - half.stat().st_mtime > HALF_MADE:
            half.unlink()
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for _piece in range(0, size, _CHUNK):
                file.write(os.urandom(min(_CHUNK, size)))  # random: a disk that packs bytes would give back nothing
        half.replace(place)


def is_no_room(error: BaseException) -> bool:
    """Whether a failure of the system says that the disk, or our share of it, is used up."""
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)


def _room(place: Path) -> tuple[int, int]:
    usage = shutil.disk_usage(place)
    return usage.free, usage.total


def _reserve(config: Mapping[str, Any]) -> Path:
    return Path(config["DATA_DIR"]) / RESERVE


def _places(config: Mapping[str, Any]) -> Iterator[Path]:
    yield Path(config["DATA_DIR"])
    head, _, path = str(config["SQLALCHEMY_DATABASE_URI"]).partition("sqlite:///")
    if not head and Path(path).parent.is_dir():
        yield Path(path).parent
