"""Time limits of the law, counted on real calendars."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.rules.deadlines import (
    Calendar,
    CalendarDay,
    DeadlineError,
    Pause,
    Skip,
    counted_days,
    days_left,
    due,
    due_after_hours,
    due_moment,
    is_late,
    tone,
)
from tests.rules.deadline_samples import PLAIN, VN, D, limit, the

WORKING = [
    # start, days, due, what the calendar did in between
    ("2025-01-24", 1, "2025-02-03", "Tết 2025: Friday before, back on Monday 3 February"),
    ("2025-01-20", 5, "2025-02-03", "four days before Tết, the fifth after"),
    ("2025-01-29", 3, "2025-02-05", "received on New Year's Day itself"),
    ("2026-02-13", 1, "2026-02-23", "Tết 2026: 16 to 20 February"),
    ("2026-02-12", 5, "2026-02-26", "one day before Tết, four after"),
    ("2027-02-03", 1, "2027-02-11", "Tết 2027: 4 to 10 February"),
    ("2027-02-01", 5, "2027-02-15", "two before, three after, a weekend"),
    ("2024-02-07", 2, "2024-02-16", "Tết 2024: 8 to 14 February"),
    ("2025-04-25", 1, "2025-04-26", "Saturday worked in exchange for 2 May"),
    ("2025-04-25", 5, "2025-05-06", "26, 28, 29 April, then 5 and 6 May"),
    ("2024-04-26", 2, "2024-05-03", "30 April, 1 May and the swapped Monday 29 April"),
    ("2024-05-03", 1, "2024-05-04", "Saturday worked in exchange for 29 April"),
    ("2025-12-31", 1, "2026-01-05", "1 January, the swapped 2 January, a weekend"),
    ("2026-01-08", 3, "2026-01-12", "Saturday 10 January is worked"),
    ("2026-08-21", 1, "2026-08-22", "Saturday 22 August is worked"),
    ("2026-08-28", 1, "2026-09-03", "31 August swapped, National Day on 1 and 2 September"),
    ("2026-04-24", 1, "2026-04-28", "Hung Kings' Day on a Sunday is given back on Monday"),
    ("2026-11-19", 5, "2026-11-27", "20, 23, 25, 26, 27: Vietnam Culture Day is off"),
    ("2024-02-28", 1, "2024-02-29", "the leap day is a working Thursday"),
    ("2026-12-30", 3, "2027-01-05", "31 December, then 4 and 5 January"),
]

CALENDAR = [
    ("2024-02-19", 10, "2024-02-29", "ends on the leap day"),
    ("2024-01-31", 30, "2024-03-01", "runs across the leap day"),
    ("2023-01-31", 30, "2023-03-02", "no leap day"),
    ("2025-12-10", 30, "2026-01-09", "across the year, New Year counts"),
    ("2025-12-11", 30, "2026-01-10", "Saturday 10 January is worked: no roll"),
    ("2025-12-02", 30, "2026-01-05", "1 January, the swap, a weekend: rolls four days"),
    ("2026-01-17", 30, "2026-02-23", "the last day is New Year's Eve: rolls past Tết 2026"),
    ("2025-01-15", 10, "2025-02-03", "Saturday before Tết 2025 rolls past it"),
    ("2027-01-07", 30, "2027-02-11", "the last day is in Tết 2027"),
    ("2026-11-14", 10, "2026-11-25", "Vietnam Culture Day rolls to the next day"),
    ("2026-07-23", 30, "2026-08-22", "a worked Saturday is a day like any other"),
    ("2025-04-16", 10, "2025-04-26", "the worked Saturday before the long holiday"),
]


@pytest.mark.parametrize(("start", "days", "due_on", "why"), WORKING)
def test_working_days_skip_weekends_and_holidays_and_count_swapped_saturdays(start, days, due_on, why):
    assert due(limit(days), D(start), VN).due_on == D(due_on), why


@pytest.mark.parametrize(("start", "days", "due_on", "why"), CALENDAR)
def test_calendar_days_all_count_and_a_last_day_of_rest_moves_on(start, days, due_on, why):
    assert due(limit(days, "calendar_days"), D(start), VN).due_on == D(due_on), why


def test_an_urgent_street_report_does_not_wait_for_monday():
    found = due(the("feedback.street.answer.urgent"), D("2026-11-20"), VN)
    assert (found.due_on, found.rolled_from) == (D("2026-11-21"), None)


def test_the_proof_accounts_for_every_day():
    found = due(limit(5), D("2026-11-19"), VN)
    assert found.counted == tuple(map(D, ["2026-11-20", "2026-11-23", "2026-11-25", "2026-11-26", "2026-11-27"]))
    assert found.skipped == (
        Skip(D("2026-11-21"), "weekend"),
        Skip(D("2026-11-22"), "weekend"),
        Skip(D("2026-11-24"), "holiday"),
    )


def test_a_roll_is_kept_in_the_proof_with_the_days_it_passed_over():
    found = due(limit(10, "calendar_days"), D("2026-11-11"), VN)
    assert (found.rolled_from, found.due_on) == (D("2026-11-21"), D("2026-11-23"))
    assert found.skipped == (Skip(D("2026-11-22"), "rolled"),)


def test_a_province_may_work_a_national_holiday_and_rest_on_another_day():
    own = VN.merged(
        [
            CalendarDay(D("2026-11-24"), "work", "Ngày làm việc", "Working day"),
            CalendarDay(D("2026-10-03"), "off", "Lễ của tỉnh", "Provincial festival"),
        ]
    )
    assert own.is_working(D("2026-11-24")) and not VN.is_working(D("2026-11-24"))
    assert own.reason(D("2026-10-03")).name_vi == "Lễ của tỉnh"
    assert due(limit(5), D("2026-11-19"), own).due_on == D("2026-11-26")


def test_a_plain_weekend_has_no_reason_and_a_holiday_has_one():
    assert VN.reason(D("2026-11-21")) is None
    assert VN.reason(D("2026-01-10")) is None
    assert VN.reason(D("2026-02-17")).name_en == "Lunar New Year"


@pytest.mark.parametrize("weekend", [frozenset(range(7)), frozenset({7})])
def test_a_calendar_without_a_working_weekday_is_refused(weekend):
    with pytest.raises(ValueError, match="weekend"):
        Calendar({}, weekend)


def test_a_calendar_day_is_off_or_worked_and_nothing_else():
    with pytest.raises(ValueError, match="kind"):
        CalendarDay(D("2026-01-01"), "half", "", "")


# --- pauses and extensions


def test_a_suspension_stops_a_complaint_since_july_2026():
    rule = the("complaint1.settle")
    pause = Pause(D("2026-08-10"), D("2026-08-17"))
    found = due(rule, D("2026-08-03"), VN, [pause])
    assert (found.due_on, found.pauses) == (D("2026-09-09"), (pause,))
    assert sum(skip.why == "paused" for skip in found.skipped) == 7


def test_a_suspension_that_began_before_july_2026_does_not_stop_a_complaint():
    found = due(the("complaint1.settle"), D("2026-06-15"), VN, [Pause(D("2026-06-30"), D("2026-07-10"))])
    assert (found.due_on, found.pauses) == (D("2026-07-15"), ())


def test_waiting_for_a_resident_does_not_stop_a_feedback_clock():
    found = due(the("feedback.street.answer"), D("2026-10-05"), VN, [Pause(D("2026-10-06"), D("2026-10-20"))])
    assert (found.due_on, found.pauses) == (D("2026-10-12"), ())


def test_an_open_pause_gives_the_earliest_due_date_possible_today():
    rule, start, pauses = the("denunciation.settle"), D("2026-10-01"), [Pause(D("2026-10-05"))]
    assert due(rule, start, VN, pauses).due_on == D("2026-11-02")
    assert due(rule, start, VN, pauses, today=D("2026-10-14")).due_on == D("2026-11-10")
    assert due(rule, start, VN, [Pause(D("2026-10-05"), D("2026-10-15"))]).due_on == D("2026-11-10")


def test_a_pause_after_the_due_date_changes_nothing():
    found = due(the("denunciation.settle"), D("2026-10-01"), VN, [Pause(D("2026-11-03"))], today=D("2026-12-01"))
    assert (found.due_on, found.pauses) == (D("2026-11-02"), ())


def test_a_last_day_of_rest_does_not_move_into_a_pause():
    found = due(limit(10, "calendar_days", pause=True), D("2026-11-11"), VN, [Pause(D("2026-11-22"), D("2026-11-26"))])
    assert (found.rolled_from, found.due_on) == (D("2026-11-21"), D("2026-11-26"))


def test_a_pause_cannot_end_before_it_begins():
    with pytest.raises(ValueError, match="cannot end"):
        Pause(D("2026-11-02"), D("2026-11-01"))


def test_an_extension_runs_from_the_due_date_before_it():
    settle, complex_ = the("denunciation.settle"), the("denunciation.extend.complex")
    found = due(settle, D("2026-10-01"), VN, extensions=[complex_])
    assert (found.extensions[0].previous_due_on, found.due_on) == (D("2026-11-02"), D("2026-12-02"))
    assert due(settle, D("2026-10-01"), VN, extensions=[replace(complex_, length=7)]).due_on == D("2026-11-09")


@pytest.mark.parametrize(
    ("granted", "reason"),
    [
        (["denunciation.extend.complex"] * 2, "1 times at most"),
        (["denunciation.extend.special"] * 3, "2 times at most"),
        (["denunciation.extend.complex"] + ["denunciation.extend.special"] * 2, "may not be extended 3 times"),
        (["privacy.extend"], "does not extend"),
    ],
)
def test_the_law_knows_no_further_extension(granted, reason):
    with pytest.raises(DeadlineError, match=reason):
        due(the("denunciation.settle"), D("2026-10-01"), VN, extensions=[the(one) for one in granted])


# --- before, hours, late, left


def test_notice_of_a_dialogue_is_counted_backwards_and_never_shortened():
    found = due(the("dialogue.commune.announce"), D("2026-11-29"), VN)
    assert (found.due_on, found.rolled_from) == (D("2026-11-22"), None)
    assert found.counted == tuple(D("2026-11-22") + timedelta(n) for n in range(7))


def test_hours_run_day_and_night():
    rule = the("privacy.breach_notice")
    start = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    assert due_after_hours(rule, start) == datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    assert due(replace(rule, length=30), D("2026-11-20"), VN).due_on == D("2026-11-22")
    with pytest.raises(DeadlineError, match="not in hours"):
        due_after_hours(the("complaint1.settle"), start)


def test_the_due_date_ends_at_local_midnight():
    assert due_moment(D("2026-11-27"), ZoneInfo("Asia/Ho_Chi_Minh")) == datetime(2026, 11, 27, 17, tzinfo=UTC)


def test_the_whole_due_date_is_in_time():
    assert not is_late(D("2026-11-27"), D("2026-11-27"))
    assert is_late(D("2026-11-27"), D("2026-11-28"))


@pytest.mark.parametrize(
    ("today", "working", "calendar"),
    [
        ("2026-11-19", 5, 8),
        ("2026-11-23", 3, 4),
        ("2026-11-27", 0, 0),
        ("2026-11-28", -1, -1),
        ("2026-11-29", -1, -2),
        ("2026-11-30", -1, -3),
        ("2026-12-01", -2, -4),
    ],
)
def test_days_left_counts_as_the_law_counts(today, working, calendar):
    due_on = D("2026-11-27")
    assert days_left(due_on, D(today), VN, "working_days") == working
    assert days_left(due_on, D(today), VN, "calendar_days") == calendar


@pytest.mark.parametrize(
    ("left", "length", "unit", "expected"),
    [
        (3, 5, "calendar_days", "ok"),
        (2, 5, "calendar_days", "soon"),
        (0, 5, "calendar_days", "soon"),
        (-1, 5, "calendar_days", "late"),
        (7, 30, "calendar_days", "ok"),
        (6, 30, "calendar_days", "soon"),
        (3, 15, "calendar_days", "soon"),
        (3, 14, "calendar_days", "ok"),
        (3, 72, "hours", "ok"),
        (2, 72, "hours", "soon"),
    ],
)
def test_soon_is_the_last_fifth_or_two_days(left, length, unit, expected):
    due_on = D("2026-06-30")
    assert tone(due_on, due_on - timedelta(left), PLAIN, unit, length) == expected


def test_soon_over_a_holiday_counts_working_days_only():
    assert tone(D("2026-02-24"), D("2026-02-13"), VN, "working_days", 5) == "soon"
    assert tone(D("2026-02-24"), D("2026-02-12"), VN, "working_days", 5) == "ok"


def test_net_time_leaves_out_pauses_and_rest_days():
    start, end = D("2026-11-19"), D("2026-11-27")
    assert counted_days(start, end, VN, "working_days") == 5
    assert counted_days(start, end, VN, "working_days", [Pause(D("2026-11-23"), D("2026-11-26"))]) == 3
    assert counted_days(start, end, VN, "calendar_days", [Pause(D("2026-11-26"))]) == 6
    assert counted_days(end, start, VN, "calendar_days") == 0
