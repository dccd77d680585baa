"""How a custody's facts lie in a cell: a row of fixed width, so that a million of them are columns of numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...rules.statistics.stages import TIMED
from ...rules.workflow import Kind, Outcome, Status

KINDS = [str(kind) for kind in Kind]
OUTCOMES = ["", *(str(outcome) for outcome in Outcome)]
CHANNELS = ["other", "web", "counter", "phone", "letter", "reception"]
"""By number; the first stands for whatever the list does not know. New ones go to the end of each list."""
STATUSES = ["", *(str(status) for status in Status)]
"""By number; the first: no event says it. New ones go to the end of the vocabulary."""
SPENT = tuple(f"in_{status}" for status in TIMED)
"""Seconds spent in each status while the case was this unit's; the running status's time is not in it."""
REASONS = ["not_done", "vague", "late", "attitude", "wrong", "clear", "fast", "kind"]
"""Reasons ticked beside a rating, each one bit."""
MOMENTS = ("began_at", "ended_at", "first_response_at", "finished_at", "resolved_at", "reopened_at", "rated_at")
"""Whole seconds since 1970 in UTC, 0 for never."""
DAYS = ("ended_on", "finished_on", "due_on", "reopening_due_on")
"""Ordinals of the town's calendar, 0 for none."""
ROW = np.dtype([
    ("id", "<u4"), ("case_id", "<u4"), ("category_id", "<u4"), ("commune_id", "<u4"), ("waited_seconds", "<u4"),
    *((name, "<u4") for name in MOMENTS), *((name, "<u4") for name in DAYS),
    ("case_began_at", "<u4"), ("case_waited_seconds", "<u4"), ("from_unit_id", "<u4"), ("since", "<u4"),
    *((name, "<u4") for name in SPENT), ("number", "<u2"), ("stood", "<u2"),
    ("reasons", "<u2"), ("kind", "u1"), ("channel", "u1"), ("outcome", "u1"), ("rating_level", "u1"),
    ("is_reopening", "u1"), ("came_back", "u1"), ("status", "u1"),
])  # fmt: skip
"""`case_began_at`: the second in which the resident sent it, `case_waited_seconds` the legal pauses of all its stays.
`since`: the second at which `status` began; both as they stood last where the case has left the unit. `stood`: every
status in which it ever stood here, as bits by their numbers."""
FORMAT = 4
"""Counts up whenever ROW changes: cells of another format are never read, but counted anew."""
Rows = NDArray[Any]


def packed(found: Iterable[Mapping[Any, Any]]) -> Rows:
    """Rows of the query in keep.py as those of a cell, in the order of their ids; stages.fill does the rest."""
    return np.array(sorted((_row(one) for one in found), key=lambda row: row[0]), ROW)


def _row(one: Mapping[Any, Any]) -> tuple[Any, ...]:
    outcome = str(one["outcome"] or "")
    return (
        one["id"], one["case_id"], one["category_id"], one["commune_id"] or 0, max(one["waited_seconds"], 0),
        *(second(one[name]) for name in MOMENTS), *(ordinal(one[name]) for name in DAYS),
        second(one["case_began_at"]), max(one["case_waited_seconds"], 0), one["from_unit_id"] or 0, 0,
        *NO_TIME, one["number"], 0, mask_of(one["reasons"] or ()),
        KINDS.index(one["kind"]), CHANNELS.index(one["channel"]) if one["channel"] in CHANNELS else 0,
        OUTCOMES.index(outcome), one["rating_level"] or 0, bool(one["is_reopening"]), bool(one["came_back"]), 0,
    )  # fmt: skip


NO_TIME = (0,) * len(SPENT)


def mask_of(reasons: Iterable[str]) -> int:
    """Reasons as bits."""
    return sum(1 << REASONS.index(reason) for reason in reasons if reason in REASONS)


def second(moment: datetime | None) -> int:
    """Whole seconds since 1970: moments are cut, never rounded, so a day's last second stays in its day."""
    return 0 if moment is None else math.floor(moment.timestamp())


def ordinal(day: date | None) -> int:
    """The number of a day."""
    return 0 if day is None else day.toordinal()


def unpacked(facts: bytes) -> Rows:
    """A cell's rows."""
    return np.frombuffer(facts, ROW)
