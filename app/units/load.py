"""Takes a unit file into the database: a government describes itself once, and again when it changes."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import select

from ..extensions import Model, db
from ..journal.record import record
from ..rules.workflow import THE_SYSTEM, Action
from .models import Category, GovernmentFact, Level, Setting, Unit
from .sorting import sort_key_vi
from .unit_file import CategoryRow, UnitFile, UnitRow

M = TypeVar("M", bound=Model)
FACTS = ("code", "name_vi", "name_en", "responsible_vi", "responsible_en", "phone", "time_zone", "above_vi", "above_en")
LOCAL, FIELD = "commune", "department"
"""The file's two words for who handles a category: the unit of the place, the unit of the field."""


def load(file: UnitFile, now: datetime) -> dict[str, Any]:
    """Bring levels, units and categories to what the file says, by code; nothing is deleted. Counts by table.

    What officials changed on the pages since then is set back to the file. The caller commits.
    """
    _facts(file)
    for level in file.levels:
        row = _row(Level, code=level.code)
        row.name_vi, row.name_en, row.rank = level.name_vi, level.name_en, level.rank
        row.duties = list(level.duties)
    db.session.flush()
    units = _units(file)
    _categories(file, units)
    _inspectorate(file.government.inspectorate)
    counts: dict[str, Any] = {"levels": len(file.levels), "units": len(file.units), "categories": len(file.categories)}
    record(Action.UNIT_CHANGED, None, THE_SYSTEM, now, about="units", loaded=file.government.code, **counts)
    return counts


def _row(table: type[M], **key: str) -> M:
    """The row with that key, new if it was not there."""
    row = db.session.scalar(select(table).filter_by(**key))
    if row is None:
        row = table(**key)
        db.session.add(row)
    return row


def _facts(file: UnitFile) -> None:
    facts = {key: str(getattr(file.government, key)) for key in FACTS}
    facts["languages"] = " ".join(file.government.languages)
    for key, value in facts.items():
        _row(GovernmentFact, key=key).value = value
    db.session.flush()


def _inspectorate(code: str) -> None:
    """Which unit inspects the others, unless the pages already say so."""
    known = select(Setting).where(Setting.key == "inspectorate_unit", Setting.unit_id.is_(None))
    if code and db.session.scalar(known) is None:
        db.session.add(Setting(key="inspectorate_unit", value=code))
        db.session.flush()


def _units(file: UnitFile) -> dict[str, Unit]:
    units = {unit.code: unit for unit in db.session.scalars(select(Unit))}
    with db.session.no_autoflush:
        for row in file.units:
            unit = units.setdefault(row.code, Unit(code=row.code, path=f"new:{row.code}"))
            _describe(unit, row)
            db.session.add(unit)
    db.session.flush()
    for row in file.units:
        units[row.code].parent = units[row.parent] if row.parent else None
        units[row.code].successor = units[row.successor] if row.successor else None
    db.session.flush()
    set_paths(list(units.values()))
    return units


def _describe(unit: Unit, row: UnitRow) -> None:
    for name in ("name_vi", "name_en", "short_vi", "short_en", "level", "valid_from", "valid_to", "is_remote",
                 "area_code", "latitude", "longitude"):  # fmt: skip
        setattr(unit, name, getattr(row, name))
    unit.former = list(row.former)
    unit.sort_key = sort_key(unit)


def sort_key(unit: Unit) -> str:
    """The unit's place in Vietnamese alphabetical order: by its short name."""
    return sort_key_vi(unit.short_vi)[:200]


def set_paths(units: list[Unit]) -> None:
    """Write the way from the top to each unit ('/1/4/'), so that a subtree is one comparison."""
    parents = {unit.id: unit.parent_id for unit in units}

    def path(unit_id: int | None) -> str:
        return "/" if unit_id is None else f"{path(parents[unit_id])}{unit_id}/"

    for unit in units:
        unit.path = path(unit.id)
    db.session.flush()


def _categories(file: UnitFile, units: dict[str, Unit]) -> None:
    local = _local_level(file)
    rows: dict[str, Category] = {}
    for position, row in enumerate(file.categories):
        category = rows[row.code] = _row(Category, code=row.code)
        category.name_vi, category.name_en, category.position = row.name_vi, row.name_en, position
        category.parent = rows[row.parent] if row.parent else None
        category.unit = units[row.unit] if row.unit else None
        category.kinds, category.deadline_variant, category.is_active = list(row.kinds), row.variant, True
        category.handling_level = local if row.handling_level == LOCAL else _field_level(row, units, local)
        db.session.flush()


def _local_level(file: UnitFile) -> str:
    """What this government calls the level of its places; the top where it has no places."""
    places = [row.level for row in file.units if row.area_code]
    return LOCAL if LOCAL in places else (places or [file.units[0].level])[0]


def _field_level(row: CategoryRow, units: dict[str, Unit], local: str) -> str:
    unit = units.get(row.unit)
    return unit.level if unit is not None else local
