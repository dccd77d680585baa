"""The SQL twins and the formulas count the same, on both engines, for any period, scope and kind."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from app import clock
from app.reports import tree
from app.reports.facts import recount
from app.reports.figures import Question, gather
from app.reports.span import Span
from app.rules.statistics import COUNTS, Summary
from tests.conftest import both_engines

from .bulk import NOW, plant

SPANS = [
    Span(date(2026, 9, 1), date(2026, 9, 30)),
    Span(date(2026, 8, 29), date(2026, 11, 26)),
    Span(date(2026, 1, 1), date(2026, 12, 31)),
    Span(date(2026, 11, 26), date(2026, 11, 26)),
    Span(date(2027, 1, 1), date(2027, 1, 31)),
]


def differences(sql: Summary, formulas: Summary) -> list[str]:
    names = [*COUNTS, "first_response", "elapsed", "net"]
    return [
        f"{n}: {getattr(sql, n)} is not {getattr(formulas, n)}"
        for n in names
        if getattr(sql, n) != getattr(formulas, n)
    ]


@both_engines
def test_the_database_counts_what_the_formulas_say(app: Flask, write: None) -> None:
    plant(600)
    for span in SPANS:
        for kind in ("", "complaint"):
            question = Question(span, kind)
            found = gather(tree.place("04"), question, NOW)
            assert differences(found.total, recount(found.place.ids(True), question, NOW)) == [], (span, kind)
            for node, summary in found.rows:
                assert differences(summary, recount([node.id], question, NOW)) == [], (span, kind, node.code)


@both_engines
def test_every_month_of_the_table_is_the_same_figure_as_its_own_page(app: Flask, write: None) -> None:
    plant(600, seed=2)
    for code, with_below in (("04", True), ("01447", True), ("04", False)):
        found = gather(tree.place(code), Question(SPANS[1], with_below=with_below), NOW)
        assert len(found.months) == 12
        for span, month in found.months:
            whole = recount(found.place.ids(with_below), Question(span), NOW)
            for name in ("received", "finished", "judged", "on_time", "answered", "reopened", "rated", "satisfied",
                         "first_response"):  # fmt: skip
                assert getattr(month, name) == getattr(whole, name), (code, span, name)


def test_a_units_reference_is_the_whole_it_belongs_to(app: Flask, write: None) -> None:
    plant(300, seed=3)
    commune, province = (gather(tree.place(code), Question(SPANS[1]), NOW) for code in ("01447", "04"))
    assert commune.reference is not None
    assert province.reference is None
    assert commune.reference.on_time_share == province.total.on_time_share
    assert commune.reference.satisfied_share == province.total.satisfied_share


def test_the_rows_of_the_table_add_up_to_the_units_figures(app: Flask, write: None) -> None:
    plant(300, seed=4)
    found = gather(tree.place("04"), Question(SPANS[1]), NOW)
    for name in COUNTS:
        assert sum(getattr(row, name) for _node, row in found.rows) == getattr(found.total, name), name


@pytest.mark.parametrize("zone", ["America/Mexico_City", "Europe/Berlin", "Asia/Kolkata"])
def test_days_are_the_towns_own_where_clocks_are_moved_too(app: Flask, write: None, zone: str) -> None:
    before = clock.zone().key
    clock.set_zone(zone)
    try:
        plant(400, seed=5)
        for span in SPANS[:3]:
            found = gather(tree.place("04"), Question(span), NOW)
            assert differences(found.total, recount(found.place.ids(True), Question(span), NOW)) == [], span
    finally:
        clock.set_zone(before)
