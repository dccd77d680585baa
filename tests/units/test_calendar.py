"""The working calendar: read by every official, decided on by the province, contradictions refused beside the field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.extensions import db, writing
from app.journal.models import Event
from app.refusals import Invalid
from app.rules.workflow import THE_SYSTEM, Action, Role
from app.units import actions
from app.units.calendar import law, shipped
from app.units.models import CalendarOverride
from app.units.months import months
from tests import factories
from tests.factories import MONDAY, sign_in

STORM = {"on": "2026-11-20", "kind": "off", "reason": "Bão số 13", "document": "1245/QĐ-UBND ngày 17/11/2026"}
TODAY = MONDAY.date()


@pytest.fixture(autouse=True)
def _on_monday() -> Iterator[None]:
    with clock.fixed(MONDAY):
        yield


def browser(app: Flask, role: Role, at: str) -> FlaskClient:
    with writing():
        official = factories.make_official(role, at)
        db.session.commit()
        return sign_in(app.test_client(), official)


@pytest.fixture
def admin(app: Flask) -> FlaskClient:
    return browser(app, Role.ADMINISTRATOR, "04")


def decided() -> list[date]:
    db.session.expire_all()
    return list(db.session.scalars(select(CalendarOverride.on).order_by(CalendarOverride.on)))


def beside(page: str, field: str) -> str:
    """What stands beside a field as its error."""
    found = re.search(rf'id="{field}-error"[^>]*>(.*?)</div>', page, re.S)
    return re.sub(r"<[^>]+>", "", found.group(1)) if found else ""


def test_a_decision_makes_a_day_off_and_its_removal_undoes_it(admin: FlaskClient) -> None:
    day = date(2026, 11, 20)
    assert law().calendar.is_working(day)
    assert admin.post("/admin/calendar", data=STORM).status_code == 303
    assert not law().calendar.is_working(day) and shipped().calendar.is_working(day)
    assert "Bão số 13" in admin.get("/admin/calendar?year=2026").text
    assert admin.post("/admin/calendar/2026-11-20/remove").status_code == 303
    db.session.expire_all()
    assert law().calendar.is_working(day)
    subjects = db.session.scalars(select(Event.subject).where(Event.action == Action.SETTING_CHANGED)).all()
    assert subjects == ["day:2026-11-20"] * 2
    assert admin.post("/admin/calendar/2026-11-20/remove").status_code == 404


REFUSED = [
    ({"on": ""}, "on", "Chưa ghi ngày."),
    ({"on": "hôm qua"}, "on", "Ngày này không có thật"),
    ({"kind": "maybe"}, "kind", ""),
    ({"reason": ""}, "reason", "Chưa ghi lý do."),
    ({"reason": "   "}, "reason", "Chưa ghi lý do."),
    ({"document": ""}, "document", "Chưa ghi số và ngày của quyết định."),
    ({"on": "2026-11-19", "kind": "work"}, "kind", "đã là ngày làm việc"),
    ({"on": "2026-08-22", "kind": "work"}, "on", "đã qua hơn 31 ngày"),
    ({"on": "2026-11-24", "kind": "off"}, "kind", "đã là ngày nghỉ"),
    ({"on": "2026-11-21", "kind": "off"}, "kind", "đã là ngày nghỉ"),
    ({"on": "2026-10-15"}, "on", "đã qua hơn 31 ngày"),
    ({"on": "2029-01-02"}, "on", "xa hơn hai năm"),
    ({"on": "2206-11-20"}, "on", "xa hơn hai năm"),
]


@pytest.mark.parametrize(("wrong", "field", "message"), REFUSED)
def test_a_decision_without_sense_is_refused_beside_its_field_and_keeps_what_was_typed(
    admin: FlaskClient, wrong: dict[str, str], field: str, message: str
) -> None:
    page = admin.post("/admin/calendar", data={**STORM, **wrong})
    assert page.status_code == 422
    assert message in beside(page.text, field)
    if field != "reason":
        assert 'value="Bão số 13"' in page.text
    assert decided() == []


def test_a_second_decision_on_the_same_day_is_refused(admin: FlaskClient) -> None:
    admin.post("/admin/calendar", data=STORM)
    page = admin.post("/admin/calendar", data={**STORM, "kind": "work"})
    assert page.status_code == 422 and "đã có quyết định riêng" in beside(page.text, "on")
    assert decided() == [date(2026, 11, 20)]


def test_a_holiday_may_be_worked_and_a_saturday_made_up(admin: FlaskClient) -> None:
    for on, kind in (("2026-11-24", "work"), ("2026-11-28", "work"), ("2026-11-27", "off")):
        assert admin.post("/admin/calendar", data={**STORM, "on": on, "kind": kind}).status_code == 303
    calendar = law().calendar
    assert [calendar.is_working(date(2026, 11, day)) for day in (24, 27, 28)] == [True, False, True]


def test_a_decision_signed_days_after_the_storm_may_still_be_entered_but_not_a_month_later(
    app: Flask, write: None
) -> None:
    late, too_late = date(2026, 10, 16), date(2026, 10, 15)
    assert TODAY - late == actions.LATEST == timedelta(days=31)
    actions.override_day(late, "off", "Lũ", "9/QĐ", THE_SYSTEM, MONDAY)
    with pytest.raises(Invalid, match="31 ngày"):
        actions.override_day(too_late, "off", "Lũ", "9/QĐ", THE_SYSTEM, MONDAY)
    with pytest.raises(Invalid, match="31 ngày"):
        actions.remove_override(late, THE_SYSTEM, MONDAY + timedelta(days=1))


@pytest.mark.parametrize(("reason", "document", "field"), [(" ", "9/QĐ", "reason"), ("Lũ", "", "document")])
def test_the_action_itself_asks_for_reason_and_document(
    app: Flask, write: None, reason: str, document: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        actions.override_day(date(2026, 11, 20), "off", reason, document, THE_SYSTEM, MONDAY)
    assert refused.value.field == field


def test_the_page_tells_how_many_running_dates_would_differ_and_by_which_command(admin: FlaskClient) -> None:
    with writing():
        case = factories.make_case()
        db.session.commit()
        due_on = case.due_on
    page = admin.post("/admin/calendar", data=STORM, follow_redirects=True).text
    assert re.search(r"\d+ hạn đang chạy sẽ khác đi nếu tính lại", page)
    assert "flask --app wsgi recompute-deadlines" in page
    db.session.expire_all()
    assert case.due_on == due_on
    far = admin.post("/admin/calendar", data={**STORM, "on": "2027-06-01"}, follow_redirects=True).text
    assert "Không hạn nào đang chạy bị khác đi." in far
    back = admin.post("/admin/calendar/2026-11-20/remove", follow_redirects=True).text
    assert "Không hạn nào đang chạy bị khác đi." in back


# --- reading it


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.RESIDENT, Role.SYSTEM)])
def test_every_official_reads_the_calendar_and_finds_no_form(app: Flask, role: Role) -> None:
    page = browser(app, role, "01447").get("/calendar")
    assert page.status_code == 200
    assert "Ngày Văn hóa Việt Nam" in page.text and 'name="reason"' not in page.text and "/remove" not in page.text


def test_nobody_reads_it_without_signing_in(client: FlaskClient) -> None:
    assert client.get("/calendar").status_code == 302


@pytest.mark.parametrize(("asked", "shown"), [("2027", "2027"), ("1", "2026"), ("9999", "2026"), ("x", "2026")])
def test_a_year_that_no_calendar_holds_shows_this_year(admin: FlaskClient, asked: str, shown: str) -> None:
    assert f"Các tháng của năm {shown}" in admin.get(f"/admin/calendar?year={asked}").text


WORKED = {
    # January: 22 weekdays but 1 and 2, and Saturday 10 is worked. February: 20 but Tết 16-20. April: 22 but 27, 30.
    # May: 21 but 1. August: 21 but 31, and Saturday 22 is worked. September: 22 but 1, 2. November: 21 but 24.
    2026: [21, 15, 22, 20, 20, 22, 23, 21, 20, 22, 20, 23],
}


@pytest.mark.parametrize(("year", "expected"), WORKED.items())
def test_the_working_days_of_each_month_are_those_counted_by_hand(app: Flask, year: int, expected: list[int]) -> None:
    assert [month.working for month in months(year, law().calendar, set(), "vi")] == expected


def test_every_kind_of_day_is_told_by_words_and_signs() -> None:
    from tests.rules.deadline_samples import VN

    (january, *_) = months(2026, VN, {date(2026, 1, 2)}, "en")
    cells = {cell.on.day: cell for week in january.weeks for cell in week if cell}
    assert len(cells) == 31 and january.weeks[0][:3] == [None] * 3
    assert [(cells[day].kind, cells[day].is_own) for day in (1, 2, 3, 5, 10)] == [
        ("holiday", False), ("holiday", True), ("weekend", False), ("work", False), ("made_up", False),
    ]  # fmt: skip
    assert cells[10].name == "Working day in exchange for 2 Jan"


def test_the_page_says_the_same_in_words_as_by_its_signs(admin: FlaskClient) -> None:
    page: Any = admin.get("/admin/calendar?year=2026").text
    november = page[page.index("Tháng 11/2026") : page.index("Tháng 12/2026")]
    assert ": 20 ngày làm việc" in november
    assert "nghỉ, Ngày Văn hóa Việt Nam" in november and november.count("nghỉ cuối tuần") == 9
    assert "làm bù, Làm bù cho ngày nghỉ 02/01" in page
