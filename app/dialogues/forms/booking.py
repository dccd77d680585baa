"""What a resident types to book a visit, to move it, to find it again."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Optional, ValidationError

from ...cases.typed import AtMost, Needed, is_email, is_phone
from ...cases.typed_channel import channel_field, check_channel, offer_channels
from ...units.queries import categories
from ...words import named
from ...words.dialogues import INTERPRETERS, MODES
from ..actions.bookings import NewBooking
from ..queries.bookable import OpenDay

PERSONAL = ("name", "phone", "email", "contact_channel", "subject", "category", "coming", "people",
            "representatives", "agree")  # fmt: skip
"""What is not asked of somebody who comes to denounce."""


class BookingForm(FlaskForm):
    """One page: which slot, who comes, about what, what help they need."""

    token = HiddenField()
    slot = RadioField(_l("Chọn khung giờ"), [Needed(_l("Chọn một khung giờ còn chỗ."))], validate_choice=False)
    mode = RadioField(_l("Gặp bằng cách nào?"), default="in_person", validate_choice=False,
                      choices=[SelectChoice(code, MODES[code]) for code in ("in_person", "online")])  # fmt: skip
    name = StringField(_l("Họ và tên"), [Needed(_l("Ghi họ và tên người đến.")), AtMost(120)])
    phone = StringField(
        _l("Số điện thoại"), [Needed(_l("Ghi số điện thoại, để báo khi buổi tiếp thay đổi.")), is_phone],
        description=_l("Chỉ để báo khi buổi tiếp thay đổi."),
    )  # fmt: skip
    email = StringField(
        _l("Thư điện tử"), [Optional(), AtMost(200), is_email],
        description=_l("Có địa chỉ thì được nhắc lịch một ngày trước."),
    )  # fmt: skip
    contact_channel = channel_field()
    subject = TextAreaField(
        _l("Muốn nói về việc gì?"), [Needed(_l("Ghi một hai câu, để lãnh đạo chuẩn bị trước.")), AtMost(300)],
        description=_l("Một hai câu, để lãnh đạo chuẩn bị trước."),
    )  # fmt: skip
    category = SelectField(_l("Thuộc lĩnh vực nào?"), [Optional()], validate_choice=False)
    coming = RadioField(
        _l("Đến một mình hay nhiều người?"), default="alone", validate_choice=False,
        choices=[SelectChoice("alone", _l("Một mình")), SelectChoice("group", _l("Nhiều người cùng một việc"))],
    )  # fmt: skip
    people = StringField(_l("Bao nhiêu người?"), [Optional()], description=_l("Kể cả người đặt lịch."))
    representatives = TextAreaField(
        _l("Người đại diện"), [Optional(), AtMost(600)],
        description=_l("Mỗi dòng một họ tên. Đoàn từ 5 đến 10 người cử một hoặc hai người, đông hơn thì nhiều nhất"
                       " năm người."),
    )  # fmt: skip
    interpreter = SelectField(
        _l("Cần người phiên dịch?"), [Optional()], validate_choice=False,
        description=_l("Cán bộ nói tiếng Việt. Cần tiếng khác thì chọn, đơn vị mời người phiên dịch."),
    )  # fmt: skip
    wheelchair = BooleanField(_l("Cần lối đi cho xe lăn"))
    agree = BooleanField(_l("Tôi đồng ý để đơn vị giữ thông tin này cho buổi tiếp và sổ tiếp công dân."))

    def open_for(self, found: OpenDay, is_sealed: bool) -> None:
        """Only what this day and this visitor are asked, with the province's own lists."""
        for name in PERSONAL if is_sealed else ():
            del self[name]
        if found.day.mode != "both":
            del self.mode
        self.slot.choices = [SelectChoice(f"{slot.at:%H:%M}", f"{slot.at:%H:%M}") for slot in found.slots]
        self.interpreter.choices = [
            SelectChoice("", _("Không cần")), *(SelectChoice(code, words) for code, words in INTERPRETERS.items())
        ]  # fmt: skip
        if not is_sealed:
            offer_channels(self.contact_channel)
            tops = [row for row in categories() if row.parent_id is None and set(row.kinds) != {"denunciation"}]
            self.category.choices = [
                SelectChoice("", _("Chưa rõ")), *(SelectChoice(row.code, named(row)) for row in tops)
            ]  # fmt: skip

    def how_many(self) -> int:
        """How many come, of whom the visitor is one; 0 where no number was typed."""
        typed = str(self.people.data or "").replace(".", "").strip()
        if self.coming.data != "group":
            return 1
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 0

    def validate(self, extra_validators: Any = None) -> bool:
        """Also that a group says how many it is: a field left empty is asked nothing by itself."""
        is_good = bool(super().validate(extra_validators))
        if "people" in self and self.coming.data == "group" and self.how_many() < 2:
            self.people.errors = [_("Ghi số người cùng đến, từ 2 trở lên.")]
            return False
        return is_good

    def validate_contact_channel(self, field: RadioField) -> None:
        check_channel(self, field)

    def validate_agree(self, field: BooleanField) -> None:
        if not field.data:
            raise ValidationError(_("Đánh dấu vào ô này rồi mới đặt lịch được."))

    def new_booking(self, language: str, is_sealed: bool) -> NewBooking:
        """What was typed, as the action takes it; of who comes to denounce nothing of the person is read."""
        mode = str(self.mode.data or "") if "mode" in self else ""
        help_needed: dict[str, Any] = {
            "mode": mode, "interpreter": self.interpreter.data or "", "wheelchair": bool(self.wheelchair.data)
        }  # fmt: skip
        if is_sealed:
            return NewBooking(is_sealed=True, **help_needed)
        is_group = self.coming.data == "group"
        return NewBooking(
            name=str(self.name.data or ""), phone=str(self.phone.data or "").strip(),
            email=str(self.email.data or "").strip(),
            contact_channel=str(self.contact_channel.data or ""), subject=str(self.subject.data or ""),
            category_code=str(self.category.data or ""), people=self.how_many(),
            representatives=tuple(str(self.representatives.data or "").splitlines()) if is_group else (),
            language=language, **help_needed,
        )  # fmt: skip


class BookingCodeForm(FlaskForm):
    """The code, as it stands on the slip."""

    code = StringField(
        _l("Mã lịch hẹn"),
        [Needed(_l("Ghi mã lịch hẹn, 16 ký tự in trên phiếu hẹn."))],
        description=_l("16 ký tự in trên phiếu hẹn, ví dụ 7KQM-2X9D-RT4H-W0BN. Viết hoa hay thường đều được."),
    )


class ChangeForm(FlaskForm):
    """Another slot; `version` is the number the page was made from."""

    version = HiddenField()
    slot = RadioField(_l("Chọn giờ khác"), [Needed(_l("Chọn một khung giờ còn chỗ."))], validate_choice=False)


class CancelForm(FlaskForm):
    """Asked once more before a visit is off."""

    version = HiddenField()
