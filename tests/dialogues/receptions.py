"""Makers of reception days and bookings, through the real actions where there are any. The caller holds the turn."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from app.cases.receipts import code_of, new_token
from app.dialogues.actions.bookings import NewBooking, book
from app.dialogues.models import Booking, ReceptionDay
from app.extensions import db
from app.rules.workflow import RESIDENT_NOBODY, Actor, Role
from tests.factories import MONDAY, unit

WEDNESDAY = date(2026, 11, 18)
EIGHT, HALF_PAST = time(8, 0), time(8, 30)


def make_day(on: date = WEDNESDAY, at: str = "01447", **more: Any) -> ReceptionDay:
    """A morning on which the commune's chairman receives: eight slots of 30 minutes from 7:30."""
    given = {"starts": time(7, 30), "ends": time(11, 30), "slot_minutes": 30, "capacity": 1, "kind": "periodic",
             "place": "Phòng tiếp công dân, trụ sở UBND xã", "made_at": MONDAY, **more}  # fmt: skip
    day = ReceptionDay(unit_id=unit(at).id, on=on, **given)
    db.session.add(day)
    db.session.flush()
    return day


def new_booking(**more: Any) -> NewBooking:
    """What a resident typed."""
    given = {"name": "Nông Thị Sen", "phone": "0912 000 017", "email": "sen@example.vn",
             "subject": "Đường vào xóm Lũng Đính"}  # fmt: skip
    return NewBooking(**{**given, **more})


def make_booking(day: ReceptionDay | None = None, slot: time | None = EIGHT, *, actor: Actor = RESIDENT_NOBODY,
                 token: str = "", now: Any = MONDAY, **more: Any) -> Booking:  # fmt: skip
    """A visit just booked; `booking.code` holds its code for the test."""
    token = token or new_token()
    code = code_of(token, "test")
    booking = book(new_booking(**more), day or make_day(), slot, actor, now, token=token, code=code)
    booking.code = code  # type: ignore[attr-defined]
    return booking


def booker_of(booking: Booking) -> Actor:
    """Whoever gave the code of that booking."""
    return Actor(Role.RESIDENT, booking_id=booking.id)
