"""The trend: every step says what its own page says, and so does the same step of the year before."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import pytest
from flask import Flask
from openpyxl import load_workbook

from app import clock
from app.extensions import writing
from app.reports import tree
from app.reports.answers import trend
from app.reports.answers.frame import Asked
from app.reports.answers.trend import COUNTED, steps
from app.reports.facts import recount
from app.reports.figures import Question
from app.reports.span import Span
from app.reports.steps import cut, usual_step, year_before
from app.rules.workflow import THE_SYSTEM
from tests.conftest import both_engines

from .bulk import NOW, plant
from .conftest import Province, people
from .test_pages import words

TODAY = date(2026, 11, 26)
YEAR = "from=2026-01-01&to=2026-12-31"


def days(first: str, last: str) -> Span:
    return Span(date.fromisoformat(first), date.fromisoformat(last))


@both_engines
@pytest.mark.parametrize(
    ("by", "span"),
    [
        ("day", days("2026-10-20", "2026-11-26")),
        ("month", days("2026-02-10", "2026-12-31")),
        ("year", days("2025-03-01", "2026-11-26")),
    ],
)
def test_every_step_and_its_year_before_are_what_their_own_pages_say(
    app: Flask, write: None, by: str, span: Span
) -> None:
    plant(700, seed=41, days=800)
    for code in ("04", "01447"):
        place = tree.place(code)
        asked = Asked(place, Question(span, by=by), NOW, None)  # type: ignore[arg-type]
        found, whole = steps(asked, by)
        assert whole is not None
        assert sum(step.summary.received for step in found) == whole.summary.received
        for step in [*found, whole]:
            for days_of, told in ((step.span, step.summary), (step.before, step.earlier)):
                if days_of is None or told is None:
                    continue
                own = recount(place.ids(True), Question(days_of), NOW)
                for name in (*COUNTED, "judged", "first_response"):
                    assert getattr(told, name) == getattr(own, name), (code, days_of, name)


def test_a_period_is_cut_at_its_ends_and_at_today() -> None:
    found = cut(days("2026-09-15", "2026-12-31"), "month", TODAY)
    assert found == [days("2026-09-15", "2026-09-30"), days("2026-10-01", "2026-10-31"),
                     days("2026-11-01", "2026-11-26")]  # fmt: skip
    assert cut(days("2027-01-01", "2027-01-31"), "day", TODAY) == []
    assert [usual_step(days("2026-11-01", last)) for last in ("2026-11-30", "2027-11-30", "2031-01-01")] == [
        "day", "month", "year"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("by", "step", "before"),
    [
        ("month", days("2025-02-01", "2025-02-28"), days("2024-02-01", "2024-02-29")),
        ("month", days("2024-02-01", "2024-02-29"), days("2023-02-01", "2023-02-28")),
        ("month", days("2026-11-01", "2026-11-26"), days("2025-11-01", "2025-11-26")),
        ("day", days("2025-02-28", "2025-02-28"), days("2024-02-28", "2024-02-28")),
        ("day", days("2024-02-29", "2024-02-29"), None),
        ("year", days("2026-01-01", "2026-12-31"), days("2025-01-01", "2025-12-31")),
    ],
)
def test_the_same_days_of_the_year_before(by: str, step: Span, before: Span | None) -> None:
    assert year_before(step, by) == before


def test_page_and_sheet_show_both_years_and_the_difference(app: Flask) -> None:
    with clock.fixed(NOW):
        with writing():
            province = Province(app, people())
            plant(900, seed=42, days=700)
        browser = province.browser("supervisor")
        page = browser.get(f"/statistics/04/trend?{YEAR}")
        body = browser.get(f"/statistics/04/trend.csv?{YEAR}").data.decode("utf-8-sig")
        sheet = list(csv.DictReader(io.StringIO(body), delimiter=";"))
        assert page.status_code == 200
        assert [row["Tháng"] for row in sheet][:2] == ["1/2026", "2/2026"]
        assert sheet[-1]["Tháng"] == "01/11 – 26/11/2026", "a month that is not over names its days"
        own = recount(tree.place("04").ids(True), Question(days("2026-09-01", "2026-09-30")), NOW)
        old = recount(tree.place("04").ids(True), Question(days("2025-09-01", "2025-09-30")), NOW)
        row = sheet[8]
        assert row["Mới nhận"] == str(own.received)
        assert row["Mới nhận, năm trước"] == str(old.received) != "0"
        assert row["Mới nhận, chênh lệch"] == str(own.received - old.received)
        assert [row["Đúng hạn: tử số"], row["Đúng hạn: mẫu số"]] == [str(own.on_time), str(own.judged)]
        said = words(page.text)
        assert f"{own.received} năm trước {old.received}" in said
        assert "figure=received&amp;from=2025-09-01&amp;to=2025-09-30" in page.text
        assert "/statistics/04?from=2026-09-01&amp;to=2026-09-30" in page.text, "each step links to its page"


def test_where_nothing_came_the_year_before_the_page_says_so_once(province: Province) -> None:
    page = province.browser("supervisor").get("/statistics/04/trend?from=2025-11-01&to=2026-09-30").text
    assert "chưa có gì để so" in page
    assert "năm trước 0" not in words(page)


def test_days_too_many_to_overlook_and_unknown_steps_are_refused_beside_the_field(province: Province) -> None:
    browser = province.browser("supervisor")
    many = browser.get("/statistics/04/trend?from=2024-01-01&to=2026-11-26&by=day")
    assert many.status_code == 422
    assert "Kỳ dài quá 366 ngày" in many.text
    assert browser.get("/statistics/04/trend?by=hour").status_code == 422
    assert browser.get("/statistics/04/trend.csv?by=hour").status_code == 400
    kept = browser.get("/statistics/04/trend?from=2026-11-01&to=2026-11-26&by=year").text
    assert re.search(r'href="/statistics/04/trend\?[^"]*by=year', kept), "other periods are cut the same way"
    elsewhere = browser.get("/statistics/04/channels?by=year").text
    assert not re.search(r'href="[^"]*/channels[^"]*by=year', elsewhere), "other views are not cut"


def test_a_period_without_cases_is_empty(province: Province) -> None:
    assert "Không có vụ việc nào trong kỳ này" in province.browser("supervisor").get(
        "/statistics/04/trend?from=2027-03-01&to=2027-03-31").text  # fmt: skip


@pytest.mark.parametrize("view", ["trend", "backlog", "due"])
def test_the_workbook_holds_every_sheet_and_explains_its_columns(province: Province, view: str) -> None:
    body = province.browser("supervisor").get(f"/statistics/04/{view}.xlsx?{YEAR}").data
    book = load_workbook(io.BytesIO(body), read_only=True)
    meanings = {row[1]: row[2] for row in book["Từ điển"].iter_rows(values_only=True) if row and row[1]}
    wanted = {"trend": "Mới nhận, năm trước", "backlog": "Vào trừ ra", "due": "Đến hạn trong 7 ngày"}[view]
    assert len(meanings[wanted]) > 40, "each figure comes with its sentence"
    assert len(book.sheetnames) >= 3


def test_two_threads_say_what_one_says(app: Flask, write: None, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(600, seed=77)
    asked = Asked(tree.place("04"), Question(days("2026-01-01", "2026-11-26")), NOW, THE_SYSTEM)
    alone = steps(asked, "month")
    monkeypatch.setattr(trend, "MANY", 0)
    assert steps(asked, "month") == alone and any(step.earlier and step.earlier.received for step in alone[0])
