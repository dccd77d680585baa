"""What all forms of the desk share: the version they were made from, ids of their own, choices of units."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ...cases.models import Case
from ...units.models import Category, Unit
from ...units.queries import categories, valid_units
from ...units.versioned import DayField, VersionedForm
from ...words import named
from ..phrases import Offers

__all__ = ["CHOOSE", "NEEDED", "Choices", "DayField", "PlainForm", "VerbForm", "area_choices", "category_choices",
           "unit_choices"]  # fmt: skip

NEEDED = _l("Chưa ghi nội dung.")
CHOOSE = _l("Chọn một mục.")
Choices = dict[str, list[tuple[str, str]]]


class VerbForm(VersionedForm):
    """A form that does one thing to a case."""

    phrases: Offers = []
    """Phrases on offer above its text, filled in for this case; the page sets them (desk.phrases.offers)."""

    def prepare(self, case: Case, today: date) -> None:
        """Fill in the choices this case allows; called for GET and POST."""

    def begin(self, case: Case, today: date) -> None:
        """Fill in what stands now; called when the page is first shown."""


class PlainForm(VerbForm):
    """A verb that carries nothing: one button."""


def category_choices(kind: str | None = None, kept: Category | None = None) -> Choices:
    """Categories under their groups; `kept` stays on offer even when it is no longer active."""
    rows = categories(kind)
    if kept is not None and kept not in rows:
        rows.append(kept)
    tops = {row.id: named(row) for row in rows if row.parent_id is None}
    groups: Choices = {name: [] for name in tops.values()}
    with_children = {row.parent_id for row in rows}
    for row in rows:
        if row.parent_id is None and row.id in with_children:
            continue
        groups.setdefault(tops.get(row.parent_id or row.id, named(row)), []).append((row.code, named(row)))
    return {name: choices for name, choices in groups.items() if choices}


def unit_choices(today: date, without: Unit | None = None) -> Choices:
    """Units that exist today: the province's own first, then communes and wards."""
    units = [unit for unit in valid_units(today) if without is None or unit.id != without.id]
    return {
        _("Cấp tỉnh, sở, ban, ngành"): [(u.code, named(u)) for u in units if not u.is_area],
        _("Xã, phường"): [(u.code, named(u)) for u in units if u.is_area],
    }


def area_choices(today: date) -> list[tuple[str, str]]:
    """Communes and wards, with an empty first choice."""
    areas = [(unit.code, named(unit, True)) for unit in valid_units(today) if unit.is_area]
    return [("", _("Chưa rõ xã, phường")), *areas]
