"""A reception day goes to another date with everybody who booked, or is recorded as held.

Moving is one transaction: the old row, the new one, each booking, one event and one notice a booking. Whatever stops
it in between leaves everything as it was, and a day that was moved cannot be moved again: nobody is told twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select

from ... import clock
from ...accounts.models import Official
from ...extensions import db
from ...journal.record import head_for_update
from ...refusals import Invalid, WrongStep
from ...rules.dialogues import reception
from ...rules.dialogues.reception import BookingState, DayKind
from ...rules.workflow import N_, Action, Actor
from ..models import Booking, ReceptionDay
from ..queries.hosts import heads, is_head, who_may_receive
from .days import NewDay, check_date, clashing, host_of, must_be_open
from .perform import must_at, remember, told
from .texts import LINE, needed, text


@dataclass(frozen=True)
class NewTime:
    """Where a day goes; what is left empty stays as it was."""

    on: date
    starts: time
    ends: time
    place: str = ""
    host: Official | None = None


def move_day(day: ReceptionDay, new: NewTime, reason: str, actor: Actor, now: datetime,
             version: int | None = None) -> ReceptionDay:  # fmt: skip
    """Move a day, and all who booked with it: each keeps hour and seat, or the slot of the same rank and the seat.

    Returns the new day. Each booking gets one event and its booker, where there is an address, one notice. WrongStep
    for a day that was moved or held, or where somebody was received or waits already; Invalid without a reason, for a
    date on which no day can be, or one that has no slot for somebody who booked.
    """
    head_for_update(now)
    db.session.refresh(day)
    must_at(Action.MOVE_DAY, day.unit, actor, day, version)
    must_be_open(day)
    why = _reason(reason)
    standing = bookings_of(day, list(BookingState))
    if any(row.state in (BookingState.CHECKED_IN, BookingState.DONE) for row in standing):
        raise WrongStep(N_("Đã có người đến hoặc đã được tiếp trong buổi này, không dời được nữa."))
    booked = [row for row in standing if row.state == BookingState.BOOKED]
    to = _new_row(day, new, why, now)
    places = _places(day, to, booked)
    db.session.add(to)
    day.state, day.reason, day.moved_to = "moved", why, to
    db.session.flush()
    remember(Action.MOVE_DAY, day.about, day.unit_id, actor, now, status="moved", to=to.id, reason=why, on=day.on,
             to_on=to.on, to_starts=f"{to.starts:%H:%M}", bookings=len(booked))  # fmt: skip
    for row in booked:
        _take_along(row, day, to, places, why, actor, now)
    return to


def _reason(typed: str) -> str:
    return needed(typed, "reason", 1000, N_("Ghi vì sao dời. Người đã đặt lịch sẽ đọc lý do này."))


def _new_row(day: ReceptionDay, new: NewTime, why: str, now: datetime) -> ReceptionDay:
    """The day as it will be, checked like one that is opened."""
    wrong = reception.wrong_times(new.starts, new.ends, day.slot_minutes, day.capacity)
    if wrong:
        raise Invalid(wrong[1], wrong[0])
    place = text(new.place, "place", LINE) or day.place
    if (new.on, new.starts, new.ends, place) == (day.on, day.starts, day.ends, day.place):
        raise Invalid(N_("Ngày giờ này vẫn như cũ. Chọn ngày khác hoặc giờ khác."), "on")
    check_date(new.on, new.starts, now)
    host = _host(day, new)
    if clashing(day.unit_id, new.on, new.starts, new.ends, host, but=day.id):
        raise Invalid(N_("Vào giờ này đã có một buổi tiếp khác của cùng người tiếp."), "starts")
    to = ReceptionDay(
        unit_id=day.unit_id, pattern_id=day.pattern_id, on=new.on, starts=new.starts, ends=new.ends,
        slot_minutes=day.slot_minutes, capacity=day.capacity, mode=day.mode, place=place, link=day.link, kind=day.kind,
        host_id=host.id if host else None, state="open", made_at=now,
        reason=day.reason if day.kind == DayKind.UNSCHEDULED else "",
    )  # fmt: skip
    to.unit, to.host = day.unit, host
    return to


def _host(day: ReceptionDay, new: NewTime) -> Official | None:
    """Who was to receive, unless somebody else is named; of the head's own day whoever is head by then."""
    host = new.host or day.host
    if day.kind == DayKind.PERIODIC and new.host is None and not is_head(day.host_id, day.unit_id, new.on):
        host = next(iter(heads(day.unit_id, new.on)), host)
    return host_of(NewDay(new.on, new.starts, new.ends, kind=day.kind, host=host), day.unit)


def _places(day: ReceptionDay, to: ReceptionDay, booked: Sequence[Booking]) -> dict[time, time]:
    old = list(reception.slots(day.starts, day.ends, day.slot_minutes))
    new = list(reception.slots(to.starts, to.ends, to.slot_minutes))
    places = reception.moved([row.slot for row in booked if row.slot is not None], old, new)
    if places is None:
        raise Invalid(N_("Buổi mới ngắn quá, không đủ khung giờ cho người đã đặt lịch. Chọn giờ dài hơn."), "ends")
    return places


def _take_along(row: Booking, day: ReceptionDay, to: ReceptionDay, places: dict[time, time], why: str, actor: Actor,
                now: datetime) -> None:  # fmt: skip
    before = f"{row.slot:%H:%M}" if row.slot else ""
    row.day = to
    row.slot = places[row.slot] if row.slot else None
    remember(
        Action.MOVE_BOOKING, row.about, row.unit_id, actor, now, told(row, Action.MOVE_BOOKING), status=row.state,
        reason=why, reference=row.reference, on=to.on, slot=f"{row.slot:%H:%M}" if row.slot else "", from_on=day.on,
        from_slot=before, place=to.place,
    )  # fmt: skip


def bookings_of(day: ReceptionDay, states: Sequence[BookingState]) -> list[Booking]:
    """The bookings of a day in these states, in their order."""
    return list(
        db.session.scalars(
            select(Booking)
            .where(Booking.day_id == day.id, Booking.state.in_([str(state) for state in states]))
            .order_by(Booking.slot, Booking.seat, Booking.id)
        )
    )


def hold_day(day: ReceptionDay, received_by: Official, actor: Actor, now: datetime, version: int | None = None, *,
             missed: bool = False) -> int:  # fmt: skip
    """Record that a day took place and who in fact received; returns how many became no-shows.

    It fills the duty only where that was the head. WrongStep while somebody waits; Invalid while bookings stand, unless
    `missed` says that they did not come, before the day began, or for somebody who is not of the unit.
    """
    head_for_update(now)
    db.session.refresh(day)
    must_at(Action.HOLD_DAY, day.unit, actor, day, version)
    must_be_open(day)
    if datetime.combine(day.on, day.starts) > clock.local(now).replace(tzinfo=None):
        raise WrongStep(N_("Chưa đến giờ tiếp công dân."))
    if bookings_of(day, [BookingState.CHECKED_IN]):
        raise WrongStep(N_("Còn người đã đến mà chưa ghi nội dung tiếp."))
    if received_by not in who_may_receive(day.unit_id, day.on):
        raise Invalid(N_("Người này không giữ vị trí nào ở đơn vị vào ngày đó."), "received_by")
    left = bookings_of(day, [BookingState.BOOKED])
    if left and not missed:
        raise Invalid(N_("Còn lịch hẹn chưa ghi kết quả. Đánh dấu là không đến, hoặc ghi từng lượt trước."), "missed")
    for row in left:
        row.state, row.ended_at = BookingState.NO_SHOW, now
        remember(Action.MISS, row.about, row.unit_id, actor, now, status=row.state, reference=row.reference)
    day.state, day.received_by, day.held_at = "held", received_by, now
    remember(Action.HOLD_DAY, day.about, day.unit_id, actor, now, status="held", received_by=received_by.id,
             is_head=is_head(received_by.id, day.unit_id, day.on), on=day.on, missed=len(left))  # fmt: skip
    return len(left)
