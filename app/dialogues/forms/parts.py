"""What the office's forms share: hours, long texts, hidden versions and tokens, choices of people and categories."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, TextAreaField, TimeField
from wtforms.validators import InputRequired, Optional, Regexp

from ...accounts.models import Official
from ...units.models import Unit
from ...units.queries import categories, valid_units
from ...units.versioned import DayField
from ...words import named

CHOOSE = _l("Chọn một mục.")
NEEDED = _l("Chưa ghi nội dung.")
TOKEN = Regexp(r"^[0-9a-f]{32}$", message=_l("Biểu mẫu đã cũ. Mở lại trang này."))
Choices = dict[str, list[tuple[str, str]]]


class Hour(TimeField):  # type: ignore[misc]
    """A time of the town's clock: 07:30."""

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(label, [InputRequired(_l("Ghi giờ, ví dụ 07:30."))], format=["%H:%M", "%H:%M:%S"], **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the hour; one that is none is said in words."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Ghi giờ, ví dụ 07:30.")) from None


class OnDay(DayField):
    """A day that is asked for, unless it need not be."""

    def __init__(self, label: Any, needed: bool = True, **more: Any) -> None:
        super().__init__(label, [InputRequired(_l("Ghi ngày, tháng, năm.")) if needed else Optional()], **more)


class Number(IntegerField):  # type: ignore[misc]
    """A whole number; the rules say which ones can be."""

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(label, [InputRequired(_l("Ghi một số."))], **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number; no number is said in words."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Ghi một số nguyên, ví dụ 15.")) from None


def text(label: Any, **more: Any) -> TextAreaField:
    """A text of several lines; what must be there the actions say."""
    return TextAreaField(label, [Optional()] if more.pop("optional", False) else [], **more)


def token() -> HiddenField:
    """The form's one-time token, as cases.receipts makes it."""
    return HiddenField(validators=[TOKEN])


def people(officials: Iterable[Official], heads: Sequence[Official], nobody: Any) -> list[tuple[str, str]]:
    """Officials to choose from, heads named as such, with an empty first choice."""
    return [("", str(nobody))] + [
        (str(one.id), _("%(name)s, người đứng đầu", name=one.name) if one in heads else one.name) for one in officials
    ]


def category_choices() -> Choices:
    """Categories of feedback and complaints under their groups, with an empty first choice."""
    rows = [row for row in categories() if set(row.kinds) - {"denunciation", "dialogue"}]
    tops = {row.id: named(row) for row in rows if row.parent_id is None}
    parents = {row.parent_id for row in rows}
    found: Choices = {_("Chọn lĩnh vực"): [("", _("Chưa chọn"))]}
    for row in rows:
        if row.id not in parents:
            found.setdefault(tops.get(row.parent_id or row.id, named(row)), []).append((row.code, named(row)))
    return found


def area_choices(today: date) -> list[tuple[str, str]]:
    """Communes and wards, with an empty first choice."""
    areas = [(unit.code, named(unit, True)) for unit in valid_units(today) if unit.is_area]
    return [("", _("Chưa rõ xã, phường")), *areas]


def unit_choices(units: Iterable[Unit]) -> list[tuple[str, str]]:
    """Units to choose from, by code."""
    return [(unit.code, named(unit)) for unit in units]


def names_typed(typed: str | None) -> tuple[str, ...]:
    """Names of representatives, one a line."""
    return tuple(line.strip() for line in (typed or "").splitlines() if line.strip())
