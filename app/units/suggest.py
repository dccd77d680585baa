"""Which unit a petition belongs to, as a suggestion with its reason: the official decides, and sees why it was said."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from ..words import named
from .models import Category, Unit
from .queries import first_unit, pointed_to


@dataclass(frozen=True)
class Suggestion:
    """A unit, and the sentence (without its full stop) that says why."""

    unit: Unit
    reason: str


def suggest_unit(category: Category, commune: Unit | None, wanted: Unit | None, on: date, without: Container[int] = (),
                 place_levels: Container[str] | None = None) -> Suggestion | None:  # fmt: skip
    """Where a petition belongs by its wish, category and place, and why; None where nothing points to a unit.

    `without` are ids of units that are out of the question: the one that has the case, those that passed it on.
    """
    for why, unit in pointed_to(category, commune, wanted, place_levels):
        if unit is not None and unit.is_valid(on) and unit.id not in without:
            return Suggestion(unit, _reason(why, unit, category))
    return None


def suggest_first(category: Category, commune: Unit | None, wanted: Unit | None, on: date) -> Suggestion:
    """The unit to which a new petition goes (units.queries.first_unit), and why: for the counter's page."""
    found = suggest_unit(category, commune, wanted, on)
    if found is not None:
        return found
    unit = first_unit(category, commune, wanted, on)
    return Suggestion(unit, _("%(unit)s là nơi tiếp nhận khi chưa rõ ai phụ trách", unit=named(unit)))


def _reason(why: str, unit: Unit, category: Category) -> str:
    facts = {"unit": named(unit), "category": named(category)}
    if why == "wanted":
        return _("%(unit)s là nơi người gửi muốn gửi đến", **facts)
    if why == "local":
        return _("%(unit)s là nơi xảy ra việc; lĩnh vực %(category)s do xã, phường xử lý", **facts)
    if why == "category":
        return _("%(unit)s phụ trách lĩnh vực %(category)s (theo danh mục lĩnh vực)", **facts)
    return _("%(unit)s là nơi xảy ra việc", unit=facts["unit"])
