"""A visit to a reception day is booked, moved to another slot, cancelled. What happens on the day stands in visits.py.

Everybody who books passes the journal's head one by one, so that two people never get one seat, even in the same
second; the table's own constraint (day, slot, seat) holds should anything ever pass beside it.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from ... import clock
from ...cases.models import Person
from ...cases.models.person import keyed, mark
from ...cases.receipts import hashed
from ...extensions import db
from ...journal.models import Event
from ...journal.record import head_for_update
from ...refusals import Invalid, NotAllowed, Stale, WrongStep
from ...rules.dialogues import groups, reception
from ...rules.dialogues.reception import BookingState
from ...rules.workflow import N_, Action, Actor, Role
from ...units.calendar import law
from ...units.queries import category_by_code, next_number
from ..models import Booking, ReceptionDay
from .new_booking import NewBooking, mode_on
from .perform import must_at, remember, told

__all__ = ["NewBooking", "already_booked", "book", "cancel_booking", "change_slot"]

FULL = N_("Khung giờ này vừa có người đặt. Chọn giờ khác.")


def book(new: NewBooking, day: ReceptionDay, slot: time | None, actor: Actor, now: datetime, *, token: str,
         code: str) -> Booking:  # fmt: skip
    """Somebody takes a slot of a reception day; the same token twice gives the same booking.

    `slot` None: came without an appointment (channel walk_in); the visit stands as booked until it is checked in.
    Invalid names the field: a slot that is past, too near, unknown or full, a day off or not open, a group without
    representatives, a missing name or phone. NotAllowed where the channel is the clerks' and the actor is none.
    The code itself is never stored. Of somebody who comes to denounce nothing personal is kept, and only the hour.
    """
    head_for_update(now)  # everybody who books meets here, on PostgreSQL too
    known = already_booked(token, new, day, slot)
    if known is not None:
        return known
    db.session.refresh(day)
    _must_book(new, day, actor)
    fingerprint, new = keyed("content", new.fingerprint(day.id, slot)), new.tidy(day.mode)
    _check_day(day, slot, now, new.channel)
    _check_once(new, day)
    moment = now.replace(minute=0, second=0, microsecond=0) if new.is_sealed else now
    booking = _write(new, day, slot, actor, moment, token, code, fingerprint)
    remember(Action.BOOK, booking.about, booking.unit_id, actor, moment, told(booking, Action.BOOK),
             status=booking.state, **_where(booking), channel=booking.channel)  # fmt: skip
    return booking


def already_booked(token: str, new: NewBooking, day: ReceptionDay, slot: time | None) -> Booking | None:
    """The booking this form made before, if it did; another content under the same token is refused."""
    booking = db.session.scalar(select(Booking).where(Booking.token_hash == hashed(token)))
    if booking is None or not booking.content_hash:
        return booking
    if booking.content_hash != keyed("content", new.fingerprint(day.id, slot)):
        raise Invalid(N_("Biểu mẫu này đã gửi một lần với nội dung khác. Mở biểu mẫu mới để đặt lịch khác."))
    return booking


def change_slot(booking: Booking, day: ReceptionDay, slot: time, actor: Actor, now: datetime,
                version: int | None = None) -> Event | None:  # fmt: skip
    """Move a booking to another slot, of the same day or another day of the same unit; None where it stands there.

    The old seat is free at once. Refusals as for book(); WrongStep once the visitor was received or the time has come.
    """
    head_for_update(now)
    db.session.refresh(booking)
    stands = (booking.day_id, booking.slot, booking.state) == (day.id, slot, BookingState.BOOKED)
    _must_change(Action.MOVE_BOOKING, booking, actor, now, None if stands else version)
    db.session.refresh(day)
    if stands:
        return None
    if day.unit_id != booking.unit_id:
        raise Invalid(N_("Chỉ đổi được sang buổi tiếp của cùng đơn vị. Muốn gặp đơn vị khác thì đặt lịch mới."), "slot")
    _check_day(day, slot, now, "web" if actor.role == Role.RESIDENT else "counter")
    if booking.day_id != day.id:
        _check_phone(booking.phone, day)
    before: dict[str, Any] = {"from_on": booking.day.on, "from_slot": _hour(booking.slot)}
    _take_seat(booking, day, slot)
    booking.mode = mode_on(day.mode, booking.mode)
    return remember(Action.MOVE_BOOKING, booking.about, booking.unit_id, actor, now, told(booking, Action.MOVE_BOOKING),
                    status=booking.state, **_where(booking), **before)  # fmt: skip


def cancel_booking(booking: Booking, actor: Actor, now: datetime, version: int | None = None) -> Event:
    """The visit is off: the seat is free at once. WrongStep once the visitor was received or the time has come."""
    head_for_update(now)
    _must_change(Action.CANCEL_BOOKING, booking, actor, now, version)
    booking.state, booking.seat, booking.ended_at = BookingState.CANCELLED, None, now
    return remember(Action.CANCEL_BOOKING, booking.about, booking.unit_id, actor, now,
                    told(booking, Action.CANCEL_BOOKING), status=booking.state, **_where(booking))  # fmt: skip


def _must_book(new: NewBooking, day: ReceptionDay, actor: Actor) -> None:
    """Residents book on the web, the unit's own staff at the counter, by phone or for who stands there."""
    if new.channel not in reception.CHANNELS:
        raise Invalid(N_("Chọn một mục trong danh sách."), "channel")
    if new.channel != "web":
        must_at(Action.BOOK, day.unit, actor)
    elif actor.role not in (Role.RESIDENT, Role.SYSTEM):
        raise NotAllowed(N_("Việc này không thuộc phần của vai trò hiện có."))


def _must_change(action: Action, booking: Booking, actor: Actor, now: datetime, version: int | None) -> None:
    db.session.refresh(booking)
    if version is not None and version != booking.version:
        raise Stale(N_("Lịch hẹn này vừa có thay đổi. Xem lại rồi làm tiếp."))
    is_own = actor.booking_id == booking.id
    if not is_own:
        must_at(action, booking.day.unit, actor)
    refused = reception.why_not(Action.CANCEL_BOOKING, booking.state)
    if refused:
        raise WrongStep(refused)
    if is_own and booking.slot and not _is_ahead(booking.day, booking.slot, now, 0):
        raise WrongStep(N_("Giờ hẹn đã đến hoặc đã qua, không đổi hay hủy được nữa."))


def _is_ahead(day: ReceptionDay, slot: time, now: datetime, lead: int) -> bool:
    return reception.is_bookable(day.on, slot, clock.local(now), lead)


def _check_day(day: ReceptionDay, slot: time | None, now: datetime, channel: str) -> None:
    """Invalid, unless the day is open and the slot one of its own, still far enough ahead."""
    if day.state != "open":
        raise Invalid(N_("Buổi tiếp này không còn nhận đặt lịch. Chọn buổi khác."), "slot")
    if slot is None:
        if channel != "walk_in":
            raise Invalid(N_("Chọn một khung giờ."), "slot")
        if day.on > clock.day_of(now):
            raise Invalid(N_("Buổi tiếp chưa đến. Người đến trước ngày thì đặt một khung giờ."), "slot")
        return
    if not law().calendar.is_working(day.on) and day.kind != reception.DayKind.UNSCHEDULED:
        raise Invalid(N_("Ngày này là ngày nghỉ, không tiếp công dân. Chọn ngày khác."), "slot")
    if slot not in reception.slots(day.starts, day.ends, day.slot_minutes):
        raise Invalid(N_("Buổi này không có khung giờ đó. Chọn một giờ trong danh sách."), "slot")
    if not _is_ahead(day, slot, now, 0):
        raise Invalid(N_("Khung giờ này đã qua. Chọn giờ khác."), "slot")
    if channel == "web" and not _is_ahead(day, slot, now, reception.BOOKABLE_MINUTES):
        raise Invalid(N_("Còn chưa đến 30 phút nữa là tới giờ này. Chọn giờ muộn hơn, hoặc gọi điện để hỏi."), "slot")


def _check_once(new: NewBooking, day: ReceptionDay) -> None:
    """Who comes, said as the register needs it; one phone holds one booking of a day."""
    if new.is_sealed:
        return
    if not new.name:
        raise Invalid(N_("Ghi họ và tên người đến."), "name")
    if not new.phone and new.channel != "walk_in":
        raise Invalid(N_("Ghi số điện thoại, để báo khi buổi tiếp thay đổi."), "phone")
    refused = groups.why_not(new.people, new.representatives)
    if refused:
        raise Invalid(refused[1], refused[0])
    _check_phone(new.phone, day)


def _check_phone(phone: str, day: ReceptionDay) -> None:
    if not phone:
        return
    standing = select(Booking.id).join(Person, Person.about == Booking.reference).where(
        Booking.day_id == day.id, Booking.state.in_(reception.STANDING), Person.phone_hash == mark("phone", phone)
    )  # fmt: skip
    if mark("phone", phone) and db.session.scalar(standing.limit(1)) is not None:
        raise Invalid(N_("Số điện thoại này đã có lịch hẹn trong buổi này. Mở lịch đó bằng mã để đổi giờ."), "phone")


def _write(new: NewBooking, day: ReceptionDay, slot: time | None, actor: Actor, moment: datetime, token: str,
           code: str, fingerprint: str) -> Booking:  # fmt: skip
    category = category_by_code(new.category_code) if new.category_code else None
    if new.category_code and category is None:
        raise Invalid(N_("Chọn một mục trong danh sách."), "category")
    booking = Booking(
        reference="", unit_id=day.unit_id, state=BookingState.BOOKED, channel=new.channel, language=new.language,
        is_sealed=new.is_sealed, name=new.name, identity_number=new.identity_number, phone=new.phone, email=new.email,
        contact_channel=new.contact_channel, address=new.address, subject=new.subject,
        category_id=category.id if category else None, people=new.people, representatives=list(new.representatives),
        mode=new.mode, interpreter=new.interpreter, wheelchair=new.wheelchair, code_hash=hashed(code),
        token_hash=hashed(token), content_hash=fingerprint, booked_by_id=actor.official_id, booked_at=moment,
    )  # fmt: skip
    seat = _free_seat(day, slot)
    year = clock.day_of(moment).year
    booking.reference = f"LH-{year}-{next_number(f'booking:{year}'):06d}"
    _take_seat(booking, day, slot, seat)
    return booking


def _free_seat(day: ReceptionDay, slot: time | None) -> int | None:
    """The lowest seat of a slot that nobody holds; Invalid where all are taken. No slot needs no seat."""
    if slot is None:
        return None
    taken = set(db.session.scalars(select(Booking.seat).where(Booking.day_id == day.id, Booking.slot == slot)))
    free = next((seat for seat in range(1, day.capacity + 1) if seat not in taken), None)
    if free is None:
        raise Invalid(FULL, "slot")
    return free


def _take_seat(booking: Booking, day: ReceptionDay, slot: time | None, seat: int | None = None) -> None:
    """Put the booking on its seat; the table refuses a seat that somebody took beside the queue."""
    seat = seat or _free_seat(day, slot)
    try:
        with db.session.begin_nested():
            booking.day, booking.slot, booking.seat = day, slot, seat
            db.session.add(booking)
            db.session.flush()
    except IntegrityError as error:
        raise Invalid(FULL, "slot") from error


def _where(booking: Booking) -> dict[str, Any]:
    return {"reference": booking.reference, "on": booking.day.on, "slot": _hour(booking.slot)}


def _hour(slot: time | None) -> str:
    return f"{slot:%H:%M}" if slot else ""
