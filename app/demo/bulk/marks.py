"""What several verbs do to a sheet: the case ends, the resident is waited for no longer, a first word is said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from ...rules.workflow import Actor, Outcome, Status
from ..lives import Deed
from .sheet import Sheet

Facts = dict[str, Any]
Verb = Callable[[Sheet, Deed, Actor], Facts]


def finish(sheet: Sheet, outcome: Outcome, now: datetime) -> None:
    """The case ends without an answer being approved now."""
    custody = sheet.custody
    custody.update(finished_at=custody["finished_at"] or now, resolved_at=now, is_open=False, outcome=str(outcome))
    stop_waiting(sheet, now)
    sheet.end_clocks(now)
    sheet.row.update(outcome=str(outcome), closed_at=now)


def stop_waiting(sheet: Sheet, now: datetime) -> None:
    """The resident no longer owes a reply; the time waited is kept aside."""
    if sheet.row["asked_at"] is not None:
        sheet.custody["waited_seconds"] += int((now - sheet.row["asked_at"]).total_seconds())
    sheet.row.update(asked_at=None, reminded_at=None)


def first_word(sheet: Sheet, now: datetime) -> None:
    sheet.row["first_response_at"] = sheet.row["first_response_at"] or now
    sheet.custody["first_response_at"] = sheet.custody["first_response_at"] or now


def back_to(sheet: Sheet) -> Status:
    """The status to which a case that waited or was suspended comes back."""
    held, sheet.row["held_status"] = sheet.row["held_status"], ""
    return Status(held) if held else Status.ASSIGNED
