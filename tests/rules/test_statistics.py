"""The published formulas: each by example, all of them against a slow recount, and the words that explain them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.rules.statistics import (
    COUNTS,
    FORMULAS,
    GENERAL,
    LEFT_OUT,
    MEASURES,
    CustodyFact,
    Period,
    Share,
    Spread,
    Summary,
    spread,
    summarise,
    wilson,
)
from app.rules.workflow import Outcome

DAY = timedelta(days=1)
START = datetime(2026, 9, 1, tzinfo=UTC)
SEPTEMBER = Period(START, START + 30 * DAY, date(2026, 10, 1))


def custody(**facts: Any) -> CustodyFact:
    """A custody of September: began on the 2nd, due on the 10th; days of the test are UTC days."""
    known = {"unit_id": 1, "began_at": START + DAY, "due_on": date(2026, 9, 10), **facts}
    for at, on in (("finished_at", "finished_on"), ("ended_at", "ended_on")):
        if known.get(at):
            known[on] = known[at].date()
    return CustodyFact(**known)


def finished(on: int, **facts: Any) -> CustodyFact:
    """The same, answered at noon of a day of September (40 is the 10th of October)."""
    at = START + (on - 1) * DAY + DAY / 2
    return custody(**{"finished_at": at, "resolved_at": at, "outcome": Outcome.RESOLVED, **facts})


def counted(c: CustodyFact, p: Period = SEPTEMBER) -> set[str]:
    return {name for name, measure in MEASURES.items() if measure(c, p)}


ON_TIME = {"received", "finished", "judged", "judged_finish", "on_time", "answered", "resolved"}
LATE = ON_TIME - {"on_time"}
EXAMPLES: list[tuple[str, CustodyFact, set[str]]] = [
    ("answered on its due date is on time", finished(10), ON_TIME),
    ("answered the day after is late", finished(11), LATE),
    ("without a due date it is neither", finished(11, due_on=None), {"received", "finished", "answered", "resolved"}),
    ("open within its time is not judged", custody(due_on=date(2026, 10, 1)), {"received", "open"}),
    ("open past its due date is late, though unfinished", custody(), {"received", "open", "overdue", "judged"}),
    ("due on the last day, it is overdue when that day has ended", custody(due_on=date(2026, 9, 30)),
     {"received", "open", "overdue", "judged"}),
    ("answered after the period it was open in it", finished(40), {"received", "open", "overdue", "judged"}),
    ("passed on in time, the next unit answers for it", custody(ended_at=START + 5 * DAY), {"received"}),
    ("passed on after its due date, it is late here", custody(ended_at=START + 12 * DAY), {"received", "judged"}),
    ("a reopening is not judged for on time", finished(20, is_reopening=True),
     {"received", "finished", "answered", "resolved"}),
    ("a withdrawn petition was not answered", finished(20, outcome=Outcome.WITHDRAWN), {"received", "finished"}),
    ("a duplicate was not answered", finished(5, outcome=Outcome.DUPLICATE), {"received", "finished"}),
    ("a refusal was answered", finished(20, outcome=Outcome.NOT_ACCEPTED), LATE),
    ("reopened since, it counts as reopened, open again, and stays on time",
     finished(5, reopened_at=START + 20 * DAY, resolved_at=None, reopening_due_on=date(2026, 10, 9)),
     (ON_TIME - {"resolved"}) | {"reopened", "open"}),
    ("reopened and past its new due date it is overdue, but not judged twice",
     finished(5, reopened_at=START + 9 * DAY, resolved_at=None, reopening_due_on=date(2026, 9, 20)),
     (ON_TIME - {"resolved"}) | {"reopened", "open", "overdue"}),
    ("reopened after the period it counts for the answer's period", finished(5, reopened_at=START + 40 * DAY),
     ON_TIME | {"reopened"}),
    ("answered, reopened, then withdrawn: the first answer stays judged",
     finished(5, reopened_at=START + 9 * DAY, resolved_at=START + 12 * DAY, outcome=Outcome.WITHDRAWN),
     (ON_TIME - {"resolved"}) | {"reopened"}),
    ("level 4 is satisfied", custody(due_on=None, rating_level=4, rated_at=START + DAY),
     {"received", "open", "rated", "satisfied", "level_4"}),
    ("level 3 is not", custody(due_on=None, rating_level=3, rated_at=START + DAY),
     {"received", "open", "rated", "level_3"}),
    ("before the period only what happens in it counts", finished(5, began_at=START - 40 * DAY),
     ON_TIME - {"received"}),
    ("the moment a period ends belongs to the next one", custody(began_at=SEPTEMBER.end), set()),
]  # fmt: skip


@pytest.mark.parametrize(("fact", "expected"), [e[1:] for e in EXAMPLES], ids=[e[0] for e in EXAMPLES])
def test_a_custody_counts_where_its_formula_says(fact: CustodyFact, expected: set[str]) -> None:
    assert counted(fact) == expected


def test_first_response_and_resolution_are_measured_in_the_period_they_fell_in() -> None:
    c = finished(20, first_response_at=START + 3 * DAY, waited_seconds=86400)
    found = summarise([c], SEPTEMBER)
    assert found.first_response == Spread(1, 2 * 86400, 2 * 86400)
    assert (found.elapsed.median, found.net.median) == (18.5 * 86400, 17.5 * 86400)
    october = Period(SEPTEMBER.end, SEPTEMBER.end + 31 * DAY, date(2026, 11, 1))
    assert summarise([c], october).first_response.count == 0


def test_net_time_is_never_negative() -> None:
    assert summarise([finished(3, waited_seconds=10**8)], SEPTEMBER).net.median == 0


def test_a_rate_needs_its_smallest_denominator() -> None:
    assert Share(19, 19).percent(20) is None
    assert Share(19, 19).interval(20) is None
    assert Share(15, 20).percent(20) == 75.0
    assert Share(0, 0).percent(0) is None, "nothing of nothing is not a rate"


def test_the_median_may_stand_where_the_ninetieth_percentile_may_not() -> None:
    few = spread(range(10))
    assert (few.median, few.p90(20)) == (4.5, None)
    assert spread(range(21)).p90(20) == 18


@pytest.mark.parametrize(("part", "whole"), [(171, 204), (61, 84), (1, 20), (19, 20), (500, 1000)])
def test_the_interval_is_wilsons(part: int, whole: int) -> None:
    """By its definition: at either end, the share found lies 1.96 standard errors of that end away."""
    for end in wilson(part, whole):
        end /= 100
        assert abs(part / whole - end) == pytest.approx(1.959964 * (end * (1 - end) / whole) ** 0.5, rel=1e-5)


def test_the_interval_stays_between_nothing_and_all() -> None:
    assert wilson(0, 20)[0] == 0.0
    assert wilson(20, 20)[1] == pytest.approx(100.0)


@settings(deadline=None)
@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=60))
def test_quantiles_are_those_of_numpy(values: list[int]) -> None:
    import numpy

    found = spread(values)
    assert found.median == pytest.approx(float(numpy.percentile(values, 50)))
    assert found.ninetieth == pytest.approx(float(numpy.percentile(values, 90)))


MOMENT = st.integers(-60, 60).map(lambda d: START + d * DAY + timedelta(hours=d % 24))


@st.composite
def lives(draw: Any) -> CustodyFact:
    """A custody whose facts follow each other as they do in life."""
    began = draw(MOMENT)
    later = st.integers(0, 40).map(lambda d: d * DAY)
    due_on = draw(st.none() | st.dates(date(2026, 8, 1), date(2026, 11, 1)))
    facts: dict[str, Any] = {"began_at": began, "due_on": due_on, "is_reopening": draw(st.booleans())}
    if draw(st.booleans()):
        facts |= {"finished_at": began + draw(later), "outcome": draw(st.sampled_from(Outcome))}
        facts["resolved_at"] = facts["first_response_at"] = facts["finished_at"]
        if draw(st.booleans()) and facts["outcome"] not in LEFT_OUT:
            facts |= {"reopened_at": facts["finished_at"] + draw(later), "resolved_at": None}
            facts["reopening_due_on"] = facts["reopened_at"].date() + 5 * DAY
            if draw(st.booleans()):
                facts["resolved_at"] = facts["reopened_at"] + draw(later)
        if draw(st.booleans()):
            facts |= {"rated_at": facts["finished_at"] + draw(later), "rating_level": draw(st.integers(1, 5))}
    elif draw(st.booleans()):
        facts["ended_at"] = began + draw(later)
    return custody(**facts)


def slow_on_time(rows: list[CustodyFact]) -> tuple[int, int]:
    """On time told as a story, day by day, without the formulas."""
    good = owed = 0
    for c in rows:
        if c.due_on is None or c.is_reopening:
            continue
        went_on = c.finished_on or c.ended_on
        is_inside = went_on is not None and date(2026, 9, 1) <= went_on <= date(2026, 9, 30)
        if c.finished_on is not None and is_inside:
            if c.outcome in LEFT_OUT and c.reopened_at is None:
                continue
            owed += 1
            good += c.finished_on <= c.due_on
        elif c.began_at < SEPTEMBER.end and (went_on is None or went_on > date(2026, 9, 30)):
            owed += c.due_on <= date(2026, 9, 30)
        elif is_inside:
            owed += went_on > c.due_on  # type: ignore[operator]
    return good, owed


@settings(max_examples=200, deadline=None)
@given(st.lists(lives(), max_size=12))
def test_on_time_is_what_a_slow_recount_finds(rows: list[CustodyFact]) -> None:
    found = summarise(rows, SEPTEMBER)
    assert (found.on_time, found.judged) == slow_on_time(rows)


@settings(max_examples=100, deadline=None)
@given(st.lists(lives(), max_size=12))
def test_counts_stand_in_each_other_as_a_reader_expects(rows: list[CustodyFact]) -> None:
    s = summarise(rows, SEPTEMBER)
    assert 0 <= s.on_time <= s.judged_finish <= s.judged
    assert s.overdue <= s.open
    assert s.reopened <= s.answered <= s.finished
    assert s.satisfied <= s.rated == sum(s.levels.values())
    assert s.elapsed.count == s.net.count == s.resolved
    assert sum(vars(summarise(rows[:5], SEPTEMBER).plus(summarise(rows[5:], SEPTEMBER)))[n] for n in COUNTS) == sum(
        getattr(s, n) for n in COUNTS
    )


def test_an_empty_period_has_no_figures() -> None:
    assert summarise([], SEPTEMBER) == Summary()
    assert replace(Summary(), received=1) != Summary()


def test_every_formula_is_explained_in_both_languages() -> None:
    codes = [f.code for f in FORMULAS]
    assert len(codes) == len(set(codes))
    texts = [t for f in FORMULAS for t in (f.name, f.sentence, f.numerator, f.denominator, *f.left_out) if t]
    for text in [*texts, *GENERAL]:
        assert text.vi.strip(), text
        assert text.en.strip(), text
        assert text.vi != text.en
    for f in FORMULAS:
        assert (f.numerator is None) == (f.denominator is None), f.code
