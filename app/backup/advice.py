"""What the doctor says of backups. Nothing here keeps the server from starting."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from ..extensions import db
from ..journal.models import Event
from . import pack, shelf

GRACE = timedelta(days=7)
"""A new installation may be without backups that long."""
OLD = timedelta(hours=48)
"""A nightly backup that is older than this was missed."""


def advice(config: Mapping[str, Any], now: datetime) -> Iterator[tuple[str, str, bool]]:
    """(what, how it stands, whether that is fine): recipients, the last backup, pg_dump on PostgreSQL."""
    may_lack = config["DEMO"] or _is_new(now)
    words = list(config["BACKUP_RECIPIENTS"])
    try:
        pack.recipients(words)
        yield ("backup recipients", f"{len(words)} keys" if words else "none (BACKUP_RECIPIENTS; docs/backup.md)",
               bool(words) or may_lack)  # fmt: skip
    except pack.BadRecipient as error:
        yield "backup recipients", str(error), False
    if last := shelf.last(config):
        hours = (now - last[0]) // timedelta(hours=1)
        yield "last backup", f"{last[1]}, {hours} hours ago", now - last[0] <= OLD or bool(config["DEMO"])
    else:
        yield "last backup", "none yet (flask --app wsgi backup FOLDER)", may_lack
    if db.engine.dialect.name == "postgresql":
        found = shutil.which("pg_dump")
        yield "pg_dump", found or "not installed: no backup can be made (postgresql-client)", bool(found) or may_lack


def _is_new(now: datetime) -> bool:
    first = db.session.scalar(select(Event.at).order_by(Event.seq).limit(1))
    return first is None or now - first < GRACE
