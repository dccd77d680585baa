"""What the clerk settles when a visit to a reception day becomes a case; prefilled from the visit."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Optional

from ...dialogues.actions.made_case import FromVisit, title_of
from ...dialogues.models import Booking
from ...words import KINDS
from .base import CHOOSE, NEEDED, DayField, VerbForm, area_choices, category_choices
from .intake import MISSING, ONLY_COMPLAINT, TAKEN_HERE, TOKEN, short


class FromVisitForm(VerbForm):
    """Kind, title and subject of the case; what a complaint must say besides (Law 02/2011/QH13 art. 8)."""

    token = HiddenField(validators=[TOKEN])
    kind = RadioField(_l("Loại"), choices=[(str(k), KINDS[k]) for k in TAKEN_HERE], validators=[InputRequired(CHOOSE)])
    title = StringField(_l("Việc gì, nói trong một câu"), validators=[DataRequired(NEEDED), short(200)])
    category = SelectField(_l("Lĩnh vực"), validators=[DataRequired(_l("Chọn lĩnh vực của việc này."))])
    commune = SelectField(_l("Xã, phường nơi xảy ra"), validators=[Optional()])
    address = StringField(_l("Địa chỉ"), validators=[short(300)])
    against = TextAreaField(_l("Quyết định hoặc hành vi bị khiếu nại"), validators=[short(4000)])
    known_on = DayField(_l("Ngày biết quyết định hoặc hành vi đó"), validators=[Optional()])
    request = TextAreaField(_l("Yêu cầu giải quyết"), validators=[short(4000)])

    def offer(self, today: date) -> None:
        """Choices of the day."""
        self.category.choices = {_("Chọn lĩnh vực"): [("", _("Chưa chọn"))], **category_choices()}
        self.commune.choices = area_choices(today)

    def start(self, row: Booking) -> None:
        """What the visit says already."""
        self.version.data, self.kind.data, self.title.data = row.version, row.petition_kind, title_of(row)
        self.category.data = row.category.code if row.category else ""
        self.address.data = row.address
        self.commune.data = row.day.unit.code if row.day.unit.is_area else ""

    def validate(self, extra_validators: Any = None) -> bool:
        """What a complaint needs besides."""
        is_good = bool(super().validate(extra_validators))
        for name in ONLY_COMPLAINT if self.kind.data == "complaint" else ():
            if not self[name].data and not self[name].errors:
                self[name].errors = [MISSING[name]]
                is_good = False
        return is_good

    def new_case(self) -> FromVisit:
        """As the action takes it."""
        return FromVisit(
            kind=self.kind.data, title=self.title.data, category_code=self.category.data,
            commune_code=self.commune.data or "", address=self.address.data or "", against=self.against.data or "",
            known_on=self.known_on.data, request=self.request.data or "",
        )  # fmt: skip
