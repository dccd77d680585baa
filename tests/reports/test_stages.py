"""Where time is lost: columns count what the pure formulas say, and every number opens as many cases."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.cases.models import Custody
from app.extensions import db, writing
from app.journal.models import Event
from app.reports.answers import VIEWS
from app.reports.answers.frame import Asked
from app.reports.asked import Question
from app.reports.cells import keep, measures, table
from app.reports.cells.pack import SPENT, STATUSES, second
from app.reports.facts import COPIED, fact_of
from app.reports.span import Span
from app.reports.tree import place
from app.rules.statistics import Period
from app.rules.statistics.stages import TIMED, WAYS, Dwell, Passage, dwell
from app.units.models import Unit
from tests.conftest import both_engines

from .bulk import NOW, plant
from .conftest import QUARTER, Province, statements

SPANS = [Span(date(2026, 9, 1), date(2026, 9, 30)), Span(date(2026, 8, 29), date(2026, 11, 26)),
         Span(date(2025, 1, 1), date(2026, 12, 31)), Span(date(2027, 1, 1), date(2027, 1, 31))]  # fmt: skip


def ways() -> dict[int, Passage]:
    """Every custody's way, slowly: from its row and the events of its case, by the pure formulas."""
    marks: dict[tuple[int, int], list[tuple[int, str]]] = defaultdict(list)
    at: dict[int, tuple[int, int]] = {}
    for e in db.session.execute(select(Event.case_id, Event.at, Event.unit_id, Event.status).order_by(Event.seq)):
        unit, number = at.get(e.case_id, (e.unit_id, 1))
        at[e.case_id] = (e.unit_id, number + (unit != e.unit_id))
        marks[e.case_id, at[e.case_id][1]].append((second(e.at), e.status))
    found, units = {}, defaultdict(list)
    for c in db.session.scalars(select(Custody).order_by(Custody.case_id, Custody.number)):
        row = {name: getattr(c, name) for name in COPIED} | {"reopening_due_on": None}
        before = units[c.case_id]
        found[c.id] = Passage(
            fact_of(row), dwell(second(c.began_at), second(c.ended_at), marks[c.case_id, c.number]), c.number,
            before[-1] if before else 0, c.unit_id in before and not c.is_reopening,
        )  # fmt: skip
        before.append(c.unit_id)
    return found


def test_time_in_a_status_runs_from_the_event_that_brings_it_to_the_one_that_ends_it() -> None:
    marks = [(105, "received"), (110, "assigned"), (115, "assigned"), (150, "waiting"), (170, "assigned")]
    left = dwell(100, 190, marks)
    assert (left.status, left.since) == ("assigned", 170)
    assert {name: n for name, n in left.spent.items() if n} == {"received": 10, "assigned": 60, "waiting": 20}
    assert left.stood == {"received", "assigned", "waiting"}
    assert dwell(100, 0, marks).spent["assigned"] == 40, "what still runs is not in it"
    assert dwell(100, 0, []) == Dwell(spent=dict.fromkeys(map(str, TIMED), 0))
    assert dwell(100, 160, marks).spent["assigned"] == 40, "an end before the last event counts nothing backwards"


@both_engines
def test_columns_count_each_way_as_the_pure_formulas_do(app: Flask, write: None) -> None:
    plant(500, seed=31)
    slow = ways()
    units = dict.fromkeys(db.session.scalars(select(Unit.id)), 0)
    facts = measures.chosen(table.current(), units, 1)
    for n, number in enumerate(facts["id"].tolist()):
        way = slow[number]
        assert (STATUSES[facts["status"][n]], facts["since"][n]) == (way.dwell.status, way.dwell.since)
        assert [facts[name][n] for name in SPENT] == list(way.dwell.spent.values())
        assert (facts["number"][n], facts["from_unit_id"][n]) == (way.number, way.from_unit_id)
        assert bool(facts["came_back"][n]) == way.came_back
    for span in SPANS:
        period: Period = span.period(NOW)
        measured = measures.Measures(facts, period)
        for name, counts in WAYS.items():
            true = {number for number, way in slow.items() if counts(way, period)}
            assert set(measured.facts["id"][measured.mask(name)].tolist()) == true, (span, name)


@both_engines
def test_a_count_that_comes_later_says_the_same_as_a_full_one(app: Flask, write: None) -> None:
    plant(200, seed=32)
    keys = {keep.Key(u, keep.month_of(at)) for u, at in db.session.execute(select(Custody.unit_id, Custody.began_at))}
    later = keep.counted(keys)
    for unit_id in db.session.scalars(select(Unit.id)):
        for key, facts, _number in keep.of_unit(unit_id):
            assert later.pop(key) == facts
    assert not later


def test_a_large_unit_is_counted_in_stretches_of_whole_months(app: Flask, write: None) -> None:
    plant(300, seed=33)
    whole = {unit_id: list(keep.of_unit(unit_id)) for unit_id in db.session.scalars(select(Unit.id))}
    before, keep.AT_ONCE = keep.AT_ONCE, 7
    try:
        assert {unit_id: list(keep.of_unit(unit_id)) for unit_id in whole} == whole
    finally:
        keep.AT_ONCE = before


def test_cells_of_another_format_are_never_read(app: Flask) -> None:
    with clock.fixed(NOW):
        with writing():
            plant(50, seed=34)
            db.session.execute(keep.CellsHead.__table__.update().values(format=1))
            db.session.execute(keep.Cell.__table__.update().values(facts=b"old"))
            db.session.commit()
        table.forget()
        assert len(table.current()) == db.session.query(Custody).count(), "counted for the page"
        with writing():
            while keep.catch_up():
                pass
            db.session.commit()
        assert len(table.current()) == db.session.query(Custody).count()


def test_every_number_of_the_page_opens_as_many_cases(province: Province) -> None:
    browser = province.browser("supervisor")
    view = next(view for view in VIEWS if view.code == "time")
    for code in ("04", "01447"):
        assert browser.get(f"/statistics/{code}/time?{QUARTER}").status_code == 200
        with province.app.test_request_context():
            asked = Asked(place(code), Question(Span(date(2026, 8, 29), date(2026, 11, 26))), NOW,
                          province.actor("supervisor"))  # fmt: skip
            sheets = view.answer(asked).sheets
        counts = {cell.href: cell.value for sheet in sheets for row in sheet.rows for cell in row
                  if cell.href and isinstance(cell.value, int)}  # fmt: skip
        assert len(counts) > 20 or code != "04"
        for href, number in counts.items():
            page = browser.get(href).text
            total = re.search(r"(\d[\d.]*) vụ việc", page)
            assert total is not None and int(total.group(1).replace(".", "")) == number, href


def test_the_page_asks_few_questions_and_has_its_downloads(province: Province) -> None:
    browser = province.browser("supervisor")
    browser.get(f"/statistics/04/time?{QUARTER}")
    with statements() as sent:
        assert browser.get(f"/statistics/04/time?{QUARTER}").status_code == 200
    assert len(sent) <= 10
    assert browser.get(f"/statistics/04/time.xlsx?{QUARTER}").status_code == 200
    for sheet in ("funnel", "dwell", "stays", "pairs", "standing"):
        assert browser.get(f"/statistics/04/time.csv?{QUARTER}&sheet={sheet}").status_code == 200


@pytest.mark.parametrize("source", ["nowhere", "04%27"])
def test_cases_from_a_unit_that_is_none_are_not_there(province: Province, source: str) -> None:
    assert province.browser("supervisor").get(f"/statistics/04/cases?figure=moved&source={source}").status_code == 404
