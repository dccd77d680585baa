"""The calendar file, read back by two parsers that we did not write: the wall time stays what it was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from flask import Flask

from app import clock
from app.dialogues.actions.bookings import cancel_booking, change_slot
from app.dialogues.calendar_file import booking_calendar, session_calendar
from app.dialogues.models import DialogueSession
from tests.dialogues.receptions import EIGHT, HALF_PAST, booker_of, make_booking, make_day
from tests.factories import MONDAY, unit

BASE = "https://gop-y.caobang.gov.vn"
ZONES = ["Asia/Ho_Chi_Minh", "Europe/Berlin", "America/New_York"]
DAYS = [
    date(2026, 12, 2), date(2027, 3, 12), date(2027, 3, 15), date(2027, 3, 26), date(2027, 3, 29), date(2027, 10, 29),
    date(2027, 11, 1), date(2027, 11, 5), date(2027, 11, 8),
]  # fmt: skip
"""Ordinary days, and the working days before and after each change of the clocks in Berlin and New York."""


@pytest.fixture(autouse=True)
def own_zone() -> Iterator[None]:
    """Whatever zone a test sets, the next one finds the town's."""
    yield
    clock.set_zone("Asia/Ho_Chi_Minh")


@pytest.mark.usefixtures("write")
@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("on", DAYS, ids=str)
def test_eight_oclock_is_eight_oclock_in_every_zone_and_season(app: Flask, zone: str, on: date) -> None:
    clock.set_zone(zone)
    booking = make_booking(make_day(on, kind="unscheduled"), EIGHT)
    moment = datetime.combine(on, EIGHT, ZoneInfo(zone)).astimezone(UTC)
    with app.test_request_context("/"):
        content = booking_calendar(booking, BASE, MONDAY)
    [event] = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert event["DTSTART"].params["TZID"] == zone
    assert event.start.replace(tzinfo=None) == datetime.combine(on, EIGHT)
    assert event.start.astimezone(UTC) == moment
    assert event.end - event.start == timedelta(minutes=30)
    read = vobject.readOne(content.decode())
    assert read.vevent.dtstart.value.astimezone(UTC) == moment
    assert read.vevent.dtstart.value.replace(tzinfo=None) == datetime.combine(on, EIGHT)
    assert str(read.vtimezone.tzid.value) == zone


@pytest.mark.usefixtures("write")
def test_a_moved_visit_replaces_itself_and_a_cancelled_one_is_off(app: Flask) -> None:
    booking = make_booking()
    me = booker_of(booking)
    with app.test_request_context("/"):
        first = icalendar.Calendar.from_ical(booking_calendar(booking, BASE, MONDAY)).walk("VEVENT")[0]
        change_slot(booking, booking.day, HALF_PAST, me, MONDAY)
        moved = icalendar.Calendar.from_ical(booking_calendar(booking, BASE, MONDAY)).walk("VEVENT")[0]
        cancel_booking(booking, me, MONDAY)
        off = icalendar.Calendar.from_ical(booking_calendar(booking, BASE, MONDAY)).walk("VEVENT")[0]
    assert first["UID"] == moved["UID"] == off["UID"] == f"{booking.reference}@gop-y.caobang.gov.vn"
    assert first["SEQUENCE"] < moved["SEQUENCE"] < off["SEQUENCE"]
    assert (first["STATUS"], moved["STATUS"], off["STATUS"]) == ("CONFIRMED", "CONFIRMED", "CANCELLED")
    assert moved.start.time() == HALF_PAST


@pytest.mark.usefixtures("write")
def test_nothing_of_the_person_and_no_way_into_the_meeting_stands_in_the_file(app: Flask) -> None:
    day = make_day(mode="online", link="https://meet.example.vn/abc", place="")
    booking = make_booking(day, address="Xóm Bản Viết")
    with app.test_request_context("/"):
        content = booking_calendar(booking, BASE, MONDAY).decode().replace("\r\n ", "")
    for word in ("Sen", "912", "Lũng", "Viết", "meet.example", "ORGANIZER", "ATTENDEE"):
        assert word not in content
    for word in (booking.reference, "URL:https://gop-y.caobang.gov.vn/reception/booking", "Trực tuyến"):
        assert word in content


def test_a_session_has_a_file_too(app: Flask) -> None:
    session = DialogueSession(
        number="DT-2026-000003", version=2, kind="theme", title="Nước sạch", on=date(2026, 12, 9), starts=time(14, 0),
        ends=time(16, 30), mode="in_person", place="Nhà văn hóa xã", is_public=False, unit=unit(),
    )  # fmt: skip
    with app.test_request_context("/"):
        content = session_calendar(session, BASE, MONDAY)
    event = vobject.readOne(content.decode()).vevent
    assert event.dtstart.value.time() == time(14, 0)
    assert event.location.value == "Nhà văn hóa xã"
    assert "Nước sạch" not in content.decode(), "what is not public is not named"
