"""A session that does not take place as planned: moved with a reason and a new time, or called off by the head."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ... import clock
from ...cases.actions import Meeting
from ...cases.actions import reschedule as tell_asker
from ...cases.models import Case
from ...extensions import db
from ...journal.models import Event
from ...refusals import Invalid, WrongStep
from ...rules.dialogues import sessions
from ...rules.workflow import N_, THE_SYSTEM, Action, Actor
from ..models import DialogueSession
from .calls import owe_again
from .requests import meeting_of
from .sessions import check_time, set_clocks, ways_of
from .stages import check_place, must_do, said, waiting
from .texts import needed


def move_session(session: DialogueSession, to: Meeting, reason: str, actor: Actor, now: datetime,
                 version: int | None = None, ways: Sequence[str] = ()) -> Event:  # fmt: skip
    """Another time or place, with the reason: clocks run anew, and each asker who waits for it is told once.

    One that was announced is announced again with the move, by `ways` (the same ways, where none are given): its
    seven days count from today. Everything in the caller's transaction: all are told, or nothing has happened.
    """
    must_do(Action.MOVE_SESSION, session, actor, now, version)
    reason = needed(reason, "reason", 2000)
    check_time(to.on, to.starts, to.ends, now)
    place, link = check_place(to.mode, to.place, to.link)
    was = meeting_of(session)
    if (was.on, was.starts, was.ends, was.mode, was.place, was.link) == (
        to.on, to.starts, to.ends, to.mode, place, link,
    ):  # fmt: skip
        raise Invalid(N_("Giờ và nơi vẫn như cũ. Ghi giờ hoặc nơi mới."), "on")
    session.on, session.starts, session.ends = to.on, to.starts, to.ends
    session.mode, session.place, session.link, session.reason = to.mode, place, link, reason
    set_clocks(session)
    late = _announced_anew(session, ways, now)
    event = said(Action.MOVE_SESSION, session, actor, now, reason=reason, before=was.facts(), days_late=late,
                 ways=session.announced_by, **meeting_of(session).facts())  # fmt: skip
    for case in waiting(session):
        tell_asker(case, meeting_of(session), reason, actor, now)
    return event


def _announced_anew(session: DialogueSession, ways: Sequence[str], now: datetime) -> int:
    if session.announced_on is None:
        return 0
    session.announced_on = clock.day_of(now)
    session.announced_by = ways_of(ways or session.announced_by)
    return sessions.days_late(session.announce_due_on, session.announced_on)


def call_off(session: DialogueSession, reason: str, actor: Actor, now: datetime, version: int | None = None) -> Event:
    """The head calls it off, with the reason. Not while people wait for it: then it is moved, so that they are heard.

    A conference that voters asked for is owed again.
    """
    must_do(Action.CALL_OFF_SESSION, session, actor, now, version)
    reason = needed(reason, "reason", 2000)
    if waiting(session):
        raise WrongStep(N_("Còn người đề nghị đang chờ buổi này. Dời sang giờ khác, không hủy."))
    session.called_off_at, session.reason = now, reason
    owe_again(session)
    return said(Action.CALL_OFF_SESSION, session, actor, now, reason=reason)


def let_nobody_wait(case: Case, now: datetime) -> None:
    """The asker took the request back: a session planned for it alone, and not announced, no longer takes place."""
    session_id = case.asked_to_meet.session_id if case.asked_to_meet else None
    session = db.session.get(DialogueSession, session_id) if session_id else None
    if session is None or session.kind != sessions.SessionKind.REQUEST or session.announced_on is not None:
        return
    if sessions.stage_of(session) not in sessions.COMING or waiting(session):
        return
    session.called_off_at, session.reason = now, N_("Người đề nghị đã rút đề nghị đối thoại.")
    said(Action.CALL_OFF_SESSION, session, THE_SYSTEM, now, reason=session.reason)
