"""The official forms: counted from random cases and from real verbs, their sums checked, nothing sealed in them."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from app.cases.models import Case, Custody
from app.extensions import db
from app.reports import tree
from app.reports.official.count import Sheet, fill
from app.reports.official.layout import layout_of
from app.reports.span import Span
from app.rules.statistics.windows import Window, window_of
from app.rules.workflow import Outcome
from tests.conftest import both_engines

from .bulk import NOW
from .conftest import Province

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


def test_pages_open(province: Province) -> None:
    for who, code in (("inspector", "04"), ("supervisor", "04"), ("head", "01447")):
        browser = province.browser(who)
        for url in (
            "forms",
            "forms/01-xld",
            "forms/03-kqgq",
            "forms/01-tcd",
            "forms/01-xld.xlsx",
            "forms/01-xld.pdf",
            "forms/03-kqgq.xlsx",
            "forms/03-kqgq.pdf",
            "forms/01-tcd.xlsx",
            "forms/01-tcd.pdf",
            "report-letter.docx",
            "forms/01-xld/cases?column=1&year=2026&window=q3",
        ):
            answer = browser.get(f"/statistics/{code}/{url}")
            assert answer.status_code == 200, url
            if url.endswith(("pdf", "docx", "xlsx")) and who == "inspector":
                open("/tmp/look-" + url.replace("/", "-"), "wb").write(answer.data)
