"""Who must be told of what is no case: a session to announce or publish, a promise, a finding, days still owed.

Built on the ladder of rules/warnings.py: those who do it ahead, the head when late, then up the tree. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from .deadlines import Calendar, is_late
from .warnings import (
    DUTY,
    LATE,
    REACHED,
    VERIFY,
    Clock,
    Ladder,
    People,
    Telling,
    climbing,
    is_near,
    line_up,
    tellings,
    through,
)

PROMISE, FINDING, CALL = "promise", "verify", "conference_call"
"""Stages beside those of the law (announce, publish_results) and of the duties (reception_day, dialogue_conference)."""
DAYS_TO_VERIFY = 5
"""Working days that a promise reported done may wait for the finding of the other unit (proposal, no statute)."""
DAYS_OF_A_TERM = 5
"""Working days before the end of a month, week or year from which its head hears what is still owed (proposal)."""


def tellings_of(clock: Clock, people: People, calendar: Calendar, today: date, ladder: Ladder) -> list[Telling]:
    """Everybody who has to have been told of this by now, told already or not."""
    if clock.stage == FINDING:
        return _finding(clock, people, calendar, today, ladder)
    if clock.stage == CALL:
        return _to_heads(clock, "reached", REACHED, people)
    if clock.about.startswith("duty:"):
        is_close = is_near(clock, DAYS_OF_A_TERM, calendar, today)
        return _to_heads(clock, str(DAYS_OF_A_TERM), DUTY, people) if is_close else []
    return tellings(clock, people, calendar, today, ladder)


def _finding(clock: Clock, people: People, calendar: Calendar, today: date, ladder: Ladder) -> list[Telling]:
    """Whoever may find it kept or broken, once it has waited too long; then the heads above them."""
    if not is_late(clock.due_on, today):
        return []
    chain = line_up(clock.unit_path)
    here = [Telling(i, clock, LATE, VERIFY, chain[0]) for i in sorted(clock.handlers)]
    return (here or through(clock, LATE, VERIFY, chain, people)) + climbing(clock, people, calendar, today, ladder)


def _to_heads(clock: Clock, step: str, why: str, people: People) -> list[Telling]:
    """The heads of the unit itself and its deputies: what only they can do is nobody's else where there is none."""
    unit_id = line_up(clock.unit_path)[0]
    return [Telling(i, clock, step, why, unit_id) for i in sorted(people.heads.get(unit_id, ()))]


def verify_by(since: Iterable[date], calendar: Calendar) -> date:
    """The last day of the finding: so many working days after the last time that it was said or doubted."""
    day, left = max(since), DAYS_TO_VERIFY
    while left:
        day += timedelta(days=1)
        left -= calendar.is_working(day)
    return day
