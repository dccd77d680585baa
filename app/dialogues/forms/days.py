"""What the office types about reception days and their recurring calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from ...accounts.models import Official
from ...rules.dialogues.recurrence import WAYS, WHICH, Recurrence, days_typed
from ...units.models import Unit
from ...units.versioned import version
from ...words.dialogues import DAY_KINDS, MODES
from ..actions.days import NewDay
from ..actions.moving import NewTime
from ..actions.patterns import NewPattern
from ..models import ReceptionDay
from ..queries.register import LONGEST
from .parts import CHOOSE, Hour, Number, OnDay, people, text, unit_choices

WAY_WORDS = {
    "days": _l("Ngày nhất định trong tháng"),
    "weekdays": _l("Thứ nhất định trong tháng"),
    "weekly": _l("Mỗi tuần"),
}
WEEKDAY_WORDS = (_l("Thứ Hai"), _l("Thứ Ba"), _l("Thứ Tư"), _l("Thứ Năm"), _l("Thứ Sáu"), _l("Thứ Bảy"), _l("Chủ nhật"))
WHICH_WORDS = {1: _l("đầu tiên"), 2: _l("thứ hai"), 3: _l("thứ ba"), 4: _l("thứ tư"), -1: _l("cuối cùng")}


class Boxes(SelectMultipleField):  # type: ignore[misc]
    """Several of a short list, as boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class Times(FlaskForm):  # type: ignore[misc]
    """From when to when, how long a slot is, where."""

    unit = SelectField(_l("Đơn vị"), validators=[InputRequired(CHOOSE)])
    kind = RadioField(_l("Loại buổi tiếp"), validators=[InputRequired(CHOOSE)], default="periodic")
    starts = Hour(_l("Từ giờ"), default=time(7, 30))
    ends = Hour(_l("Đến giờ"), default=time(11, 30))
    slot_minutes = Number(_l("Mỗi khung giờ, phút"), default=30)
    capacity = Number(_l("Mỗi khung giờ nhận mấy lượt"), default=1)
    mode = RadioField(_l("Tiếp bằng cách nào"), choices=list(MODES.items()), default="in_person",
                      validators=[InputRequired(CHOOSE)])  # fmt: skip
    place = StringField(_l("Nơi tiếp"))
    link = StringField(_l("Đường dẫn họp trực tuyến"), [Optional()])
    host = SelectField(_l("Người tiếp"), [Optional()], description=_l("Buổi định kỳ thì chỉ người đứng đầu tiếp."))

    def offer(self, units: Sequence[Unit], officials: Sequence[Official], heads: Sequence[Official]) -> None:
        """Fill in the choices."""
        self.unit.choices = unit_choices(units)
        self.host.choices = people(officials, heads, _l("Như loại buổi tiếp: người đứng đầu, hoặc cán bộ trực"))

    def typed(self) -> dict[str, Any]:
        """The times and place as the actions take them."""
        return {
            "starts": self.starts.data, "ends": self.ends.data, "slot_minutes": self.slot_minutes.data,
            "capacity": self.capacity.data, "mode": self.mode.data, "place": self.place.data or "",
            "link": self.link.data or "", "kind": self.kind.data,
        }  # fmt: skip


class DayForm(Times):
    """One day."""

    on = OnDay(_l("Ngày tiếp"))
    reason = text(_l("Vì sao tiếp đột xuất"), optional=True,
                  description=_l("Chỉ với buổi đột xuất: việc gấp, phức tạp, đông người, hậu quả nặng."))  # fmt: skip

    def offer(self, units: Sequence[Unit], officials: Sequence[Official], heads: Sequence[Official]) -> None:
        """Every kind of day."""
        super().offer(units, officials, heads)
        self.kind.choices = list(DAY_KINDS.items())

    def new_day(self, host: Official | None) -> NewDay:
        """The day as the action takes it."""
        return NewDay(on=self.on.data, host=host, reason=self.reason.data or "", **self.typed())


class PatternForm(Times):
    """A recurring calendar, said as people say it."""

    way = RadioField(_l("Lặp lại"), choices=[(way, WAY_WORDS[way]) for way in WAYS], default="days",
                     validators=[InputRequired(CHOOSE)])  # fmt: skip
    days = StringField(_l("Các ngày trong tháng"), default="10, 25",
                       description=_l("Từ 1 đến 28, cách nhau bằng dấu phẩy."))  # fmt: skip
    which = Boxes(_l("Tuần nào trong tháng"),
                  choices=[(str(which), WHICH_WORDS[which]) for which in WHICH])  # fmt: skip
    weekdays = Boxes(_l("Thứ mấy"), choices=[(str(n), words) for n, words in enumerate(WEEKDAY_WORDS)])
    from_on = OnDay(_l("Bắt đầu từ ngày"))
    until_on = OnDay(_l("Đến hết ngày"), needed=False, description=_l("Để trống nếu chưa định."))

    def offer(self, units: Sequence[Unit], officials: Sequence[Official], heads: Sequence[Official]) -> None:
        """No calendar of unscheduled days."""
        super().offer(units, officials, heads)
        self.kind.choices = [(code, words) for code, words in DAY_KINDS.items() if code != "unscheduled"]

    def new_pattern(self, host: Official | None) -> NewPattern:
        """The calendar as the action takes it; days that are no numbers are none."""
        days = days_typed(self.days.data or "") if self.way.data == "days" else ()
        recurrence = Recurrence(
            self.way.data, () if days is None else days, tuple(int(n) for n in self.which.data or ()),
            tuple(int(n) for n in self.weekdays.data or ()),
        )  # fmt: skip
        return NewPattern(recurrence, self.from_on.data, until_on=self.until_on.data, host=host, **self.typed())


class MoveForm(FlaskForm):  # type: ignore[misc]
    """Where a day goes, and why."""

    version = version()
    on = OnDay(_l("Ngày mới"))
    starts = Hour(_l("Từ giờ"))
    ends = Hour(_l("Đến giờ"))
    place = StringField(_l("Nơi tiếp"))
    reason = text(_l("Vì sao dời"), description=_l("Người đã đặt lịch đọc lý do này trong thư báo."))

    def begin(self, day: ReceptionDay) -> None:
        """What stands now."""
        self.version.data, self.starts.data, self.ends.data = day.version, day.starts, day.ends
        self.place.data = day.place

    def new_time(self) -> NewTime:
        """The new time as the action takes it."""
        return NewTime(self.on.data, self.starts.data, self.ends.data, self.place.data or "")


class HoldForm(FlaskForm):  # type: ignore[misc]
    """Who in fact received."""

    version = version()
    received_by = SelectField(_l("Ai đã tiếp"), validators=[InputRequired(CHOOSE)])
    missed = BooleanField(_l("Các lịch hẹn còn lại: người hẹn không đến"))

    def offer(self, officials: Sequence[Official], heads: Sequence[Official]) -> None:
        """Everybody of the unit on that day."""
        self.received_by.choices = people(officials, heads, _l("Chưa chọn"))


class PeriodForm(FlaskForm):  # type: ignore[misc]
    """Which register, for which days; asked by address."""

    class Meta:
        csrf = False

    unit = SelectField(_l("Đơn vị"), validators=[InputRequired(CHOOSE)])
    first = OnDay(_l("Từ ngày"))
    last = OnDay(_l("Đến hết ngày"))

    def prepare(self, units: Sequence[Unit], today: date, is_asked: bool) -> None:
        """Choices; this month, where nothing was asked yet."""
        self.unit.choices = unit_choices(units)
        if not is_asked:
            self.unit.data = units[0].code if units else ""
            self.first.data, self.last.data = today.replace(day=1), today

    def validate_last(self, field: Any) -> None:
        """Not before the first day, and no longer than a year."""
        if self.first.data and field.data and field.data < self.first.data:
            raise ValidationError(_("Ngày cuối đứng trước ngày đầu."))
        if self.first.data and field.data and field.data - self.first.data > LONGEST:
            raise ValidationError(_("Mỗi lần nhiều nhất một năm."))
