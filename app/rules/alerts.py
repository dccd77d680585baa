"""When a unit's figures cross a threshold that was set for it: told once, and again only after they were well. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from .statistics import Share

ON_TIME, OVERDUE = "on_time", "overdue"
WHATS = (ON_TIME, OVERDUE)


@dataclass(frozen=True)
class Limits:
    """The thresholds of one unit; None: nobody asked to be told."""

    on_time_below: int | None = None
    """Per cent: told when the share falls below it."""
    overdue_above: int | None = None
    """Cases: told when more are overdue."""


def is_bad(what: str, limits: Limits, on_time: Share, overdue: int, minimum: int) -> bool | None:
    """Whether a figure lies beyond its threshold; None where too few cases allow no judgement, so all stays as it was.

    Without a threshold nothing is bad.
    """
    if what == OVERDUE:
        return limits.overdue_above is not None and overdue > limits.overdue_above
    if limits.on_time_below is None:
        return False
    percent = on_time.percent(minimum)
    return None if percent is None else percent < limits.on_time_below


def crossing(was_bad: bool, is_bad_now: bool | None) -> bool | None:
    """True: it became bad and has to be told. False: it is well again. None: nothing changed."""
    return None if is_bad_now is None or is_bad_now == was_bad else is_bad_now
