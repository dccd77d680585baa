"""Joining a request for a dialogue: a telephone number, so that nobody counts twice."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import ValidationError

from ..actions.voices import normalised


class JoinForm(FlaskForm):  # type: ignore[misc]
    """The number is turned into a mark that cannot be read back; it is not kept."""

    phone = StringField(
        _l("Số điện thoại của ông/bà"),
        description=_l("Để mỗi người chỉ tính một lần. Số không được lưu lại, không ai gọi đến. Ví dụ 0912 000 017."),
    )

    def validate_phone(self, field: Any) -> None:
        """A number of its own, whatever the spacing."""
        if not (field.data or "").strip():
            raise ValidationError(_("Ghi số điện thoại, để mỗi người chỉ tính một lần."))
        if normalised(field.data) is None:
            raise ValidationError(_("Số này không gọi được. Kiểm tra lại giúp."))
