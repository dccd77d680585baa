"""The pages of the guided form, one thing each. They need no CSRF field: the one-time token is bound to the browser."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    MultipleFileField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Optional, ValidationError
from wtforms.widgets import DateInput

from ... import clock
from ...cases.typed import AtMost, Needed, is_email, is_phone
from ...cases.typed_channel import channel_field, check_channel, offer_channels
from ...units.calendar import law
from .. import carry
from ..ahead import filing_days


def codes(field: Any) -> set[str]:
    """The choices a field offers, the empty one left out."""
    return {choice.value for choice in field.choices or () if choice.value}


class SheetForm(FlaskForm):
    """One page of the sheet."""

    class Meta:
        csrf = False


class WhatForm(SheetForm):
    """What happened, and one sentence to know it by."""

    body = TextAreaField(
        _l("Chuyện gì đã xảy ra?"),
        [Needed(_l("Kể chuyện gì đã xảy ra.")), AtMost(10_000)],
        description=_l("Kể như nói với người hàng xóm. Nên có: ở đâu, từ khi nào, ảnh hưởng đến ai."),
    )
    title = StringField(
        _l("Đặt tên ngắn cho việc này"),
        [Needed(_l("Đặt tên ngắn cho việc này, một câu là đủ.")), AtMost(150)],
        description=_l("Một câu, để cán bộ đọc lướt cũng hiểu."),
    )


class AgainstForm(SheetForm):
    """Complaint: the decision or act, the day it was known, and what is asked (Law 02/2011/QH13 art. 8)."""

    against = TextAreaField(
        _l("Khiếu nại quyết định hoặc việc làm nào?"),
        [Needed(_l("Ghi quyết định hoặc việc làm bị khiếu nại.")), AtMost(2000)],
        description=_l("Ví dụ: Quyết định số 12/QĐ-UBND ngày 02/11/2026 của UBND xã, hoặc việc làm của ai, ở đâu."),
    )
    known_on = StringField(
        _l("Biết quyết định hoặc việc làm đó ngày nào?"),
        [Needed(_l("Ghi ngày biết quyết định hoặc việc làm đó."))],
        widget=DateInput(),
    )
    request = TextAreaField(
        _l("Yêu cầu giải quyết thế nào?"),
        [Needed(_l("Ghi điều ông/bà yêu cầu.")), AtMost(2000)],
        description=_l("Ví dụ: hủy quyết định, bồi thường, xin lỗi công khai."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = filing_days(law(), clock.today())
        self.known_on.description = _("Luật cho %(n)s ngày kể từ ngày này để khiếu nại lần đầu.", n=days)

    def validate_known_on(self, field: StringField) -> None:
        day = carry.day(field.data or "")
        if day is None:
            raise ValidationError(_("Ghi ngày, tháng, năm, ví dụ 02/11/2026."))
        if day > clock.today():
            raise ValidationError(_("Ngày này chưa đến. Kiểm tra lại giúp."))


class CategoryForm(SheetForm):
    """What it is about, in two levels; the choices come from the province's own list."""

    category = RadioField(
        _l("Việc này thuộc về gì?"),
        validate_choice=False,
        description=_l("Mở nhóm gần nhất rồi chọn. Chọn chưa đúng cũng không sao, nơi tiếp nhận sửa lại được."),
    )

    def validate_category(self, field: RadioField) -> None:
        if field.data not in codes(field):
            raise ValidationError(_("Mở một nhóm rồi chọn lĩnh vực gần nhất."))


class WhereForm(SheetForm):
    """Which commune, and where in it; the phone's position only when its owner presses the button."""

    commune = SelectField(
        _l("Xã, phường"),
        validate_choice=False,
        description=_l("Nơi xảy ra việc, không phải nơi ông/bà ở."),
    )
    place = StringField(
        _l("Địa chỉ hoặc chỗ dễ nhận ra"),
        [Optional(), AtMost(300)],
        description=_l("Ví dụ: xóm Lũng Đính, cách nhà văn hóa xóm khoảng 300 m."),
    )
    latitude = HiddenField()
    longitude = HiddenField()

    def validate_commune(self, field: SelectField) -> None:
        if field.data not in codes(field):
            raise ValidationError(_("Chọn xã hoặc phường nơi xảy ra việc."))


class UnitForm(SheetForm):
    """Who should deal with it, if that is known."""

    unit_choice = RadioField(
        _l("Đơn vị nào nên giải quyết?"),
        validate_choice=False,
        description=_l("Chưa biết đơn vị nào thì để nguyên, nơi tiếp nhận sẽ xác định."),
    )
    wanted_unit = SelectField(_l("Tên đơn vị"), validate_choice=False)

    def validate_unit_choice(self, field: RadioField) -> None:
        if field.data not in codes(field):
            field.data = carry.UNKNOWN

    def validate_wanted_unit(self, field: SelectField) -> None:
        if self.unit_choice.data == carry.OTHER and field.data not in codes(field):
            raise ValidationError(_("Chọn đơn vị trong danh sách, hoặc chọn Chưa biết."))


class FilesForm(SheetForm):
    """Photos, films, papers; sent up on this page into the holding area."""

    files = MultipleFileField(_l("Có ảnh, video hay giấy tờ không?"))


class YouForm(SheetForm):
    """Whom to answer. Only the name is needed (Circular 05/2021/TT-TTCP art. 6); the rest helps and is optional."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_channels(self.contact_channel)

    name = StringField(
        _l("Họ và tên"),
        [Needed(_l("Ghi họ và tên, để cán bộ biết xưng hô khi trả lời.")), AtMost(120)],
        description=_l("Văn bản trả lời sẽ ghi tên này."),
    )
    phone = StringField(
        _l("Số điện thoại"),
        [Optional(), is_phone],
        description=_l("Để hỏi thêm khi cần. Ví dụ 0912 000 017."),
    )
    email = StringField(
        _l("Thư điện tử"),
        [Optional(), AtMost(200), is_email],
        description=_l("Nếu có, mỗi bước sẽ được báo đến đây, và mất mã vẫn xem lại được."),
    )
    contact_channel = channel_field()
    is_public = RadioField(
        _l("Có cho công khai việc này không?"),
        choices=[SelectChoice("yes", _l("Có")), SelectChoice("no", _l("Không"))],
        validate_choice=False,
    )

    def validate_contact_channel(self, field: RadioField) -> None:
        check_channel(self, field)

    def validate_is_public(self, field: RadioField) -> None:
        if field.data not in ("yes", "no"):
            raise ValidationError(_("Chọn có hoặc không công khai."))


class ComplainantForm(YouForm):
    """Who complains: the law also asks the address (Law 02/2011/QH13 art. 8)."""

    address = StringField(
        _l("Địa chỉ"),
        [Needed(_l("Ghi địa chỉ. Luật Khiếu nại yêu cầu đơn có họ tên và địa chỉ.")), AtMost(300)],
        description=_l("Số nhà, xóm hoặc tổ, xã hoặc phường. Giấy mời và quyết định giải quyết gửi đến đây."),
    )


class ReviewForm(SheetForm):
    """The last look, and the statement the law asks of whoever sends."""

    agree = BooleanField(_l("Tôi xin chịu trách nhiệm về nội dung đã ghi."))

    def validate_agree(self, field: BooleanField) -> None:
        if not field.data:
            raise ValidationError(_("Đánh dấu vào ô này rồi mới gửi được."))
