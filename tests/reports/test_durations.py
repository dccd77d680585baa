"""How long it took, counted again slowly: every custody by hand, with the calendar's days walked one by one."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from app import clock
from app.cases.models import Custody
from app.extensions import db
from app.reports import tree
from app.reports.answers import durations
from app.reports.answers.frame import Answer, Asked
from app.reports.facts import COPIED, fact_of
from app.reports.figures import Question
from app.reports.span import Span
from app.rules.deadlines import Calendar
from app.rules.statistics import CustodyFact, formulas, spread
from app.rules.workflow import THE_SYSTEM, Kind
from app.units.calendar import law
from tests.conftest import both_engines

from .bulk import NOW, plant
from .conftest import QUARTER, Province

AUTUMN = Question(Span(date(2026, 8, 29), date(2026, 11, 26)))


def every_fact() -> list[CustodyFact]:
    """All custodies but denunciations, each with when its case began and how long it waited in all."""
    cases: dict[int, list[Any]] = defaultdict(list)
    columns = [getattr(Custody, name) for name in COPIED]
    statement = select(*columns, Custody.case_id).where(Custody.kind != Kind.DENUNCIATION).order_by(Custody.number)
    for row in db.session.execute(statement).mappings():
        cases[row["case_id"]].append({**row, "reopening_due_on": None})
    return [
        replace(fact_of(row), case_began_at=rows[0]["began_at"],
                case_waited_seconds=sum(max(one["waited_seconds"], 0) for one in rows))
        for rows in cases.values() for row in rows
    ]  # fmt: skip


def walked(since: date, until: date, calendar: Calendar) -> int:
    """Working days after the one up to and with the other."""
    return sum(calendar.is_working(since + timedelta(days=n)) for n in range(1, (until - since).days + 1))


def answer(question: Question) -> Answer:
    return durations.answer(Asked(tree.place("04"), question, NOW, THE_SYSTEM))


def hours_of(seconds: Sequence[int]) -> dict[int, int]:
    return dict(Counter(math.floor(took / 3600) for took in seconds))


@both_engines
def test_each_way_to_measure_is_what_a_slow_recount_says(app: Flask, write: None) -> None:
    plant(900, seed=51)
    calendar = law().calendar
    period = AUTUMN.span.period(NOW)
    facts = every_fact()
    responded = [c for c in facts if formulas.responded(c, period)]
    resolved = [c for c in facts if formulas.resolved(c, period)]
    concluded = [c for c in facts if formulas.concluded(c, period)]
    assert concluded and any(c.case_began_at != c.began_at for c in concluded), "some had been elsewhere before"
    slow = [
        [formulas.first_response_seconds(c) for c in responded], [formulas.elapsed_seconds(c) for c in resolved],
        [formulas.net_seconds(c) for c in resolved], [formulas.case_seconds(c) for c in concluded],
        [formulas.case_net_seconds(c) for c in concluded],
    ]  # fmt: skip
    with app.test_request_context():
        table, hours = answer(AUTUMN).sheets
    assert [row[1].value for row in table.rows] == [spread(seconds) for seconds in slow]
    for number, seconds in enumerate(slow, 1):
        assert {row[0].value: row[number].value for row in hours.rows if row[number].value} == hours_of(seconds)
    worked = [
        [walked(clock.day_of(since), clock.day_of(until), calendar) * 86400 for since, until in pairs]
        for pairs in (
            [(c.began_at, c.first_response_at) for c in responded if c.first_response_at],
            [(c.began_at, c.resolved_at) for c in resolved if c.resolved_at],
            [(c.case_began_at, c.resolved_at) for c in concluded if c.case_began_at and c.resolved_at],
        )
    ]
    assert [table.rows[n][2].value for n in (0, 1, 3)] == [spread(days) for days in worked]


def test_the_page_the_table_and_the_list_say_the_same_number(province: Province) -> None:
    browser = province.browser("supervisor")
    with province.app.test_request_context():
        count = answer(AUTUMN).sheets[0].rows[3][1].value.count  # type: ignore[union-attr]
    page = browser.get(f"/statistics/04/durations?{QUARTER}").text
    listed = browser.get(f"/statistics/04/cases?figure=concluded&{QUARTER}").text
    csv = browser.get(f"/statistics/04/durations.csv?{QUARTER}").text
    assert count > 50
    assert f">{count} việc</a>" in page
    assert f"{count} vụ việc" in listed
    assert csv.splitlines()[4].split(";")[1] == str(count)
