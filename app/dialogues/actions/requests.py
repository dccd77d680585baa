"""A request for a dialogue meets its session: granted with a time of its own or with one that others share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ...cases.actions import Meeting
from ...cases.actions.meeting import choose_time as choose
from ...cases.actions.meeting import offer_times as offer
from ...cases.actions.meeting import offered
from ...cases.actions.meeting import schedule as grant
from ...cases.actions.perform import must
from ...cases.models import Case
from ...extensions import db
from ...journal.models import Event
from ...refusals import Invalid
from ...rules.dialogues import sessions
from ...rules.workflow import N_, Action, Actor
from ..models import Attendee, DialogueSession
from .sessions import NewSession, check_new, plan_session


def meeting_of(session: DialogueSession) -> Meeting:
    """When and where, as the request's verbs take it."""
    return Meeting(session.on, session.starts, session.ends, session.mode, session.place, session.link, session.id,
                   session.number)  # fmt: skip


def schedule(case: Case, meeting: Meeting, actor: Actor, now: datetime, version: int | None = None) -> Event:
    """Grant the request with a session of its own."""
    must(Action.SCHEDULE, case, actor, now, version)
    session = plan_session(_own(case, meeting), case.unit, actor, now)
    return _attach(case, session, grant(case, meeting_of(session), actor, now, version))


def offer_times(case: Case, offers: Sequence[Meeting], text: str, actor: Actor, now: datetime,
                version: int | None = None) -> Event:  # fmt: skip
    """Propose times; each must be one that a session can be planned with, so that choosing it cannot fail."""
    must(Action.OFFER_TIMES, case, actor, now, version)
    for one in offers:
        check_new(_own(case, one), now)
    if len({(one.on, one.starts) for one in offers}) < len(offers):
        raise Invalid(N_("Có giờ ghi hai lần."), "on")
    return offer(case, offers, text, actor, now, version)


def schedule_with(case: Case, session: DialogueSession, actor: Actor, now: datetime,
                  version: int | None = None) -> Event:  # fmt: skip
    """Let a session that is planned answer this request too; its asker keeps a receipt, invitation and judgement."""
    if sessions.stage_of(session) not in sessions.COMING or session.unit_id != case.unit_id:
        raise Invalid(N_("Chọn một buổi sắp tới của chính đơn vị này."), "session")
    if session.kind == sessions.SessionKind.COMPLAINT:
        raise Invalid(N_("Buổi đối thoại trong giải quyết khiếu nại chỉ dành cho vụ việc đó."), "session")
    return _attach(case, session, grant(case, meeting_of(session), actor, now, version))


def choose_time(case: Case, number: int, actor: Actor, now: datetime) -> Event:
    """The resident takes the offer of that number (from 0); the unit's session is planned at once."""
    must(Action.CHOOSE_TIME, case, actor, now)
    session = plan_session(_own(case, offered(case, number)), case.unit, actor, now)
    return _attach(case, session, choose(case, meeting_of(session), actor, now))


def _own(case: Case, meeting: Meeting) -> NewSession:
    """A session for this request alone, not announced to anybody else."""
    return NewSession(
        kind=sessions.SessionKind.REQUEST, title=case.title, on=meeting.on, starts=meeting.starts, ends=meeting.ends,
        mode=meeting.mode, place=meeting.place, link=meeting.link, is_public=False,
    )  # fmt: skip


def _attach(case: Case, session: DialogueSession, event: Event) -> Event:
    """Who asked is invited, with whoever else speaks for the group."""
    session.attendees.append(Attendee(role="asker", name=case.contact_name, case_id=case.id))
    named = case.asked_to_meet.representatives if case.asked_to_meet else ()
    for name in (name for name in named if name.casefold() != case.contact_name.casefold()):
        session.attendees.append(Attendee(role="representative", name=name, case_id=case.id))
    db.session.flush()
    return event
