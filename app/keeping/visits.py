"""The end of keeping of visits that led to no case: proposed, approved and erased as cases are (terms.py)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import Select, select

from .. import clock
from ..dialogues.models import Booking, Commitment, VisitErasure
from ..extensions import db
from ..journal.record import Thing, record
from ..rules.dialogues.reception import STANDING
from ..rules.retention import VISIT, first_free_day
from ..rules.workflow import THE_SYSTEM, Action, Actor
from .endings import AT_ONCE, UNDONE, Years, must_approve, note, sign, to_do, years
from .erase import erase_booking


def free_on(booking: Booking, terms: Years | None = None) -> date | None:
    """The first day on which it need not be kept any more; None while it is to come, or where it led to a case."""
    if booking.ended_at is None or booking.state in STANDING or booking.case_id is not None:
        return None
    return first_free_day(clock.day_of(booking.ended_at), (terms or years())[VISIT])


def propose(now: datetime, after: int = 0) -> tuple[int, int | None]:
    """Write down which visits are past their term, some at a time; how many, and where to go on (None: at the end)."""
    terms = years()
    rows = db.session.scalars(_candidates(now - timedelta(days=365 * terms[VISIT]), after).limit(AT_ONCE)).all()

    def made(booking: Booking, free: date) -> VisitErasure:
        return VisitErasure(booking_id=booking.id, booking=booking, term_on=free, proposed_at=now)

    new = note(rows, lambda booking: free_on(booking, terms), made, clock.day_of(now))
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


def approve(booking_ids: Iterable[int], actor: Actor, now: datetime) -> int:
    """These may be erased; one event on each. Those erased or not proposed are passed over; how many."""
    must_approve(actor, now)
    ids = list(booking_ids)
    asked = select(VisitErasure).where(VisitErasure.booking_id.in_(ids), VisitErasure.approved_at.is_(None))
    fit = [row for row in db.session.scalars(asked) if row.booking.erased_on is None]
    return sign([(row, _thing(row.booking)) for row in fit], actor, now)


def carry_out(booking_id: int, now: datetime) -> None:
    """Erase one approved visit, unless it led to a case since."""
    row = to_do(VisitErasure, booking_id)
    if row is None:
        return
    free = free_on(row.booking)
    if free is None or free > clock.day_of(now):
        db.session.delete(row)
        return
    row.done_at = now
    erase_booking(row.booking, now)
    db.session.flush()
    record(Action.ERASE, _thing(row.booking), THE_SYSTEM, now, term_on=row.term_on.isoformat(),
           approved_by=row.approved_by_id)  # fmt: skip


def _thing(booking: Booking) -> Thing:
    return Thing(booking.about, booking.unit_id, booking.state)
