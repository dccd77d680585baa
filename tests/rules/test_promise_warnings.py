"""Who is told of a session, a promise, a finding or a duty on which morning: tables of real days."""

from datetime import date, timedelta

import pytest

from app.rules.promise_warnings import tellings_of, verify_by
from app.rules.warnings import Clock, Ladder, People
from tests.rules.deadline_samples import RULES, VN

LADDER = Ladder(RULES.warn_before_days, RULES.escalate_after_days)
ROOT, COMMUNE = 1, 9
PATH = f"/{ROOT}/{COMMUNE}/"
OFFICER, HEAD, TOP, ADMIN, INSPECTOR = 10, 20, 40, 50, 60
PEOPLE = People(heads={COMMUNE: frozenset({HEAD}), ROOT: frozenset({TOP})}, administrators={ROOT: frozenset({ADMIN})})
NO_HEAD = People(heads={ROOT: frozenset({TOP})}, administrators={ROOT: frozenset({ADMIN})})
FRIDAY = date(2026, 11, 27)
DAY = timedelta(days=1)


def told(clock, today, people=PEOPLE):
    return [(t.official_id, t.step, t.why) for t in tellings_of(clock, people, VN, today, LADDER)]


def a_promise(**more):
    given = {"stage": "promise", "due_on": FRIDAY, "counted_in": "calendar_days", "unit_path": PATH,
             "handlers": frozenset({OFFICER}), "about": "commitment:7", **more}  # fmt: skip
    return Clock(0, **given)


@pytest.mark.parametrize(("day", "expected"), [
    (20, []), (24, [(OFFICER, "3", "yours")]), (26, [(OFFICER, "3", "yours"), (OFFICER, "1", "yours")]),
    (30, [(OFFICER, "3", "yours"), (OFFICER, "1", "yours"), (HEAD, "late", "late")]),
])  # fmt: skip
def test_a_promise_is_told_like_any_date_of_the_office(day, expected):
    assert told(a_promise(), date(2026, 11, day)) == expected


def test_a_late_promise_goes_up_the_tree():
    assert (TOP, "up1", "up") in told(a_promise(), date(2026, 12, 2))


def test_whoever_looks_is_told_when_a_finding_waits_too_long_and_then_the_head_above():
    waiting = a_promise(stage="verify", counted_in="working_days", handlers=frozenset({OFFICER, INSPECTOR}))
    assert told(waiting, FRIDAY) == []
    assert told(waiting, FRIDAY + 3 * DAY) == [(OFFICER, "late", "verify"), (INSPECTOR, "late", "verify")]
    assert (TOP, "up1", "up") in told(waiting, FRIDAY + 5 * DAY)


def test_where_nobody_at_the_verifying_unit_could_look_its_head_is_told():
    waiting = a_promise(stage="verify", counted_in="working_days", handlers=frozenset())
    assert told(waiting, FRIDAY + 3 * DAY) == [(HEAD, "late", "verify")]


def test_a_duty_is_told_to_the_head_in_the_last_five_working_days_of_its_term_and_to_nobody_else():
    owed = Clock(0, "reception_day", date(2026, 11, 30), "working_days", PATH, about="duty:9")
    assert told(owed, date(2026, 11, 19)) == []
    assert told(owed, date(2026, 11, 25)) == [(HEAD, "5", "duty")]
    assert told(owed, date(2026, 11, 25), NO_HEAD) == []


def test_a_threshold_that_is_reached_is_told_to_the_head():
    reached = Clock(0, "conference_call", FRIDAY, "working_days", PATH, about="call:2")
    assert told(reached, FRIDAY) == [(HEAD, "reached", "reached")]


def test_a_finding_is_due_five_working_days_after_the_last_word():
    calendar = VN
    assert verify_by([date(2026, 11, 13)], calendar) == date(2026, 11, 20)
    # Tuesday 24 November is a day off.
    assert verify_by([date(2026, 11, 13), date(2026, 11, 20)], calendar) == date(2026, 11, 30)


def test_what_is_told_once_is_named_by_thing_step_and_date():
    (one,) = tellings_of(a_promise(), PEOPLE, VN, date(2026, 11, 24), LADDER)
    assert one.thing_key == (OFFICER, "commitment:7", "promise", FRIDAY, "3")
