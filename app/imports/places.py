"""The units and subjects that rows name: found here, or created as the mapping says."""

from __future__ import annotations

import hashlib
from datetime import datetime

from ..cases.folding import fold
from ..extensions import db
from ..rules.workflow import THE_SYSTEM, Kind
from ..units import actions
from ..units.models import Category, Level, Unit
from ..units.queries import category_by_code, root, unit_by_code
from .convert import BadRow
from .keys import MappingError
from .mapping import Plan

CODE, LONG_CODE, SHORT, NAME = 40, 60, 80, 120
"""Longest code of a unit, of a category, short name and name of both."""


class Places:
    """Ids of units and categories by the other system's names; asked and created once each, in the caller's turn."""

    def __init__(self, plan: Plan, now: datetime) -> None:
        self._plan, self._now = plan, now
        self._units: dict[str, int] = {}
        self._subjects: dict[tuple[str, str], int] = {}
        self.codes: dict[int, str] = {}
        """Codes of the categories asked for, by id: events name them by code."""

    def check(self) -> None:
        """Refuse a plan that names levels, units or categories that are not here. Raises MappingError."""
        units, subjects = self._plan.units, self._plan.subjects
        for key, level in (("unit.level", units.level), ("category.handling_level", subjects.handling_level)):
            if level and db.session.get(Level, level) is None:
                raise MappingError(key, f"there is no level {level!r} here")
        if root() is None:
            raise MappingError("unit", "there are no units here yet: load them with load-units")
        if units.parent and not units.parent_name and unit_by_code(units.parent) is None:
            raise MappingError("unit.parent", f"there is no unit {units.parent!r} here (parent_name would create it)")
        for value, code in units.values.items():
            if unit_by_code(code) is None:
                raise MappingError(f"unit.values.{value}", f"there is no unit {code!r} here")
        for value, code in subjects.values.items():
            if category_by_code(code) is None:
                raise MappingError(f"category.values.{value}", f"there is no category {code!r} here")

    def unit(self, name: str) -> int:
        """The unit a row names. Raises BadRow for an unknown one that may not be created."""
        if name not in self._units:
            plan = self._plan.units
            code = plan.values.get(name) or _code(plan.prefix, name, CODE)
            found = unit_by_code(code)
            if found is None and not plan.create:
                raise BadRow(f"there is no unit for {name!r}")
            self._units[name] = (found or self._new_unit(code, plan.names.get(name, name), self._parent())).id
        return self._units[name]

    def _parent(self) -> Unit:
        plan, top = self._plan.units, root()
        assert top is not None, "check() has seen a root"
        if not plan.parent:
            return top
        return unit_by_code(plan.parent) or self._new_unit(plan.parent, plan.parent_name, top)

    def _new_unit(self, code: str, name: str, parent: Unit) -> Unit:
        plan = self._plan.units
        facts = {"name_vi": name[:NAME], "name_en": name[:NAME], "short_vi": name[:SHORT], "short_en": name[:SHORT],
                 "level": plan.level, "valid_from": plan.valid_from, "is_remote": False, "area_code": ""}  # fmt: skip
        unit = actions.create_unit(code, parent, facts, THE_SYSTEM, self._now)
        unit.valid_to = plan.valid_to
        return unit

    def subject(self, name: str, sub_name: str) -> int:
        """The category a row names, in one or two levels. Raises BadRow as for units."""
        key = (name, sub_name)
        if key not in self._subjects:
            plan = self._plan.subjects
            code = plan.values.get(name) or _code(plan.prefix, name, LONG_CODE)
            found = self._category(code, name, None)
            if sub_name and name not in plan.values:
                found = self._category(_code(code, sub_name, LONG_CODE), sub_name, found)
            self._subjects[key] = found.id
            self.codes[found.id] = found.code
        return self._subjects[key]

    def _category(self, code: str, name: str, parent: Category | None) -> Category:
        found, plan = category_by_code(code), self._plan.subjects
        if found is not None:
            return found
        if not plan.create:
            raise BadRow(f"there is no category for {name!r}")
        facts = {"name_vi": name[:NAME], "name_en": name[:NAME], "handling_level": plan.handling_level,
                 "unit_id": None, "kinds": [str(Kind.FEEDBACK)], "deadline_variant": plan.variant,
                 "is_active": plan.offered}  # fmt: skip
        return actions.create_category(code, parent, facts, THE_SYSTEM, self._now)


def _code(prefix: str, name: str, longest: int) -> str:
    """A code made of a name: la311.graffiti-removal; a long one is cut and told apart by a few digits of its hash."""
    words = "-".join(fold(name).split()) or "unnamed"
    code = f"{prefix}.{words}"
    if len(code) <= longest:
        return code
    return f"{code[: longest - 9].rstrip('.-')}-{hashlib.sha256(code.encode()).hexdigest()[:8]}"
