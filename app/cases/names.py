"""Who and what the events of a case speak of: names of officials, units and categories, fetched in one statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Label, Row, func, literal, select, union_all

from ..accounts.models import Official
from ..extensions import db
from ..journal.models import Event
from ..rules.workflow import Action
from ..units.models import Category, Unit
from ..words import is_vietnamese

UNIT_FACTS = ("unit", "before")
Files = Mapping[int, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True)
class Names:
    """Names by id or code, in the reader's language, with today's date to leave this year out of short dates.

    `files` maps an event's seq to the list that the files() macro takes; the room that shows them fills it in.
    """

    today: date
    officials: Mapping[int, str] = field(default_factory=dict)
    units: Mapping[int | str, str] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)
    files: Files = field(default_factory=dict)


def names_of(events: Iterable[Event], today: date, files: Files | None = None, *, officials: Iterable[int | None] = (),
             units: Iterable[int] = ()) -> Names:  # fmt: skip
    """The names these events need, and further officials and units by id: one statement, however many events."""
    events = list(events)
    people = {i for e in events for i in (e.official_id, e.facts.get("in_name_of")) if i} | {i for i in officials if i}
    places = {e.unit_id for e in events if e.unit_id} | set(units)
    codes = {str(e.facts[key]) for e in events for key in UNIT_FACTS if e.facts.get(key)} | _changed(events, "commune")
    codes |= _changed(events, "denounced_unit")
    found = _asked(people, places, codes, _changed(events, "category"))
    by_id: dict[int | str, str] = {row.id: row.name for row in found if row.part == "unit"}
    return Names(
        today, {row.id: row.name for row in found if row.part == "official"},
        by_id | {row.code: row.name for row in found if row.part == "unit"},
        {row.code: row.name for row in found if row.part == "category"}, files or {},
    )  # fmt: skip


def _changed(events: Iterable[Event], what: str) -> set[str]:
    """Old and new codes of one thing that corrections changed."""
    pairs = [e.facts.get("changes", {}).get(what, ()) for e in events if e.action == Action.CORRECT]
    return {str(code) for pair in pairs for code in pair if code}


def _asked(people: set[int], places: set[int], codes: set[str], subjects: set[str]) -> Sequence[Row[Any]]:
    """Rows (part, id, code, name) of all that is named, in the reader's language."""
    parts: list[Any] = []
    if people:
        parts.append(
            select(literal("official").label("part"), Official.id.label("id"), literal("").label("code"),
                   Official.name.label("name")).where(Official.id.in_(people))
        )  # fmt: skip
    if places or codes:
        parts.append(
            select(literal("unit").label("part"), Unit.id.label("id"), Unit.code.label("code"), _name(Unit))
            .where(Unit.id.in_(places) | Unit.code.in_(codes))
        )  # fmt: skip
    if subjects:
        parts.append(
            select(literal("category").label("part"), Category.id.label("id"), Category.code.label("code"),
                   _name(Category)).where(Category.code.in_(subjects))
        )  # fmt: skip
    rows: Sequence[Row[Any]] = db.session.execute(union_all(*parts)).all() if parts else []
    return rows


def _name(table: type[Unit] | type[Category]) -> Label[str]:
    plain = table.name_vi if is_vietnamese() else func.coalesce(func.nullif(table.name_en, ""), table.name_vi)
    return plain.label("name")
