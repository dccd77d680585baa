"""Receiving citizens in the browser: from a slot on the phone to a case in the register; dates worked out by hand."""

from __future__ import annotations

import re
from datetime import date, datetime, time

import icalendar
import vobject
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app.cases.models import Case
from app.dialogues.models import Booking
from app.extensions import db

from ..documents.reading import text_of as text_of_pdf
from . import heard
from .heard import book, downloaded, fill, letters, open_booking, says, send, written
from .steps import follow, press, receipt_code
from .still_town import Days
from .test_keyboard import tab_to

MONDAY = date(2026, 11, 30)
"""Two weeks after Monday 16 November."""
SAID = "Mặt đường vào xóm Lũng Đính sạt 20 mét từ đêm 15/11, xe cấp cứu không vào được."


def booked(days: Days) -> list[Booking]:
    """Every booking as the database holds it now."""
    with days.town.app.app_context():
        rows = list(db.session.scalars(select(Booking).order_by(Booking.id)))
        for row in rows:
            assert row.name or row.person is None  # opens the sealed row while the key is at hand
            db.session.expunge(row)
        return rows


def test_a_visit_is_booked_reminded_of_heard_and_becomes_a_case(days: Days) -> None:
    with days.on(16, 11):
        clerk = days.desk("thom")
        day_id = heard.open_day(clerk, MONDAY)
        assert says(clerk, MONDAY)
        code = _booked_on_the_phone(days, day_id)
        heard.work(days)
        assert len(letters(days.town, "sen@example.vn")) == 1, "what was booked, at once"
    [visit] = booked(days)
    _reminded_once(days)
    with days.on(30, 11):
        clerk = days.desk("thom")
        case_code = _heard(clerk, visit.reference)
        _in_the_register(days, clerk, visit.reference)
        _read_at_home(days, code, case_code)
        _held_by_the_chair(clerk, day_id)
    with days.on(1, 12):
        head = days.desk("khanh")
        head.goto("/statistics/01447/being-heard?from=2026-11-01&to=2026-11-30")
        # November is over: two days of the chair were owed, one was held.
        assert re.search(r"\b1 / 2\b", head.locator("main .tile").first.inner_text())


def _booked_on_the_phone(days: Days, day_id: int) -> str:
    resident = days.resident()
    code = book(resident, day_id, "08:30", category="roads")
    assert len(code) == 16 and says(resident, MONDAY)
    slip = text_of_pdf(downloaded(resident, "receipt.pdf"))
    assert code in re.sub(r"[\s\-]", "", slip) and written(MONDAY).search(slip) and heard.ROOM in slip
    note = downloaded(resident, "receipt.ics")
    [event] = icalendar.Calendar.from_ical(note).walk("VEVENT")
    assert event.start.replace(tzinfo=None) == datetime.combine(MONDAY, time(8, 30))
    assert event.end.replace(tzinfo=None) == datetime.combine(MONDAY, time(9))
    read = vobject.readOne(note.decode())
    assert read.vevent.location.value == heard.ROOM and "Sen" not in note.decode()
    return code


def _reminded_once(days: Days) -> None:
    with days.on(28, 11):
        heard.work(days)
        assert len(letters(days.town, "sen@example.vn")) == 1, "two days before it is too early"
    with days.on(29, 11):
        for _round in range(2):
            heard.work(days)
    with days.on(30, 11):
        heard.work(days)
    [_confirmed, reminder] = letters(days.town, "sen@example.vn")
    words = heard.text_of(reminder)
    assert written(MONDAY).search(words) and "08:30" in words and heard.SUBJECT not in words
    [event] = icalendar.Calendar.from_ical(heard.calendar_in(reminder)).walk("VEVENT")
    assert event.start.replace(tzinfo=None) == datetime.combine(MONDAY, time(8, 30))


def _heard(clerk: Page, reference: str) -> str:
    """Checked in, written down, turned into a case; the case's code."""
    heard.do_visit(clerk, reference, "check-in", identity_number="004089001234")
    heard.do_visit(clerk, reference, "hear", said=SAID, answer="Xã kiểm tra trong tuần.", direction="accepted",
                   category="roads.surface")  # fmt: skip
    # The visitor hears within ten calendar days of 30/11: Thursday 10/12.
    assert says(clerk, date(2026, 12, 10))
    press(clerk.locator("main form[action$='/case'] [type=submit]"))
    clerk.wait_for_url("**/receipt")
    # Street-level, five working days from Monday 30/11: 1 2 3 4 7.
    assert says(clerk, date(2026, 12, 7))
    return receipt_code(clerk)


def _in_the_register(days: Days, clerk: Page, reference: str) -> None:
    case = days.case(Case.channel == "reception")
    assert case.due_on == date(2026, 12, 7) and case.body.startswith(SAID)
    clerk.goto("/desk/reception/register")
    line = clerk.locator("main tbody tr").filter(has=clerk.locator(f"a[href$='/{reference}']"))
    words = line.inner_text()
    assert all(part in words for part in ("Nông Thị Sen", "004089001234", SAID, case.reference))
    assert written(MONDAY).search(words) and written(date(2026, 12, 10)).search(words)


def _read_at_home(days: Days, code: str, case_code: str) -> None:
    resident = days.resident()
    words = open_booking(resident, code.lower())
    assert days.case(Case.channel == "reception").reference in words and "Xã kiểm tra trong tuần." in words
    assert written(date(2026, 12, 10)).search(words)
    follow(resident, case_code)
    assert resident.locator("h1").inner_text() == heard.SUBJECT and says(resident, date(2026, 12, 7))


def _held_by_the_chair(clerk: Page, day_id: int) -> None:
    clerk.goto(f"/desk/reception/days/{day_id}")
    press(clerk.locator("main a[href$='/hold']"))
    send(clerk)
    clerk.wait_for_url(f"**/days/{day_id}")
    clerk.goto("/desk/reception")
    # The chair of a commune owes two days a month since 1 July 2026; of November one is held.
    assert re.search(r"\b1\b.*\b2\b.*\b11/2026", clerk.locator("main .note").first.inner_text())


def test_a_day_that_moves_takes_three_bookings_along_and_each_is_told_once(days: Days) -> None:
    people = {"sen": "08:00", "may": "08:30", "tho": "09:30"}
    with days.on(16, 11):
        day_id = heard.open_day(days.desk("thom"), MONDAY)
        codes = {
            who: book(days.resident(), day_id, slot, email=f"{who}@example.vn", phone=f"0912 000 10{number}")
            for number, (who, slot) in enumerate(people.items())
        }
        heard.work(days)
    with days.on(18, 11):
        clerk = days.desk("thom")
        clerk.goto(f"/desk/reception/days/{day_id}")
        press(clerk.locator("main a[href$='/move']"))
        fill(clerk, on="2026-12-02")
        send(clerk)
        expect(clerk.locator("#reason-error"), "why is asked, and nothing has moved").to_be_visible()
        expect(clerk.locator("main [name=on]")).to_have_value("2026-12-02")
        fill(clerk, reason="Chủ tịch họp ở tỉnh ngày 30/11.")
        send(clerk)
        clerk.wait_for_url(re.compile(r"/days/\d+$"))
        assert not clerk.url.endswith(f"/days/{day_id}") and says(clerk, date(2026, 12, 2))
        for _round in range(2):
            heard.work(days)
    with days.on(19, 11):
        heard.work(days)
        for who, slot in people.items():
            _knows_the_new_day(days, who, slot, codes[who])


def _knows_the_new_day(days: Days, who: str, slot: str, code: str) -> None:
    words = open_booking(days.resident(), code)
    assert written(date(2026, 12, 2)).search(words) and slot in words and not written(MONDAY).search(words)
    [first, moved] = letters(days.town, f"{who}@example.vn")
    told = heard.text_of(moved)
    assert written(date(2026, 12, 2)).search(told) and slot in told and "Chủ tịch họp ở tỉnh" in told
    [before], [after] = (icalendar.Calendar.from_ical(heard.calendar_in(one)).walk("VEVENT") for one in (first, moved))
    assert after["UID"] == before["UID"] and after["SEQUENCE"] > before["SEQUENCE"]
    assert after.start.replace(tzinfo=None) == datetime.combine(date(2026, 12, 2), time.fromisoformat(slot))


def test_of_two_who_want_the_last_slot_the_second_is_told_and_keeps_what_was_typed(days: Days) -> None:
    with days.on(16, 11):
        day_id = heard.open_day(days.desk("thom"), MONDAY, "09:00", "09:30")
        first, second = days.resident(), days.resident()
        late = {**heard.SEN, "name": "Hà Văn Tú", "phone": "0912 000 018"}
        for page, who in ((first, heard.SEN), (second, late)):
            heard.to_book(page, day_id)
            heard.fill_booking(page, "09:00", **who)
        send(first)
        first.wait_for_url("**/reception/receipt")
        send(second)
        expect(second.locator("#slot-error")).to_be_visible()
        for name, value in late.items():
            expect(second.locator(f"main [name={name}]")).to_have_value(value)
        expect(second.locator("main [name=slot]")).to_be_disabled()
        assert [row.name for row in booked(days)] == ["Nông Thị Sen"]


def test_a_visit_is_booked_with_the_keyboard_alone(days: Days) -> None:
    with days.on(16, 11):
        heard.open_day(days.desk("thom"), MONDAY)
        page = days.visitors.read(days.visitors.page(), "/reception?commune=01447")
        tab_to(page, "main a[href*='/book']")
        page.keyboard.press("Enter")
        page.wait_for_url("**/book")
        tab_to(page, "[name=slot]")
        page.keyboard.press("Space")
        for name, value in heard.SEN.items():
            tab_to(page, f"main [name={name}]")
            page.keyboard.type(value)
        tab_to(page, "main [name=agree]")
        page.keyboard.press("Space")
        tab_to(page, "main form [type=submit]")
        page.keyboard.press("Enter")
        page.wait_for_url("**/reception/receipt")
        [visit] = booked(days)
        assert (visit.name, visit.slot, visit.subject) == ("Nông Thị Sen", time(8), heard.SUBJECT)
