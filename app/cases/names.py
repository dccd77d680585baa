"""Who and what the events of a case speak of: names of officials, units and categories, fetched in three statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from ..accounts.models import Official
from ..extensions import db
from ..journal.models import Event
from ..rules.workflow import Action
from ..units.models import Category, Unit
from ..words import named

UNIT_FACTS = ("unit", "before")


@dataclass(frozen=True)
class Names:
    """Names by id or code, in the reader's language, with today's date to leave this year out of short dates.

    `files` maps an event's seq to the list that the files() macro takes; the room that shows them fills it in.
    """

    today: date
    officials: Mapping[int, str] = field(default_factory=dict)
    units: Mapping[int | str, str] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[int, Sequence[Mapping[str, Any]]] = field(default_factory=dict)


def names_of(events: Iterable[Event], today: date,
             files: Mapping[int, Sequence[Mapping[str, Any]]] | None = None) -> Names:  # fmt: skip
    """The names these events need: at most three small statements, however many events there are."""
    events = list(events)
    codes = {str(e.facts[key]) for e in events for key in UNIT_FACTS if e.facts.get(key)}
    codes |= _changed(events, "commune")
    return Names(
        today, _officials(events), _units({e.unit_id for e in events if e.unit_id}, codes),
        _categories(_changed(events, "category")), files or {},
    )  # fmt: skip


def _changed(events: Iterable[Event], what: str) -> set[str]:
    """Old and new codes of one thing that corrections changed."""
    pairs = [e.facts.get("changes", {}).get(what, ()) for e in events if e.action == Action.CORRECT]
    return {str(code) for pair in pairs for code in pair if code}


def _officials(events: Iterable[Event]) -> dict[int, str]:
    ids = {i for e in events for i in (e.official_id, e.facts.get("in_name_of")) if i}
    if not ids:
        return {}
    return {
        row.id: row.name for row in db.session.execute(select(Official.id, Official.name).where(Official.id.in_(ids)))
    }


def _units(ids: set[int], codes: set[str]) -> dict[int | str, str]:
    if not ids and not codes:
        return {}
    found: dict[int | str, str] = {}
    for unit in db.session.scalars(select(Unit).where(Unit.id.in_(ids) | Unit.code.in_(codes))):
        found[unit.id] = found[unit.code] = named(unit)
    return found


def _categories(codes: set[str]) -> dict[str, str]:
    if not codes:
        return {}
    return {row.code: named(row) for row in db.session.scalars(select(Category).where(Category.code.in_(codes)))}
