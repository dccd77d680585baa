"""The end of keeping of visits that led to no case: proposed, approved and erased as cases are (terms.py)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from .. import clock
from ..dialogues.models import Booking, Commitment, VisitErasure
from ..extensions import db
from ..journal.record import Thing, head_for_update, record
from ..refusals import NotAllowed
from ..rules.dialogues.reception import STANDING
from ..rules.retention import TERMS, VISIT, first_free_day
from ..rules.workflow import N_, THE_SYSTEM, Action, Actor
from ..units.queries import setting
from .erase import erase_booking
from .terms import AT_ONCE, UNDONE, may_approve

PAGE = 25


def free_on(booking: Booking) -> date | None:
    """The first day on which it need not be kept any more; None while it is to come, or where it led to a case."""
    if booking.ended_at is None or booking.state in STANDING or booking.case_id is not None:
        return None
    return first_free_day(clock.day_of(booking.ended_at), int(setting(TERMS[VISIT].setting)))


def propose(now: datetime, after: int = 0) -> tuple[int, int | None]:
    """Write down which visits are past their term, some at a time; how many, and where to go on (None: at the end)."""
    before = now - timedelta(days=365 * int(setting(TERMS[VISIT].setting)))
    rows = db.session.scalars(_candidates(before, after).limit(AT_ONCE)).all()
    today, new = clock.day_of(now), 0
    for booking in rows:
        free = free_on(booking)
        if free is not None and free <= today:
            db.session.add(VisitErasure(booking_id=booking.id, booking=booking, term_on=free, proposed_at=now))
            new += 1
    db.session.flush()
    return new, rows[-1].id if len(rows) == AT_ONCE else None


def _candidates(before: datetime, after: int) -> Select[Booking]:
    """Visits that ended before a moment, led to no case and carry no promise that is still to be kept."""
    promised = select(Commitment.id).where(Commitment.booking_id == Booking.id, Commitment.state.in_(UNDONE))
    return (
        select(Booking)
        .where(Booking.id > after, Booking.case_id.is_(None), Booking.erased_on.is_(None), Booking.ended_at < before)
        .where(Booking.state.not_in([str(state) for state in STANDING]), ~promised.exists())
        .where(~select(VisitErasure.booking_id).where(VisitErasure.booking_id == Booking.id).exists())
        .order_by(Booking.id)
    )


def proposals(page: int = 1) -> tuple[list[VisitErasure], bool]:
    """One page of visits proposed to be erased and not decided, those waiting longest first."""
    rows = list(
        db.session.scalars(
            select(VisitErasure)
            .options(joinedload(VisitErasure.booking).joinedload(Booking.unit))
            .where(VisitErasure.approved_at.is_(None))
            .order_by(VisitErasure.term_on, VisitErasure.booking_id)
            .offset((page - 1) * PAGE)
            .limit(PAGE + 1)
        )
    )
    return rows[:PAGE], len(rows) > PAGE


def approve(booking_ids: Iterable[int], actor: Actor, now: datetime) -> int:
    """These may be erased; one event on each. Those erased or not proposed are passed over; how many."""
    head_for_update(now)
    if not may_approve(actor):
        raise NotAllowed(N_("Việc này không thuộc phần của vai trò hiện có."))
    ids = list(booking_ids)
    waiting = select(VisitErasure).where(VisitErasure.booking_id.in_(ids), VisitErasure.approved_at.is_(None))
    rows = [row for row in db.session.scalars(waiting) if row.booking.erased_on is None]
    for row in rows:
        row.approved_at, row.approved_by_id = now, actor.official_id
        record(Action.APPROVE_ERASURE, _thing(row.booking), actor, now, term_on=row.term_on.isoformat())
    return len(rows)


def approved(limit: int = 100) -> list[int]:
    """Visits whose erasure was approved and is still to be done."""
    waits = VisitErasure.approved_at.is_not(None) & VisitErasure.done_at.is_(None)
    rows = select(VisitErasure.booking_id).where(waits).order_by(VisitErasure.booking_id).limit(limit)
    return list(db.session.scalars(rows))


def carry_out(booking_id: int, now: datetime) -> bool:
    """Erase one approved visit, unless it led to a case since."""
    row = db.session.get(VisitErasure, booking_id, populate_existing=True)
    if row is None or row.approved_at is None or row.done_at is not None:
        return False
    free = free_on(row.booking)
    if free is None or free > clock.day_of(now):
        db.session.delete(row)
        return False
    row.done_at = now
    erase_booking(row.booking, now)
    db.session.flush()
    record(Action.ERASE, _thing(row.booking), THE_SYSTEM, now, term_on=row.term_on.isoformat(),
           approved_by=row.approved_by_id)  # fmt: skip
    return True


def _thing(booking: Booking) -> Thing:
    return Thing(booking.about, booking.unit_id, booking.state)
