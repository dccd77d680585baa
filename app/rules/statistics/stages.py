"""Where the time of a custody went: how long it stood in each status while it was the unit's, from its events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..workflow import Status

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
    return Dwell(runs[-1][1], runs[-1][0], spent) if runs else Dwell(spent=spent)
