"""A case on paper: its row and the rows around it while its life is played through, before anything is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from ...cases.actions.clocks import recounted, variant
from ...cases.bulk import blank
from ...cases.models import Case, Custody, Deadline
from ...rules.deadlines import Derivation, Pause
from ...rules.workflow import CLOSING, SHOWN, Action, Actor, Kind, Role, Status, Step, is_of_instance, step_of
from ..world import Spot, Subject, World

BLANK_CASE, BLANK_CUSTODY, BLANK_CLOCK = blank(Case), blank(Custody), blank(Deadline)
NO_STEP = step_of(Action.SUBMIT, Kind.FEEDBACK)


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
    is_last: bool = True
    """Whether the deed is done with it; a signature is remembered after the paper was written."""
    shared: dict[str, Any] | None = None
    """What is told to whoever's case goes along with this one, on their own case."""


@dataclass
class Sheet:
    """The rows of one case, and what the law asks of it (`unit`, `commune`, `category`) to choose its clocks."""

    world: World
    row: dict[str, Any]
    unit: Spot
    commune: Spot | None
    category: Subject
    contact: dict[str, str]
    """Who wrote, by field; goes into a row of its own."""
    custodies: list[dict[str, Any]] = field(default_factory=list)
    clocks: list[dict[str, Any]] = field(default_factory=list)
    ratings: list[dict[str, Any]] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)
    step: Step = field(default=NO_STEP)
    """The workflow's row of the verb that is happening."""
    to: Status | None = None
    """A status that stands over the row's."""
    shared: dict[str, Any] | None = None
    """What the verb that is happening tells to those whose case goes along with this one."""
    aimed: dict[str, date | None] = field(default_factory=dict)
    """Due dates that the closing clock was just given, for the event that comes."""

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
        if not is_of_instance(stage, self.row["instance"]):
            return None
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
        if clock["is_closing"] and number > 1:
            self.aimed["again_on"] = clock["due_on"]
        return clock

    def aim(self, due_on: date | None) -> None:
        """The date by which the custody will be judged, as cases.actions.clocks.aim does it."""
        self.custody["due_on"] = self.aimed["target_on"] = due_on

    def aim_as(self, clock: dict[str, Any]) -> None:
        """The closing clock moved."""
        if clock["is_closing"] and clock["number"] == 1:
            self.aim(None if clock["paused_on"] else clock["due_on"])
        elif clock["is_closing"]:
            self.aimed["again_on"] = clock["due_on"]

    def honours(self, clock: dict[str, Any], on: date) -> bool:
        """Whether a suspension begun that day stops this clock."""
        rule = self.world.rules.by_id(clock["rule_id"])
        return rule is not None and rule.honours(on)

    def recount(self, clock: dict[str, Any], proof: Derivation | None = None, stood: Pause | None = None) -> None:
        """Count a clock anew from its own start day, as cases.actions.clocks does."""
        row: Any = SimpleNamespace(**clock)
        derived = recounted(row, proof, stood)
        clock["due_on"], clock["derivation"] = derived.due_on, derived.to_json()

    def share(self) -> None:
        """Whoever's case goes along with this one is told, as cases.actions.merged does it."""
        self.shared = {"of": self.row["reference"], "before": self.unit.code, "outcome": self.row["outcome"]}

    def meet(self, stages: Iterable[str], now: datetime) -> None:
        """The duty of these stages is done."""
        for clock in self.running:
            if clock["stage"] in stages:
                clock["met_at"] = now

    def end_clocks(self, now: datetime) -> None:
        """Nothing is owed any more."""
        for clock in self.running:
            clock["ended_at"] = now

    def show_due(self) -> None:
        """Set the due date that lists show, as cases.actions.clocks.show does."""
        running = self.running
        closing = next((clock for clock in running if clock["is_closing"]), None)
        before = (clock for clock in running if clock["stage"] in SHOWN)
        shown = closing or min(before, key=lambda clock: clock["due_on"], default=None)
        if shown is not None:
            self.row["due_on"] = None if shown["paused_on"] else shown["due_on"]
            self.row["due_stage"] = shown["stage"]
        elif self.row["due_stage"] not in CLOSING:
            self.row["due_on"], self.row["due_stage"] = None, ""
