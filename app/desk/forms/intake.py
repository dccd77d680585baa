"""The counter's form: the same petition for a walk-in, a caller or a paper letter, on one page."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, FormField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional, Regexp, ValidationError

from ... import clock
from ...cases.actions import NewCase
from ...cases.actions.sort import CHECKS
from ...cases.typed_channel import channel_field, check_channel, offer_channels
from ...rules.workflow import Kind
from ...units.fields import options
from ...units.models import Unit
from ...words import KINDS
from .base import CHOOSE, NEEDED, DayField, VerbForm, area_choices, category_choices, unit_choices
from .checks import Checks
from .wish import Wish

CHANNELS = {"counter": _l("Tại quầy"), "phone": _l("Gọi điện"), "letter": _l("Đơn giấy")}
ONLY_COMPLAINT = ("against", "known_on", "request", "address")
"""What a complaint must say besides (Law 02/2011/QH13 art. 8)."""
PHONE_DIGITS = (9, 11)


COMPETENCE = {
    "suggested": _l("Theo gợi ý của lĩnh vực và địa bàn"),
    "here": _l("Đơn vị này xử lý"),
    "other": _l("Đơn vị khác trong tỉnh xử lý"),
    "outside": _l("Cơ quan ngoài hệ thống này: ghi lại rồi hướng dẫn người gửi"),
}
"""Whose matter it is, as intake finds it (Circular 05/2021/TT-TTCP)."""
TAKEN_HERE = (Kind.FEEDBACK, Kind.COMPLAINT, Kind.DIALOGUE)
"""Kinds entered at a counter; a denunciation has its own register, apart from everything else."""


TOKEN = Regexp(r"^[0-9a-f]{32}$", message=_l("Biểu mẫu đã cũ. Mở lại trang này."))
"""A form's one-time token, as cases.receipts makes it."""


def short(most: int) -> Length:
    """A length limit that is said, never cut off."""
    return Length(max=most, message=_l("Nhiều nhất %(n)s chữ cái.", n=most))


class IntakeForm(FlaskForm):  # type: ignore[misc]
    """Left what was said, right who and how; the tab order is the order of speech."""

    token = HiddenField(validators=[TOKEN])
    kind = RadioField(_l("Loại"), choices=options((k, KINDS[k]) for k in TAKEN_HERE), default=str(Kind.FEEDBACK),
                      validators=[InputRequired(CHOOSE)])  # fmt: skip
    title = StringField(_l("Việc gì, nói trong một câu"), validators=[DataRequired(NEEDED), short(200)])
    body = TextAreaField(_l("Nội dung"), validators=[DataRequired(NEEDED), short(20_000)])
    category = SelectField(_l("Lĩnh vực"), validators=[DataRequired(_l("Chọn lĩnh vực của việc này."))])
    commune = SelectField(_l("Xã, phường nơi xảy ra"), validators=[Optional()])
    place = StringField(_l("Địa điểm cụ thể"), validators=[Optional(), short(300)])
    against = TextAreaField(_l("Quyết định hoặc hành vi bị khiếu nại"), validators=[short(4000)])
    known_on = DayField(_l("Ngày biết quyết định hoặc hành vi đó"), validators=[Optional()])
    request = TextAreaField(_l("Yêu cầu giải quyết"), validators=[short(4000)])
    appeal_of = StringField(
        _l("Khiếu nại lần hai: số tiếp nhận của lần đầu"), validators=[Optional(), short(24)],
        description=_l("Ví dụ KN-2026-000012. Để trống nếu là khiếu nại lần đầu."),
    )  # fmt: skip
    is_discipline = BooleanField(
        _l("Khiếu nại quyết định kỷ luật cán bộ, công chức"),
        description=_l("Thời hạn giải quyết riêng (Luật Khiếu nại, điều 50)."),
    )
    wish = FormField(Wish)
    checklist = FormField(Checks)
    remark = TextAreaField(
        _l("Thiếu gì, cần bổ sung gì"), validators=[Optional(), short(2000)],
        description=_l("Bắt buộc khi đã đánh dấu mà còn điều kiện chưa có. Chỉ cán bộ thấy."),
    )  # fmt: skip
    competence = RadioField(_l("Thuộc thẩm quyền của ai"), choices=options(COMPETENCE.items()), default="suggested",
                            validators=[Optional()])  # fmt: skip
    unit = SelectField(_l("Đơn vị khác đó là"), validators=[Optional()])
    channel = RadioField(_l("Đến bằng cách nào"), choices=options(CHANNELS.items()), default="counter",
                         validators=[InputRequired(CHOOSE)])  # fmt: skip
    signed_on = DayField(_l("Ngày nhận bản gốc có chữ ký"), validators=[Optional()],
                          description=_l("Chỉ với khiếu nại. Thời hạn thụ lý tính từ ngày này."))  # fmt: skip
    name = StringField(_l("Họ và tên"), validators=[DataRequired(_l("Ghi họ tên người gửi.")), short(120)])
    phone = StringField(_l("Số điện thoại"), validators=[Optional(), short(32)])
    email = StringField(_l("Thư điện tử"), validators=[
        Optional(), short(200), Email(_l("Địa chỉ này chưa đúng. Ví dụ: ten@example.vn"))])  # fmt: skip
    address = StringField(_l("Địa chỉ"), validators=[short(300)])
    contact_channel = channel_field()
    is_public = BooleanField(_l("Người gửi đồng ý công khai, không hiện tên"))
    is_new = BooleanField(_l("Đã xem, đây là việc khác"))

    def prepare(self, today: date) -> None:
        """Choices of the day."""
        offer_channels(self.contact_channel)
        self.category.choices = {_("Chọn lĩnh vực"): [("", _("Chưa chọn"))], **category_choices()}
        self.commune.choices = area_choices(today)
        self.unit.choices = {_("Chọn đơn vị"): [("", _("Chưa chọn"))], **unit_choices(today)}

    def validate_phone(self, field: Any) -> None:
        """A caller has a number; a number has nine to eleven digits."""
        digits = sum(c.isdigit() for c in field.data or "")
        if digits and not PHONE_DIGITS[0] <= digits <= PHONE_DIGITS[1]:
            raise ValidationError(_("Số này có %(n)s chữ số, cần 10. Kiểm tra lại giúp.", n=digits))

    def validate_contact_channel(self, field: RadioField) -> None:
        """The way chosen has its address."""
        check_channel(self, field)

    def validate_known_on(self, field: Any) -> None:
        """Nobody complains of a decision of tomorrow."""
        if field.data and field.data > clock.today():
            raise ValidationError(_("Ngày này chưa đến. Kiểm tra lại giúp."))

    def validate_signed_on(self, field: Any) -> None:
        """The original is at hand already."""
        if field.data and field.data > clock.today():
            raise ValidationError(_("Ngày nhận bản gốc không thể ở tương lai."))

    def validate(self, extra_validators: Any = None) -> bool:
        """What a complaint and a call need besides."""
        is_good = bool(super().validate(extra_validators))
        wanted = [*(ONLY_COMPLAINT if self.kind.data == Kind.COMPLAINT else ()),
                  *(("phone",) if self.channel.data == "phone" else ())]  # fmt: skip
        for name in wanted:
            field = self[name]
            if not field.data and not field.errors:
                field.errors = [*field.errors, MISSING[name]]
                is_good = False
        if self.kind.data == Kind.DIALOGUE:
            is_good = self.wish.form.is_sound() and is_good
        return self._are_sorted() and is_good

    def _are_sorted(self) -> bool:
        """The unit where one is to be chosen, the remark where something lacks."""
        lacks = {
            "unit": self.competence.data == "other" and not self.unit.data,
            "remark": self.was_checked and not self.is_eligible and not self.remark.data,
        }
        for name in (name for name, is_missing in lacks.items() if is_missing):
            self[name].errors = [*self[name].errors, MISSING[name]]
        return not any(lacks.values())

    @property
    def checks(self) -> dict[str, bool]:
        """What was ticked of what the law asks of this kind."""
        asked = CHECKS[Kind(self.kind.data)] if self.kind.data in TAKEN_HERE else ()
        return {name: holds for name, holds in self.checklist.form.ticked().items() if name in asked}

    @property
    def was_checked(self) -> bool:
        """Whether the counter checked at all; else whoever takes it in does."""
        return any(self.checks.values())

    @property
    def is_eligible(self) -> bool:
        return all(self.checks.values())

    def wanted(self, here: Unit | None) -> str:
        """The code of the unit chosen; '' where the subject and the place decide."""
        if self.competence.data in ("here", "outside"):
            return here.code if here else ""
        return (self.unit.data or "") if self.competence.data == "other" else ""

    def new_case(self, language: str, here: Unit | None = None) -> NewCase:
        """The petition as the action takes it. The signed original is registered after it, where this desk may."""
        said: dict[str, Any] = self.data
        own: dict[str, Any] = {name: said[name] or (None if name == "known_on" else "") for name in ONLY_COMPLAINT}
        if said["kind"] != Kind.COMPLAINT:
            own |= {"against": "", "known_on": None, "request": ""}
        else:
            own |= {
                "appeal_of": (said["appeal_of"] or "").strip().upper(),
                "is_discipline": bool(said["is_discipline"]),
            }
        rest: dict[str, Any] = {name: said[name] or "" for name in ("place", "phone", "email", "contact_channel")}
        facts: dict[str, Any] = {**rest, **own, "language": language, "is_public": bool(said["is_public"])}
        return NewCase(
            kind=Kind(said["kind"]), title=said["title"], body=said["body"], category_code=said["category"],
            commune_code=said["commune"] or "", name=said["name"], channel=said["channel"],
            wanted_unit_code=self.wanted(here), **facts,
            wish=self.wish.form.wish() if said["kind"] == Kind.DIALOGUE else None,
        )  # fmt: skip


MISSING = {
    "against": _l("Khiếu nại cần ghi quyết định hoặc hành vi bị khiếu nại."),
    "known_on": _l("Khiếu nại cần ghi ngày biết quyết định hoặc hành vi đó."),
    "request": _l("Khiếu nại cần ghi yêu cầu giải quyết."),
    "address": _l("Khiếu nại cần ghi địa chỉ người khiếu nại."),
    "phone": _l("Người gọi điện cần có số để gọi lại."),
    "unit": _l("Chọn đơn vị xử lý."),
    "remark": _l("Ghi đơn còn thiếu gì."),
}


class RenewForm(VerbForm):
    """A resident lost the code: who they are was checked, and how is written down."""

    token = HiddenField(validators=[TOKEN])
    checked = RadioField(_l("Đã đối chiếu bằng cách nào"), validators=[InputRequired(CHOOSE)], choices=options([
        ("papers", _l("Xem giấy tờ tùy thân tại quầy")),
        ("call_back", _l("Gọi lại số điện thoại đã ghi trong đơn")),
        ("known", _l("Cán bộ biết rõ người này")),
    ]))  # fmt: skip
    statement = TextAreaField(
        _l("Đã đối chiếu những gì"), validators=[DataRequired(_l("Ghi rõ đã đối chiếu những gì."))],
        description=_l("Ví dụ: căn cước khớp họ tên và địa chỉ trong đơn. Không chép số căn cước vào đây."),
    )  # fmt: skip
