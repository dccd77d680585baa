"""Reopening: how many, how soon, how long the second answer took, and who had to say it more than once."""

from __future__ import annotations

from collections import Counter

from flask import Flask

from app.reports.answers.reopened import LAST, REOPENED
from app.reports.asked import Question
from app.reports.span import Span
from app.rules.statistics import MEASURES, Share, judgement, spread
from app.words import OUTCOMES
from tests.conftest import both_engines

from .bulk import NOW, plant
from .conftest import Province
from .plain import QUARTER, Stay, answered, column, count, hrefs, sheet_of, stays, values
from .test_pages import words

YEAR = Span(NOW.date().replace(month=1, day=1), NOW.date())


def row_of(mine: list[Stay], p: object) -> tuple[object, ...]:
    """One row of the tables, by hand."""
    again = [s for s in mine if MEASURES["reopened"](s.fact, p)]  # type: ignore[arg-type]
    done = [s for s in mine if judgement.answered_again(s.fact, p)]  # type: ignore[arg-type]
    return (
        Share(len(again), count(mine, MEASURES["answered"], p)),  # type: ignore[arg-type]
        spread(judgement.reopening_seconds(s.fact) for s in again),
        Share(len(done), len(again)), spread(judgement.second_answer_seconds(s.fact) for s in done),
    )  # fmt: skip


@both_engines
def test_all_units_subjects_and_outcomes_are_a_recount(app: Flask, write: None) -> None:
    plant(600, seed=61)
    asked, answer = answered(app, REOPENED, Question(YEAR))
    whole = sheet_of(answer, "all").rows[0]
    assert tuple(cell.value for cell in whole[1:]) == row_of(stays(), asked.period)
    for node in asked.place.nodes:
        name = node.short_vi if node.parent_id else f"{node.short_vi} trực tiếp giải quyết"
        mine = [s for s in stays() if s.fact.unit_id == node.id]
        row = next(row for row in sheet_of(answer, "units").rows if row[0].value == name)
        assert tuple(cell.value for cell in row[1:]) == row_of(mine, asked.period), name
    for row in sheet_of(answer, "outcomes").rows:
        mine = [s for s in stays() if str(OUTCOMES.get(s.fact.outcome, "không ghi kết quả")) == row[0].value]  # type: ignore[call-overload]
        assert tuple(cell.value for cell in row[1:]) == row_of(mine, asked.period), row[0].value
    parts = [cell.value for cell in column(sheet_of(answer, "subjects"), "reopened")]
    assert sum(s.part for s in parts) == whole[1].value.part  # type: ignore[union-attr]


@both_engines
def test_the_bars_are_whole_days_until_it_was_reopened(app: Flask, write: None) -> None:
    plant(600, seed=62)
    asked, answer = answered(app, REOPENED, Question(YEAR))
    again = [s for s in stays() if MEASURES["reopened"](s.fact, asked.period)]
    bars = Counter(min(judgement.reopening_seconds(s.fact) // 86400, LAST + 1) for s in again)
    assert list(values(sheet_of(answer, "days"), "count").values()) == [bars[n] for n in range(LAST + 2)]
    assert sum(bars.values()) == len(again) > 20


@both_engines
def test_those_reopened_more_than_once_are_named_the_most_often_first(app: Flask, write: None) -> None:
    plant(600, seed=63)
    asked, answer = answered(app, REOPENED, Question(YEAR))
    twice = [s for s in stays() if MEASURES["reopened"](s.fact, asked.period) and s.reopened_count >= 2]
    sheet = sheet_of(answer, "again")
    times = [cell.value for cell in column(sheet, "times")]
    assert sorted(times, reverse=True) == times  # type: ignore[type-var]
    assert Counter(times) == Counter(s.reopened_count for s in twice)
    assert all(row[0].href for row in sheet.rows), "the supervisor of the province sees them all"


def test_every_count_and_fraction_opens_its_cases(province: Province, app: Flask) -> None:
    _asked, answer = answered(app, REOPENED, Question(QUARTER))
    browser = province.browser("supervisor")
    for sheet in (sheet_of(answer, "units"), sheet_of(answer, "subjects")):
        for row in sheet.rows[:4]:
            share, spread_of = row[1], row[2]
            assert f"{share.value.whole} vụ việc ·" in words(browser.get(share.href).text)  # type: ignore[union-attr]
            if spread_of.value.count:  # type: ignore[union-attr]
                page = words(browser.get(spread_of.href).text)
                assert f"{spread_of.value.count} vụ việc ·" in page  # type: ignore[union-attr]
    assert hrefs(answer) == []


def test_a_case_out_of_sight_is_counted_without_its_number(app: Flask, write: None) -> None:
    plant(1500, seed=64)
    _asked, answer = answered(app, REOPENED, Question(YEAR), code="01447")
    rows = sheet_of(answer, "again").rows
    hidden = [row for row in rows if not row[0].href]
    assert hidden
    assert len(hidden) < len(rows)
    assert {row[0].value for row in hidden} == {"Việc ngoài phạm vi được xem"}
    assert all(str(row[0].value).startswith("PA-2026-") for row in rows if row[0].href)


def test_a_period_without_answers_says_why_it_is_empty(province: Province) -> None:
    page = province.browser("supervisor").get("/statistics/04/reopened?from=2020-01-01&to=2020-02-01")
    assert "Không có vụ việc nào trong kỳ này." in words(page.text)
