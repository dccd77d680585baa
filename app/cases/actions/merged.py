"""Cases that go along with an earlier one: whoever sent them is told, heard, and never left with a case withdrawn.

The event of such a telling stands on the sender's own case and names the earlier one (`of`); nobody says whose it is.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from ...extensions import db
from ...journal.record import record
from ...rules.workflow import THE_SYSTEM, Action, Actor, Role, Status, step_of
from ..models import Case
from . import clocks
from .arrive import start_clocks
from .perform import _people, custody_of


def duplicates_of(case: Case) -> list[Case]:
    """The cases that go along with this one, the eldest first."""
    return list(db.session.scalars(select(Case).where(Case.duplicate_of_id == case.id).order_by(Case.id)))


def tell_duplicates(action: Action, main: Case, actor: Actor, now: datetime, **facts: Any) -> None:
    """What was done to the main case is told to everybody whose case goes along with it, on their own case.

    Of a denunciation nothing is told.
    """
    for case in [] if main.is_sealed else duplicates_of(main):
        record(action, case, actor, now, tell=_people(action, Role.RESIDENT, case, now), of=main.reference,
               before=main.unit.code, **facts)  # fmt: skip


def rebind(case: Case, main: Case, actor: Actor, now: datetime) -> None:
    """Those that went along with this case go along with the one it now follows itself."""
    for other in duplicates_of(case):
        other.duplicate_of = main
        record(Action.MARK_DUPLICATE, other, actor, now, tell=_people(Action.MARK_DUPLICATE, Role.RESIDENT, other, now),
               of=main.reference, outcome=other.outcome)  # fmt: skip


def hear(case: Case, text: str, actor: Actor, now: datetime) -> None:
    """A message from the sender of a duplicate reaches whoever works on the main case, as an inside note there."""
    main = case.duplicate_of
    if main is not None:
        record(Action.NOTE, main, actor, now, tell=_people(Action.NOTE, Role.OFFICER, main, now), text=text,
               of=case.reference)  # fmt: skip


def let_go(main: Case, now: datetime) -> Case | None:
    """The main case was withdrawn: the eldest that went along with it stands on its own again, the others follow it.

    Its clocks count from its own arrival, or from the day its signed original was registered.
    """
    others = duplicates_of(main)
    if not others:
        return None
    heir = others[0]
    _stands_alone(heir, now)
    tell = [told for role in (Role.RESIDENT, Role.CLERK) for told in _people(Action.REOPEN, role, heir, now)]
    record(Action.REOPEN, heir, THE_SYSTEM, now, tell=tell, of=main.reference, **clocks.said(heir))
    db.session.flush()
    rebind(main, heir, THE_SYSTEM, now)
    return heir


def _stands_alone(case: Case, now: datetime) -> None:
    custody = custody_of(case)
    custody.finished_at = custody.resolved_at = custody.outcome = None
    custody.is_open = True
    case.duplicate_of, case.assigned_to, case.status = None, None, Status.RECEIVED
    case.outcome = case.closed_at = None
    if case.registered_on is None:
        start_clocks(case, case.submitted_at)
        return
    for stage in step_of(Action.REGISTER, case.kind).starts:
        clocks.start(case, stage, case.registered_on)
    clocks.show(case)


def judged(case: Case) -> Case:
    """Whose answer the resident of this case judges: the own, or that of the case it goes along with."""
    return case.duplicate_of if case.duplicate_of is not None and not case.has_answer else case
