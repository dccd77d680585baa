"""Who may unfold which clock, and how one that stands still is shown to official and resident."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import clock
from app.accounts.models import Official
from app.cases import actions, queries
from app.cases.due import clock_shown, due_row
from app.cases.models import Case
from app.cases.unfold import for_resident
from app.extensions import db, writing
from app.rules.workflow import Kind, Role
from app.units.calendar import law
from tests.factories import (
    MONDAY,
    accept,
    actor,
    assign,
    issue,
    make_case,
    make_denunciation,
    make_official,
    open_case,
    registered,
    sign_in,
    staff,
)

WHY = "Chờ kết quả đo đạc của cơ quan chuyên môn"
FRIDAY = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _on_friday() -> Iterator[None]:
    with clock.fixed(FRIDAY):
        yield


def suspended() -> tuple[Case, Official]:
    """A complaint accepted on Monday 16/11 and suspended from Wednesday 18/11."""
    with writing():
        clerk, officer, head = staff()
        case = make_case(Kind.COMPLAINT, category_code="land.dispute")
        actions.register(case, date(2026, 11, 16), actor(clerk), MONDAY)
        assign(case, officer, head)
        accept(case, head)
        issue(case, "suspension_decision", head, FRIDAY, {"reason": WHY}, on="2026-11-18")
        db.session.commit()
    return case, head


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def unfolding(page: str) -> list[str]:
    """The clocks that can be unfolded on a page, by name."""
    return re.findall(r'data-clock="([^"]+)"', page)


def test_a_clock_that_stands_still_says_so_and_since_when_in_a_row(app: Flask) -> None:
    case, _head = suspended()
    with app.test_request_context():
        row = due_row(case, clock_shown(case, queries.deadlines_of(case)), law().calendar, FRIDAY.date())
    assert (row["tone"], row["word"], row["date"]) == ("pause", "Tạm dừng", "từ 18/11")
    # 17/11 had been counted; 29 of the 30 days remain.
    assert (row["done"], row["left"], row["over"]) == (1, 29, 0)


def test_the_official_unfolds_every_clock_and_reads_since_when_and_why_it_stands(app: Flask) -> None:
    case, head = suspended()
    page = sign_in(app.test_client(), head).get(f"/desk/cases/{case.reference}").text
    assert {"Giải quyết lần đầu", "Quyết định thụ lý", "Xử lý đơn"} <= set(unfolding(page))
    told = words(page)
    assert f"{WHY}. Thời gian này không tính vào hạn." in told
    assert f"từ 18/11/2026 đến nay; thời gian này không tính vào hạn: {WHY}" in told
    assert "Hạn trước khi tạm dừng thứ Tư, 16/12/2026" in told
    assert "Điều 28" in told and "(complaint1.settle)" in told
    assert 'href="/calendar"' in page


def test_the_resident_unfolds_the_clock_that_ends_the_case_and_never_the_houses_own(
    app: Flask, client: FlaskClient
) -> None:
    case, _head = suspended()
    page = open_case(client, case).get("/follow/case").text
    assert unfolding(page) == ["Giải quyết lần đầu"]
    assert "Tạm dừng" in page and WHY in page and "từ 18/11" in page


def test_before_the_closing_clock_the_resident_unfolds_the_one_shown(app: Flask, client: FlaskClient) -> None:
    with writing():
        clerk, _officer, _head = staff()
        case = make_case(Kind.COMPLAINT, category_code="land.dispute")
        actions.register(case, date(2026, 11, 16), actor(clerk), MONDAY)
        db.session.commit()
    assert [row.stage for row in for_resident(case, queries.deadlines_of(case))] == [case.due_stage]
    assert len(unfolding(open_case(client, case).get("/follow/case").text)) == 1


def test_holidays_are_named_in_the_readers_language(app: Flask, client: FlaskClient) -> None:
    with writing():
        case = make_case(now=FRIDAY)
        case.language = "en"
        db.session.commit()
    visitor = open_case(client, case)
    assert "24/11/2026: Ngày Văn hóa Việt Nam" in words(visitor.get("/follow/case").text)
    with visitor.session_transaction() as session:
        session["language"] = "en"
    assert "24 Nov 2026: Vietnam Culture Day" in words(visitor.get("/follow/case").text)


def test_of_a_denunciation_nobody_outside_unfolds_anything(app: Flask, write: None) -> None:
    case = make_denunciation()
    registered(case, make_official(Role.REGISTRAR, "04"))
    clocks = queries.deadlines_of(case)
    assert clocks and for_resident(case, clocks) == []
