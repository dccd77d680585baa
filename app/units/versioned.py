"""A form made from one version of a row, and days as people write them: shared by the rooms of the office."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from ..refusals import Invalid
from .fields import say


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


def version() -> IntegerField:
    """The number of the row from which the page was made."""
    asked = InputRequired(_l("Trang này đã cũ. Tải lại rồi làm lại."))
    return IntegerField(widget=HiddenInput(), validators=[asked])


class NamedForm(FlaskForm):  # type: ignore[misc]
    """A form whose fields have ids of their own: several stand on one page."""

    def __init__(self, name: str = "", **more: Any) -> None:
        super().__init__(**more)
        for field in self:
            field.id = field.label.field_id = f"{name}-{field.short_name}" if name else field.id


class VersionedForm(NamedForm):
    """A form that does one thing to a row; `version` is the number the page was made from."""

    lead: Any = ""
    """What whoever does it should know first; stands above the fields."""
    version = version()

    def refuse(self, error: Invalid) -> None:
        """Put the reason of a refusal beside the field it names, else above the form."""
        say(self, error)
