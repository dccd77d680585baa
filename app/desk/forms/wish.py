"""The part of the counter's form for a request to be heard: with whom, how many, when, what they need."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form, IntegerField, SelectField, TextAreaField
from wtforms.validators import Length, Optional

from ...cases.actions import MeetingWish
from ...rules.dialogues import groups
from ...words.dialogues import INTERPRETERS, MODES, WITH_LEVELS

LONGEST = Length(max=1000, message=_l("Nhiều nhất %(n)s chữ cái.", n=1000))


class Wish(Form):  # type: ignore[misc]
    """What they ask for besides the subject."""

    with_level = SelectField(_l("Muốn gặp ai"), choices=[(code, WITH_LEVELS[code]) for code in groups.LEVELS],
                             default="head", validators=[Optional()])  # fmt: skip
    people = IntegerField(_l("Bao nhiêu người, tính cả người gửi"), default=1, validators=[Optional()])
    representatives = TextAreaField(
        _l("Người đại diện"), validators=[Optional(), LONGEST],
        description=_l("Mỗi dòng một họ tên. Từ 5 đến 10 người: một hoặc hai; đông hơn: nhiều nhất năm."),
    )  # fmt: skip
    wanted_times = TextAreaField(_l("Ngày giờ nào thì tiện"), validators=[Optional(), LONGEST])
    mode = SelectField(_l("Cách gặp"), choices=[(code, MODES[code]) for code in groups.MODES], default="in_person",
                       validators=[Optional()])  # fmt: skip
    interpreter = SelectField(
        _l("Phiên dịch"), validators=[Optional()],
        choices=[("", _l("Không cần")), *((code, INTERPRETERS[code]) for code in groups.INTERPRETERS)],
    )  # fmt: skip
    wheelchair = BooleanField(_l("Có người đi xe lăn, cần lối vào không bậc"))

    def names(self) -> tuple[str, ...]:
        """The names written one to a line."""
        lines = (self.representatives.data or "").splitlines()
        return tuple(name for line in lines if (name := " ".join(line.split())))

    def is_sound(self) -> bool:
        """The rules' word on a group, beside the field it names."""
        if self.people.errors:
            self.people.errors = [_("Ghi số người từ 1 đến 10.000.")]
            return False
        refused = groups.why_not(self.people.data or 0, self.names())
        if refused:
            self[refused[0]].errors = [*self[refused[0]].errors, _(refused[1])]
        return refused is None

    def wish(self) -> MeetingWish:
        """As the case room takes it."""
        return MeetingWish(
            with_level=self.with_level.data or "any", people=self.people.data or 1, representatives=self.names(),
            wanted_times=self.wanted_times.data or "", mode=self.mode.data or "in_person",
            interpreter=self.interpreter.data or "", wheelchair=bool(self.wheelchair.data),
        )  # fmt: skip
