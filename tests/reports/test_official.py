"""The official forms: counted from random cases and from real verbs, their sums checked, nothing sealed in them."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
from sqlalchemy import select

from app.cases.models import Case, Custody
from app.extensions import db, writing
from app.journal.models import Event
from app.reports import tree
from app.reports.facts import COPIED, fact_of
from app.reports.official import show
from app.reports.official.check import broken as check_of
from app.reports.official.count import Sheet, fill
from app.reports.official.facts import SORTING
from app.reports.official.layout import layout_of
from app.reports.official.rates import rates_of
from app.reports.span import Span
from app.rules.statistics import Share, formulas
from app.rules.statistics.windows import Window, window_of
from app.rules.workflow import Action, Kind, Outcome
from app.units.models import Setting
from tests.conftest import both_engines

from .bulk import NOW
from .conftest import Province, statements

WINDOWS = ("q1", "q2", "q3", "q4", "h1", "m9", "year")


def window(code: str = "m9", year: int = 2026) -> Window:
    found = window_of(year, code)
    assert found is not None
    return found


def sheet(slug: str, actor: Any, code: str = "04", at: Window | None = None) -> Sheet:
    at = at or window()
    layout = layout_of(slug, at.last)
    assert layout is not None
    return fill(layout, tree.place(code), at, actor, NOW)


@both_engines
@pytest.mark.parametrize("slug", ["01-xld", "03-kqgq", "01-tcd"])
def test_the_sums_printed_on_a_form_hold_in_every_window(province: Province, slug: str) -> None:
    for code in WINDOWS:
        for who, unit in (("inspector", "04"), ("supervisor", "04"), ("head", "01447")):
            found = sheet(slug, province.actor(who), unit, window(code))
            assert not found.broken, (slug, code, who, found.broken)
            assert found.rows


def slowly(at: Window, unit_ids: set[int]) -> dict[int, int]:
    """Columns of 01/XLD of some units, counted one by one from the custodies in plain sentences."""
    period = Span(at.first, at.last).period(NOW)
    start, end = period.start, period.end
    found = dict.fromkeys(range(1, 27), 0)
    cases = {case.id: case for case in db.session.scalars(select(Case))}
    work: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for row in db.session.execute(select(Event.case_id, Event.unit_id, Event.at).where(Event.action.in_(SORTING))):
        work[row.case_id, row.unit_id].append(row.at)
    for stay in db.session.scalars(select(Custody).where(Custody.unit_id.in_(unit_ids))):
        came = start <= stay.began_at < end
        left = stay.ended_at is not None and stay.ended_at < start
        closed = stay.finished_at is not None and stay.finished_at < start
        if closed and stay.reopened_at and stay.reopened_at < start:
            closed = stay.resolved_at is not None and stay.resolved_at < start
        if not came and (stay.began_at >= end or left or closed):
            continue
        found[1] += 1
        found[5 if came else 2] += 1
        moment = stay.finished_at
        if moment is None or moment < start:
            moment = stay.resolved_at
        is_done = moment is not None and moment < end
        gone = not is_done and stay.ended_at is not None and stay.ended_at < end
        sorted_ = is_done or gone or (stay.first_response_at is not None and stay.first_response_at < end)
        sorted_ = sorted_ or any(stay.began_at <= at < end for at in work[stay.case_id, stay.unit_id])
        if not sorted_:
            continue
        found[8] += 1
        outcome = stay.outcome if is_done else ""
        if outcome in (Outcome.NOT_ACCEPTED, Outcome.DUPLICATE):
            continue  # planted duplicates go along with no case: they stay duplicates
        kind = cases[stay.case_id].kind
        found[9] += 1
        found[10] += 1
        found[{"complaint": 11, "feedback": 13}[kind]] += 1
        if gone or outcome == Outcome.NOT_COMPETENT:
            found[17] += 1
            found[22] += 1
            found[24 if gone else 23] += 1
            continue
        found[18] += 1
        found[{"complaint": 19, "feedback": 21}[kind]] += 1
        found[(15 if stay.is_reopening else 14) if is_done else 16] += 1
    return found


@both_engines
def test_the_columns_are_what_a_slow_recount_finds(province: Province) -> None:
    place = tree.place("04")
    for code in WINDOWS:
        found = sheet("01-xld", province.actor("supervisor"), "04", window(code))
        expected = slowly(window(code), {node.id for node in place.nodes})
        assert {n: value or 0 for n, value in found.total.values.items()} == expected, code
        for row in found.rows:
            ids = {row.node.id} if row.is_own else {n.id for n in place.nodes if row.node.holds(n)}
            assert {n: value or 0 for n, value in row.values.items()} == slowly(window(code), ids), row.node.code


def test_every_cell_opens_as_many_petitions_as_it_says(province: Province) -> None:
    actor, browser = province.actor("supervisor"), province.browser("supervisor")
    found = sheet("01-xld", actor)
    for column in found.layout.columns:
        if column.is_counted:
            page = browser.get(f"/statistics/04/forms/01-xld/cases?year=2026&window=m9&column={column.number}").text
            whole = (found.total.values[column.number] or 0) + sum(found.total.values[n] or 0 for n in column.less)
            assert f"{whole} đơn ·" in page, column.number
    row = next(row for row in found.rows if row.node.code == "01447")
    page = browser.get("/statistics/04/forms/01-xld/cases?year=2026&window=m9&column=9&row=01447").text
    assert f"{row.values[9]} đơn · " in page
    assert "Nông Thị Kín" not in page


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("forms?year=2026&window=q5", 422), ("forms?year=1800", 422), ("forms?year=nhiều", 422), ("forms/02-xld", 404),
        ("forms/01-xld?year=99999", 422), ("forms/01-xld?window=%00", 422), ("forms/01-xld.xlsx?window=q9", 400),
        ("forms/01-xld.pdf?year=2098", 400), ("forms/01-xld?year=2098", 200), ("forms/01-xld/cases?column=99", 404),
        ("forms/01-xld/cases?column=3", 404), ("forms/01-tcd/cases?column=1", 404), ("forms/x.pdf", 404),
        ("forms/01-xld/cases?row=nowhere", 404), ("report-letter.docx?year=2098", 400),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_answered_plainly(province: Province, url: str, status: int) -> None:
    answer = province.browser("supervisor").get(f"/statistics/04/{url}")
    assert answer.status_code == status
    if "2098" in url and status == 200:
        assert "Kỳ này chưa bắt đầu." in answer.text


def test_a_window_without_cases_says_why(province: Province) -> None:
    page = province.browser("supervisor").get("/statistics/04/forms/01-xld?year=2019&window=year").text
    assert "Từ ngày 15/12/2018 đến hết 14/12/2019 không có đơn nào đến" in page
    assert "<table" in page, "the noughts are shown too"


def test_an_administrators_window_is_the_pages(province: Province) -> None:
    with writing():
        db.session.add_all([Setting(key="report_window_day", value=1), Setting(key="report_window_month", value=1)])
        db.session.commit()
    page = province.browser("supervisor").get("/statistics/04/forms/01-xld?year=2026&window=q1").text
    assert "từ 01/01/2026 đến hết 31/03/2026" in page


def test_a_broken_sum_stands_above_the_table(province: Province) -> None:
    found = sheet("01-xld", province.actor("supervisor"))
    wrong = {**found.total.values, 11: (found.total.values[11] or 0) + 1}
    broken = [one for check in found.layout.checks for one in check_of(check, "", wrong, {})]
    assert [(one.left, one.right) for one in broken] == [("(9)", "(11) + (12) + (13)")]
    assert broken[0].right_value == broken[0].left_value + 1
    with province.app.test_request_context(headers={"Accept-Language": "vi"}):
        words = show.broken_words(found, broken[0])
    nine = found.total.values[9] or 0
    assert words.startswith(f"Tổng: cột (9) là {nine}, nhưng (11) + (12) + (13) là {nine + 1}")


def test_a_download_is_remembered(province: Province) -> None:
    browser = province.browser("supervisor")
    for url in ("forms/01-xld.xlsx", "forms/01-tcd.pdf", "report-letter.docx"):
        assert browser.get(f"/statistics/04/{url}?year=2026&window=q3").status_code == 200
    events = db.session.scalars(select(Event).where(Event.action == Action.EXPORTED).order_by(Event.seq))
    assert [(event.subject, event.facts["kind"], event.facts["first"]) for event in events] == [
        ("form:01-xld:04", "xlsx", "2026-06-15"), ("form:01-tcd:04", "pdf", "2026-06-15"),
        ("form:report:04", "docx", "2026-06-15"),
    ]  # fmt: skip


def test_the_forms_take_few_statements(province: Province) -> None:
    actor = province.actor("inspector")
    for slug in ("01-xld", "03-kqgq", "01-tcd"):
        with statements() as sent:
            sheet(slug, actor)
        assert len(sent) <= 12, (slug, len(sent))


def test_the_rates_of_decision_766_are_those_of_a_recount(province: Province) -> None:
    at = window()
    period = Span(at.first, at.last).period(NOW)
    judged, in_time, satisfied = 0, 0, 0
    for stay in db.session.scalars(select(Custody).where(Custody.kind == Kind.FEEDBACK)):
        fact = fact_of({name: getattr(stay, name) for name in COPIED} | {"reopening_due_on": None})
        if formulas.judged(fact, period):
            judged += 1
            good = formulas.on_time(fact, period)
            in_time += good
            satisfied += good and not (period.is_over_by(stay.rated_at) and (stay.rating_level or 5) <= 2)
    rates = rates_of(tree.place("04"), Span(at.first, at.last), NOW)
    assert judged > 50
    assert (rates.in_time, rates.satisfied) == (Share(in_time, judged), Share(satisfied, judged))
