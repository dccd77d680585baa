"""When the house itself moves: an officer leaves, a unit is closed or merged; each open case goes on, with an event."""

from __future__ import annotations

from datetime import datetime

from ...accounts.models import Official
from ...extensions import db
from ...journal.models import Event
from ...rules.workflow import OPEN, Action, Actor, Status
from ...units.models import Unit
from ..models import Case
from .perform import custody_of, done, must
from .triage import move, stop_waiting


def hand_over(case: Case, officer: Official | None, actor: Actor, now: datetime) -> Event:
    """The officer left: the case goes to a colleague, or back to the unit's unassigned."""
    step = must(Action.HAND_OVER, case, actor, now)
    case.assigned_to = officer
    db.session.flush()
    to = Status.RECEIVED if officer is None and case.status == Status.ASSIGNED else None
    return done(Action.HAND_OVER, case, actor, now, step, to=to, officer=officer.name if officer else "",
                officer_id=officer.id if officer else None)  # fmt: skip


def succeed(case: Case, successor: Unit, actor: Actor, now: datetime) -> Event:
    """The unit was closed or merged: its successor takes the case over, as if forwarded; the clock runs on."""
    step = must(Action.SUCCEED, case, actor, now)
    before = case.unit
    stop_waiting(case, custody_of(case), now)
    move(case, successor, now)
    # What is suspended stays so, with its clock; a denunciation stays with its named handlers; a meeting that was
    # agreed is still to come, and nothing is owed before it.
    stands = case.is_sealed or case.status in (Status.SUSPENDED, Status.SCHEDULED)
    custody_of(case).is_open = case.status in OPEN
    to = None if stands else Status.RECEIVED
    return done(Action.SUCCEED, case, actor, now, step, to=to, unit=successor.code, before=before.code)
