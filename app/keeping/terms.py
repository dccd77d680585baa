"""Legal hold, and the end of keeping: proposed by the worker, approved by the top unit's head, then carried out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import aliased

from .. import clock
from ..cases.actions.perform import needed
from ..cases.models import Case, Erasure
from ..dialogues.models import Commitment
from ..extensions import db
from ..journal.models import Event
from ..journal.record import head_for_update, record
from ..refusals import NotAllowed, WrongStep
from ..rules.retention import VISIT, first_free_day, what_of
from ..rules.visibility import holds_back
from ..rules.workflow import N_, OPEN, THE_SYSTEM, Action, Actor, Status
from .endings import AT_ONCE, UNDONE, Years, must_approve, note, sign, to_do, years
from .erase import erase_case

ENDED = (Status.CLOSED, Status.ARCHIVED, Status.ANSWERED)


def may_hold(case: Case, actor: Actor) -> bool:
    """The head of the unit that holds it, an inspector over it, or of a unit above."""
    return holds_back(actor, case.unit_path)


def hold(case: Case, reason: str, actor: Actor, now: datetime) -> Event:
    """Nothing of this case is erased until the hold is lifted: a court, an inspection, a claim. Drops a proposal."""
    _must_hold(case, actor, now)
    case.hold_reason = needed(reason, "reason", 1000)
    waiting = db.session.get(Erasure, case.id)
    if waiting is not None and waiting.done_at is None:
        db.session.delete(waiting)
    db.session.flush()
    return record(Action.HOLD_ERASURE, case, actor, now, reason=case.hold_reason)


def lift(case: Case, reason: str, actor: Actor, now: datetime) -> Event:
    """The hold is over, and why."""
    _must_hold(case, actor, now)
    if not case.hold_reason:
        raise WrongStep(N_("Hồ sơ này không bị giữ."))
    words, case.hold_reason = needed(reason, "reason", 1000), ""
    return record(Action.LIFT_HOLD, case, actor, now, reason=words)


def _must_hold(case: Case, actor: Actor, now: datetime) -> None:
    head_for_update(now)
    if not may_hold(case, actor):
        raise NotAllowed(N_("Việc này không thuộc phần của vai trò hiện có."))
    if case.erased_on is not None:
        raise WrongStep(N_("Hồ sơ này đã xóa."))


def ended_on(case: Case) -> date | None:
    """The day from which its time of keeping runs."""
    at = case.closed_at or case.answered_at
    return case.archived_on or (clock.day_of(at) if at else None)


def free_on(case: Case, terms: Years | None = None) -> date | None:
    """The first day on which it need not be kept any more, by the term set for it; None while it is open."""
    ended = ended_on(case)
    if ended is None or case.status not in ENDED:
        return None
    return first_free_day(ended, (terms or years())[what_of(case.kind, case.outcome, case.is_ineligible)])


def propose(now: datetime, after: int = 0) -> tuple[int, int | None]:
    """Write down which cases are past their term, some at a time; how many, and where to go on (None: at the end)."""
    terms = years()
    shortest = min(number for what, number in terms.items() if what != VISIT)
    rows = db.session.scalars(_candidates(now - timedelta(days=365 * shortest), after).limit(AT_ONCE)).all()

    def made(case: Case, free: date) -> Erasure:
        return Erasure(case_id=case.id, case=case, term_on=free, proposed_at=now)

    new = note(rows, lambda case: free_on(case, terms), made, clock.day_of(now))
    return new, rows[-1].id if len(rows) == AT_ONCE else None


def _candidates(before: datetime, after: int) -> Select[Case]:
    """Cases that ended before a moment, without a hold, a promise to keep, or an open case that leans on them."""
    ended = func.coalesce(Case.closed_at, Case.answered_at)
    return (
        select(Case)
        .where(Case.id > after, Case.status.in_([str(s) for s in ENDED]), ended < before)
        .where(Case.erased_on.is_(None), Case.hold_reason == "", ~_leans_on(), ~_promises())
        .where(~select(Erasure.case_id).where(Erasure.case_id == Case.id).exists())
        .order_by(Case.id)
    )


def _leans_on() -> ColumnElement[bool]:
    other = aliased(Case)
    leans = or_(other.duplicate_of_id == Case.id, other.appeal_of_id == Case.id, other.split_from_id == Case.id)
    return select(other.id).where(leans, other.status.in_([str(s) for s in OPEN])).correlate(Case).exists()


def _promises() -> ColumnElement[bool]:
    return select(Commitment.id).where(Commitment.case_id == Case.id, Commitment.state.in_(UNDONE)).exists()


def approve(case_ids: Iterable[int], actor: Actor, now: datetime) -> int:
    """These may be erased; one event on each. Those held, erased or not proposed are passed over; how many."""
    must_approve(actor, now)
    asked = select(Erasure).where(Erasure.case_id.in_(list(case_ids)), Erasure.approved_at.is_(None))
    fit = [row for row in db.session.scalars(asked) if not row.case.hold_reason and row.case.erased_on is None]
    return sign([(row, row.case) for row in fit], actor, now)


def carry_out(case_id: int, now: datetime) -> list[str]:
    """Erase one approved case, unless it was held or reopened since; the keys of its files, for after the commit."""
    row = to_do(Erasure, case_id)
    if row is None:
        return []
    free = free_on(row.case)
    if row.case.hold_reason or free is None or free > clock.day_of(now):
        db.session.delete(row)
        return []
    row.done_at = now
    return erase_case(row.case, THE_SYSTEM, now, term_on=row.term_on.isoformat(), approved_by=row.approved_by_id)
