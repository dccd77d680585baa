"""Which register, of which unit, for which days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired, ValidationError

from ...units.fields import options
from ...units.models import Unit
from ...words import named
from ..registers import LONGEST
from .base import CHOOSE, DayField

REGISTERS = {"petitions": _l("Sổ tiếp nhận đơn"), "reception": _l("Sổ tiếp công dân")}


class RegisterForm(FlaskForm):  # type: ignore[misc]
    """Asked by address, so that a register can be kept as a bookmark."""

    class Meta:
        csrf = False

    what = RadioField(_l("Sổ"), choices=options(REGISTERS.items()), validators=[InputRequired(CHOOSE)])
    unit = SelectField(_l("Đơn vị"), validators=[InputRequired(CHOOSE)])
    first = DayField(_l("Từ ngày"), validators=[InputRequired(_l("Ghi ngày, tháng, năm."))])
    last = DayField(_l("Đến hết ngày"), validators=[InputRequired(_l("Ghi ngày, tháng, năm."))])

    def prepare(self, units: Sequence[Unit], today: date, is_asked: bool) -> None:
        """Choices; this month, where nothing was asked yet."""
        self.unit.choices = [(unit.code, named(unit)) for unit in units]
        if not is_asked:
            self.what.data, self.unit.data = "petitions", units[0].code if units else ""
            self.first.data, self.last.data = today.replace(day=1), today

    def validate_last(self, field: Any) -> None:
        """Not before the first day, and no longer than a year."""
        if self.first.data and field.data and field.data < self.first.data:
            raise ValidationError(_("Ngày cuối đứng trước ngày đầu."))
        if self.first.data and field.data and field.data - self.first.data > LONGEST:
            raise ValidationError(_("Mỗi lần nhiều nhất một năm."))
