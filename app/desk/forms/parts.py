"""Forms between the lead and the units it asks for their part of a case."""

from __future__ import annotations

from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from ...cases.models import Case
from ...rules.deadlines import Calendar
from ...units.calendar import law
from ...words import show_date
from .base import CHOOSE, NEEDED, DayField, VerbForm, unit_choices

USUAL, SPARE = 5, 2
"""Working days given to an asked unit; working days that the lead keeps for itself before the case is due."""


def working_day(start: date, steps: int, calendar: Calendar) -> date:
    """The working day so many working days after a day, or before it where `steps` is negative."""
    day, left = start, abs(steps)
    while left:
        day += timedelta(days=1 if steps > 0 else -1)
        left -= calendar.is_working(day)
    return day


def usual_due(case: Case, today: date) -> date:
    """By when a part is usually asked: five working days, but two before the case itself is due, not before today."""
    calendar = law().calendar
    wanted = working_day(today, USUAL, calendar)
    if case.due_on is None:
        return wanted
    return max(min(wanted, working_day(case.due_on, -SPARE, calendar)), min(today, case.due_on))


class RequestPartForm(VerbForm):
    """Another unit is asked for its part; the resident gets one answer, from the lead."""

    lead = _l("Đơn vị được hỏi đọc được hồ sơ, trừ họ tên và cách liên lạc của người gửi. Thời hạn trả lời người dân"
              " không đổi.")  # fmt: skip
    unit = SelectField(_l("Hỏi đơn vị nào"), validators=[DataRequired(CHOOSE)])
    text = TextAreaField(_l("Cần đơn vị đó cho biết hoặc làm gì"), validators=[DataRequired(NEEDED)])
    due_on = DayField(_l("Trả lời trước hết ngày"), validators=[InputRequired(_l("Ghi ngày phải trả lời."))])

    def prepare(self, case: Case, today: date) -> None:
        self.unit.choices = {_("Chọn đơn vị"): [("", _("Chưa chọn"))], **unit_choices(today, without=case.unit)}
        if case.due_on:
            self.due_on.description = _("Hạn của vụ việc: %(day)s.", day=show_date(case.due_on, "long"))

    def begin(self, case: Case, today: date) -> None:
        self.due_on.data = usual_due(case, today)


class GivePartForm(VerbForm):
    """The asked unit answers the lead."""

    text = TextAreaField(_l("Trả lời đơn vị chủ trì"), validators=[DataRequired(NEEDED)],
                         description=_l("Đơn vị chủ trì đọc được nguyên văn, người gửi không thấy."))  # fmt: skip
