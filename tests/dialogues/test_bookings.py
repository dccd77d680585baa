"""Booking a visit: what is taken, what is refused and beside which field, and that no two people get one seat."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from app.cases.receipts import hashed, new_token
from app.dialogues.actions.bookings import FULL, book, cancel_booking, change_slot
from app.dialogues.models import Booking, ReceptionDay
from app.extensions import db, writing
from app.journal.models import Event, Notice
from app.refusals import Invalid, NotAllowed, Stale, WrongStep
from app.rules.workflow import RESIDENT_NOBODY, Actor, Role
from app.units.models import CalendarOverride
from tests.conftest import both_engines
from tests.dialogues.receptions import EIGHT, HALF_PAST, WEDNESDAY, booker_of, make_booking, make_day, new_booking
from tests.factories import MONDAY, actor, make_official

WHEN = datetime(2026, 11, 18, 1, 0, tzinfo=MONDAY.tzinfo)
"""The moment of the slot at 8 o'clock on that Wednesday."""


def clerk(at: str = "01447") -> Actor:
    return actor(make_official(Role.CLERK, at))


@both_engines
@pytest.mark.usefixtures("write")
def test_a_visit_is_booked_with_a_number_and_a_code_kept_only_as_a_hash(app: Flask) -> None:
    booking = make_booking()
    assert (booking.reference, booking.state, booking.seat) == ("LH-2026-000001", "booked", 1)
    assert booking.code_hash == hashed(booking.code)  # type: ignore[attr-defined]
    event = db.session.scalars(select(Event)).one()
    assert (event.action, event.subject, event.unit_id) == ("book", f"booking:{booking.id}", booking.unit_id)
    assert (event.facts["on"], event.facts["slot"]) == ("2026-11-18", "08:00")
    assert "Nông" not in str(event.facts)
    assert [n.role for n in db.session.scalars(select(Notice))] == ["resident"]


@both_engines
@pytest.mark.usefixtures("write")
def test_the_same_form_twice_is_one_booking_and_with_other_words_none(app: Flask) -> None:
    day, token = make_day(), new_token()
    first = make_booking(day, token=token)
    assert make_booking(day, token=token).id == first.id
    with pytest.raises(Invalid, match="nội dung khác"):
        make_booking(day, token=token, subject="Việc khác")
    with pytest.raises(Invalid, match="nội dung khác"):
        make_booking(day, HALF_PAST, token=token)


def held(day: ReceptionDay) -> None:
    day.state = "held"


def moved(day: ReceptionDay) -> None:
    day.state = "moved"


def off(day: ReceptionDay) -> None:
    db.session.add(CalendarOverride(on=day.on, kind="off", reason="Bầu cử"))


REFUSED: list[tuple[str, dict[str, Any], time | None, datetime, Callable[[ReceptionDay], None] | None, str]] = [
    ("an unknown slot", {}, time(8, 10), MONDAY, None, "slot"),
    ("the hour at which the day ends", {}, time(11, 30), MONDAY, None, "slot"),
    ("no slot on the web", {}, None, MONDAY, None, "slot"),
    ("a slot that has passed", {}, EIGHT, WHEN + timedelta(minutes=1), None, "slot"),
    ("a slot nearer than half an hour", {}, EIGHT, WHEN - timedelta(minutes=29), None, "slot"),
    ("a day that was held", {}, EIGHT, MONDAY, held, "slot"),
    ("a day that was moved", {}, EIGHT, MONDAY, moved, "slot"),
    ("a day off", {}, EIGHT, MONDAY, off, "slot"),
    ("nobody's name", {"name": " "}, EIGHT, MONDAY, None, "name"),
    ("no phone", {"phone": ""}, EIGHT, MONDAY, None, "phone"),
    ("forty people and nobody to speak", {"people": 40}, EIGHT, MONDAY, None, "representatives"),
    ("no people at all", {"people": 0}, EIGHT, MONDAY, None, "people"),
    ("an unknown category", {"category_code": "nothing"}, EIGHT, MONDAY, None, "category"),
    ("a subject too long", {"subject": "đ" * 301}, EIGHT, MONDAY, None, "subject"),
]  # fmt: skip


@pytest.mark.usefixtures("write")
@pytest.mark.parametrize(("why", "more", "slot", "now", "spoil", "field"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_cannot_be_is_refused_beside_its_field(
    why: str, more: dict[str, Any], slot: time | None, now: datetime, spoil: Any, field: str
) -> None:
    day = make_day()
    if spoil:
        spoil(day)
    with pytest.raises(Invalid) as refused:
        make_booking(day, slot, now=now, **more)
    assert refused.value.field == field
    assert not db.session.scalars(select(Booking)).all()


@pytest.mark.usefixtures("write")
def test_half_an_hour_before_is_still_in_time_and_a_clerk_books_until_the_start() -> None:
    day, at_counter = make_day(capacity=3), clerk()
    assert make_booking(day, now=WHEN - timedelta(minutes=30)).seat == 1
    booked = make_booking(day, actor=at_counter, channel="phone", phone="0912 000 018", now=WHEN)
    assert (booked.seat, booked.booked_by_id) == (2, at_counter.official_id)
    with pytest.raises(Invalid, match="đã qua"):
        make_booking(day, actor=at_counter, channel="counter", phone="0912 000 019", now=WHEN + timedelta(minutes=1))


@pytest.mark.usefixtures("write")
def test_only_the_units_own_staff_book_for_others() -> None:
    day = make_day()
    for somebody in (RESIDENT_NOBODY, clerk("01294"), actor(make_official(Role.SUPERVISOR, "04"))):
        with pytest.raises(NotAllowed):
            make_booking(day, actor=somebody, channel="counter")
    with pytest.raises(NotAllowed):
        make_booking(day, actor=clerk())


@both_engines
@pytest.mark.usefixtures("write")
def test_who_comes_without_an_appointment_takes_no_seat(app: Flask) -> None:
    day, at_counter = make_day(), clerk()
    make_booking(day, now=WHEN - timedelta(hours=5))
    for phone in ("", "0912 000 030"):
        walked = make_booking(day, None, actor=at_counter, channel="walk_in", phone=phone, email="", now=WHEN)
        assert (walked.slot, walked.seat, walked.state) == (None, None, "booked")
    with pytest.raises(Invalid, match="chưa đến"):
        make_booking(day, None, actor=at_counter, channel="walk_in", now=MONDAY)


@pytest.mark.usefixtures("write")
def test_one_phone_holds_one_booking_of_a_day_however_it_is_written() -> None:
    day, other = make_day(), make_day(date(2026, 11, 25))
    first = make_booking(day)
    with pytest.raises(Invalid) as refused:
        make_booking(day, HALF_PAST, phone="+84 912.000.017")
    assert refused.value.field == "phone"
    make_booking(other)
    cancel_booking(first, booker_of(first), MONDAY)
    make_booking(day, HALF_PAST)


@both_engines
@pytest.mark.usefixtures("write")
def test_of_who_comes_to_denounce_nothing_personal_is_kept(app: Flask) -> None:
    booking = make_booking(
        is_sealed=True, address="Xóm Bản Viết", identity_number="004088001234", category_code="land.dispute",
        people=7, representatives=("Hoàng Văn Dìn",), language="en", now=MONDAY + timedelta(minutes=17),
    )  # fmt: skip
    row = db.session.execute(text("SELECT * FROM booking")).one()
    events = db.session.execute(text("SELECT * FROM event JOIN event_facts ON event.seq = event_facts.seq")).all()
    kept = " ".join(str(value) for found in (row, *events) for value in found)
    for word in ("Lương Thị Sen", "912000", "912 000", "example.vn", "Viết", "004088", "Dìn", "Lũng", "09:17", "02:17"):
        assert word not in kept
    assert (booking.category_id, booking.people, booking.language, booking.is_sealed) == (None, 1, "vi", True)
    assert booking.booked_at == MONDAY, "of the time only the hour"
    cancel_booking(booking, booker_of(booking), MONDAY)
    assert not db.session.scalars(select(Notice)).all()


@both_engines
@pytest.mark.usefixtures("write")
def test_a_cancelled_visit_gives_its_seat_up_and_cannot_be_cancelled_twice(app: Flask) -> None:
    day = make_day()
    first = make_booking(day)
    with pytest.raises(Invalid, match=FULL):
        make_booking(day, phone="0912 000 018")
    event = cancel_booking(first, booker_of(first), MONDAY, first.version)
    assert (first.state, first.seat, event.action) == ("cancelled", None, "cancel_booking")
    assert make_booking(day, phone="0912 000 018").seat == 1
    with pytest.raises(WrongStep):
        cancel_booking(first, booker_of(first), MONDAY)


@both_engines
@pytest.mark.usefixtures("write")
def test_a_visit_moves_to_a_free_slot_of_the_same_unit_and_frees_the_old(app: Flask) -> None:
    day, next_week, elsewhere = make_day(), make_day(date(2026, 11, 25), mode="online"), make_day(at="01294")
    booking, other = make_booking(day), make_booking(day, HALF_PAST, phone="0912 000 018")
    me = booker_of(booking)
    assert change_slot(booking, day, EIGHT, me, MONDAY) is None, "it stands there already"
    with pytest.raises(Invalid, match=FULL):
        change_slot(booking, day, HALF_PAST, me, MONDAY)
    with pytest.raises(Invalid, match="cùng đơn vị"):
        change_slot(booking, elsewhere, EIGHT, me, MONDAY)
    assert (booking.slot, booking.seat, booking.day_id) == (EIGHT, 1, day.id)
    event = change_slot(booking, next_week, HALF_PAST, me, MONDAY)
    assert event is not None
    assert (event.facts["from_on"], event.facts["on"], event.facts["slot"]) == ("2026-11-18", "2026-11-25", "08:30")
    assert (booking.day.on, booking.slot, booking.mode) == (date(2026, 11, 25), HALF_PAST, "online")
    change_slot(other, day, EIGHT, booker_of(other), MONDAY)


@pytest.mark.usefixtures("write")
def test_nobody_changes_anothers_visit_or_one_whose_time_has_come_or_from_an_old_page() -> None:
    booking = make_booking()
    with pytest.raises(NotAllowed):
        cancel_booking(booking, Actor(Role.RESIDENT, booking_id=booking.id + 1), MONDAY)
    with pytest.raises(NotAllowed):
        change_slot(booking, booking.day, HALF_PAST, clerk("01294"), MONDAY)
    with pytest.raises(Stale):
        cancel_booking(booking, booker_of(booking), MONDAY, booking.version - 1)
    with pytest.raises(WrongStep, match="đã đến"):
        cancel_booking(booking, booker_of(booking), WHEN + timedelta(minutes=1))
    cancel_booking(booking, clerk(), WHEN + timedelta(minutes=1))


@both_engines
def test_fifty_people_want_one_slot_in_the_same_second_and_one_gets_it(app: Flask) -> None:
    with writing():
        day_id = make_day(WEDNESDAY).id
        db.session.commit()
    answers: list[str] = []
    start = threading.Barrier(50)

    def want(number: int) -> None:
        with app.app_context():
            start.wait()
            with writing():
                answers.append(try_to_book(day_id, number))
            db.session.remove()

    threads = [threading.Thread(target=want, args=(number,)) for number in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == sorted(["LH-2026-000001"] + [FULL] * 49)
    db.session.rollback()
    [booking] = db.session.scalars(select(Booking))
    assert (booking.slot, booking.seat) == (EIGHT, 1)
    assert [event.action for event in db.session.scalars(select(Event))] == ["book"]


def try_to_book(day_id: int, number: int) -> str:
    """What one of many is told: the number of the booking, or why not."""
    day = db.session.get(ReceptionDay, day_id)
    assert day is not None
    new = new_booking(name=f"Người {number}", phone=f"0912 001 {number:03d}")
    try:
        booking = book(new, day, EIGHT, RESIDENT_NOBODY, MONDAY, token=new_token(), code=new_token())
        reference = booking.reference
        db.session.commit()
    except Invalid as refused:
        return refused.reason
    return reference


@both_engines
@pytest.mark.usefixtures("write")
def test_the_table_itself_refuses_a_second_on_one_seat(app: Flask) -> None:
    """Should anything pass beside the queue: the same clear sentence, and the transaction goes on."""
    from app.dialogues.actions.bookings import _take_seat

    first = make_booking()
    second = make_booking(first.day, HALF_PAST, phone="0912 000 018")
    with pytest.raises(Invalid, match=FULL):
        _take_seat(second, first.day, EIGHT, 1)
    assert second.slot == HALF_PAST
    cancel_booking(second, booker_of(second), MONDAY)
