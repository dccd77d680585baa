"""Reception days and visits as the office sees them: coming and past days, who comes, what happened to a visit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import ColumnElement, func, or_, select

from ...extensions import db
from ...journal.models import Event
from ...refusals import Missing
from ...rules.dialogues import reception
from ...rules.dialogues.reception import BookingState
from ...rules.visibility import ABOVE, DESK, Sight, paths_of, sight_at, units_of
from ...rules.workflow import Actor
from ...units.models import Unit
from ...units.queries import ids_inside
from ..models import Booking, ReceptionDay, ReceptionPattern

MOST = 200


def own_units(actor: Actor) -> list[Unit]:
    """Units at whose desk the actor works, in the order of the posts."""
    ids = units_of(actor, DESK)
    rows = {unit.id: unit for unit in db.session.scalars(select(Unit).where(Unit.id.in_(ids)))}
    return [rows[unit_id] for unit_id in ids]


def seen_units(actor: Actor) -> list[Unit]:
    """Units whose reception days the actor may see: the own first, then those below."""
    own = own_units(actor)
    paths = paths_of(actor, ABOVE)
    if not paths:
        return own
    known = {unit.id for unit in own}
    below = db.session.scalars(select(Unit).where(Unit.id.in_(ids_inside(paths))).order_by(Unit.path, Unit.sort_key))
    return own + [unit for unit in below if unit.id not in known]


def get_day(day_id: int, actor: Actor) -> tuple[ReceptionDay, Sight]:
    """A day and how much of its bookings the actor sees; Missing where that is nothing."""
    day = db.session.get(ReceptionDay, day_id)
    seen = sight_at(actor, day.unit_id, day.unit.path) if day else Sight.NOTHING
    if day is None or seen == Sight.NOTHING:
        raise Missing
    return day, seen


def get_visit(reference: str, actor: Actor) -> tuple[Booking, Sight]:
    """A visit by its number and how much of it the actor sees; Missing where that is nothing."""
    row = db.session.scalar(select(Booking).where(Booking.reference == reference.strip().upper()))
    seen = sight_at(actor, row.unit_id, row.day.unit.path) if row else Sight.NOTHING
    if row is None or seen == Sight.NOTHING:
        raise Missing
    return row, seen


def of_case(case_id: int) -> Booking | None:
    """The visit from which a case was made."""
    return db.session.scalar(select(Booking).where(Booking.case_id == case_id).limit(1))


@dataclass(frozen=True)
class DayLine:
    """A day in the list: its seats, and how many bookings stand, were received, did not come."""

    day: ReceptionDay
    seats: int
    standing: int
    done: int
    missed: int


def coming(unit_id: int, today: date) -> list[DayLine]:
    """Days from today on, moved ones left out, the next first; and earlier ones that wait to be recorded as held."""
    waiting = (ReceptionDay.on < today) & (ReceptionDay.state == "open")
    return _lines(unit_id, or_(waiting, (ReceptionDay.on >= today) & (ReceptionDay.state != "moved")), False)


def past(unit_id: int, today: date) -> list[DayLine]:
    """Days that were held or moved, the last first."""
    gone = (ReceptionDay.state == "moved") | ((ReceptionDay.state == "held") & (ReceptionDay.on < today))
    return _lines(unit_id, gone, True)[:40]


def _lines(unit_id: int, which: ColumnElement[bool], is_backwards: bool) -> list[DayLine]:
    order = (ReceptionDay.on.desc(), ReceptionDay.starts) if is_backwards else (ReceptionDay.on, ReceptionDay.starts)
    statement = select(ReceptionDay).where(ReceptionDay.unit_id == unit_id, which).order_by(*order).limit(MOST)
    days = list(db.session.scalars(statement))
    counted = counts([day.id for day in days])
    return [_line(day, counted.get(day.id, {})) for day in days]


def _line(day: ReceptionDay, by_state: dict[str, int]) -> DayLine:
    return DayLine(
        day, len(list(reception.slots(day.starts, day.ends, day.slot_minutes))) * day.capacity,
        sum(by_state.get(state, 0) for state in reception.STANDING), by_state.get(BookingState.DONE, 0),
        by_state.get(BookingState.NO_SHOW, 0),
    )  # fmt: skip


def counts(day_ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """Bookings of these days by state, in one statement."""
    found: dict[int, dict[str, int]] = {}
    rows = db.session.execute(
        select(Booking.day_id, Booking.state, func.count())
        .where(Booking.day_id.in_(list(day_ids)))
        .group_by(Booking.day_id, Booking.state)
    )
    for day_id, state, number in rows:
        found.setdefault(day_id, {})[state] = number
    return found


@dataclass(frozen=True)
class SlotLine:
    """One slot of a day with whoever has it; no time: came without an appointment, or the slot was given up."""

    at: time | None
    bookings: list[Booking]
    free: int


def sheet(day: ReceptionDay) -> list[SlotLine]:
    """The day in order of its slots, then whoever came without one; cancelled bookings are left out."""
    rows = list(
        db.session.scalars(
            select(Booking)
            .where(Booking.day_id == day.id, Booking.state != BookingState.CANCELLED)
            .order_by(Booking.slot, Booking.seat, Booking.id)
        )
    )
    lines = []
    for at in reception.slots(day.starts, day.ends, day.slot_minutes):
        here = [row for row in rows if row.slot == at]
        lines.append(SlotLine(at, here, max(0, day.capacity - sum(row.seat is not None for row in here))))
    loose = [row for row in rows if row.slot is None or row.slot not in {line.at for line in lines}]
    return [*lines, SlotLine(None, loose, 0)] if loose else lines


def patterns_of(unit_id: int) -> list[ReceptionPattern]:
    """The unit's recurring calendars, running ones first."""
    statement = select(ReceptionPattern).where(ReceptionPattern.unit_id == unit_id)
    return list(db.session.scalars(statement.order_by(ReceptionPattern.is_active.desc(), ReceptionPattern.id)))


def events_of(about: str) -> list[Event]:
    """What happened to a day or a visit, oldest first."""
    return list(db.session.scalars(select(Event).where(Event.subject == about).order_by(Event.seq)))


def owed_results(unit_ids: Sequence[int], today: date) -> list[Booking]:
    """Visits whose result was not told yet, the most urgent first (Law 42/2013/QH13 art. 28)."""
    statement = (
        select(Booking)
        .where(Booking.unit_id.in_(list(unit_ids)), Booking.state == BookingState.DONE)
        .where(Booking.notify_due_on.is_not(None), Booking.notified_on.is_(None))
        .order_by(Booking.notify_due_on, Booking.id)
        .limit(MOST)
    )
    return list(db.session.scalars(statement))
