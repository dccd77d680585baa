"""The sheet a resident fills in, page by page: which pages, in which order, with which choices."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from ..cases.actions.places import is_out_of_reach
from ..rules.identity import Found, find
from ..rules.workflow import Kind
from ..units.models import Category, Unit
from ..units.queries import areas, categories, unit_by_code, valid_units
from ..words import named
from . import carry, forms

PAGES = {
    Kind.FEEDBACK: ("what", "category", "where", "unit", "files", "you", "review"),
    Kind.COMPLAINT: ("what", "against", "category", "where", "unit", "files", "you", "review"),
    Kind.DENUNCIATION: ("law", "denounced", "deed", "category", "review"),
    Kind.DIALOGUE: ("what", "category", "where", "with", "group", "wishes", "files", "you", "review"),
}
NAMES = {Kind.FEEDBACK: _l("Gửi phản ánh, kiến nghị"), Kind.COMPLAINT: _l("Gửi khiếu nại"),
         Kind.DENUNCIATION: _l("Tố cáo"), Kind.DIALOGUE: _l("Đề nghị đối thoại")}  # fmt: skip
FORMS: dict[str, type[forms.SheetForm]] = {
    "what": forms.WhatForm, "against": forms.AgainstForm, "category": forms.CategoryForm, "where": forms.WhereForm,
    "unit": forms.UnitForm, "files": forms.FilesForm, "you": forms.YouForm, "review": forms.ReviewForm,
    "law": forms.LawForm, "denounced": forms.DenouncedForm, "deed": forms.DeedForm,
    "with": forms.WithForm, "group": forms.GroupForm, "wishes": forms.WishesForm,
}  # fmt: skip
OWN_FORMS: dict[tuple[Kind, str], type[forms.SheetForm]] = {
    (Kind.COMPLAINT, "you"): forms.ComplainantForm, (Kind.DENUNCIATION, "review"): forms.SealedReviewForm,
    (Kind.DIALOGUE, "what"): forms.SubjectForm, (Kind.DIALOGUE, "where"): forms.TownForm,
    (Kind.DIALOGUE, "you"): forms.AskerForm,
}  # fmt: skip
"""Pages that ask in other words, or ask more, for one kind."""


@dataclass
class Sheet:
    """One petition being written: what was typed, the page it is on, and the token that will send it once."""

    kind: Kind
    step: str
    signed: str
    token: str
    typed: carry.Typed = field(default_factory=carry.blank)
    is_returning: bool = False
    """Opened from the review by "Change": the next step is the review again."""

    @property
    def is_sealed(self) -> bool:
        """A denunciation: nothing of it stays on this device, no file goes with it, nobody is asked a name."""
        return self.kind == Kind.DENUNCIATION

    @property
    def pages(self) -> tuple[str, ...]:
        return PAGES[self.kind]

    @property
    def number(self) -> int:
        return self.pages.index(self.step) + 1

    def after(self) -> str:
        """The page that follows this one."""
        return "review" if self.is_returning else self.pages[min(self.number, len(self.pages) - 1)]

    def before(self) -> str:
        """The page to go back to, nothing checked and nothing lost."""
        return "review" if self.is_returning else self.pages[max(self.number - 2, 0)]

    def at(self, step: str, *, returning: bool = False) -> Sheet:
        """The same sheet opened on another page."""
        return Sheet(self.kind, step, self.signed, self.token, self.typed, returning and step != "review")


def page_form(sheet: Sheet, step: str, on: date) -> forms.SheetForm:
    """The form of one page, filled with what was typed, with the province's own choices."""
    made = OWN_FORMS.get((sheet.kind, step), FORMS[step])
    form = made(formdata=MultiDict(sheet.typed) if step not in ("files", "review") else None)
    if step in CHOICES:
        CHOICES[step](form, sheet, on)
    return form


def carried(sheet: Sheet, form: forms.SheetForm) -> list[tuple[str, str]]:
    """What the other pages hold, for this page's hidden fields."""
    return [(name, value) for name, value in sheet.typed.items() if name not in form._fields and value]


def groups(kind: Kind) -> list[tuple[Category, list[Category]]]:
    """Categories of this kind in two levels."""
    rows = categories(kind)
    tops = [row for row in rows if row.parent_id is None]
    return [(top, [row for row in rows if row.parent_id == top.id]) for top in tops]


def _categories(form: Any, sheet: Sheet, on: date) -> None:
    form.groups = groups(sheet.kind)
    form.category.choices = [
        choice
        for top, below in form.groups
        for choice in [*(SelectChoice(row.code, named(row)) for row in below),
                       SelectChoice(top.code, _("Việc khác thuộc nhóm này") if below else named(top))]
    ]  # fmt: skip


def _communes(form: Any, sheet: Sheet, on: date) -> None:
    places = [SelectChoice(unit.code, named(unit, short=True)) for unit in areas(on)]
    whole = SelectChoice(carry.EVERYWHERE, _("Cả tỉnh, không riêng xã, phường nào"))
    form.commune.choices = [SelectChoice("", _("Chọn xã, phường")), *places, whole]


def _units(form: Any, sheet: Sheet, on: date) -> None:
    code = carry.commune_code(sheet.typed)
    here = unit_by_code(code) if code else None
    form.unit_choice.choices = [
        SelectChoice(carry.UNKNOWN, _("Chưa biết")),
        *([SelectChoice(carry.HERE, named(here))] if here else []),
        SelectChoice(carry.OTHER, _("Đơn vị khác, chọn trong danh sách")),
    ]
    if form.unit_choice.data not in {choice.value for choice in form.unit_choice.choices}:
        form.unit_choice.data = carry.UNKNOWN
    form.wanted_unit.choices = _listed(on)


def _whom(form: Any, sheet: Sheet, on: date) -> None:
    """The commune, the body above it, or another unit: whoever is to come to the table."""
    here = unit_by_code(carry.commune_code(sheet.typed)) if carry.commune_code(sheet.typed) else None
    above = carry.above(sheet.typed)
    form.unit_choice.choices = [
        *([SelectChoice(carry.HERE, named(here))] if here else []),
        *([SelectChoice(carry.ABOVE, named(above))] if above else []),
        SelectChoice(carry.OTHER, _("Đơn vị khác, chọn trong danh sách")),
    ]
    if form.unit_choice.data not in {choice.value for choice in form.unit_choice.choices}:
        form.unit_choice.data = ""
    form.wanted_unit.choices = _listed(on)


def _listed(on: date) -> list[SelectChoice]:
    """Every unit of the day, the province's own first."""
    groups_of = {False: _("Tỉnh, sở, ban, ngành"), True: _("Xã, phường")}
    return [
        SelectChoice("", _("Chọn đơn vị")),
        *(SelectChoice(unit.code, named(unit), optgroup=groups_of[unit.is_area]) for unit in valid_units(on)),
    ]


def _denounced(form: Any, sheet: Sheet, on: date) -> None:
    """Every unit may be named; where none here may decide, the next page says who does."""
    form.denounced_unit.choices = _listed(on)


def _traces(form: Any, sheet: Sheet, on: date) -> None:
    """The places that seem to name the writer, for the last look."""
    if sheet.is_sealed:
        form.found = traces(sheet.typed)


CHOICES = {"category": _categories, "where": _communes, "unit": _units, "denounced": _denounced, "review": _traces,
           "with": _whom}  # fmt: skip
PAGE_OF = {"body": "deed", "place": "deed", "against": "denounced"}
"""Where each text of a denunciation is changed."""


def traces(typed: carry.Typed) -> list[tuple[Found, str]]:
    """What in a denunciation looks as if it named its writer, each with the page that changes it."""
    return [(found, page) for name, page in PAGE_OF.items() for found in find(typed[name])]


def beyond_reach(typed: carry.Typed) -> Unit | None:
    """The unit denounced, where only a body above this government may take the matter; None otherwise."""
    unit = unit_by_code(typed.get("denounced_unit", ""))
    return unit if unit is not None and is_out_of_reach(unit) else None


def wanted_unit(typed: carry.Typed) -> Unit | None:
    """The unit the resident named, if any."""
    code = carry.wanted_code(typed)
    return unit_by_code(code) if code else None
