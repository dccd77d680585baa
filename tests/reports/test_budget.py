"""Few statements whatever the number of rows, and no walk through a whole table of cases, on both engines."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import clock
from app.cases.models import Custody
from app.extensions import db, writing
from tests.conftest import both_engines

from .bulk import NOW, plant
from .conftest import Province, people, statements

MOST = 13
"""Statements on a page."""
MONTH = "from=2026-10-01&to=2026-10-31"
NOW_TOO = "from=2026-11-01&to=2026-11-30"
PAGES = [
    ("supervisor", f"/statistics/04?{MONTH}"),
    ("head", f"/statistics/01447?{MONTH}"),
    ("head", f"/statistics/01447?{MONTH}&kind=complaint&below=0"),
    ("supervisor", f"/statistics/04/cases?figure=judged&{MONTH}"),
    ("supervisor", f"/statistics/04/cases?figure=overdue&{MONTH}"),
    ("head", f"/statistics/01447/cases?figure=received&{MONTH}"),
    ("head", f"/statistics/01447/cases?figure=judged_finish&category=roads&{MONTH}"),
    ("head", f"/statistics/01447/cases?figure=satisfied&{MONTH}"),
    ("head", f"/statistics/01447/cases?figure=resolved&{MONTH}"),
    ("supervisor", f"/statistics/04/cases?figure=reason_late&{MONTH}"),
    ("supervisor", f"/statistics/04/subjects?{MONTH}"),
    ("supervisor", f"/statistics/04/places?{MONTH}&show=on_time"),
    ("supervisor", f"/statistics/04/satisfaction?{MONTH}"),
    ("supervisor", f"/statistics/04/satisfaction?{MONTH}&category=roads"),
    ("supervisor", f"/statistics/04/reopened?{MONTH}"),
    ("head", f"/statistics/01447/workload?{MONTH}"),
    ("supervisor", f"/statistics/04/trend?{MONTH}&by=day"),
    ("supervisor", f"/statistics/04/backlog?{MONTH}"),
    ("supervisor", f"/statistics/04/due?{NOW_TOO}"),
    ("supervisor", f"/statistics/04/cases?figure=waiting&{NOW_TOO}"),
    ("head", f"/statistics/01447/cases?figure=open_31_60_overdue&{MONTH}"),
]


def asked(province: Province, who: str, address: str) -> list[tuple[str, Any]]:
    """The statements of one page."""
    browser = province.browser(who)
    with statements() as sent:
        assert browser.get(address).status_code == 200
    return sent


@both_engines
def test_a_page_asks_few_questions_whatever_the_number_of_cases(app: Flask) -> None:
    with clock.fixed(NOW):
        with writing():
            province = Province(app, people())
            plant(600, seed=21)
        asked(province, *PAGES[0])  # the first page of a process reads the cells
        few = [len(asked(province, *page)) for page in PAGES]
        with writing():
            plant(1500, seed=22, first=1000)
        asked(province, *PAGES[0])
        many = [len(asked(province, *page)) for page in PAGES]
        sheet = len(asked(province, "supervisor", f"/statistics/04.csv?{MONTH}"))
    assert few == many
    assert max(many) <= MOST, dict(zip(PAGES, many, strict=True))
    assert sheet <= MOST + 3, "the event in the journal is written besides"


def walks(statement: str, parameters: Any) -> list[str]:
    """Steps of the plan that read a whole table of cases, or a unit's rows by a moment that most of them lack."""
    is_postgresql = db.engine.dialect.name == "postgresql"
    connection = db.session.connection()
    plan = connection.exec_driver_sql(("EXPLAIN " if is_postgresql else "EXPLAIN QUERY PLAN ") + statement, parameters)
    lines = [str(row[-1]) for row in plan]
    starts = ("Seq Scan on custody", "Seq Scan on petition_case", "Seq Scan on rating", "SCAN custody",
              "SCAN petition_case", "SCAN rating")  # fmt: skip
    lacking = ("ended_at=?", "finished_at=?", "resolved_at=?", "rated_at=?")
    return [line for line in lines if "handler" not in line and any(part in line for part in (*starts, *lacking))]


@both_engines
def test_no_page_walks_through_all_cases(app: Flask) -> None:
    with clock.fixed(NOW):
        with writing():
            province = Province(app, people())
            plant(4200, seed=23, days=2400)
        assert (db.session.scalar(select(func.count()).select_from(Custody)) or 0) >= 5000
        for who, address in PAGES:
            for statement, parameters in asked(province, who, address):
                if statement.startswith(("SELECT", "WITH")):
                    assert walks(statement, parameters) == [], (address, statement)


@pytest.mark.parametrize("page", [1, 2])
def test_a_page_of_a_list_is_25_rows(province: Province, page: int) -> None:
    answer = province.browser("supervisor").get(
        f"/statistics/04/cases?figure=received&from=2026-01-01&to=2026-11-26&page={page}"
    )
    assert answer.text.count('<tr role="row">') == 26, "25 and the head"
