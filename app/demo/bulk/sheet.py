"""A case on paper: its row and the rows around it while its life is played through, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from ...cases.actions.clocks import variant
from ...cases.bulk import blank
from ...cases.models import Case, Custody, Deadline
from ...rules.workflow import CLOSING, Action, Actor, Kind, Role
from ..world import Spot, Subject, World

BLANK_CASE, BLANK_CUSTODY, BLANK_CLOCK = blank(Case), blank(Custody), blank(Deadline)


@dataclass(frozen=True)
class Happening:
    """An event that will be linked when its time comes, and who is told of it."""

    at: datetime
    action: Action
    actor: Actor
    facts: dict[str, Any]
    unit_id: int
    status: str
    due_on: date | None
    told: tuple[tuple[Role, int | None], ...]


@dataclass
class Sheet:
    """The rows of one case, and what the law asks of it (`unit`, `commune`, `category`) to choose its clocks."""

    world: World
    row: dict[str, Any]
    unit: Spot
    commune: Spot | None
    category: Subject
    custodies: list[dict[str, Any]] = field(default_factory=list)
    clocks: list[dict[str, Any]] = field(default_factory=list)
    ratings: list[dict[str, Any]] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)

    @property
    def kind(self) -> Kind:
        return Kind(self.row["kind"])

    @property
    def is_complex(self) -> bool:
        return bool(self.row["is_complex"])

    @property
    def deadline_variant(self) -> str:
        return str(self.row["deadline_variant"])

    @property
    def custody(self) -> dict[str, Any]:
        """The stay in which the case is now."""
        return self.custodies[-1]

    @property
    def running(self) -> list[dict[str, Any]]:
        """Clocks started and neither met nor ended."""
        return [clock for clock in self.clocks if clock["met_at"] is None and clock["ended_at"] is None]

    def begin_custody(self, unit: Spot, now: datetime, **more: Any) -> None:
        """The case comes to a unit."""
        self.unit = unit
        self.row["unit_id"] = unit.id
        self.custodies.append({
            **BLANK_CUSTODY, "case_id": self.row["id"], "number": len(self.custodies) + 1, "unit_id": unit.id,
            "kind": self.row["kind"], "category_id": self.category.id, "commune_id": self.row["commune_id"],
            "began_at": now, **more,
        })  # fmt: skip

    def start(self, stage: str, on: date, number: int = 1) -> dict[str, Any] | None:
        """Start a clock, as cases.actions.clocks.start does."""
        ready: Any = self
        running = self.world.running(self.kind, stage, variant(ready, stage), on)
        if running is None:
            return None
        clock = {
            **BLANK_CLOCK, "case_id": self.row["id"], "stage": stage, "rule_id": running.rule_id, "start_on": on,
            "due_on": running.due_on, "number": number, "is_closing": stage in CLOSING,
            "derivation": running.derivation,
        }  # fmt: skip
        self.clocks.append(clock)
        return clock

    def end_clocks(self, now: datetime) -> None:
        """Nothing is owed any more."""
        for clock in self.running:
            clock["ended_at"] = now

    def show_due(self) -> None:
        """Set the due date that lists show, as cases.actions.clocks.show does."""
        running = self.running
        closing = next((clock for clock in running if clock["is_closing"]), None)
        shown = closing or min(running, key=lambda clock: clock["due_on"], default=None)
        if shown is not None:
            self.row["due_on"], self.row["due_stage"] = shown["due_on"], shown["stage"]
        elif self.row["due_stage"] not in CLOSING:
            self.row["due_on"], self.row["due_stage"] = None, ""
