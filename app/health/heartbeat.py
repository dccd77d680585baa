"""The worker's sign of life: a small file in the data folder, with what the outbox owes.

A file and not a row: it can be read while the database is locked, away or full, and writing it needs no turn.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.exc import SQLAlchemyError

from .. import clock
from ..extensions import db
from ..journal.models import Notice

FILE = "worker.seen"
SENT = ("mail", "sms")
"""Channels that leave the house; what is read at the desk is never sent."""


@dataclass(frozen=True)
class Beat:
    """When the worker was last seen (seconds since 1970), and the outbox as it saw it."""

    at: float
    owed: int = 0
    oldest: float | None = None
    """Since when the oldest letter that should have left is waiting; None where nothing is overdue."""
    dead: int = 0
    """Letters given up, which somebody must look at."""


def beat(config: Mapping[str, Any], seen: Beat) -> None:
    """Write the sign of life, whole or not at all."""
    place = Path(config["DATA_DIR"]) / FILE
    half = place.with_suffix(f".{os.getpid()}")
    half.write_text(json.dumps(asdict(seen)))
    half.replace(place)


EVERY = 15.0
"""Seconds between two signs of life, unless a piece of work takes longer."""


def show_life(config: Mapping[str, Any]) -> None:
    """The worker was here just now; what the outbox owes, if the database says."""
    seen = last(config)
    if seen is not None and 0 <= time.time() - seen.at < EVERY:
        return
    try:
        now = look()
    except SQLAlchemyError:
        db.session.rollback()
        now = Beat(time.time())
    with contextlib.suppress(OSError):  # a full disk is told by the disk itself
        beat(config, now)


def last(config: Mapping[str, Any]) -> Beat | None:
    """The last sign of life; None where no worker ever ran here."""
    try:
        return Beat(**json.loads((Path(config["DATA_DIR"]) / FILE).read_text()))
    except (OSError, ValueError, TypeError):
        return None


def look() -> Beat:
    """The outbox as it stands; plain reads."""
    waiting = (Notice.channel.in_(SENT), Notice.sent_at.is_(None), Notice.closed_at.is_(None))
    owed = db.session.scalar(select(func.count()).where(*waiting, Notice.dead_at.is_(None)).select_from(Notice)) or 0
    has_had_its_share = and_(Notice.attempts == 0, Notice.not_before > clock.now())
    oldest = db.session.scalar(
        select(func.min(Notice.created_at))
        .where(*waiting, Notice.dead_at.is_(None), Notice.gathered_into.is_(None), ~has_had_its_share)
    )  # fmt: skip
    dead = db.session.scalar(select(func.count()).select_from(Notice).where(*waiting, Notice.dead_at.is_not(None)))
    return Beat(time.time(), owed, oldest.timestamp() if oldest else None, dead or 0)
