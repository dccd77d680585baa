"""What an event tells the figures, and a custody as its events tell it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from .stages import Dwell, dwell

UNSAID = "?"
"""Stands where no event says what it was: nothing is compared there."""


def moment_of(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def day_of(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def second_of(moment: datetime) -> int:
    return math.floor(moment.timestamp())


@dataclass(frozen=True)
class Happened:
    """One event of a case, as the journal keeps it."""

    seq: int
    at: datetime
    action: str
    unit_id: int
    status: str
    due_on: date | None = None
    actor_role: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def moment(self) -> datetime:
        """When it happened: an event that waited for another to be written carries its own moment."""
        return moment_of(self.facts.get("happened_at")) or self.at


@dataclass
class Stay:
    """One custody as the events tell it. Categories and communes by their codes."""

    number: int
    unit_id: int
    kind: str
    category: str
    commune: str
    channel: str
    began_at: datetime
    ended_at: datetime | None = None
    due_on: date | None = None
    is_open: bool = True
    is_reopening: bool = False
    first_response_at: datetime | None = None
    finished_at: datetime | None = None
    resolved_at: datetime | None = None
    reopened_at: datetime | None = None
    outcome: str | None = None
    waited_seconds: int = 0
    rating_level: int | None = None
    rated_at: datetime | None = None
    reasons: tuple[str, ...] = ()
    reopening_due_on: date | None = None
    case_began_at: datetime | None = None
    case_waited_seconds: int = 0
    from_unit_id: int = 0
    came_back: bool = False
    marks: list[tuple[int, str]] = field(default_factory=list)

    @property
    def dwell(self) -> Dwell:
        """Where it stands and how long it stood where."""
        return dwell(second_of(self.began_at), second_of(self.ended_at) if self.ended_at else 0, self.marks)
