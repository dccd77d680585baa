"""Deciding on what residents ask of their own data, holding a file, approving what is erased."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired

from .base import CHOOSE, NEEDED


class DecideForm(FlaskForm):
    """Carried out, given more time, or refused; all but an erasure need their words."""

    decision = RadioField(_l("Quyết định"), validators=[InputRequired(CHOOSE)], choices=[
        SelectChoice("grant", _l("Thực hiện")), SelectChoice("refuse", _l("Không thực hiện được")),
    ])  # fmt: skip
    reason = TextAreaField(
        _l("Lý do, hoặc đã làm gì"),
        description=_l("Người gửi đọc nguyên văn. Khi không thực hiện, nêu căn cứ."),
    )

    def offer_more_time(self, days: int) -> None:
        """The decree allows so many days more."""
        words = ngettext("Kéo dài thời hạn thêm %(num)s ngày", "Kéo dài thời hạn thêm %(num)s ngày", days)
        self.decision.choices = [*(self.decision.choices or []), SelectChoice("extend", words)]

    def validate(self, extra_validators: Any = None) -> bool:
        """A refusal says why, and so does more time."""
        is_fine = bool(super().validate(extra_validators))
        if self.decision.data in ("refuse", "extend") and not (self.reason.data or "").strip():
            self.reason.errors = [NEEDED]
            return False
        return is_fine


class HoldForm(FlaskForm):
    """Why nothing of a case may be erased, or why it may again."""

    reason = TextAreaField(_l("Lý do"), validators=[DataRequired(NEEDED)],
                           description=_l("Ví dụ: tòa án đang thụ lý, thanh tra đang kiểm tra."))  # fmt: skip
