"""The day before a visit its booker is reminded, once: the event is the mark, written with the notice it owes."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, String, cast, exists, literal, select
from sqlalchemy.orm import joinedload

from ... import clock
from ...extensions import db
from ...journal.models import Event
from ...journal.record import head_for_update
from ...refusals import WrongStep
from ...rules.dialogues.reception import BookingState
from ...rules.workflow import N_, Action, Actor
from ..models import Booking, ReceptionDay
from .perform import remember, told

DAY = timedelta(days=1)


def remind_booking(booking: Booking, actor: Actor, now: datetime) -> Event:
    """Remind of a visit that is still to come; WrongStep where it is off, past, sealed, or was reminded of before.

    A visit that moves to another day afterwards is a new reminder's: whoever booked wants the new date in time.
    """
    head_for_update(now)  # two workers pass here one by one, and so does whoever cancels meanwhile
    db.session.refresh(booking)
    db.session.refresh(booking.day)
    if not is_remindable(booking, now) or db.session.scalar(select(was_reminded(booking.day.on, booking.about))):
        raise WrongStep(N_("Lịch hẹn này không cần nhắc nữa."))
    slot = f"{booking.slot:%H:%M}" if booking.slot else ""
    return remember(Action.REMIND_BOOKING, booking.about, booking.unit_id, actor, now,
                    told(booking, Action.REMIND_BOOKING), status=booking.state, due_on=booking.day.on,
                    reference=booking.reference, on=booking.day.on, slot=slot, place=booking.day.place)  # fmt: skip


def is_remindable(booking: Booking, now: datetime) -> bool:
    """Booked at least two days ahead, standing, with an address, for tomorrow or for later today; never sealed.

    Who books for tomorrow has a letter of today that says so.
    """
    on, today = booking.day.on, clock.day_of(now)
    starts = datetime.combine(on, booking.slot or booking.day.starts)
    return (
        booking.state == BookingState.BOOKED and booking.day.state == "open"
        and bool(told(booking, Action.REMIND_BOOKING))
        and on - DAY <= today and starts > clock.local(now).replace(tzinfo=None)
        and clock.day_of(booking.booked_at) < on - DAY
    )  # fmt: skip


def was_reminded(on: object, about: object) -> ColumnElement[bool]:
    """Whether a reminder of that booking for that day stands in the journal. Day and name are values or columns."""
    return exists().where(Event.subject == about, Event.action == str(Action.REMIND_BOOKING), Event.due_on == on)


def to_remind(now: datetime) -> list[int]:
    """Bookings to remind of at this moment, by slot; the verb itself asks once more."""
    today: date = clock.day_of(now)
    rows = db.session.scalars(
        select(Booking)
        .join(ReceptionDay, ReceptionDay.id == Booking.day_id)
        .where(ReceptionDay.on.in_((today, today + DAY)), ReceptionDay.state == "open")
        .where(Booking.state == str(BookingState.BOOKED), Booking.is_sealed.is_(False))
        .options(joinedload(Booking.person))
        .where(~was_reminded(ReceptionDay.on, literal("booking:") + cast(Booking.id, String)))
        .order_by(ReceptionDay.on, Booking.slot, Booking.id)
    )
    return [booking.id for booking in rows if is_remindable(booking, now)]
