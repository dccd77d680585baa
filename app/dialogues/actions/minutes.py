"""The minutes of a session: written, submitted, returned or signed by the head, and published without personal data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from ... import clock
from ...attachments.actions import keep_for_subject
from ...attachments.clean import Cleaned
from ...cases.actions import publish as tell_asker
from ...documents.house import freeze_house
from ...journal.models import Event
from ...journal.record import Told
from ...refusals import Invalid
from ...rules.dialogues import exposed, sessions
from ...rules.workflow import Action, Actor, Role, why_not
from ..minutes_sheet import minutes_sheet
from ..models import DialogueSession
from ..queries.sessions import requests_of
from .holding import LONGEST_CONCLUSION
from .people import mark
from .perform import heads_of
from .questions import POINTS_AT_SOMEBODY, names_to_keep
from .sessions import ways_of
from .stages import acting_at, must_do, said
from .texts import needed, text


def write_minutes(
    session: DialogueSession, minutes: str, conclusion: str, actor: Actor, now: datetime, version: int | None = None,
    *, files: Iterable[Cleaned] = (), came: Iterable[int] | None = None, attended: int = 0,
) -> Event:  # fmt: skip
    """Write or rewrite them, with files (the signed list of who came, photos) and who was there."""
    must_do(Action.WRITE_MINUTES, session, actor, now, version)
    minutes, conclusion = text(minutes, "minutes"), needed(conclusion, "conclusion", LONGEST_CONCLUSION)
    if came is not None:
        mark(session, came, attended)
    session.minutes, session.conclusion = minutes, conclusion
    event = said(Action.WRITE_MINUTES, session, actor, now, length=len(minutes), attended=session.attended)
    keep_for_subject(files, session.about, event.seq, actor.official_id, now)
    return event


def submit_minutes(session: DialogueSession, actor: Actor, now: datetime, version: int | None = None) -> Event:
    """Lay them before the head."""
    must_do(Action.SUBMIT_MINUTES, session, actor, now, version)
    session.submitted_at, session.remark = now, ""
    return said(Action.SUBMIT_MINUTES, session, actor, now, heads_of(session.unit_id, clock.day_of(now)))


def return_minutes(session: DialogueSession, remark: str, actor: Actor, now: datetime,
                   version: int | None = None) -> Event:  # fmt: skip
    """The head gives them back with a remark."""
    must_do(Action.RETURN_MINUTES, session, actor, now, version)
    session.remark, session.submitted_at = needed(remark, "remark", 2000), None
    tell = [Told(Role.OFFICER, session.planned_by_id)] if session.planned_by_id else []
    return said(Action.RETURN_MINUTES, session, actor, now, tell, reason=session.remark)


def approve_minutes(session: DialogueSession, actor: Actor, now: datetime, version: int | None = None) -> Event:
    """The head signs: they are numbered, frozen as a PDF, and its SHA-256 stands in this event.

    The view has checked the password just before; that is the signature (README, Decisions).
    """
    must_do(Action.APPROVE_MINUTES, session, actor, now, version)
    acting = acting_at(actor, session.unit_id)
    session.approved_at, session.approved_by_id = now, actor.official_id
    session.document = freeze_house(minutes_sheet(session), session.about, session.unit, acting, now)
    paper = session.document
    return said(Action.APPROVE_MINUTES, session, acting, now, document=paper.public_id, paper=paper.number,
                sha256=paper.sha256, signed_by=actor.name)  # fmt: skip


def publish_minutes(session: DialogueSession, public_text: str, ways: Sequence[str], actor: Actor, now: datetime,
                    version: int | None = None, *, seen: bool = False) -> Event:  # fmt: skip
    """Publish what was said and concluded, without anybody's personal data, on this page and by further ways.

    WrongStep without approved minutes. Later than 10 days after the session is done all the same and counted late
    (Law 72/2025/QH15 art. 43). Whoever asked for the session is told. Invalid where the text still points at somebody
    and whoever publishes has not said that it may stand (`seen`).
    """
    must_do(Action.PUBLISH_MINUTES, session, actor, now, version)
    public_text, chosen = needed(public_text, "public_text"), ways_of(ways)
    if not seen and exposed(public_text, names_to_keep(session)):
        raise Invalid(POINTS_AT_SOMEBODY, "public_text")
    today = clock.day_of(now)
    session.public_text, session.published_on, session.published_by = public_text, today, chosen
    event = said(Action.PUBLISH_MINUTES, session, actor, now, on=today, ways=chosen, seen=seen,
                 days_late=sessions.days_late(session.publish_due_on, today))  # fmt: skip
    for case in requests_of(session):
        if why_not(actor, Action.PUBLISH, case) is None:
            tell_asker(case, today, f"{session.number}: {session.title}", actor, now)
    return event
