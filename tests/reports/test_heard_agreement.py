"""What the database counts of receptions, dialogues and promises is what the formulas say, on both engines."""

from __future__ import annotations

from datetime import UTC, date, datetime

from flask import Flask

from app.reports import tree
from app.reports.heard.facts import recount
from app.reports.heard.figures import Question, gather
from app.reports.span import Span
from app.rules.statistics.heard import NUMBERS, PROMISED, Heard
from tests.conftest import both_engines

from .heard_bulk import plant

NOW = datetime(2026, 11, 26, 3, 30, tzinfo=UTC)
SPANS = [
    Span(date(2026, 9, 1), date(2026, 9, 30)),
    Span(date(2026, 5, 1), date(2026, 9, 30)),
    Span(date(2026, 8, 29), date(2026, 11, 26)),
    Span(date(2025, 1, 1), date(2026, 12, 31)),
    Span(date(2026, 11, 26), date(2026, 11, 26)),
    Span(date(2027, 1, 1), date(2027, 1, 31)),
]


def differences(sql: Heard, formulas: Heard) -> list[str]:
    pairs = [(n, getattr(sql, n), getattr(formulas, n)) for n in NUMBERS]
    pairs += [(n, getattr(sql.promises, n), getattr(formulas.promises, n)) for n in PROMISED]
    return [f"{name}: {one} is not {other}" for name, one, other in pairs if one != other]


@both_engines
def test_the_database_counts_what_the_formulas_say(app: Flask, write: None) -> None:
    plant(25)
    for span in SPANS:
        question = Question(span)
        found = gather(tree.place("04"), question, NOW)
        assert differences(found.total, recount(found.place.ids(True), question, NOW)) == [], span
        for node, heard in found.rows:
            assert differences(heard, recount([node.id], question, NOW)) == [], (span, node.code)


@both_engines
def test_every_figure_of_the_random_rows_is_more_than_nothing(app: Flask, write: None) -> None:
    plant(25)
    total = gather(tree.place("04"), Question(SPANS[3]), NOW).total
    assert [name for name in NUMBERS if not getattr(total, name)] == []
    assert [name for name in PROMISED if not getattr(total.promises, name)] == []


@both_engines
def test_every_month_is_the_same_figure_as_its_own_page(app: Flask, write: None) -> None:
    plant(15, seed=2)
    by_day = [n for n in NUMBERS if n not in ("objections", "voices", "requests")]
    for code, with_below in (("04", True), ("01447", False)):
        found = gather(tree.place(code), Question(SPANS[2], with_below), NOW)
        ids = found.place.ids(with_below)
        assert len(found.months) == 12
        for month in found.months:
            for span, heard in ((month.span, month.now), (Span(*_year_before(month.span)), month.before)):
                whole = recount(ids, Question(span), NOW)
                assert {n: getattr(heard, n) for n in by_day} == {n: getattr(whole, n) for n in by_day}, span
                for n in ("made", "due", "kept", "on_time", "broken"):
                    assert getattr(heard.promises, n) == getattr(whole.promises, n), (span, n)


def _year_before(span: Span) -> tuple[date, date]:
    first = span.first.replace(year=span.first.year - 1)
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first, date.fromordinal(after.toordinal() - 1)


def test_the_rows_of_the_table_add_up_and_the_terms_hold_what_is_owed(app: Flask, write: None) -> None:
    plant(10, seed=3)
    found = gather(tree.place("04"), Question(SPANS[1]), NOW)
    for name in NUMBERS:
        assert sum(getattr(row, name) for _node, row in found.rows) == getattr(found.total, name), name
    days = [row for row in found.terms if row.term.duty.what == "reception_day"]
    assert sum(row.term.owed for row in days) == found.total.days_owed
    assert sum(row.counted for row in days) == found.total.days_counted
