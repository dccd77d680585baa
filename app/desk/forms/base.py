"""What all forms of the desk share: the version they were made from, ids of their own, choices of units."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from ...cases.models import Case
from ...refusals import Invalid
from ...units.models import Category, Unit
from ...units.queries import categories, valid_units
from ...words import named
from ..phrases import Offers

NEEDED = _l("Chưa ghi nội dung.")
CHOOSE = _l("Chọn một mục.")
Choices = dict[str, list[tuple[str, str]]]


class DayField(DateField):  # type: ignore[misc]
    """A day, as a browser's calendar sends it or as people here write it: 27/11/2026."""

    def __init__(self, label: Any = None, validators: Any = None, **more: Any) -> None:
        super().__init__(label, validators, format=["%Y-%m-%d", "%d/%m/%Y"], **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day; a day that is none is said in words."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Ghi đúng ngày, ví dụ 27/11/2026.")) from None


class VerbForm(FlaskForm):  # type: ignore[misc]
    """A form that does one thing to a case; `version` is the number the page was made from."""

    phrases: Offers = []
    """Phrases on offer above its text, filled in for this case; the page sets them (desk.phrases.offers)."""
    lead: Any = ""
    """What whoever does it should know first; stands above the fields."""
    version = IntegerField(
        widget=HiddenInput(), validators=[InputRequired(_l("Trang này đã cũ. Tải lại rồi làm lại."))]
    )

    def __init__(self, verb: str = "", **more: Any) -> None:
        """Give the fields ids of their own: two verbs may stand on one page."""
        super().__init__(**more)
        for field in self:
            field.id = field.label.field_id = f"{verb}-{field.short_name}" if verb else field.id

    def prepare(self, case: Case, today: date) -> None:
        """Fill in the choices this case allows; called for GET and POST."""

    def begin(self, case: Case, today: date) -> None:
        """Fill in what stands now; called when the page is first shown."""

    def refuse(self, error: Invalid) -> None:
        """Put the reason of a refusal beside the field it names, else above the form."""
        reason = _(error.reason)
        if error.field in self._fields:
            self._fields[error.field].errors = [*self._fields[error.field].errors, reason]
        else:
            self.form_errors.append(reason)


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
