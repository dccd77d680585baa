"""The small forms around a case: open it, answer, judge, reopen, take back."""

from __future__ import annotations

from flask import g
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    MultipleFileField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from ...cases.family import codes_opening
from ...cases.receipts import says_code
from ...cases.typed import AtMost, Needed, is_email
from ...cases.typed_channel import channel_field, offer_channels
from ...words import DATA_REQUESTS, REASONS


def without_code(_form: FlaskForm, field: TextAreaField) -> None:
    """A text that officials read must not open the case: whoever writes the own code into it is told so."""
    if says_code(field.data or "", codes_opening(g.actor.case_id)):
        raise ValidationError(_("Trong này có mã tra cứu. Xóa mã đi, cán bộ không cần và không được biết mã."))


class CodeForm(FlaskForm):
    """The receipt code, as it stands on the receipt."""

    code = StringField(
        _l("Mã tra cứu"),
        [Needed(_l("Ghi mã tra cứu, 16 ký tự in trên giấy biên nhận."))],
        description=_l("16 ký tự in trên giấy biên nhận, ví dụ 7KQM-2X9D-RT4H-W0BN. Viết hoa hay thường đều được."),
    )


class LostForm(FlaskForm):
    """The mail address that was given with the petition."""

    email = StringField(
        _l("Thư điện tử đã ghi khi gửi đơn"),
        [Needed(_l("Ghi địa chỉ thư điện tử.")), AtMost(200), is_email],
    )


class ReplyForm(FlaskForm):
    """A message to the unit, with files."""

    text = TextAreaField(_l("Nhắn cho đơn vị"), [Needed(_l("Chưa ghi nội dung.")), AtMost(10_000), without_code])
    files = MultipleFileField(_l("Ảnh, video, giấy tờ"))


class RateForm(FlaskForm):
    """What stands behind a level that was already tapped."""

    level = HiddenField()
    reasons = SelectMultipleField(
        _l("Vì sao? (chọn một hay nhiều)"),
        choices=[SelectChoice(code, words) for code, words in REASONS.items()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )
    text = TextAreaField(_l("Nói thêm"), [Optional(), AtMost(2000), without_code])


class ReopenForm(FlaskForm):
    """What is still not solved."""

    reason = TextAreaField(
        _l("Còn gì chưa xong?"),
        [Needed(_l("Ghi điều chưa xong, để đơn vị biết phải làm gì tiếp.")), AtMost(5000), without_code],
        description=_l("Nói rõ chỗ nào chưa làm, hoặc câu trả lời sai ở đâu."),
    )


class InsistForm(FlaskForm):
    """A written answer came instead of a meeting, and they still want to meet."""

    reason = TextAreaField(
        _l("Vì sao vẫn cần gặp?"),
        [Needed(_l("Ghi vì sao vẫn cần gặp.")), AtMost(5000), without_code],
        description=_l("Nói rõ điều gì trong câu trả lời chưa thỏa đáng, hoặc việc gì chỉ nói trực tiếp được."),
    )


class ChooseForm(FlaskForm):
    """One of the times the unit proposed, by its place in the list."""

    offer = HiddenField()


class AppealForm(FlaskForm):
    """A second complaint: what is wrong with the first settlement, and what is asked now (Law 02/2011/QH13 art. 33)."""

    token = HiddenField()
    body = TextAreaField(
        _l("Vì sao không đồng ý với lần giải quyết đầu?"),
        [Needed(_l("Ghi điều ông/bà không đồng ý và lý do.")), AtMost(10_000), without_code],
        description=_l("Nói rõ chỗ nào trong quyết định chưa đúng, có giấy tờ hay việc gì mới."),
    )
    request = TextAreaField(
        _l("Yêu cầu giải quyết thế nào?"),
        [Needed(_l("Ghi điều ông/bà yêu cầu.")), AtMost(2000), without_code],
        description=_l("Ví dụ: hủy quyết định, bồi thường, xin lỗi công khai."),
    )
    files = MultipleFileField(_l("Ảnh, video, giấy tờ"))
    agree = BooleanField(_l("Tôi xin chịu trách nhiệm về nội dung đã ghi."))

    def validate_agree(self, field: BooleanField) -> None:
        if not field.data:
            raise ValidationError(_("Đánh dấu vào ô này rồi mới gửi được."))


class ChannelForm(FlaskForm):
    """How they want to hear of this case from now on."""

    contact_channel = channel_field()

    def offer(self, now_is: str) -> None:
        """The ways of this installation, and the one chosen before."""
        offer_channels(self.contact_channel, now_is)


class OwnDataForm(FlaskForm):
    """What is asked of one's own data."""

    kind = RadioField(
        _l("Ông/bà muốn gì?"), [InputRequired(_l("Chọn một mục."))],
        choices=[SelectChoice(code, words) for code, words in DATA_REQUESTS.items()],
    )  # fmt: skip
    text = TextAreaField(
        _l("Nói rõ thêm"), [Optional(), AtMost(2000), without_code],
        description=_l("Muốn sửa thì ghi sửa gì, thành gì."),
    )  # fmt: skip


class WithdrawForm(FlaskForm):
    """Why the petition is taken back, if they wish to say."""

    reason = TextAreaField(_l("Vì sao rút đơn?"), [Optional(), AtMost(2000), without_code])
