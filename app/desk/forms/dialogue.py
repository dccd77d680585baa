"""Forms of a request for a dialogue: a time, several to choose from, and the words in which it is made public."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField, TimeField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from ...cases.actions import Meeting
from ...cases.actions.meeting import MOST_OFFERS
from ...cases.models import Case
from ...dialogues.queries.requests import coming_sessions
from ...rules.dialogues import groups
from ...rules.identity import find
from ...words import show_date
from ...words.dialogues import MODES
from .base import CHOOSE, NEEDED, DayField, VerbForm

SHORT = Length(max=300, message=_l("Nhiều nhất 300 chữ cái."))
BY_MODE = _l("Gặp trực tiếp thì cần nơi gặp, trực tuyến thì cần đường dẫn.")


ASKED = ("on", "starts", "ends", "mode", "place", "link")
"""Fields that are needed for a session of its own, or for one of the two ways to meet."""


class HourField(TimeField):  # type: ignore[misc]
    """A wall hour of the town: 08:30, or 8h30 as people write it."""

    def __init__(self, label: Any = None, validators: Any = None, **more: Any) -> None:
        super().__init__(label, validators, format=["%H:%M", "%H:%M:%S"], **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the hour; one that is none is said in words."""
        try:
            super().process_formdata([value.strip().lower().replace("h", ":") for value in valuelist])
        except ValueError:
            raise ValueError(_("Ghi đúng giờ, ví dụ 08:30.")) from None


class WhereForm(VerbForm):
    """In person with a place, or online with a link."""

    order: tuple[str, ...] = ()
    """Fields that come first, in this order."""
    mode = RadioField(_l("Cách gặp"), choices=[(code, MODES[code]) for code in groups.MODES],
                      validators=[InputRequired(CHOOSE)])  # fmt: skip
    place = StringField(_l("Nơi gặp"), validators=[Optional(), SHORT])
    link = StringField(_l("Đường dẫn họp trực tuyến"), validators=[Optional(), SHORT], description=BY_MODE)

    def __init__(self, verb: str = "", **more: Any) -> None:
        super().__init__(verb, **more)
        fields: dict[str, Any] = self._fields
        self._fields: dict[str, Any] = {name: fields[name] for name in dict.fromkeys([*self.order, *fields])}
        for name in set(ASKED) & set(fields):
            fields[name].flags.optional = False  # asked for in one case or the other: `validate` says which

    def begin(self, case: Case, today: date) -> None:
        self.mode.data = case.asked_to_meet.mode if case.asked_to_meet else "in_person"

    def meeting(self, on: date, starts: time, ends: time) -> Meeting:
        """A time with the place or the link; the other one is left out."""
        is_online = self.mode.data == "online"
        return Meeting(on, starts, ends, self.mode.data, "" if is_online else (self.place.data or "").strip(),
                       (self.link.data or "").strip() if is_online else "")  # fmt: skip


class ScheduleForm(WhereForm):
    """One time: a session of its own, or one of the unit's that comes anyway."""

    session = SelectField(_l("Buổi đối thoại"), validators=[Optional()],
                          description=_l("Ghép vào buổi đã có thì không cần ghi ngày, giờ, nơi gặp."))  # fmt: skip
    on = DayField(_l("Ngày"), validators=[Optional()])
    starts = HourField(_l("Từ giờ"), validators=[Optional()])
    ends = HourField(_l("Đến giờ"), validators=[Optional()])
    mode = RadioField(_l("Cách gặp"), choices=[(code, MODES[code]) for code in groups.MODES], validators=[Optional()])
    order = ("session", "on", "starts", "ends", "mode", "place", "link")

    def prepare(self, case: Case, today: date) -> None:
        self.session.choices = [
            ("", _("Buổi riêng cho đề nghị này")),
            *((one.number, _("%(day)s %(hour)s: %(title)s", day=show_date(one.on), hour=f"{one.starts:%H:%M}",
                             title=one.title)) for one in coming_sessions(case.unit_id, today)),
        ]  # fmt: skip

    def validate(self, extra_validators: Any = None) -> bool:
        """A session of its own needs a day and hours."""
        is_good = bool(super().validate(extra_validators))
        if self.session.data:
            return is_good
        lacks = {"on": _("Ghi ngày, tháng, năm."), "starts": _("Ghi giờ bắt đầu."), "ends": _("Ghi giờ kết thúc."),
                 "mode": str(CHOOSE)}  # fmt: skip
        for name, sentence in lacks.items():
            if not self[name].data and not self[name].errors:
                self[name].errors = [sentence]
                is_good = False
        return is_good


class OfferForm(WhereForm):
    """One to five times to choose from, all in one place."""

    text = TextAreaField(_l("Nói thêm với người gửi"), validators=[Optional(), Length(max=2000)])
    order = (*(f"{part}{n}" for n in range(1, MOST_OFFERS + 1) for part in ("on", "starts", "ends")), "mode")

    @property
    def rows(self) -> list[tuple[Any, Any, Any]]:
        """The fields of each time, row by row."""
        return [(self[f"on{n}"], self[f"starts{n}"], self[f"ends{n}"]) for n in range(1, MOST_OFFERS + 1)]

    @property
    def in_rows(self) -> set[str]:
        """Fields that stand in the rows."""
        return {field.short_name for row in self.rows for field in row}

    def validate(self, extra_validators: Any = None) -> bool:
        """A row is whole or empty, and there is one at least."""
        is_good = bool(super().validate(extra_validators))
        for row in self.rows:
            for field in row:
                if any(other.data for other in row) and not field.data and not field.errors:
                    field.errors, is_good = [_("Ghi đủ ngày và giờ.")], False
        if is_good and not self.offers():
            self.on1.errors, is_good = [_("Đề xuất ít nhất một giờ.")], False
        return is_good

    def offers(self) -> list[Meeting]:
        """The times typed."""
        return [self.meeting(on.data, starts.data, ends.data) for on, starts, ends in self.rows if on.data]


for _n in range(1, MOST_OFFERS + 1):
    setattr(OfferForm, f"on{_n}", DayField(_l("Ngày"), validators=[Optional()]))
    setattr(OfferForm, f"starts{_n}", HourField(_l("Từ giờ"), validators=[Optional()]))
    setattr(OfferForm, f"ends{_n}", HourField(_l("Đến giờ"), validators=[Optional()]))


class ShareForm(VerbForm):
    """What everybody reads of a request, in words that name nobody."""

    title = StringField(_l("Tên đề nghị, ai cũng đọc được"), validators=[
        DataRequired(NEEDED), Length(max=200, message=_l("Nhiều nhất 200 chữ cái."))])  # fmt: skip
    text = TextAreaField(_l("Nội dung công khai"), validators=[DataRequired(NEEDED), Length(max=5000)])
    anyway = BooleanField(_l("Đã xem từng chỗ được chỉ ra, không chỗ nào cho biết ai là ai"))
    contact: tuple[str, ...] = ()

    def prepare(self, case: Case, today: date) -> None:
        """The sender's own name, number and address are looked for too."""
        self.contact = tuple(w for w in (case.contact_name, case.contact_phone, case.contact_email,
                                         case.contact_address) if w.strip())  # fmt: skip

    def begin(self, case: Case, today: date) -> None:
        self.title.data, self.text.data = case.title, case.body
        self._point_out()

    def traces(self) -> list[str]:
        """Words that seem to say who somebody is, each once."""
        said = f"{self.title.data or ''}\n{self.text.data or ''}"
        own = [words for words in self.contact if words.casefold() in said.casefold()]
        return list(dict.fromkeys([*own, *(one.words for one in find(said))]))

    def _point_out(self) -> None:
        found = self.traces()
        self.text.description = (
            _("Có chỗ cho biết người gửi là ai: %(words)s. Sửa trước khi công khai.", words="; ".join(found))
            if found else _("Không thấy tên, số điện thoại hay số định danh nào trong nội dung.")
        )  # fmt: skip

    def validate(self, extra_validators: Any = None) -> bool:
        """What names somebody must have been looked at."""
        is_good = bool(super().validate(extra_validators))
        self._point_out()
        found = self.traces()
        if is_good and found and not self.anyway.data:
            self.text.errors = [_("Còn chỗ cho biết ai là ai: %(words)s. Sửa, hoặc đánh dấu là đã xem.",
                                  words="; ".join(found))]  # fmt: skip
            return False
        return is_good
