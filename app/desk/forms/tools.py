"""Forms of the desk's tools: a phrase, a saved filter, one verb for many cases."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from ...units.fields import options, tidy
from ..phrases import LANGUAGES, PLACEHOLDERS, PURPOSES
from ..queries import colleagues
from .base import CHOOSE, NEEDED, unit_choices
from .intake import short


class PhraseForm(FlaskForm):  # type: ignore[misc]
    """A phrase: what it is for, what it is called in the list, and the text itself."""

    purpose = SelectField(_l("Dùng để"), choices=options(PURPOSES.items()), validators=[InputRequired(CHOOSE)])
    title = StringField(_l("Tên trong danh sách"), filters=[tidy],
                        validators=[DataRequired(_l("Chưa ghi tên.")), short(120)])  # fmt: skip
    text = TextAreaField(_l("Nội dung"), validators=[DataRequired(NEEDED), short(4000)])
    language = SelectField(_l("Ngôn ngữ"), choices=options(LANGUAGES.items()), validators=[InputRequired(CHOOSE)])
    is_active = BooleanField(_l("Đang dùng"), default=True,
                             description=_l("Bỏ chọn là cất đi: mẫu câu không hiện ra để chọn nữa."))  # fmt: skip

    def validate_text(self, field: Any) -> None:
        """A brace that is filled in must be spelt as the program knows it; no others are taken."""
        strange = [name for name in re.findall(r"\{([^{}]*)\}", field.data or "") if name not in PLACEHOLDERS]
        if strange:
            raise ValidationError(_("Không có chỗ điền sẵn nào tên {%(name)s}.", name=strange[0][:40]))

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        return {
            "purpose": self.purpose.data, "title": self.title.data, "text": (self.text.data or "").strip(),
            "language": self.language.data, "is_active": bool(self.is_active.data),
        }  # fmt: skip


class NewPhraseForm(PhraseForm):
    """A new phrase: also whose it is."""

    unit = SelectField(_l("Của đơn vị nào"), validators=[InputRequired(CHOOSE)])


class SaveFilterForm(FlaskForm):  # type: ignore[misc]
    """A name for how the queue is narrowed now."""

    name = StringField(_l("Đặt tên cho bộ lọc này"), filters=[tidy],
                       validators=[DataRequired(_l("Chưa đặt tên.")),
                                   Length(max=60, message=_l("Nhiều nhất 60 chữ cái."))])  # fmt: skip
    view = HiddenField()
    kind = HiddenField()
    category = HiddenField()
    commune = HiddenField()
    status = HiddenField()
    q = HiddenField()

    def __init__(self, **more: Any) -> None:
        """Give the fields ids of their own: the filters themselves stand on the same page."""
        super().__init__(**more)
        for field in self:
            field.id = field.label.field_id = f"keep-{field.short_name}"


class BulkAssignForm(FlaskForm):  # type: ignore[misc]
    """Who gets the cases chosen."""

    officer = SelectField(_l("Giao cho"), coerce=int, validators=[InputRequired(CHOOSE)])

    def prepare(self, unit_ids: list[int], today: date) -> None:
        """Officers of these units, those with least open cases first."""
        found = {c.id: c for unit_id in unit_ids for c in colleagues(unit_id, today)}
        self.officer.choices = [
            (c.id, _("%(name)s (đang giữ %(n)s việc)", name=c.name, n=c.open_cases)) for c in found.values()
        ]


class BulkForwardForm(FlaskForm):  # type: ignore[misc]
    """Where the cases chosen go, and why."""

    unit = SelectField(_l("Đơn vị nhận"), validators=[DataRequired(CHOOSE)])
    reason = TextAreaField(
        _l("Lý do chuyển"), validators=[DataRequired(NEEDED), short(2000)],
        description=_l("Từng người gửi đọc được nguyên văn. Thời hạn trả lời không tính lại từ đầu."),
    )  # fmt: skip

    def prepare(self, unit_ids: list[int], today: date) -> None:
        """Every unit of today."""
        self.unit.choices = {_("Chọn đơn vị"): [("", _("Chưa chọn"))], **unit_choices(today)}
