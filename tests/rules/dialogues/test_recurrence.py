"""How an office says on which days its head receives, and what a calendar reads in it."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from dateutil.rrule import rrulestr

from app.rules.deadlines import Calendar, CalendarDay
from app.rules.dialogues import reception, recurrence
from app.rules.dialogues.recurrence import Recurrence, days_typed, read, working_from

RULES = [
    (Recurrence("days", days=(25, 10)), "FREQ=MONTHLY;BYMONTHDAY=10,25"),
    (Recurrence("weekly", weekdays=(1,)), "FREQ=WEEKLY;BYDAY=TU"),
    (Recurrence("weekdays", which=(1, 3), weekdays=(1,)), "FREQ=MONTHLY;BYDAY=1TU,3TU"),
    (Recurrence("weekdays", which=(-1,), weekdays=(3, 4)), "FREQ=MONTHLY;BYDAY=-1TH,-1FR"),
]


@pytest.mark.parametrize(("friendly", "rule"), RULES)
def test_a_friendly_rule_is_kept_as_a_calendar_reads_it_and_comes_back_the_same(
    friendly: Recurrence, rule: str
) -> None:
    assert friendly.why_not() is None and friendly.rule() == rule
    assert read(rule).rule() == rule
    rrulestr(rule)


def test_the_first_and_third_tuesday_of_november_2026() -> None:
    rule = Recurrence("weekdays", which=(1, 3), weekdays=(1,)).rule()
    found = rrulestr(f"DTSTART:20261101T000000\nRRULE:{rule};COUNT=2")
    assert [moment.date() for moment in found] == [date(2026, 11, 3), date(2026, 11, 17)]


@pytest.mark.parametrize(("wrong", "field"), [
    (Recurrence("days"), "days"), (Recurrence("days", days=(31,)), "days"), (Recurrence("days", days=(0,)), "days"),
    (Recurrence("weekly"), "weekdays"), (Recurrence("weekdays", weekdays=(1,)), "which"),
    (Recurrence("weekdays", which=(5,), weekdays=(1,)), "which"), (Recurrence("daily"), "way"),
])  # fmt: skip
def test_a_rule_that_would_leave_a_month_without_its_day_is_refused(wrong: Recurrence, field: str) -> None:
    refused = wrong.why_not()
    assert refused is not None and refused[0] == field


@pytest.mark.parametrize(("text", "days"), [("10, 25", (10, 25)), ("10 và 25", (10, 25)), ("10", (10,)), ("", ()),
                                            ("mười", None), ("10;-5", None), ("²", None)])  # fmt: skip
def test_days_of_the_month_are_read_as_people_type_them(text: str, days: tuple[int, ...] | None) -> None:
    assert days_typed(text) == days


def test_a_day_off_gives_way_to_the_next_working_day_and_swapped_days_are_worked() -> None:
    calendar = Calendar({
        date(2027, 2, 5): CalendarDay(date(2027, 2, 5), "off", "Tết", "Tet"),
        date(2027, 2, 6): CalendarDay(date(2027, 2, 6), "work", "Làm bù", "Worked"),
    })  # fmt: skip
    assert next(working_from(date(2027, 2, 5), calendar)) == date(2027, 2, 6)
    assert len(list(working_from(date(2027, 2, 5), calendar))) < recurrence.LONGEST_WAIT


H8, H9, H10 = time(8), time(9), time(10)


def test_slots_keep_their_hour_where_the_new_day_has_it_and_their_rank_where_it_has_not() -> None:
    old, later = [H8, time(8, 30), H9], [time(14), time(14, 30), time(15)]
    assert reception.moved([H9, H8], old, [*old, time(9, 30)]) == {H8: H8, H9: H9}
    assert reception.moved([H9, H8], old, later) == {H8: time(14), H9: time(15)}
    assert reception.moved([H9], old, later[:2]) is None
    assert reception.moved([], old, []) == {}
    assert reception.moved([time(7)], old, later) is None


def test_two_spans_overlap_only_where_they_share_a_moment() -> None:
    assert reception.overlap(H8, H10, H9, time(11)) and reception.overlap(H8, H10, H8, H10)
    assert not reception.overlap(H8, H9, H9, H10)


@pytest.mark.parametrize(("typed", "number"), [
    ("004 089 001 234", "004089001234"), ("c1234567", "C1234567"), ("12", None), ("", None), ("căn cước", None),
    ("1" * 21, None),
])  # fmt: skip
def test_an_identity_number_is_letters_and_digits_of_a_length_that_cards_have(typed: str, number: str | None) -> None:
    assert reception.identity(typed) == number


def test_the_wait_for_a_working_day_ends() -> None:
    off = {date(2027, 1, 1) + timedelta(days=n): CalendarDay(date(2027, 1, 1) + timedelta(days=n), "off", "", "")
           for n in range(70)}  # fmt: skip
    assert list(working_from(date(2027, 1, 1), Calendar(off))) == []
