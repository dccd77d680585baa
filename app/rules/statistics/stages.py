"""Where the time of a custody went: how long it stood in each status while it was the unit's, from its events."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from ..workflow import OPEN, Status
from . import formulas
from .facts import CustodyFact, Period

TIMED = (Status.RECEIVED, Status.ASSIGNED, Status.VERIFYING, Status.WAITING, Status.SCHEDULED, Status.SUSPENDED,
         Status.PENDING_APPROVAL)  # fmt: skip
"""Statuses in which a case waits for somebody; after the answer nobody's time runs."""
PAUSES = frozenset({Status.WAITING, Status.SUSPENDED})
"""Those in which it waits for the resident, or the law lets time stand still: never the unit's own time."""


@dataclass(frozen=True)
class Dwell:
    """Where a custody stands (or stood when the case left the unit), since when, and seconds spent in each status.

    The time of the status that still runs is not in it: whoever asks adds what has passed since.
    """

    status: str = ""
    since: int = 0
    spent: Mapping[str, int] = field(default_factory=dict)
    stood: frozenset[str] = frozenset()
    """Every status in which it stood, however shortly."""


def dwell(began: int, ended: int, marks: Sequence[tuple[int, str]]) -> Dwell:
    """From the custody's beginning and end (0: it lasts) and its events: second and status after each, in order.

    The first status counts from the beginning, whenever its event was written down; the last one until the end.
    """
    runs: list[tuple[int, str]] = []
    for at, status in marks:
        if not runs or runs[-1][1] != status:
            runs.append((at if runs else began, status))
    spent = dict.fromkeys(map(str, TIMED), 0)
    ends = [at for at, _status in runs[1:]] + ([ended] if ended else [])
    for (since, status), until in zip(runs, ends, strict=False):
        if status in spent:
            spent[status] += max(until - since, 0)
    stood = frozenset(status for _since, status in runs)
    return Dwell(runs[-1][1], runs[-1][0], spent, stood) if runs else Dwell(spent=spent)


@dataclass(frozen=True)
class Passage:
    """A custody's way through the house: its facts, where it stood, and which stay of its case it is."""

    fact: CustodyFact
    dwell: Dwell
    number: int = 1
    from_unit_id: int = 0
    came_back: bool = False


def _received(w: Passage, p: Period) -> bool:
    return formulas.received(w.fact, p)


def got_assigned(w: Passage, p: Period) -> bool:
    """Of those received in the period: somebody was charged with it."""
    return _received(w, p) and bool(w.dwell.stood & WORKED)


def got_verifying(w: Passage, p: Period) -> bool:
    """Of those: it was verified (complaints and denunciations only)."""
    return _received(w, p) and Status.VERIFYING in w.dwell.stood


def got_approval(w: Passage, p: Period) -> bool:
    """Of those: a draft of the answer lay before the head."""
    return _received(w, p) and Status.PENDING_APPROVAL in w.dwell.stood


def got_answer(w: Passage, p: Period) -> bool:
    """Of those: answered until today."""
    return _received(w, p) and w.fact.finished_at is not None and formulas.was_answered(w.fact)


def got_rating(w: Passage, p: Period) -> bool:
    """Of those: judged by the resident until today."""
    return _received(w, p) and w.fact.rating_level is not None


def got_closed(w: Passage, p: Period) -> bool:
    """Of those: ended without an answer being owed any more (a duplicate, withdrawn, terminated)."""
    return _received(w, p) and w.fact.finished_at is not None and not formulas.was_answered(w.fact)


def got_forward(w: Passage, p: Period) -> bool:
    """Of those: passed on unanswered until today."""
    return _received(w, p) and w.fact.finished_at is None and w.fact.ended_at is not None


def passed(w: Passage, p: Period) -> bool:
    """Finished in the period, or passed on unanswered: its time at the unit is known."""
    return formulas.finished(w.fact, p) or (w.fact.finished_at is None and p.holds(w.fact.ended_at))


def passed_in(status: str) -> Way:
    """Of those: stood in this status."""
    return lambda w, p: passed(w, p) and status in w.dwell.stood


def stands_in(status: str) -> Way:
    """Came before the period ended and stands in this status now, unanswered or reopened."""
    return lambda w, p: p.is_over_by(w.fact.began_at) and w.fact.ended_at is None and w.dwell.status == status


def stay(number: int) -> Way:
    """Received in the period as the first, second ... stay of its case; the last number stands for all after it."""
    last = number == STAYS
    return lambda w, p: _received(w, p) and (w.number >= number if last else w.number == number)


def moved(w: Passage, p: Period) -> bool:
    """Received in the period from another unit."""
    return _received(w, p) and w.from_unit_id > 0


def came_back(w: Passage, p: Period) -> bool:
    """Received in the period by a unit that had passed it on before."""
    return _received(w, p) and w.came_back


Way = Callable[[Passage, Period], bool]
WORKED = frozenset(map(str, TIMED)) - {str(Status.RECEIVED)}
STANDING = tuple(str(status) for status in TIMED if status in OPEN)
"""Statuses in which an open case can stand."""
STAYS = 4
WAYS: dict[str, Way] = {
    "got_assigned": got_assigned, "got_verifying": got_verifying, "got_approval": got_approval,
    "got_answer": got_answer, "got_rating": got_rating, "got_closed": got_closed, "got_forward": got_forward,
    "passed": passed, "moved": moved, "came_back": came_back,
    **{f"passed_{status}": passed_in(str(status)) for status in TIMED},
    **{f"stands_{status}": stands_in(status) for status in STANDING},
    **{f"stay_{number}": stay(number) for number in range(1, STAYS + 1)},
}  # fmt: skip
"""Every count of the page "where time is lost", by name; the column twins in reports/cells/passage.py have the same."""
