"""What every verb of a session asks first: may this official, does it fit the stage, is the page still true?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from ... import clock
from ...cases.models import Case, DialogueRequest
from ...extensions import db
from ...journal.models import Event
from ...refusals import Invalid, WrongStep
from ...rules.dialogues import groups, sessions
from ...rules.visibility import posts_at
from ...rules.workflow import N_, Action, Actor, Role, Status
from ..models import DialogueSession
from .perform import must_at, remember
from .texts import LINE, text


def must_do(action: Action, session: DialogueSession, actor: Actor, now: datetime,
            version: int | None = None) -> None:  # fmt: skip
    """NotAllowed, Stale or WrongStep with the reason; nothing has changed yet."""
    must_at(action, session.unit, actor, session, version)
    refused = sessions.why_not(action, session, clock.day_of(now))
    if refused:
        raise WrongStep(refused)


def said(action: Action, session: DialogueSession, actor: Actor, now: datetime, tell: Any = (), /,
         **facts: Any) -> Event:  # fmt: skip
    """The event of a session's verb, with the stage and the next duty as they stand after it."""
    stage = sessions.stage_of(session)
    due_on = session.announce_due_on if stage in sessions.COMING else session.publish_due_on
    return remember(action, session.about, session.unit_id, actor, now, tell, status=stage, due_on=due_on,
                    number=session.number, **facts)  # fmt: skip


def acting_at(actor: Actor, unit_id: int) -> Actor:
    """Who signs: the head, or a deputy marked with the head in whose name they do."""
    heads = posts_at(actor, (Role.HEAD,), unit_id)
    if not heads or any(post.in_name_of is None for post in heads):
        return actor
    return replace(actor, in_name_of=heads[0].in_name_of, role=Role.HEAD)


def waiting(session: DialogueSession) -> list[Case]:
    """Requests that this session is to answer and that still wait for it; in the order in which they came."""
    statement = (
        select(Case)
        .join(DialogueRequest, DialogueRequest.case_id == Case.id)
        .where(DialogueRequest.session_id == session.id, Case.status == Status.SCHEDULED)
        .order_by(Case.id)
    )
    return list(db.session.scalars(statement))


def check_place(mode: str, place: str, link: str) -> tuple[str, str]:
    """Where to go and what to follow, tidied: people must find it. Invalid otherwise.

    A link is an address of the web and nothing else that a browser would follow.
    """
    if mode not in groups.MODES:
        raise Invalid(N_("Chọn một mục trong danh sách."), "mode")
    place, link = text(place, "place", LINE), text(link, "link", LINE)
    if mode == "in_person" and not place:
        raise Invalid(N_("Ghi nơi đối thoại."), "place")
    if mode == "online" and not link:
        raise Invalid(N_("Ghi đường dẫn để vào họp trực tuyến."), "link")
    if link and not link.lower().startswith(("https://", "http://")):
        raise Invalid(N_("Đường dẫn bắt đầu bằng https://"), "link")
    return place, link
