"""Age, lateness, what falls due and what flowed: columns say what the formulas say, and history what each day says."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from app.reports import tree
from app.reports.asked import Question, facts_of_units
from app.reports.cells.history import history, late_open_at_ends
from app.reports.cells.measures import Measures
from app.reports.cells.standing import HELD, MORE
from app.reports.facts import facts
from app.reports.span import DAY, Span
from app.rules.statistics import CustodyFact, Period
from app.rules.statistics.standing import AGES, LATENESS, SPLITS, STANDING, code_of, days_late, due_in
from tests.conftest import both_engines

from .bulk import NOW, plant

SPANS = [
    Span(date(2026, 9, 1), date(2026, 9, 30)),
    Span(date(2026, 1, 1), date(2026, 12, 31)),
    Span(date(2026, 11, 26), date(2026, 11, 26)),
    Span(date(2027, 1, 1), date(2027, 1, 31)),
]


def days_of(span: Span) -> list[Span]:
    return [Span(span.first + n * DAY, span.first + n * DAY) for n in range((span.last - span.first).days + 1)]


@both_engines
def test_every_group_is_what_its_formula_says(app: Flask, write: None) -> None:
    plant(500, seed=31)
    assert set(MORE) - set(HELD) == set(STANDING)
    ids = tree.place("04").ids(True)
    custodies = facts(ids)
    for span in SPANS:
        period = span.period(NOW)
        measured = Measures(facts_of_units(Question(span), ids), period)
        for name, formula in STANDING.items():
            assert int(measured.mask(name).sum()) == sum(formula(c, period) for c in custodies), (span, name)


def test_groups_share_out_what_is_open_and_what_is_late(app: Flask, write: None) -> None:
    plant(500, seed=32)
    place = tree.place("04")
    measured = Measures(facts_of_units(Question(SPANS[1]), place.ids(True)), SPANS[1].period(NOW))

    def count(name: str) -> int:
        return int(measured.mask(name).sum())

    assert count("open") == sum(count(f"open_{code_of(age)}") for age in AGES) > 0
    assert count("overdue") == sum(count(f"overdue_{code_of(late)}") for late in LATENESS) > 0
    for age in AGES:
        assert count(f"open_{code_of(age)}") == sum(count(f"open_{code_of(age)}_{split}") for split in SPLITS)
    assert count("due_soon") == sum(count(f"due_in_{days}") for days in range(7))
    assert count("pressing") == count("overdue") + count("due_soon")


@both_engines
def test_the_history_says_of_each_day_what_that_days_own_page_says(app: Flask, write: None) -> None:
    plant(400, seed=33)
    dice = random.Random(33)
    for code in ("04", "01447"):
        first = date(2026, 11, 26) - timedelta(days=dice.randrange(30, 120))
        days = days_of(Span(first, date(2026, 11, 26)))
        question = Question(Span(first, days[-1].last))
        found = facts_of_units(question, tree.place(code).ids(True))
        periods = [day.period(NOW) for day in days]
        told, late = history(found, periods), late_open_at_ends(found, periods)
        for n, period in enumerate(periods):
            day = Measures(found, period)
            for name in ("open", "overdue", "received", "reopened_in", "went", "went_again"):
                assert getattr(told, name)[n] == int(day.mask(name).sum()), (code, days[n], name)
            assert late[n] == int(day.late_open.sum()), (code, days[n])
            if n:
                assert told.open[n] == told.open[n - 1] + told.net(n)


def test_a_history_of_no_days_is_empty(app: Flask, write: None) -> None:
    found = facts_of_units(Question(SPANS[0]), tree.place("04").ids(True))
    assert history(found, []).open == []


@pytest.mark.parametrize(("due", "late", "left"), [(24, 2, None), (25, 1, None), (26, 0, 0), (27, -1, 1)])
def test_a_case_is_late_from_the_day_after_its_due_date(due: int, late: int, left: int | None) -> None:
    """Noon of the 26th: what was due on the 25th is one day late, what is due today is not."""
    noon = datetime(2026, 11, 26, 5, tzinfo=UTC)
    period = Period(noon - timedelta(days=9), noon, date(2026, 11, 26))
    custody = CustodyFact(1, noon - timedelta(days=5), due_on=date(2026, 11, due))
    assert (days_late(custody, period), due_in(custody, period)) == (late, left)


def test_an_age_counts_whole_days_of_24_hours() -> None:
    noon = datetime(2026, 11, 26, 5, tzinfo=UTC)
    period = Period(noon - timedelta(days=90), noon, date(2026, 11, 26))
    young = CustodyFact(1, noon - timedelta(days=6) + timedelta(seconds=1))
    older = CustodyFact(1, noon - timedelta(days=6))
    assert [STANDING["open_0_5"](c, period) for c in (young, older)] == [True, False]
    assert [STANDING["open_6_10"](c, period) for c in (young, older)] == [False, True]
