"""A commune chairman from May to September 2026, worked out by hand: weekly until June, two days a month from July."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from app.rules.deadlines import RULES_FILE, load_rules
from app.rules.dialogues.commitments import tally
from app.rules.dialogues.duties import CONFERENCE, RECEPTION_DAY, fulfilled, read
from app.rules.statistics import FORMULAS, Share
from app.rules.statistics.heard import (
    PROMISE_SHARES,
    SHARES,
    DayFact,
    Heard,
    Owing,
    SessionFact,
    Stretch,
    VisitFact,
    counts_for_duty,
    duty_met,
    summarise_heard,
)

DUTIES = read(load_rules(RULES_FILE).duties)
LOCAL = tuple(d for d in DUTIES if d.who in ("commune_chairman", "commune_peoples_committee"))
COMMUNE = Owing(7, LOCAL, valid_from=date(2025, 7, 1))


def whole(first: date, last: date) -> Stretch:
    """Days that are all over."""
    return Stretch(first, last, last)


SUMMER = whole(date(2026, 5, 1), date(2026, 9, 30))


def held(month: int, *days: int, **more: object) -> list[DayFact]:
    return [DayFact(7, date(2026, month, day), state="held", **{"by_head": True, **more}) for day in days]  # type: ignore[arg-type]


DAYS = [
    # May: Mondays, but the 18th was received by the deputy; 27 April belongs to the week that ends on 3 May.
    *held(4, 27), *held(5, 4, 11, 25), *held(5, 18, by_head=False),
    # June: the 8th was moved to the 10th, within its week; none in the week from the 15th; twice in the last.
    *held(6, 1, 10, 22, 24), DayFact(7, date(2026, 6, 8), state="moved"),
    # The week of 29 June ends in July, when the weekly duty is over: its day counts for nothing but July's two.
    *held(6, 29), *held(7, 1, 15),
    # August: one periodic day, one that was moved out of the month and never held, one regular day, which is no duty.
    *held(8, 10), DayFact(7, date(2026, 8, 25), state="moved"), *held(8, 26, kind="regular"),
    # September: three days, and two sittings on one of them.
    *held(9, 1, 9, 9, 25),
]  # fmt: skip


def met(first: date, last: date) -> tuple[int, int]:
    found = duty_met(COMMUNE, RECEPTION_DAY, whole(first, last), [d.on for d in DAYS if counts_for_duty(d)])
    return found.counted, found.owed


@pytest.mark.parametrize(
    ("first", "last", "by_hand"),
    [
        # Sundays in May: 3, 10, 17, 24, 31. Held in their weeks: 27/4, 4/5, 11/5, none (deputy on the 18th), 25/5.
        (date(2026, 5, 1), date(2026, 5, 31), (4, 5)),
        # Sundays in June: 7, 14, 21, 28. Held: 1/6, 10/6 (moved from the 8th), none, 22 and 24/6, which count as one.
        (date(2026, 6, 1), date(2026, 6, 30), (3, 4)),
        (date(2026, 7, 1), date(2026, 7, 31), (2, 2)),
        (date(2026, 8, 1), date(2026, 8, 31), (1, 2)),
        # Three days held, two owed: the third makes up for nothing.
        (date(2026, 9, 1), date(2026, 9, 30), (2, 2)),
        (date(2026, 5, 1), date(2026, 9, 30), (12, 15)),
        # A month that is not over is not judged, and so neither is the week.
        (date(2026, 9, 1), date(2026, 9, 29), (0, 0)),
        (date(2026, 5, 1), date(2026, 5, 2), (0, 0)),
    ],
)
def test_the_chairmans_summer_worked_out_by_hand(first: date, last: date, by_hand: tuple[int, int]) -> None:
    assert met(first, last) == by_hand


def test_the_months_of_the_summer_add_up_to_it() -> None:
    months = [(5, 31), (6, 30), (7, 31), (8, 31), (9, 30)]
    counted, owed = zip(*(met(date(2026, m, 1), date(2026, m, last)) for m, last in months), strict=True)
    assert (sum(counted), sum(owed)) == met(SUMMER.first, SUMMER.last)


def test_days_held_and_moved_are_counted_whoever_received() -> None:
    found = summarise_heard(DAYS, [], [], SUMMER)
    assert found["days_moved"] == 2
    assert found["days_held"] == 17, "4 in May, 5 in June, 2 in July, 2 in August, 4 in September"


def test_a_unit_owes_nothing_for_periods_in_which_it_was_not_there_all_the_time() -> None:
    young = Owing(8, LOCAL, valid_from=date(2026, 8, 2))
    gone = Owing(9, LOCAL, valid_from=date(2025, 7, 1), valid_to=date(2026, 8, 30))
    assert duty_met(young, RECEPTION_DAY, SUMMER, []).owed == 2, "September alone"
    assert duty_met(gone, RECEPTION_DAY, SUMMER, []).owed == 11, "5 and 4 weeks, July; not August, not September"
    assert duty_met(COMMUNE, CONFERENCE, whole(date(2025, 1, 1), date(2025, 12, 31)), []).owed == 0
    year = whole(date(2026, 1, 1), date(2026, 12, 31))
    twice = [date(2026, 3, 3), date(2026, 11, 3)]
    found = duty_met(COMMUNE, CONFERENCE, year, twice)
    assert (found.owed, found.done, found.counted) == (1, 2, 1)
    assert duty_met(COMMUNE, CONFERENCE, Stretch(year.first, date(2026, 12, 31), date(2026, 12, 30)), twice).owed == 0


VISITS = [
    VisitFact(7, date(2026, 7, 1), people=3, has_case=True, notify_due_on=date(2026, 7, 11),
              notified_on=date(2026, 7, 11)),
    VisitFact(7, date(2026, 7, 1), notify_due_on=date(2026, 7, 11), notified_on=date(2026, 7, 12)),
    VisitFact(7, date(2026, 7, 15), people=40, notify_due_on=date(2026, 7, 25)),
    VisitFact(7, date(2026, 9, 25), notify_due_on=date(2026, 10, 5), notified_on=date(2026, 9, 26)),
    VisitFact(7, date(2026, 7, 1), is_sealed=True, has_case=True, notify_due_on=date(2026, 7, 11)),
    VisitFact(7, date(2026, 7, 1), state="no_show"),
    VisitFact(7, date(2026, 7, 1), state="no_show", is_sealed=True),
    VisitFact(7, date(2026, 7, 15), state="refused"),
    VisitFact(7, date(2026, 7, 15), state="cancelled"),
    VisitFact(7, date(2026, 4, 27), people=9, notify_due_on=date(2026, 5, 7), notified_on=date(2026, 5, 4)),
]  # fmt: skip


def test_visits_worked_out_by_hand() -> None:
    found = summarise_heard([], VISITS, [], SUMMER)
    assert {name: found[name] for name in ("visits", "people", "no_shows", "turned_away", "became_cases")} == {
        "visits": 5, "people": 46, "no_shows": 1, "turned_away": 1, "became_cases": 1,
    }  # fmt: skip
    assert (found["told_in_time"], found["tellable"]) == (2, 4), "due in the summer: three in July, one from April"


def session(on: date, kind: str = "conference", **more: object) -> SessionFact:
    given: dict[str, object] = {"is_held": True, "attended": 50, "questions": 4, "answered": 3, **more}
    return SessionFact(7, on, kind, **given)  # type: ignore[arg-type]


def test_sessions_worked_out_by_hand() -> None:
    day = date
    found = summarise_heard([], [], [
        session(day(2026, 6, 20), announce_due_on=day(2026, 6, 13), announced_on=day(2026, 6, 13),
                publish_due_on=day(2026, 6, 30), published_on=day(2026, 6, 30)),
        session(day(2026, 9, 25), "theme", announce_due_on=day(2026, 9, 18), announced_on=day(2026, 9, 19),
                publish_due_on=day(2026, 10, 5), published_on=day(2026, 10, 1)),
        session(day(2026, 7, 3), "request", attended=6, questions=0, answered=0),
        session(day(2026, 7, 4), is_called_off=True, announce_due_on=day(2026, 6, 27)),
        session(day(2026, 7, 5), is_held=False, publish_due_on=day(2026, 7, 15)),
        session(day(2026, 4, 25), "theme", announce_due_on=day(2026, 4, 18), publish_due_on=day(2026, 5, 5)),
    ], SUMMER)  # fmt: skip
    said = ("sessions", "conferences", "attended", "questions", "answered")
    assert {name: found[name] for name in said} == {
        "sessions": 3, "conferences": 1, "attended": 106, "questions": 8, "answered": 6,
    }  # fmt: skip
    assert (found["announced_in_time"], found["announceable"]) == (1, 2)
    assert (found["published_in_time"], found["publishable"]) == (1, 2), "June's in time, April's never"


@dataclass
class Promise:
    made_on: date
    due_on: date
    state: str
    reported_on: date | None = None


def test_promises_worked_out_by_hand() -> None:
    made = date(2026, 6, 20)
    promises = [
        Promise(made, date(2026, 7, 20), "kept", date(2026, 7, 20)),
        Promise(made, date(2026, 7, 20), "kept", date(2026, 7, 21)),
        Promise(made, date(2026, 7, 31), "broken"),
        Promise(made, date(2026, 8, 1), "replaced"),
        Promise(made, date(2026, 9, 1), "open"),
        Promise(made, date(2026, 9, 2), "reported", date(2026, 9, 1)),
        Promise(made, date(2026, 9, 2), "reported", date(2026, 9, 9)),
        Promise(made, date(2026, 9, 30), "kept", date(2026, 9, 1)),
        Promise(made, date(2026, 12, 1), "open"),
        Promise(date(2026, 10, 1), date(2026, 10, 2), "open"),
    ]
    found = tally(promises, SUMMER.first, SUMMER.last)
    assert (found.made, found.due, found.kept, found.on_time, found.broken, found.replaced) == (9, 7, 3, 2, 1, 1)
    assert (found.open, found.overdue) == (4, 2)
    eve = tally(promises, SUMMER.first, date(2026, 9, 30), date(2026, 9, 29))
    assert (eve.made, eve.due, eve.kept) == (9, 6, 2), "what falls due today is not judged yet"


def test_small_numbers_give_no_rate() -> None:
    heard = Heard(days_owed=15, days_counted=12)
    assert heard.share("head_days") == Share(12, 15)
    assert heard.share("head_days").percent(20) is None
    assert heard.plus(heard).share("head_days").percent(20) == pytest.approx(80)
    assert heard.plus(heard).share("head_days").interval(20) == pytest.approx((62.69, 90.49), abs=0.01)
    assert heard.shortfall == 3


def test_every_rate_is_published_with_what_stands_above_and_below_the_line() -> None:
    published = {f.code: f for f in FORMULAS}
    for code in (*SHARES, *PROMISE_SHARES):
        assert published[code].numerator and published[code].denominator, code
    assert fulfilled([], [date(2026, 1, 1)]).owed == 0
