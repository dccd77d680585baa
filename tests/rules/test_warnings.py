"""Who is told of a clock on which morning: tables of real days, and whatever the moments at which a worker comes."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.rules.deadlines import is_late
from app.rules.warnings import (
    Clock,
    Ladder,
    People,
    horizon,
    is_near,
    next_working,
    tellings,
    wants_summary,
    whole_days_late,
)
from tests.rules.deadline_samples import RULES, VN, D

LADDER = Ladder(RULES.warn_before_days, RULES.escalate_after_days)
ROOT, DEPARTMENT, COMMUNE = 1, 4, 9
PATH = f"/{ROOT}/{DEPARTMENT}/{COMMUNE}/"
OFFICER, HEAD, ABOVE, TOP, ADMIN, REGISTRAR = 10, 20, 30, 40, 50, 60
DAY = timedelta(days=1)


def only(*ids):
    return frozenset(ids)


PEOPLE = People(
    heads={COMMUNE: only(HEAD), DEPARTMENT: only(ABOVE), ROOT: only(TOP)},
    keepers={ROOT: only(REGISTRAR)},
    administrators={ROOT: only(ADMIN)},
)


def clock(due_on, unit="working_days", **more):
    return Clock(**{"case_id": 1, "stage": "answer", "due_on": D(due_on), "counted_in": unit, "unit_path": PATH,
                    "handlers": only(OFFICER), **more})  # fmt: skip


def told(one, today, people=PEOPLE):
    """Whom, at which step, why: what has to have been told by that morning."""
    return {(t.official_id, t.step, t.why) for t in tellings(one, people, VN, D(today), LADDER)}


def first_morning(one, step, people=PEOPLE):
    """The first working day on which that step has to be told."""
    day = one.due_on - 60 * DAY
    while not (VN.is_working(day) and any(s == step for _i, s, _w in told(one, day.isoformat(), people))):
        day += DAY
    return day


@pytest.mark.parametrize(
    ("due_on", "unit", "three", "one"),
    [
        # An ordinary week: due on a Friday.
        ("2026-11-20", "working_days", "2026-11-17", "2026-11-19"),
        ("2026-11-20", "calendar_days", "2026-11-17", "2026-11-19"),
        # Over a weekend working days do not pass; calendar days do, and the morning before it is the last in time.
        ("2026-11-16", "working_days", "2026-11-11", "2026-11-13"),
        ("2026-11-16", "calendar_days", "2026-11-13", "2026-11-13"),
        ("2026-11-17", "calendar_days", "2026-11-13", "2026-11-16"),
        ("2026-11-18", "calendar_days", "2026-11-13", "2026-11-17"),
        # 24 November is a day off.
        ("2026-11-25", "working_days", "2026-11-19", "2026-11-23"),
        ("2026-11-25", "calendar_days", "2026-11-20", "2026-11-23"),
        # Tết 2026: off from Saturday 14 to Sunday 22 February.
        ("2026-02-23", "working_days", "2026-02-11", "2026-02-13"),
        ("2026-02-23", "calendar_days", "2026-02-13", "2026-02-13"),
        ("2026-02-24", "calendar_days", "2026-02-13", "2026-02-23"),
        # Tết 2027: off from Thursday 4 to Wednesday 10 February.
        ("2027-02-11", "working_days", "2027-02-01", "2027-02-03"),
        ("2027-02-11", "calendar_days", "2027-02-03", "2027-02-03"),
        # Friday 2 January 2026 is off and Saturday 10 is worked for it.
        ("2026-01-12", "working_days", "2026-01-08", "2026-01-10"),
        ("2026-01-11", "calendar_days", "2026-01-08", "2026-01-10"),
        # From Saturday 29 August to Wednesday 2 September 2026 offices are closed.
        ("2026-09-03", "working_days", "2026-08-26", "2026-08-28"),
    ],
)
def test_the_handler_is_warned_three_and_one_days_ahead_and_never_on_a_day_off(due_on, unit, three, one):
    shown = clock(due_on, unit)
    assert (first_morning(shown, "3"), first_morning(shown, "1")) == (D(three), D(one))


@pytest.mark.parametrize(
    ("due_on", "late", "up1", "up2", "up3"),
    [
        ("2026-11-13", "2026-11-16", "2026-11-17", "2026-11-23", "2026-12-01"),  # a Friday; 24 November is off
        ("2026-02-13", "2026-02-23", "2026-02-24", "2026-03-02", "2026-03-09"),  # the last day before Tết
        ("2026-11-14", "2026-11-16", "2026-11-17", "2026-11-23", "2026-12-01"),  # hours end on a Saturday
    ],
)
def test_the_head_is_told_the_first_late_morning_and_each_level_above_some_whole_days_later(
    due_on, late, up1, up2, up3
):
    deep = clock(due_on, unit_path=f"/{ROOT}/2/3/{COMMUNE}/")
    people = replace(PEOPLE, heads={COMMUNE: only(HEAD), 3: only(31), 2: only(32), ROOT: only(TOP)})
    found = [first_morning(deep, step, people) for step in ("late", "up1", "up2", "up3")]
    assert found == [D(late), D(up1), D(up2), D(up3)]
    by_step = {step: i for i, step, why in told(deep, up3, people) if step not in ("3", "1")}
    assert by_step == {"late": HEAD, "up1": 31, "up2": 32, "up3": TOP}


def test_above_the_root_there_is_nobody_to_tell():
    assert {s for _i, s, _w in told(clock("2026-06-01"), "2026-11-16")} == {"3", "1", "late", "up1", "up2"}
    own = clock("2026-06-01", unit_path=f"/{ROOT}/")
    assert {(i, s) for i, s, _w in told(own, "2026-11-16")} == {(OFFICER, "3"), (OFFICER, "1"), (TOP, "late")}


def test_a_case_without_a_handler_warns_the_head():
    assert told(clock("2026-11-20", handlers=only()), "2026-11-17") == {(HEAD, "3", "unassigned")}


def test_a_unit_without_a_head_is_answered_for_by_the_next_unit_that_has_one():
    people = replace(PEOPLE, heads={ROOT: only(TOP)})
    assert told(clock("2026-11-13"), "2026-11-16", people) >= {(TOP, "late", "late")}
    (late,) = [t for t in tellings(clock("2026-11-13"), people, VN, D("2026-11-16"), LADDER) if t.step == "late"]
    assert late.goes_up and late.unit_id == ROOT


def test_where_nobody_can_be_told_administrators_learn_that_nobody_can():
    people = replace(PEOPLE, heads={})
    assert (ADMIN, "late", "nobody") in told(clock("2026-11-13"), "2026-11-16", people)
    assert not any(t.goes_up for t in tellings(clock("2026-11-13"), people, VN, D("2026-11-16"), LADDER))


def test_all_who_stand_for_a_unit_are_told():
    people = replace(PEOPLE, heads={COMMUNE: only(HEAD, 21)})
    assert {i for i, s, _w in told(clock("2026-11-13"), "2026-11-16", people) if s == "late"} == {HEAD, 21}


def test_a_part_warns_the_unit_asked_and_when_late_who_leads_and_goes_no_further():
    part = clock("2026-11-13", handlers=only(), is_part=True, stage="part:1", leads=only(OFFICER))
    assert told(part, "2026-11-12") == {(HEAD, "3", "part"), (HEAD, "1", "part")}
    late = {(i, s, w) for i, s, w in told(part, "2026-12-30") if s not in ("3", "1")}
    assert late == {(HEAD, "late", "part"), (OFFICER, "late", "lead")}
    assert not any(t.goes_up for t in tellings(part, PEOPLE, VN, D("2026-12-30"), LADDER))


def test_of_a_denunciation_only_named_handlers_and_who_keeps_the_register_are_told():
    sealed = clock("2026-11-13", is_sealed=True, denounced_path="/1/4/9/7/")
    assert {i for i, _s, _w in told(sealed, "2026-12-30")} == {OFFICER, REGISTRAR}
    unnamed = replace(sealed, handlers=only())
    assert {i for i, _s, _w in told(unnamed, "2026-12-30")} == {REGISTRAR}
    by_head = replace(sealed, handlers=only(HEAD))
    assert {(i, s) for i, s, _w in told(by_head, "2026-11-16")} == {(HEAD, "3"), (HEAD, "1"), (HEAD, "late")}


def test_whoever_serves_in_the_unit_denounced_is_told_nothing_even_if_named_or_keeping_the_register():
    sealed = clock("2026-11-13", is_sealed=True, denounced_path="/1/4/")
    people = replace(PEOPLE, keepers={ROOT: only(REGISTRAR), DEPARTMENT: only(61)},
                     paths={OFFICER: only("/1/4/9/"), 61: only("/1/4/"), REGISTRAR: only("/1/")})  # fmt: skip
    assert {i for i, _s, _w in told(sealed, "2026-12-30", people)} == {REGISTRAR}
    nobody = replace(people, keepers={DEPARTMENT: only(61)})
    assert {(i, w) for i, _s, w in told(sealed, "2026-12-30", nobody)} == {(ADMIN, "nobody")}


def test_the_week_sums_up_what_is_still_late_once():
    assert wants_summary([], D("2026-11-18"))
    assert wants_summary([D("2026-11-13")], D("2026-11-16"))
    assert not wants_summary([D("2026-11-16")], D("2026-11-18"))


def test_nothing_beyond_the_horizon_has_to_be_told_and_the_horizon_is_near():
    day = D("2025-12-01")
    while day < D("2027-03-15"):
        end = horizon(LADDER, VN, day)
        for unit in ("working_days", "calendar_days", "hours"):
            for n in range(1, 30):
                assert not any(is_near(clock((end + n * DAY).isoformat(), unit), s, VN, day) for s in LADDER.before)
        assert end - day < timedelta(days=20)
        day += DAY


def test_whatever_the_moments_at_which_a_worker_comes_each_step_is_told_once_and_on_the_first_morning_it_came():
    chance = random.Random(20261116)
    for _ in range(1500):
        due_on = D("2026-01-20") + chance.randrange(400) * DAY
        one = clock(due_on.isoformat(), chance.choice(["working_days", "calendar_days"]),
                    handlers=chance.choice([only(), only(OFFICER), only(OFFICER, 11)]))  # fmt: skip
        days = [due_on + n * DAY for n in range(-15, 40)]
        comes = [day for day in days if VN.is_working(day) and chance.random() < chance.choice([0.2, 0.6, 1])]
        known: dict[tuple, date] = {}
        for day in comes:
            for t in tellings(one, PEOPLE, VN, day, LADDER):
                known.setdefault(t.key, day)
        for (official_id, *_rest, step), day in known.items():
            assert day == next(d for d in comes if _owes(one, official_id, step, d))
        missed = [t.key for d in comes for t in tellings(one, PEOPLE, VN, d, LADDER) if t.key not in known]
        assert missed == []
        if comes and comes[-1] > due_on:
            assert {key[-1] for key in known} >= {"3", "1", "late"}


def _owes(one: Clock, official_id: int, step: str, day: date) -> bool:
    """The step counted the slow way, day by day, without the rule under test."""
    if step in ("3", "1"):
        return _slow_left(one, day) <= int(step) or _slow_left(one, next_working(day, VN)) < int(step)
    if step == "late":
        return is_late(one.due_on, day)
    need = LADDER.after[int(step[2:]) - 1]
    passed, at = 0, one.due_on + DAY
    while at < day:
        passed += VN.is_working(at)
        at += DAY
    return passed >= need and is_late(one.due_on, day)


def _slow_left(one: Clock, day: date) -> int:
    if day > one.due_on:
        return -1
    left, at = 0, day
    while at < one.due_on:
        at += DAY
        left += one.counted_in != "working_days" or VN.is_working(at)
    return left


def test_whole_days_late_count_working_days_that_are_over():
    assert whole_days_late(D("2026-11-13"), D("2026-11-16"), VN) == 0
    assert whole_days_late(D("2026-11-13"), D("2026-11-17"), VN) == 1
    assert whole_days_late(D("2026-11-20"), D("2026-11-25"), VN) == 1
    assert whole_days_late(D("2026-11-20"), D("2026-11-19"), VN) == 0
