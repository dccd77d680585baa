"""The SQL twins of rules/statistics/formulas.py, by the same names; a test holds them together.

A measure is counted in one or more *sources*: stretches of an index that surely hold its rows, so that a bounded
period never reads the whole table. The pieces of a source never overlap, so their counts may be added.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select, true

from ..cases.models import Custody, Deadline
from ..rules.statistics import LEFT_OUT, Period
from .days import local_day

Condition = ColumnElement[bool]
C = Custody


class Conditions:
    """The formulas for one period, as conditions on a row of custody."""

    def __init__(self, period: Period) -> None:
        self.period = period

    def holds(self, moment: Any) -> Condition:
        """Whether something happened in the period."""
        return and_(moment >= self.period.start, moment < self.period.end)

    def over(self, moment: Any) -> Condition:
        """Whether something had happened before the period ended."""
        return and_(moment.is_not(None), moment < self.period.end)

    def not_over(self, moment: Any) -> Condition:
        return or_(moment.is_(None), moment >= self.period.end)

    def day(self, moment: Any) -> Any:
        """The town's day of a moment within the period."""
        return local_day(moment, self.period.start, self.period.end)

    @property
    def received(self) -> Condition:
        return self.holds(C.began_at)

    @property
    def finished(self) -> Condition:
        return self.holds(C.finished_at)

    @property
    def is_first_time(self) -> Condition:
        return self.not_over(C.finished_at)

    @property
    def is_open(self) -> Condition:
        again = and_(self.over(C.reopened_at), self.not_over(C.resolved_at))
        return and_(C.began_at < self.period.end, self.not_over(C.ended_at), or_(self.is_first_time, again))

    @property
    def is_overdue(self) -> Condition:
        is_first = and_(self.is_first_time, C.is_reopening.is_(False))
        return and_(self.is_open, case((is_first, C.due_on), else_=reopening_due_on()) < self.period.end_on)

    @property
    def judged_finish(self) -> Condition:
        return and_(self.finished, has_target(), was_answered())

    @property
    def on_time(self) -> Condition:
        return and_(self.judged_finish, self.day(C.finished_at) <= C.due_on)

    @property
    def late_forward(self) -> Condition:
        is_forward = and_(C.finished_at.is_(None), self.holds(C.ended_at))
        return and_(is_forward, has_target(), self.day(C.ended_at) > C.due_on)

    @property
    def late_open(self) -> Condition:
        return and_(self.is_open, self.is_first_time, has_target(), C.due_on < self.period.end_on)

    @property
    def answered(self) -> Condition:
        return and_(self.finished, was_answered())

    @property
    def reopened(self) -> Condition:
        return and_(self.answered, C.reopened_at.is_not(None))

    @property
    def rated(self) -> Condition:
        return and_(self.holds(C.rated_at), C.rating_level.is_not(None))

    @property
    def satisfied(self) -> Condition:
        return and_(self.rated, C.rating_level >= 4)

    @property
    def responded(self) -> Condition:
        return self.holds(C.first_response_at)

    @property
    def resolved(self) -> Condition:
        return and_(self.holds(C.resolved_at), outcome_is_answer())

    def sources(self) -> dict[str, list[Condition]]:
        """Index stretches by name; the three of `open` also see custodies that closed or left after the period."""
        end = self.period.end
        not_open_now = aside(C.is_open.is_(False))
        return {
            "began": [self.received],
            "finished": [self.finished],
            "forwarded": [and_(self.holds(C.ended_at), aside(C.finished_at.is_(None)))],
            "open": [
                C.is_open.is_(True),
                and_(C.ended_at >= end, not_open_now),
                and_(C.resolved_at >= end, aside(C.ended_at.is_(None)), not_open_now),
            ],
            "rated": [self.rated],
            "responded": [self.responded],
            "resolved": [self.resolved],
        }

    def measures(self) -> dict[str, dict[str, Condition]]:
        """For each measure the sources that hold its rows, and which of those rows count."""
        return {
            "received": {"began": true()},
            "finished": {"finished": true()},
            "open": {"open": self.is_open},
            "overdue": {"open": self.is_overdue},
            "on_time": {"finished": self.on_time},
            "judged": {"finished": self.judged_finish, "forwarded": self.late_forward, "open": self.late_open},
            "judged_finish": {"finished": self.judged_finish},
            "answered": {"finished": self.answered},
            "reopened": {"finished": self.reopened},
            "rated": {"rated": true()},
            "satisfied": {"rated": C.rating_level >= 4},
            **{f"level_{n}": {"rated": C.rating_level == n} for n in range(1, 6)},
            "responded": {"responded": true()},
            "resolved": {"resolved": true()},
        }


MOMENTS: dict[str, Any] = {
    "began": C.began_at, "finished": C.finished_at, "forwarded": C.ended_at, "rated": C.rated_at,
    "responded": C.first_response_at, "resolved": C.resolved_at, "open": C.began_at,
}  # fmt: skip
"""When a row of each source happened: what it is sorted by in a list, and which month it falls in."""


def aside(condition: Condition) -> Condition:
    """The same condition, said so that the database does not walk an index for it: it holds for most rows."""
    return case((condition, 1), else_=0) == 1


def has_target() -> Condition:
    """Twin of rules.statistics.formulas.has_target."""
    return and_(C.due_on.is_not(None), C.is_reopening.is_(False))


def outcome_is_answer() -> Condition:
    """The outcome is none of those with which nobody was answered."""
    return or_(C.outcome.is_(None), C.outcome.not_in(sorted(LEFT_OUT)))


def was_answered() -> Condition:
    """Twin of rules.statistics.formulas.was_answered."""
    return or_(outcome_is_answer(), C.reopened_at.is_not(None))


def reopening_due_on() -> Any:
    """Due date of the clock that the last reopening of the case started."""
    return (
        select(func.max(Deadline.due_on))
        .where(Deadline.case_id == C.case_id, Deadline.is_closing.is_(True), Deadline.number >= 2)
        .correlate(C)
        .scalar_subquery()
    )


def month_key(moment: Any, ends: list[datetime]) -> Any:
    """Which of the months (by their ends, in order) a moment falls in, from 0."""
    *before, _last = ends
    return case(*((moment < end, number) for number, end in enumerate(before)), else_=len(before))
