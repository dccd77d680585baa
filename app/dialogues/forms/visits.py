"""What the office types about a visit: who is here, what was said, why somebody is turned away, a booking by phone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.validators import Email, InputRequired, Optional

from ...accounts.models import Official
from ...refusals import Invalid
from ...rules.workflow import N_
from ...units.models import Unit
from ...units.versioned import version
from ...words import KINDS
from ...words.dialogues import BOOKING_CHANNELS, DIRECTIONS, INTERPRETERS, TURNED_AWAY
from ..actions.days import NewDay
from ..actions.new_booking import NewBooking
from ..actions.visits import Heard
from ..models import Booking
from .parts import (
    CHOOSE,
    Hour,
    Number,
    OnDay,
    category_choices,
    names_typed,
    people,
    text,
    token,
    unit_choices,
)

HEARD_KINDS = ("feedback", "complaint", "denunciation")
TEXTS = ("name", "phone", "email", "address", "subject", "interpreter")
IDENTITY = _l("Số căn cước hoặc hộ chiếu")


class CheckInForm(FlaskForm):  # type: ignore[misc]
    """The visitor shows who they are."""

    version = version()
    identity_number = StringField(IDENTITY, description=_l("Xem giấy tờ rồi ghi số (Luật 136/2025/QH15)."))


class TurnAwayForm(FlaskForm):  # type: ignore[misc]
    """On which ground, and what happened."""

    version = version()
    ground = RadioField(_l("Căn cứ từ chối (Luật Tiếp công dân, điều 9)"), choices=list(TURNED_AWAY.items()),
                        validators=[InputRequired(CHOOSE)])  # fmt: skip
    reason = text(_l("Việc đã xảy ra"), description=_l("Ghi vào thông báo từ chối tiếp công dân."))


class PlainForm(FlaskForm):  # type: ignore[misc]
    """A verb that carries nothing: one button."""

    version = version()


class NotifyForm(FlaskForm):  # type: ignore[misc]
    """When the visitor was told what came of it."""

    version = version()
    on = OnDay(_l("Ngày báo kết quả"))


class WhatWasSaid(FlaskForm):  # type: ignore[misc]
    """The register's columns."""

    petition_kind = RadioField(_l("Loại đơn"), choices=[(kind, KINDS[kind]) for kind in HEARD_KINDS],  # type: ignore[index]
                               default="feedback", validators=[InputRequired(CHOOSE)])  # fmt: skip
    category = SelectField(_l("Lĩnh vực"), [Optional()], validate_choice=False)
    """Whoever listened knows it better than who booked; a case takes it as it stands."""
    said = text(_l("Người đến trình bày gì"))
    answer = text(_l("Người tiếp trả lời gì"), optional=True)
    direction = RadioField(_l("Hướng xử lý"), choices=list(DIRECTIONS.items()), validators=[InputRequired(CHOOSE)])
    settled_by = StringField(_l("Cơ quan đã giải quyết"), [Optional()],
                             description=_l("Nếu việc này đã có cơ quan giải quyết trước đó."))  # fmt: skip
    follow_up = text(_l("Theo dõi tiếp"), optional=True)
    is_told = BooleanField(
        _l("Đã báo kết quả ngay tại buổi tiếp"),
        description=_l("Không đánh dấu thì phải báo trong 10 ngày (Luật Tiếp công dân, điều 28)."),
    )

    def heard(self) -> Heard:
        """As the action takes it."""
        return Heard(
            said=self.said.data or "", answer=self.answer.data or "", direction=self.direction.data or "",
            petition_kind=self.petition_kind.data or "", settled_by=self.settled_by.data or "",
            follow_up=self.follow_up.data or "", category_code=self.category.data or "",
            is_told=bool(self.is_told.data),
        )  # fmt: skip


class HearForm(WhatWasSaid):
    """What was said, of a visitor who was checked in."""

    version = version()


class Who(FlaskForm):  # type: ignore[misc]
    """Who comes, about what, with what needs."""

    name = StringField(_l("Họ và tên"))
    phone = StringField(_l("Số điện thoại"))
    email = StringField(_l("Thư điện tử"), [Optional(), Email(_l("Địa chỉ này chưa đúng. Ví dụ: ten@example.vn"))])
    address = StringField(_l("Địa chỉ"), [Optional()])
    subject = StringField(_l("Việc gì, nói trong một câu"), [Optional()])
    category = SelectField(_l("Lĩnh vực"), [Optional()])
    people = Number(_l("Bao nhiêu người"), default=1)
    representatives = text(_l("Người đại diện"), optional=True,
                           description=_l("Mỗi dòng một tên. Đoàn từ 5 người trở lên cần có."))  # fmt: skip
    interpreter = SelectField(_l("Cần phiên dịch"), [Optional()],
                              choices=[("", _l("Không cần")), *INTERPRETERS.items()])  # fmt: skip
    wheelchair = BooleanField(_l("Đi xe lăn, cần lối vào không bậc"))

    def new_booking(self, channel: str, **more: Any) -> NewBooking:
        """As the action takes it."""
        texts: dict[str, Any] = {name: self[name].data or "" for name in TEXTS}
        return NewBooking(
            **texts, category_code=self.category.data or "", people=self.people.data or 1, channel=channel,
            representatives=names_typed(self.representatives.data), wheelchair=bool(self.wheelchair.data), **more,
        )  # fmt: skip

    def offer_categories(self) -> None:
        """Choices of the day."""
        self.category.choices = category_choices()


class BookHereForm(Who):
    """A booking at the counter or by phone; or somebody who stands there without one."""

    token = token()
    channel = RadioField(
        _l("Đến bằng cách nào"), default="counter", validators=[InputRequired(CHOOSE)],
        choices=[(code, BOOKING_CHANNELS[code]) for code in ("counter", "phone", "walk_in")],
    )  # fmt: skip
    slot = SelectField(_l("Khung giờ"), validate_choice=False, description=_l("Đến không hẹn trước thì để trống."))
    identity_number = StringField(IDENTITY, description=_l("Ghi khi người đến đang có mặt."))
    is_sealed = BooleanField(_l("Đến để tố cáo"), description=_l("Không ghi tên và nội dung: tố cáo vào sổ riêng."))

    def offer(self, slots: Sequence[time]) -> None:
        """Slots that still have a seat."""
        self.offer_categories()
        hours = [f"{slot:%H:%M}" for slot in slots]
        self.slot.choices = [("", _("Không theo khung giờ")), *[(hour, hour) for hour in hours]]

    def chosen(self) -> time | None:
        """The slot, or none for who stands there; whether it is free the action says."""
        if not self.slot.data or self.channel.data == "walk_in":
            return None
        try:
            return time.fromisoformat(self.slot.data)
        except ValueError:
            raise Invalid(N_("Buổi này không có khung giờ đó. Chọn một giờ trong danh sách."), "slot") from None


class UnscheduledForm(Who, WhatWasSaid):
    """An unscheduled reception written down in one go: when, why, who, what was said."""

    token = token()
    unit = SelectField(_l("Đơn vị"), validators=[InputRequired(CHOOSE)])
    on = OnDay(_l("Ngày tiếp"))
    starts = Hour(_l("Từ giờ"))
    ends = Hour(_l("Đến giờ"))
    place = StringField(_l("Nơi tiếp"))
    host = SelectField(_l("Người tiếp"), [Optional()])
    reason = text(
        _l("Vì sao tiếp đột xuất"),
        description=_l("Việc gấp, phức tạp, đông người, hậu quả nghiêm trọng (điều 18 khoản 3)."),
    )
    identity_number = StringField(IDENTITY, description=_l("Của người đến, hoặc người đại diện."))

    def offer(self, units: Sequence[Unit], officials: Sequence[Official], heads: Sequence[Official]) -> None:
        """Fill in the choices."""
        self.offer_categories()
        self.unit.choices = unit_choices(units)
        self.host.choices = people(officials, heads, _l("Chưa chọn"))

    def new_day(self, host: Official | None) -> NewDay:
        """The day as the action takes it; one slot as long as the whole."""
        return NewDay(self.on.data, self.starts.data, self.ends.data, place=self.place.data or "", kind="unscheduled",
                      slot_minutes=min(240, max(5, _minutes(self.starts.data, self.ends.data))), capacity=50, host=host,
                      reason=self.reason.data or "")  # fmt: skip


def _minutes(starts: time, ends: time) -> int:
    return (ends.hour - starts.hour) * 60 + ends.minute - starts.minute


class ChangeSlotForm(FlaskForm):  # type: ignore[misc]
    """To which day and hour a booking goes."""

    version = version()
    slot = SelectField(_l("Giờ mới"), validators=[InputRequired(CHOOSE)])


def is_exact(booking: Booking) -> bool:
    """Whether a case can be made in the visit's field as it stands: a resident books under a whole group."""
    codes = {code for found in category_choices().values() for code, _name in found if code}
    return booking.category is not None and booking.category.code in codes


FORMS: dict[str, type[FlaskForm]] = {
    "check_in": CheckInForm, "turn_away": TurnAwayForm, "miss": PlainForm, "hear": HearForm,
    "notify_result": NotifyForm, "cancel_booking": PlainForm, "move_booking": ChangeSlotForm,
}  # fmt: skip
"""The form of each verb of a visit."""


def begin(form: Any, verb: str, booking: Booking, today: date) -> None:
    """What stands when the form is first shown."""
    form.version.data = booking.version
    if verb == "notify_result":
        form.on.data = today
    if verb == "hear" and is_exact(booking):
        form.category.data = booking.category.code if booking.category else ""
    if verb == "check_in":
        form.identity_number.data = booking.identity_number
