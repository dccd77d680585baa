"""Files of what is no case: cleaned copies get their row under the thing's name ("commitment:7"), with the event."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from ...attachments.actions import hold
from ...attachments.clean import MAX_FILES, Cleaned
from ...attachments.models import Attachment
from ...extensions import db
from ...journal.models import Event
from ...refusals import Invalid
from ...rules.workflow import N_, Actor

MOST = 4 * MAX_FILES
"""Files that one thing keeps over all its reports."""


def must_have_room(about: str, files: Sequence[Cleaned]) -> None:
    """Invalid, where the thing would keep more files than anybody will open."""
    kept = db.session.scalar(select(func.count()).where(Attachment.subject == about)) or 0
    if len(files) > MAX_FILES or kept + len(files) > MOST:
        raise Invalid(N_("Quá nhiều tệp. Bớt lại, hoặc gộp thành một tệp."), "files")


def enclose(files: Sequence[Cleaned], about: str, event: Event, actor: Actor, now: datetime) -> None:
    """Give cleaned files to a thing with the event that brought them."""
    if not files:
        return
    rows = hold(files, secrets.token_hex(32), now, added_by="official", official_id=actor.official_id)
    for row in rows:
        row.holder, row.subject, row.event_seq = "", about, event.seq
