"""Whether all is well, read off files and the disk in a moment: no database is asked, no lock is taken."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from .. import space
from ..backup import shelf
from .heartbeat import Beat, last

CHECKPOINT_MAX_AGE = 2 * 3600
"""Seconds; checkpoints of the journal are written every hour."""


def reasons(config: Mapping[str, Any], now: float | None = None) -> list[str]:
    """Why health is degraded, as words for machines; empty where all is well."""
    return list(_reasons(config, time.time() if now is None else now))


def _reasons(config: Mapping[str, Any], now: float) -> Iterator[str]:
    if space.standing(config).is_low:
        yield "space"
    seen = last(config)
    if is_silent(config, seen, now):
        yield "worker"
    if seen is not None and seen.oldest is not None and now - seen.oldest > config["OUTBOX_MAX_AGE"]:
        yield "outbox"
    if is_backup_late(config, now):
        yield "backup"
    checkpoint = checkpoint_at(config)
    if checkpoint is not None and now - checkpoint > CHECKPOINT_MAX_AGE:
        yield "checkpoint"


def is_silent(config: Mapping[str, Any], seen: Beat | None, now: float) -> bool:
    """Whether the worker was not seen for longer than WORKER_SILENCE; a clock set back is no silence."""
    return seen is None or now - seen.at > config["WORKER_SILENCE"]


def backup_at(config: Mapping[str, Any]) -> float | None:
    """When the last backup was finished; None where none was ever made."""
    made = shelf.last(config)
    return made[0].timestamp() if made else None


def is_backup_late(config: Mapping[str, Any], now: float) -> bool:
    """Whether the last backup is older than BACKUP_MAX_AGE says, or missing; 0 asks for none."""
    most, at = config["BACKUP_MAX_AGE"], backup_at(config)
    return bool(most) and (at is None or now - at > most)


def checkpoint_at(config: Mapping[str, Any]) -> float | None:
    """When the newest checkpoint of the journal was written; None where there is none yet."""
    try:
        return max((at for place in Path(config["CHECKPOINT_DIR"]).iterdir() if (at := _touched(place))), default=None)
    except OSError:
        return None


def _touched(place: Path) -> float | None:
    try:
        return place.stat().st_mtime
    except OSError:
        return None
