"""The formulas themselves: which custody counts for which figure. Each reads like its sentence in published.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields

from ..workflow import Outcome
from .facts import CustodyFact, Period, seconds
from .shares import NONE, Share, Spread, spread

LEFT_OUT = frozenset({Outcome.DUPLICATE, Outcome.WITHDRAWN, Outcome.TERMINATED})
"""Outcomes with which nobody was answered: the matter is answered elsewhere, or nothing was owed any more."""


def received(c: CustodyFact, p: Period) -> bool:
    """It came to the unit in the period."""
    return p.holds(c.began_at)


def finished(c: CustodyFact, p: Period) -> bool:
    """Its first answer or closing at this unit fell in the period."""
    return p.holds(c.finished_at)


def is_first_time(c: CustodyFact, p: Period) -> bool:
    """At the period's end the unit had neither answered nor closed it yet."""
    return not p.is_over_by(c.finished_at)


def is_open(c: CustodyFact, p: Period) -> bool:
    """At the period's end it lay at the unit, not yet answered, or reopened and not answered again."""
    if not p.is_over_by(c.began_at) or p.is_over_by(c.ended_at):
        return False
    return is_first_time(c, p) or (p.is_over_by(c.reopened_at) and not p.is_over_by(c.resolved_at))


def is_overdue(c: CustodyFact, p: Period) -> bool:
    """Open at the period's end with its due date before that day; a reopened one by its new due date."""
    due_on = c.due_on if is_first_time(c, p) and not c.is_reopening else c.reopening_due_on
    return is_open(c, p) and due_on is not None and due_on < p.end_on


def has_target(c: CustodyFact) -> bool:
    """There is a due date to be judged by; reopenings are not judged, the first answer is."""
    return c.due_on is not None and not c.is_reopening


def was_answered(c: CustodyFact) -> bool:
    """The custody's first end was an answer or a refusal with its reason. Only an answered case can be reopened."""
    return c.outcome not in LEFT_OUT or c.reopened_at is not None


def judged_finish(c: CustodyFact, p: Period) -> bool:
    """Finished in the period, with a due date and an answer."""
    return finished(c, p) and has_target(c) and was_answered(c)


def on_time(c: CustodyFact, p: Period) -> bool:
    """Finished by the end of its due date."""
    return judged_finish(c, p) and c.finished_on is not None and c.due_on is not None and c.finished_on <= c.due_on


def late_forward(c: CustodyFact, p: Period) -> bool:
    """Passed on in the period, unanswered, after its due date: late here. Before it, the next unit answers."""
    if c.finished_at is not None or not p.holds(c.ended_at) or not has_target(c):
        return False
    return c.ended_on is not None and c.due_on is not None and c.ended_on > c.due_on


def late_open(c: CustodyFact, p: Period) -> bool:
    """Never answered, still open and past its due date when the period ended."""
    return is_open(c, p) and is_first_time(c, p) and has_target(c) and is_overdue(c, p)


def judged(c: CustodyFact, p: Period) -> bool:
    """The denominator of on time; its three groups never overlap."""
    return judged_finish(c, p) or late_forward(c, p) or late_open(c, p)


def answered(c: CustodyFact, p: Period) -> bool:
    """Finished in the period with an answer: what a resident could reopen."""
    return finished(c, p) and was_answered(c)


def reopened(c: CustodyFact, p: Period) -> bool:
    """Answered in the period and reopened since, whenever that was."""
    return answered(c, p) and c.reopened_at is not None


def rated(c: CustodyFact, p: Period) -> bool:
    """The resident's last judgement fell in the period."""
    return p.holds(c.rated_at) and c.rating_level is not None


def satisfied(c: CustodyFact, p: Period) -> bool:
    """Judged with level 4 or 5."""
    return rated(c, p) and (c.rating_level or 0) >= 4


def responded(c: CustodyFact, p: Period) -> bool:
    """The first human message of this unit to the resident fell in the period."""
    return p.holds(c.first_response_at)


def resolved(c: CustodyFact, p: Period) -> bool:
    """The last answer fell in the period (it moves when a reopened case is answered again)."""
    return p.holds(c.resolved_at) and c.outcome not in LEFT_OUT


def concluded(c: CustodyFact, p: Period) -> bool:
    """Resolved in the period, and the case has not left since: here the resident's wait is counted."""
    return resolved(c, p) and c.ended_at is None


def first_response_seconds(c: CustodyFact) -> int:
    """From the arrival at the unit to its first human message."""
    return seconds(c.began_at, c.first_response_at or c.began_at)


def elapsed_seconds(c: CustodyFact) -> int:
    """From the arrival at the unit to the last answer."""
    return seconds(c.began_at, c.resolved_at or c.began_at)


def net_seconds(c: CustodyFact) -> int:
    """The same without the time in which the resident owed a reply."""
    return max(elapsed_seconds(c) - c.waited_seconds, 0)


def case_seconds(c: CustodyFact) -> int:
    """From the resident's sending to the last answer, through all units."""
    return seconds(c.case_began_at or c.began_at, c.resolved_at or c.began_at)


def case_net_seconds(c: CustodyFact) -> int:
    """The same without all legal pauses."""
    return max(case_seconds(c) - c.case_waited_seconds, 0)


def _level(level: int) -> Callable[[CustodyFact, Period], bool]:
    return lambda c, p: rated(c, p) and c.rating_level == level


MEASURES: dict[str, Callable[[CustodyFact, Period], bool]] = {
    "received": received, "finished": finished, "open": is_open, "overdue": is_overdue, "on_time": on_time,
    "judged": judged, "judged_finish": judged_finish, "answered": answered, "reopened": reopened, "rated": rated,
    "satisfied": satisfied, "responded": responded, "resolved": resolved,
    **{f"level_{n}": _level(n) for n in range(1, 6)},
}  # fmt: skip
"""Every count a page may show, by name; the twins over columns carry the same names."""


@dataclass(frozen=True)
class Summary:
    """The figures of one unit, or of several taken together, for one period."""

    received: int = 0
    finished: int = 0
    open: int = 0
    overdue: int = 0
    on_time: int = 0
    judged: int = 0
    judged_finish: int = 0
    answered: int = 0
    reopened: int = 0
    rated: int = 0
    satisfied: int = 0
    responded: int = 0
    resolved: int = 0
    level_1: int = 0
    level_2: int = 0
    level_3: int = 0
    level_4: int = 0
    level_5: int = 0
    first_response: Spread = NONE
    elapsed: Spread = NONE
    net: Spread = NONE

    @property
    def on_time_share(self) -> Share:
        """On time / (finished + open past due)."""
        return Share(self.on_time, self.judged)

    @property
    def satisfied_share(self) -> Share:
        """Levels 4 and 5 / all ratings."""
        return Share(self.satisfied, self.rated)

    @property
    def reopened_share(self) -> Share:
        """Reopened / answered."""
        return Share(self.reopened, self.answered)

    @property
    def levels(self) -> dict[int, int]:
        """Ratings by level, best first."""
        return {level: getattr(self, f"level_{level}") for level in (5, 4, 3, 2, 1)}

    def plus(self, other: Summary) -> Summary:
        """The counts of both together; durations cannot be added and are left empty."""
        return Summary(**{name: getattr(self, name) + getattr(other, name) for name in COUNTS})


COUNTS = tuple(f.name for f in fields(Summary) if f.name in MEASURES)


def summarise(custodies: Iterable[CustodyFact], p: Period) -> Summary:
    """All figures of some custodies for a period, straight from the formulas."""
    rows = list(custodies)
    counts = {name: sum(MEASURES[name](c, p) for c in rows) for name in COUNTS}
    done = [c for c in rows if resolved(c, p)]
    return Summary(
        **counts,
        first_response=spread(first_response_seconds(c) for c in rows if responded(c, p)),
        elapsed=spread(elapsed_seconds(c) for c in done),
        net=spread(net_seconds(c) for c in done),
    )  # fmt: skip
