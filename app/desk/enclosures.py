"""Files that officials add, kept with the event that brought them; a draft's go out when it is signed."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import select

from ..attachments.actions import attach, hold
from ..attachments.clean import Cleaned
from ..attachments.models import Attachment
from ..cases.models import Case
from ..extensions import db
from ..journal.models import Event
from ..rules.workflow import Action, Actor

INSIDE = frozenset({Action.NOTE, Action.DRAFT, Action.PROPOSE})
"""What is added here the resident does not see, or not yet."""
DRAFTED = (str(Action.DRAFT), str(Action.PROPOSE))


def keep(files: list[Cleaned], case: Case, event: Event, actor: Actor, now: datetime) -> None:
    """Give the files to the case with the event that brought them; a signed answer takes its draft's files along."""
    if event.action == Action.APPROVE:
        _send_along(case, event)
    if not files:
        return
    holder = secrets.token_hex(32)
    hold(files, holder, now, added_by="official", official_id=actor.official_id, is_internal=event.action in INSIDE)
    case.files_count += attach(holder, case.id, event.seq)


def _send_along(case: Case, event: Event) -> None:
    """What was enclosed with the draft is now part of the answer."""
    enclosed = (
        select(Attachment)
        .join(Event, Event.seq == Attachment.event_seq)
        .where(Attachment.case_id == case.id, Attachment.is_internal, Event.action.in_(DRAFTED))
    )
    for file in db.session.scalars(enclosed).all():
        file.is_internal, file.event_seq = False, event.seq
