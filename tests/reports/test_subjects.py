"""Subjects: each row is its own recount, opens exactly its cases, and is held against the same days of last year."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Flask

from app import clock
from app.extensions import db
from app.reports.answers.subjects import SUBJECTS
from app.reports.asked import Question
from app.reports.cells.measures import Measures
from app.reports.span import Span
from app.rules.statistics import summarise
from app.rules.statistics.formulas import received
from app.units.models import Category
from tests.conftest import both_engines

from .bulk import NOW, plant
from .conftest import Province
from .plain import QUARTER, answered, column, count, hrefs, sheet_of, stays, values
from .test_pages import words

YEAR = Span(date(2026, 1, 1), date(2026, 12, 31))


def ids_under(code: str) -> set[int]:
    found = db.session.query(Category).all()
    top = next(c for c in found if c.code == code)
    return {top.id, *(c.id for c in found if c.parent_id == top.id)}


@both_engines
def test_each_subject_says_what_a_recount_says(app: Flask, write: None) -> None:
    plant(500, seed=31)
    asked, answer = answered(app, SUBJECTS, Question(QUARTER))
    sheet = sheet_of(answer, "subjects")
    for code, name in (("roads", "Giao thông, hạ tầng"), ("land", "Đất đai, nhà cửa"), ("health", "Y tế")):
        mine = [s.fact for s in stays() if s.category_id in ids_under(code)]
        whole = summarise(mine, asked.period)
        for column_code in ("received", "finished", "open", "overdue"):
            assert values(sheet, column_code)[name] == getattr(whole, column_code), (code, column_code)
        assert values(sheet, "on_time")[name] == whole.on_time_share
        assert values(sheet, "first_response")[name] == whole.first_response
        assert values(sheet, "reopened")[name] == whole.reopened_share
    assert sum(c.value for c in column(sheet, "received")) == count(stays(), received, asked.period)  # type: ignore[misc]


def test_a_top_subject_opens_those_below_it(app: Flask, write: None) -> None:
    plant(300, seed=32)
    _asked, answer = answered(app, SUBJECTS, Question(QUARTER, category="roads"))
    names = [row[0].value for row in sheet_of(answer, "subjects").rows]
    assert set(names) == {"Đường giao thông nông thôn", "Chiếu sáng"}
    _asked, whole = answered(app, SUBJECTS, Question(QUARTER))
    links = {row[0].value: row[0].href for row in sheet_of(whole, "subjects").rows}
    assert "subjects" in links["Giao thông, hạ tầng"]
    assert "category=roads" in links["Giao thông, hạ tầng"]
    assert sum(values(sheet_of(answer, "subjects"), "received").values()) == values(
        sheet_of(whole, "subjects"), "received")["Giao thông, hạ tầng"]  # fmt: skip


@both_engines
def test_growth_compares_the_days_that_are_over_with_the_same_days_of_last_year(app: Flask, write: None) -> None:
    plant(600, seed=33, days=800)
    yesterday = date(2026, 11, 25)
    for span in (QUARTER, YEAR, Span(date(2026, 3, 1), date(2026, 3, 31)), Span(yesterday, yesterday)):
        _asked, answer = answered(app, SUBJECTS, Question(span))
        sheet, last = sheet_of(answer, "growth"), min(span.last, yesterday)
        for code, years in (("days_now", 0), ("days_before", 1)):
            start = clock.start_of(span.first.replace(year=span.first.year - years))
            end = clock.start_of(last.replace(year=last.year - years) + timedelta(days=1))
            found = sum(start <= s.fact.began_at < end for s in stays())
            assert sum(values(sheet, code).values()) == found, (span, code)
        more = list(values(sheet, "more").values())
        now, before = values(sheet, "days_now").values(), values(sheet, "days_before").values()
        assert more == [n - b for n, b in zip(now, before, strict=True)]
        assert more == sorted(more, reverse=True)


def test_of_today_alone_nothing_is_compared(app: Flask, write: None) -> None:
    plant(300, seed=36)
    _asked, answer = answered(app, SUBJECTS, Question(Span(NOW.date(), NOW.date())))
    assert sheet_of(answer, "growth").is_empty


def test_a_percentage_stands_only_where_last_year_had_enough(app: Flask, write: None) -> None:
    plant(300, seed=34, days=800)
    asked, answer = answered(app, SUBJECTS, Question(YEAR))
    sheet = sheet_of(answer, "growth")
    for (name, before), percent in zip(
        values(sheet, "days_before").items(), values(sheet, "more_percent").values(), strict=True
    ):
        assert (percent is None) == (before < asked.minimum), name


def test_the_29th_of_february_is_compared_with_the_28th() -> None:
    assert Span(date(2024, 2, 29), date(2024, 3, 1)).year_before() == Span(date(2023, 2, 28), date(2023, 3, 1))


def test_every_count_opens_exactly_its_cases(province: Province, app: Flask) -> None:
    _asked, answer = answered(app, SUBJECTS, Question(QUARTER))
    browser, found = province.browser("supervisor"), hrefs(answer)
    assert len(found) > 15
    for number, href in found:
        if number:
            assert f"{number} vụ việc ·" in words(browser.get(href).text), href


def test_the_page_says_in_words_what_it_draws(province: Province) -> None:
    page = province.browser("supervisor").get("/statistics/04/subjects?from=2026-09-01&to=2026-11-26").text
    assert "Giao thông, hạ tầng" in words(page)
    assert "Mới nhận theo lĩnh vực" in words(page)
    empty = province.browser("supervisor").get("/statistics/04/subjects?from=2020-01-01&to=2020-01-31")
    assert "Không có vụ việc nào trong kỳ này." in words(empty.text)


def test_facts_of_no_subject_are_counted_nowhere(app: Flask, write: None) -> None:
    plant(100, seed=35)
    asked, answer = answered(app, SUBJECTS, Question(QUARTER, category="unknown"))
    assert len(Measures(asked.facts, asked.period).facts) == 0
    assert answer.is_empty
