"""Which days and slots can still be booked, where, and the booking that a code opens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ... import clock
from ...cases.receipts import hashed
from ...extensions import db
from ...refusals import Missing
from ...rules.deadlines import Calendar
from ...rules.dialogues import reception
from ...rules.workflow import Actor
from ...units.calendar import law
from ...units.models import Unit
from ..models import Booking, ReceptionDay

AHEAD = timedelta(days=45)
"""How far ahead residents see the days of a unit."""
MOST = 40
"""Days on one page."""


@dataclass(frozen=True)
class Slot:
    """One slot of a day as a resident sees it."""

    at: time
    is_free: bool
    is_past: bool
    """Too near or over: it cannot be booked on the web any more, free or not."""

    @property
    def can_book(self) -> bool:
        return self.is_free and not self.is_past


@dataclass(frozen=True)
class OpenDay:
    """A reception day with its slots."""

    day: ReceptionDay
    slots: tuple[Slot, ...]
    is_working: bool

    @property
    def free(self) -> int:
        """How many slots can be booked."""
        return sum(slot.can_book for slot in self.slots) if self.is_open else 0

    @property
    def is_open(self) -> bool:
        return self.day.state == "open" and self.is_working

    @property
    def is_full(self) -> bool:
        """Whether there is no seat left, while the day is still ahead."""
        return self.is_open and not self.free and any(not slot.is_past for slot in self.slots)


def coming(units: Sequence[Unit] | None, now: datetime, lead: int = reception.BOOKABLE_MINUTES) -> list[OpenDay]:
    """The next days of these units (None: of all), nearest first: open, full, and moved ones with where they went."""
    today = clock.day_of(now)
    statement = (
        select(ReceptionDay)
        .where(ReceptionDay.on >= today, ReceptionDay.on <= today + AHEAD, ReceptionDay.state.in_(("open", "moved")))
        .options(joinedload(ReceptionDay.host), joinedload(ReceptionDay.moved_to))
        .order_by(ReceptionDay.on, ReceptionDay.starts, ReceptionDay.id)
        .limit(MOST)
    )
    if units is not None:
        statement = statement.where(ReceptionDay.unit_id.in_([unit.id for unit in units]))
    return with_slots(list(db.session.scalars(statement).unique()), now, lead)


def with_slots(days: Sequence[ReceptionDay], now: datetime, lead: int = reception.BOOKABLE_MINUTES) -> list[OpenDay]:
    """Each day with its slots; one statement for the seats of all."""
    taken, calendar = _taken(day.id for day in days), law().calendar
    return [_open_day(day, taken, calendar, now, lead) for day in days]


def _open_day(day: ReceptionDay, taken: dict[tuple[int, time], int], calendar: Calendar, now: datetime,
              lead: int) -> OpenDay:  # fmt: skip
    local = clock.local(now)
    slots = tuple(
        Slot(at, taken.get((day.id, at), 0) < day.capacity, not reception.is_bookable(day.on, at, local, lead))
        for at in reception.slots(day.starts, day.ends, day.slot_minutes)
    )
    return OpenDay(day, slots, day.kind == reception.DayKind.UNSCHEDULED or calendar.is_working(day.on))


def _taken(day_ids: Iterable[int]) -> dict[tuple[int, time], int]:
    """How many seats of each slot are held."""
    held = select(Booking.day_id, Booking.slot).where(Booking.day_id.in_(list(day_ids)), Booking.seat.is_not(None))
    found: dict[tuple[int, time], int] = {}
    for day_id, slot in db.session.execute(held):
        if slot is not None:
            found[day_id, slot] = found.get((day_id, slot), 0) + 1
    return found


def near(unit: Unit) -> list[Unit]:
    """A unit and those above it: who receives the people of a place."""
    found = [unit]
    while found[-1].parent is not None:
        found.append(found[-1].parent)
    return found


def units_with_days(now: datetime) -> list[Unit]:
    """Units with a day that residents can see."""
    today = clock.day_of(now)
    ids = select(ReceptionDay.unit_id).where(
        ReceptionDay.on >= today, ReceptionDay.on <= today + AHEAD, ReceptionDay.state == "open"
    )
    return list(db.session.scalars(select(Unit).where(Unit.id.in_(ids)).order_by(Unit.sort_key)))


def day_by_id(day_id: int) -> ReceptionDay:
    """A reception day, or Missing."""
    day = db.session.get(ReceptionDay, day_id)
    if day is None:
        raise Missing
    return day


def other_days(booking: Booking, now: datetime) -> list[OpenDay]:
    """Where a visit could move to: free slots of its own day and of the same unit's others."""
    return [found for found in coming([booking.day.unit], now) if found.free]


def by_code(code: str) -> Booking | None:
    """The booking that a code opens."""
    return db.session.scalar(select(Booking).where(Booking.code_hash == hashed(code)))


def own_booking(actor: Actor) -> Booking:
    """The booking whose code was given, or Missing."""
    booking = db.session.get(Booking, actor.booking_id or 0)
    if booking is None:
        raise Missing
    return booking


def is_over(day_on: date, slot: time | None, now: datetime) -> bool:
    """Whether the hour of a visit has come."""
    return slot is None or not reception.is_bookable(day_on, slot, clock.local(now), 0)
