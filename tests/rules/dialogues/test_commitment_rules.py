"""Promises in the rules: what each verb may do and where it leads, what a page calls them, how they are counted."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from app.rules.dialogues import commitments
from app.rules.dialogues.commitments import MOVES, NOT_MADE, State, Tally, is_overdue, leads_to, shown, tally, why_not
from app.rules.workflow import Action

DUE = date(2026, 11, 20)
BEFORE, AFTER = DUE - timedelta(days=1), DUE + timedelta(days=1)
A, S = Action, State


@dataclass(frozen=True)
class Made:
    """A commitment as far as it is counted."""

    state: str
    due_on: date = DUE
    reported_on: date | None = None
    made_on: date = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("action", "state", "today", "after"),
    [
        (A.DROP_PROMISE, S.DRAFT, BEFORE, S.DROPPED),
        (A.REPORT_DONE, S.OPEN, BEFORE, S.REPORTED),
        (A.REPORT_DONE, S.OPEN, AFTER, S.REPORTED),
        (A.CONFIRM_KEPT, S.REPORTED, AFTER, S.KEPT),
        (A.FIND_BROKEN, S.REPORTED, BEFORE, S.OPEN),
        (A.FIND_BROKEN, S.REPORTED, DUE, S.OPEN),
        (A.FIND_BROKEN, S.REPORTED, AFTER, S.BROKEN),
        (A.FIND_BROKEN, S.OPEN, AFTER, S.BROKEN),
        (A.FIND_BROKEN, S.KEPT, AFTER, S.BROKEN),
        (A.FIND_BROKEN, S.KEPT, BEFORE, S.OPEN),
        (A.REPLACE_PROMISE, S.OPEN, DUE, S.REPLACED),
        (A.REPLACE_PROMISE, S.OPEN, AFTER, S.BROKEN),
        (A.REPLACE_PROMISE, S.BROKEN, AFTER, S.BROKEN),
        (A.OBJECT, S.REPORTED, BEFORE, S.REPORTED),
        (A.OBJECT, S.KEPT, AFTER, S.REPORTED),
    ],
)
def test_a_verb_leads_where_the_table_says(action: Action, state: State, today: date, after: State) -> None:
    assert why_not(action, state, DUE, today) is None
    assert leads_to(action, state, DUE, today) == after


@pytest.mark.parametrize("action", list(MOVES))
@pytest.mark.parametrize("state", list(State))
def test_any_other_state_refuses_with_a_sentence(action: Action, state: State) -> None:
    refused = why_not(action, state, DUE, AFTER)
    assert (refused is None) == (state in MOVES[action][0])
    assert refused is None or refused.endswith(".")


def test_what_is_not_reported_is_not_found_broken_before_its_date() -> None:
    assert why_not(A.FIND_BROKEN, S.OPEN, DUE, DUE) == "Chưa hết hạn của cam kết, chưa kết luận là không giữ được."
    assert why_not(A.FIND_BROKEN, S.OPEN, DUE, AFTER) is None


@pytest.mark.parametrize(
    ("made", "today", "called"),
    [
        (Made(S.OPEN), DUE, "open"),
        (Made(S.OPEN), AFTER, "overdue"),
        (Made(S.REPORTED, reported_on=DUE), AFTER, "reported"),
        (Made(S.KEPT, reported_on=DUE), AFTER, "kept"),
        (Made(S.KEPT, reported_on=AFTER), AFTER, "kept_late"),
        (Made(S.BROKEN), AFTER, "broken"),
        (Made(S.REPLACED), AFTER, "replaced"),
        (Made(S.DRAFT), AFTER, "draft"),
    ],
)
def test_the_word_shown_follows_from_the_state_and_its_dates(made: Made, today: date, called: str) -> None:
    assert shown(made, today) == called


def test_one_reported_in_time_is_not_late_while_it_waits_for_its_finding() -> None:
    assert not is_overdue(Made(S.REPORTED, reported_on=DUE), AFTER)
    assert is_overdue(Made(S.REPORTED, reported_on=AFTER), AFTER)


START, END = date(2026, 11, 1), date(2026, 11, 30)
OUTSIDE = date(2026, 12, 15)


@pytest.mark.parametrize(
    ("made", "counted"),
    [
        (Made(S.OPEN), Tally(made=1, due=1, open=1, overdue=1)),
        (Made(S.OPEN, due_on=OUTSIDE), Tally(made=1, open=1)),
        (Made(S.REPORTED, reported_on=DUE), Tally(made=1, due=1, open=1)),
        (Made(S.REPORTED, reported_on=AFTER), Tally(made=1, due=1, open=1, overdue=1)),
        (Made(S.KEPT, reported_on=DUE), Tally(made=1, due=1, kept=1, on_time=1)),
        (Made(S.KEPT, reported_on=AFTER), Tally(made=1, due=1, kept=1)),
        (Made(S.BROKEN), Tally(made=1, due=1, broken=1)),
        (Made(S.REPLACED), Tally(made=1, replaced=1)),
        (Made(S.KEPT, due_on=OUTSIDE, reported_on=DUE), Tally(made=1)),
        (Made(S.DRAFT), Tally()),
        (Made(S.DROPPED), Tally()),
        (Made(S.OPEN, made_on=date(2026, 12, 1), due_on=OUTSIDE), Tally()),
        (Made(S.OPEN, made_on=date(2026, 10, 1), due_on=date(2026, 10, 20)), Tally(open=1, overdue=1)),
    ],
)
def test_one_commitment_counts_where_the_table_says(made: Made, counted: Tally) -> None:
    assert tally([made], START, END) == counted


def _recounted(rows: list[Made], start: date, end: date) -> dict[str, int]:
    """The same, slowly, one commitment and one question after the other."""
    found = dict.fromkeys(("made", "due", "kept", "on_time", "broken", "open", "overdue", "replaced"), 0)
    for row in rows:
        if row.state in ("draft", "dropped"):
            continue
        in_period = start <= row.due_on and row.due_on <= end
        if start <= row.made_on and row.made_on <= end:
            found["made"] += 1
        if in_period:
            found["replaced" if row.state == "replaced" else "due"] += 1
            if row.state == "broken":
                found["broken"] += 1
            if row.state == "kept":
                found["kept"] += 1
                if row.reported_on is None or row.reported_on <= row.due_on:
                    found["on_time"] += 1
        if row.made_on <= end and row.state in ("open", "reported"):
            found["open"] += 1
            done_on = row.reported_on or end
            late = row.due_on < end if row.state == "open" else done_on > row.due_on
            found["overdue"] += int(late)
    return found


@pytest.mark.parametrize("seed", range(40))
def test_any_mixture_counts_as_a_slow_recount_does(seed: int) -> None:
    chance = random.Random(seed)

    def some_day() -> date:
        return date(2026, 10, 1) + timedelta(days=chance.randint(0, 90))

    rows = []
    for _ in range(chance.randint(0, 60)):
        state, made = chance.choice(list(State)), some_day()
        done = some_day() if state in (S.REPORTED, S.KEPT) else None
        rows.append(Made(state, made + timedelta(days=chance.randint(0, 40)), done, made))
    counted = tally(rows, START, END)
    assert vars(counted) == _recounted(rows, START, END)
    assert counted.on_time <= counted.kept <= counted.due
    assert counted.kept + counted.broken <= counted.due
    assert tally([row for row in rows if row.state not in NOT_MADE], START, END) == counted
    assert {S.OPEN, S.REPORTED} == commitments.OPEN
