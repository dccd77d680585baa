"""The rows of cases held against their events: when each came, when it was received, where it stands now.

A case's row is the present, kept for lists; whoever changes it behind the program's back contradicts the journal.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import text

from ..extensions import db
from ..rules.workflow import Action
from .verify import AT_ONCE, day_in, moment_of

CASES = text(
    "SELECT c.id, c.submitted_at, c.received_at, c.unit_id, c.status, c.due_on, "
    "e.seq, e.at, e.action, e.unit_id AS unit_then, e.status AS status_then, e.due_on AS due_then, "
    "CASE WHEN f.salt = '' THEN 1 ELSE 0 END AS is_erased, "
    "CASE WHEN CAST(f.facts AS TEXT) LIKE '%\\_at\"%' ESCAPE '\\' THEN CAST(f.facts AS TEXT) END AS facts "
    "FROM petition_case c LEFT JOIN event e ON e.case_id = c.id LEFT JOIN event_facts f ON f.seq = e.seq "
    "ORDER BY c.id, e.seq"
)
"""Every case with its events, oldest first; the facts only where they may name a moment."""


def first_case_that_differs() -> tuple[int, str | None]:
    """(event, what of its case was changed), or (0, None). Cases are named by the event they contradict."""
    worst: tuple[int, str | None] = (0, None)
    for events in _by_case():
        seq, why = _judge(events)
        if why and (worst[1] is None or seq < worst[0]):
            worst = seq, why
    return worst


def _by_case() -> Iterator[list[Any]]:
    """The events of one case after the other."""
    together: list[Any] = []
    result = db.session.execute(CASES.execution_options(yield_per=AT_ONCE))
    for some in result.partitions(AT_ONCE):
        for row in some:
            if together and together[0].id != row.id:
                yield together
                together = []
            together.append(row)
    if together:
        yield together


def _judge(events: list[Any]) -> tuple[int, str | None]:
    first, last = events[0], events[-1]
    if first.seq is None:
        return 1, f"a case stands in its table that no event brought (row {first.id})"
    came = moment_of(first.submitted_at)
    if not _may_have_been(first, came, "submitted_at"):
        return first.seq, f"event {first.seq}: the day on which its case came was changed"
    received = moment_of(last.received_at)
    is_imported = first.action == Action.IMPORTED and received == came
    if received is not None and not is_imported and not any(_may_have_been(e, received) for e in events):
        return last.seq, f"event {last.seq}: the day on which its case was received was changed"
    for now, then, what in (
        (last.unit_id, last.unit_then, "the unit"), (last.status, last.status_then, "the stage"),
        (day_in(last.due_on), day_in(last.due_then), "the due date"),
    ):  # fmt: skip
        if now != then:
            return last.seq, f"event {last.seq}: {what} of its case is not what it left behind"
    return 0, None


def _may_have_been(event: Any, moment: datetime | None, *more: str) -> bool:
    """Whether an event happened at that moment: its own, or the one its facts name; once erased, any before it."""
    at = moment_of(event.at)
    if moment is None or at is None:
        return False
    if event.facts is None:
        return moment == at or (bool(event.is_erased) and moment < at)
    facts = json.loads(event.facts)
    said = [moment_of(facts[name]) for name in (*more, "happened_at") if name in facts]
    return moment in said or (moment == at and not any(name in facts for name in more))
