"""Questions to the government tree."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, false, or_, select

from ..extensions import db
from ..rules.retention import TERMS
from .models import Category, GovernmentFact, Level, Setting, Unit
from .models import Sequence as RunningNumber

DEFAULTS: dict[str, Any] = {
    "web_complaint_counts": False,
    "reopen_days": 15,
    "answer_window_days": 15,
    "intake_unit": "",
    "inspectorate_unit": "",
    "minimum_denominator": 20,
    "digest_time": "07:30",
    "voters": 0,
    "monthly_report": True,
    "alert_on_time_below": None,
    "alert_overdue_above": None,
    "large_group": 5,
    "report_window_day": 15,
    "report_window_month": 12,
    **{term.setting: term.years for term in TERMS.values()},
}
"""Settings and their values until an official changes them; lengths in days, times on the town's clock."""


def setting(key: str, unit_id: int | None = None) -> Any:
    """The unit's own value, else the government's, else the default."""
    rows = db.session.scalars(
        select(Setting).where(Setting.key == key, Setting.unit_id.is_(None) | (Setting.unit_id == unit_id))
    ).all()
    own = {row.unit_id: row.value for row in rows}
    return own.get(unit_id, own.get(None, DEFAULTS[key]))


def government() -> dict[str, str]:
    """Who runs this installation: name_vi, name_en, phone, responsible_vi, responsible_en, code."""
    return {row.key: row.value for row in db.session.scalars(select(GovernmentFact))}


def unit_by_code(code: str) -> Unit | None:
    """The unit with that code, past or present."""
    return db.session.scalar(select(Unit).where(Unit.code == code))


def root() -> Unit | None:
    """The top of the tree."""
    return db.session.scalar(select(Unit).where(Unit.parent_id.is_(None)).order_by(Unit.id).limit(1))


def valid_units(on: date) -> list[Unit]:
    """All units that exist on a day, in Vietnamese order within their level."""
    statement = (
        select(Unit)
        .join(Level, Level.code == Unit.level)
        .where(Unit.valid_from <= on, Unit.valid_to.is_(None) | (Unit.valid_to >= on))
        .order_by(Level.rank, Unit.sort_key)
    )
    return list(db.session.scalars(statement))


def areas(on: date) -> list[Unit]:
    """Communes and wards that exist on a day."""
    return [unit for unit in valid_units(on) if unit.is_area]


def inside(path: str) -> ColumnElement[bool]:
    """Whether a unit lies in the subtree of a path, itself included."""
    return Unit.path.startswith(path, autoescape=True)


def ids_inside(paths: Iterable[str]) -> Select[int]:
    """A subquery of the ids of all units in these subtrees."""
    return select(Unit.id).where(or_(false(), *(inside(path) for path in paths)))


def categories(kind: str | None = None) -> list[Category]:
    """Active categories in their order, parents before children; only those that take a kind, if given."""
    rows = db.session.scalars(select(Category).where(Category.is_active).order_by(Category.position)).all()
    return [row for row in rows if kind is None or kind in row.kinds]


def category_by_code(code: str) -> Category | None:
    """The category with that code."""
    return db.session.scalar(select(Category).where(Category.code == code))


def first_unit(category: Category, commune: Unit | None, wanted: Unit | None, on: date) -> Unit:
    """Where a new petition goes first: the unit the resident named, else the one its category and place point to.

    Field matters go to the department of the category; local ones to the commune of the place; the rest to the
    intake unit (setting intake_unit), else to the top of the tree, whose clerks decide. Why: units.suggest.
    """
    for _why, unit in pointed_to(category, commune, wanted):
        if unit is not None and unit.is_valid(on):
            return unit
    for unit in (unit_by_code(str(setting("intake_unit"))), root()):
        if unit is not None and (unit.parent_id is None or unit.is_valid(on)):
            return unit
    raise LookupError("no units: load them with `flask --app wsgi load-units FILE`")


def pointed_to(category: Category, commune: Unit | None, wanted: Unit | None,
               place_levels: Container[str] | None = None) -> Iterator[tuple[str, Unit | None]]:  # fmt: skip
    """The units a petition points to, the first that exists counts: named by the resident, of the place where the
    category is local, of the field, of the place. `place_levels` spares a statement where many cases are asked."""
    levels = area_levels() if place_levels is None else place_levels
    yield "wanted", wanted
    yield "local", commune if category.handling_level in levels else None
    yield "category", category.unit
    yield "place", commune


def area_levels() -> frozenset[str]:
    """The levels that govern places: communes and wards alike."""
    return frozenset(db.session.scalars(select(Unit.level).where(Unit.area_code != "").distinct()))


def next_number(name: str) -> int:
    """The next number of a running sequence, one statement, safe against parallel writers."""
    from sqlalchemy.dialects import postgresql, sqlite

    insert = (postgresql if db.engine.dialect.name == "postgresql" else sqlite).insert(RunningNumber)
    statement = insert.values(name=name, number=1).on_conflict_do_update(
        index_elements=["name"], set_={"number": RunningNumber.number + 1}
    )
    return int(db.session.scalar(statement.returning(RunningNumber.number)) or 0)


def by_ids(ids: Sequence[int]) -> dict[int, Unit]:
    """Units by id, one query."""
    return {unit.id: unit for unit in db.session.scalars(select(Unit).where(Unit.id.in_(ids)))}


def all_units(paths: Iterable[str]) -> list[Unit]:
    """All units of these subtrees, present and past, by level and Vietnamese order."""
    statement = (
        select(Unit)
        .join(Level, Level.code == Unit.level)
        .where(Unit.id.in_(ids_inside(paths)))
        .order_by(Level.rank, Unit.sort_key)
    )
    return list(db.session.scalars(statement))


def children_of(unit: Unit) -> list[Unit]:
    """The units right below a unit, present and past."""
    return list(db.session.scalars(select(Unit).where(Unit.parent_id == unit.id).order_by(Unit.sort_key)))


def levels() -> list[Level]:
    """The levels of this government, the top first."""
    return list(db.session.scalars(select(Level).order_by(Level.rank, Level.code)))


def every_category() -> list[Category]:
    """All categories in their order, those put away too."""
    return list(db.session.scalars(select(Category).order_by(Category.position)))


def settings_of(unit_id: int | None) -> dict[str, Any]:
    """The values set for one unit, or for the whole government (None); what is not set is not there."""
    same = Setting.unit_id == unit_id if unit_id is not None else Setting.unit_id.is_(None)
    return {row.key: row.value for row in db.session.scalars(select(Setting).where(same))}


def units_with_settings() -> list[tuple[Unit, dict[str, Any]]]:
    """Units that have settings of their own, with these."""
    rows = db.session.execute(
        select(Unit, Setting).join(Setting, Setting.unit_id == Unit.id).order_by(Unit.sort_key, Unit.id)
    )
    found: dict[int, tuple[Unit, dict[str, Any]]] = {}
    for unit, row in rows:
        found.setdefault(unit.id, (unit, {}))[1][row.key] = row.value
    return list(found.values())
