"""The province as the demo's storyteller knows it: units, categories, law, office hours and people in plain values."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from .. import clock
from ..extensions import db
from ..rules import deadlines
from ..units.calendar import law
from ..units.models import Category, Unit
from ..units.queries import categories, first_unit, valid_units
from .content import Place, Situation, situations
from .hours import OfficeHours
from .people import HOME, Crew, Staff

BUSY = (HOME, "Phường Thục Phán", "Phường Tân Giang", "Phường Nùng Trí Cao", "Xã Quảng Uyên", "Xã Hòa An", "Xã Bảo Lạc",
        "Xã Nguyên Bình")  # fmt: skip
"""Where the site is best known: five sixths of all petitions come from these places."""
BUSY_WEIGHT = 32
SUBJECTS = {"roads": 1.6, "environment": 1.5, "land": 1.3, "utilities": 1.2, "social": 1.1, "procedures": 1.1}
"""Subjects people write about more often than others (weight 1)."""
AFTER = timedelta(days=120)


@dataclass(frozen=True)
class Spot:
    """A unit in plain values, with the names that cases.actions.clocks reads of the real one."""

    id: int
    code: str
    short_vi: str
    path: str
    is_remote: bool
    is_area: bool
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True)
class Subject:
    """A category in plain values."""

    id: int
    code: str
    deadline_variant: str
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Running:
    """A legal clock as it would start on a day: rule, due date and how it was computed."""

    rule_id: str
    due_on: date
    derivation: Mapping[str, Any]


class World:
    """Everything a story needs to know, read once."""

    def __init__(self, start: datetime, end: datetime, staff: Staff) -> None:
        self.start, self.end, self.staff = start, end, staff
        rows = valid_units(clock.day_of(end))
        self.spots = {row.id: _spot(row) for row in rows if row.id in staff.crews}
        self.by_code = {spot.code: spot for spot in self.spots.values()}
        self.subjects = {row.code: _subject(row) for row in categories()}
        self.rules = law()
        self.hours = OfficeHours(self.rules.calendar, clock.day_of(start), clock.day_of(end) + AFTER)
        self.areas = [spot for spot in self.spots.values() if spot.is_area]
        self.weights = [_busy(spot) for spot in self.areas]
        self.situations = [s for s in situations() if self._fits(s)]
        self.situation_weights = [_weight(s) for s in self.situations]
        self._places: dict[int, Place] = {}
        self._paces: dict[int, float] = {}
        self._landings: dict[int, int | None] = {}
        self._clocks: dict[tuple[str, str, str, date], Running | None] = {}

    def _fits(self, situation: Situation) -> bool:
        subject = self.subjects.get(situation.category)
        return subject is not None and situation.kind in subject.kinds

    def above(self, spot: Spot) -> Spot:
        """The unit one level up; the top itself where there is none."""
        ids = [int(part) for part in spot.path.strip("/").split("/")]
        return self.spots.get(ids[-2], spot) if len(ids) > 1 else spot

    def crew(self, spot: Spot) -> Crew:
        """Who works at a unit."""
        return self.staff.crews[spot.id]

    def place(self, spot: Spot) -> Place:
        """The hamlets, roads and schools of a commune."""
        return self._places.get(spot.id) or self._places.setdefault(spot.id, Place.of(spot.code, spot.short_vi))

    def lands_at(self, subject: Subject, commune: Spot, wanted: Spot | None) -> Spot:
        """The unit a new petition reaches first: the one it names, else as units.queries.first_unit says.

        That is asked once for each category, whose answer is either the unit of the place, wherever it is, or one unit.
        """
        if wanted is not None:
            return wanted
        if subject.id not in self._landings:
            category, here = db.session.get_one(Category, subject.id), db.session.get_one(Unit, commune.id)
            landing = first_unit(category, here, None, clock.day_of(self.end))
            self._landings[subject.id] = None if landing is here else landing.id
        landing_id = self._landings[subject.id]
        return commune if landing_id is None else self.spots[landing_id]

    def running(self, kind: str, stage: str, variant: str, on: date) -> Running | None:
        """The clock that starts for a stage on a day, or None where the law sets none."""
        key = (kind, stage, variant, on)
        if key not in self._clocks:
            rule = self.rules.find(*key)
            derived = deadlines.due(rule, on, self.rules.calendar) if rule else None
            self._clocks[key] = Running(rule.id, derived.due_on, derived.to_json()) if rule and derived else None
        return self._clocks[key]

    def pace(self, spot: Spot) -> float:
        """How much of the lawful time this unit usually takes: some are quick, some often late."""
        if spot.id not in self._paces:
            self._paces[spot.id] = random.Random(f"pace:{spot.code}").lognormvariate(-0.8, 0.22)
        return self._paces[spot.id]


def _spot(row: Unit) -> Spot:
    return Spot(row.id, row.code, row.short_vi, row.path, row.is_remote, row.is_area, row.latitude, row.longitude)


def _subject(row: Category) -> Subject:
    return Subject(row.id, row.code, row.deadline_variant, tuple(row.kinds))


def _busy(spot: Spot) -> int:
    """How much comes from a place; a little more from the one where visitors of the demo look."""
    if spot.short_vi == HOME:
        return BUSY_WEIGHT + 5
    return BUSY_WEIGHT if spot.short_vi in BUSY else 1


def _weight(situation: Situation) -> float:
    weight = SUBJECTS.get(situation.category.split(".")[0], 1.0)
    return weight * (1.3 if situation.level == "commune" else 0.6) * (0.6 if situation.kind == "complaint" else 1.0)
