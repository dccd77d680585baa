"""The pages of a denunciation: what the law asks, who is denounced, what happened. Nothing asks who is writing."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional, ValidationError
from wtforms.widgets import DateInput

from ... import clock
from ...cases.typed import AtMost, Needed
from .. import carry
from .sheet import ReviewForm, SheetForm, codes


class LawForm(SheetForm):
    """What the law asks; nothing is typed here."""


class DenouncedForm(SheetForm):
    """Which unit, and who in it."""

    denounced_unit = SelectField(
        _l("Tố cáo ai, làm việc ở đâu?"),
        validate_choice=False,
        description=_l("Chọn cơ quan bị tố cáo, hoặc nơi người bị tố cáo làm việc. Cơ quan đó và cấp dưới của nó không"
                       " biết có đơn này: đơn đến thẳng cấp trên."),
    )  # fmt: skip
    against = TextAreaField(
        _l("Người hoặc chức vụ bị tố cáo"),
        [Needed(_l("Ghi người hoặc chức vụ bị tố cáo.")), AtMost(500)],
        description=_l("Ví dụ: kế toán xã; ông Nguyễn Văn A, phó giám đốc. Không ghi tên mình."),
    )

    def validate_denounced_unit(self, field: SelectField) -> None:
        if field.data not in codes(field):
            raise ValidationError(_("Chọn đơn vị bị tố cáo, hoặc nơi người bị tố cáo làm việc."))


class DeedForm(SheetForm):
    """What was done, where and when."""

    body = TextAreaField(
        _l("Chuyện gì đã xảy ra?"),
        [Needed(_l("Kể chuyện gì đã xảy ra.")), AtMost(10_000)],
        description=_l("Ai làm gì, thế nào, bằng chứng là gì và đang ở đâu. Không ghi họ tên, số điện thoại, địa chỉ"
                       " của mình hay điều gì chỉ một mình mình biết."),
    )  # fmt: skip
    place = StringField(_l("Ở đâu"), [Optional(), AtMost(300)])
    known_on = StringField(
        _l("Ngày xảy ra"), [Optional()], widget=DateInput(), description=_l("Không nhớ rõ thì để trống.")
    )

    def validate_known_on(self, field: StringField) -> None:
        day = carry.day(field.data or "")
        if day is None:
            raise ValidationError(_("Ghi ngày, tháng, năm, ví dụ 02/11/2026."))
        if day > clock.today():
            raise ValidationError(_("Ngày này chưa đến. Kiểm tra lại giúp."))


class SealedReviewForm(ReviewForm):
    """The last look; where something seems to name the writer, it is sent only if that was seen and meant."""

    anyway = BooleanField(_l("Tôi đã đọc các chỗ này và vẫn gửi như vậy."))
    found: Any = ()
    """The places that seem to name the writer (rules.identity)."""

    def validate_anyway(self, field: BooleanField) -> None:
        if self.found and not field.data:
            raise ValidationError(_("Sửa các chỗ này, hoặc đánh dấu vào ô này rồi mới gửi được."))
