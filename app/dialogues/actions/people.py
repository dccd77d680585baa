"""Who is invited to a session besides those who asked for it, and who came."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from ... import clock
from ...extensions import db
from ...journal.models import Event
from ...refusals import Invalid, Missing
from ...rules.dialogues import sessions
from ...rules.workflow import N_, Action, Actor
from ..models import Attendee, DialogueSession
from .stages import must_do, said
from .texts import needed

MOST = 300
"""Names a session may have on its list."""


def invite(session: DialogueSession, role: str, names: str, actor: Actor, now: datetime,
           version: int | None = None) -> Event:  # fmt: skip
    """Invite offices, the Front, the council or guests, a name to a line. Who is on the list already is not doubled."""
    must_do(Action.CHANGE_SESSION, session, actor, now, version)
    if role not in sessions.INVITED:
        raise Invalid(N_("Chọn một mục trong danh sách."), "role")
    wanted = [" ".join(line.split()) for line in needed(names, "name").splitlines() if line.strip()]
    if any(len(name) > 160 for name in wanted) or len(wanted) + len(session.attendees) > MOST:
        raise Invalid(N_("Nội dung dài quá. Rút gọn lại."), "name")
    there = {(one.role, one.name.casefold()) for one in session.attendees}
    new = [name for name in dict.fromkeys(wanted) if (role, name.casefold()) not in there]
    for name in new:
        session.attendees.append(Attendee(role=role, name=name, invited_on=clock.day_of(now)))
    return said(Action.CHANGE_SESSION, session, actor, now, invited=len(new), role=role)


def strike_out(session: DialogueSession, attendee_id: int, actor: Actor, now: datetime,
               version: int | None = None) -> Event:  # fmt: skip
    """Take an invited name off the list. Askers stay: they come with their requests."""
    must_do(Action.CHANGE_SESSION, session, actor, now, version)
    one = next((a for a in session.attendees if a.id == attendee_id and a.role in sessions.INVITED), None)
    if one is None:
        raise Missing
    session.attendees.remove(one)
    db.session.delete(one)
    return said(Action.CHANGE_SESSION, session, actor, now, struck_out=attendee_id, role=one.role)


def mark(session: DialogueSession, came: Iterable[int], attended: int) -> None:
    """Who of the list came, and how many people in all: at least those ticked. Invalid otherwise."""
    ids = set(came)
    if ids - {one.id for one in session.attendees}:
        raise Invalid(N_("Chọn một mục trong danh sách."), "came")
    if not max(len(ids), 1) <= attended <= 100_000:
        raise Invalid(N_("Ghi số người dự, ít nhất bằng số người đã đánh dấu có mặt."), "attended")
    for one in session.attendees:
        one.came = one.id in ids
    session.attended = attended
