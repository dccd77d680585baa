"""What supervisors type: the days, the kind, how far down; and what inspectors look for in the journal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import ValidationError

from ..rules.statistics.windows import NAMES, Cut, Window, latest, window_of
from ..rules.workflow import Kind
from ..units.choices import Choice as Offered
from ..units.choices import filter_choices
from ..units.fields import Choice, Day, Line, Number
from ..words import CHANNELS, HAPPENED, KINDS, is_vietnamese
from .asked import NOWHERE
from .deeds import DEEDS
from .figures import Question
from .queries import Sought
from .span import Span, usual
from .steps import MOST_DAYS

EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)


class PeriodForm(FlaskForm):
    """A question in the address of a page: everything may be left out."""

    class Meta:
        csrf = False

    first = Day(_l("Từ ngày"), name="from")
    last = Day(_l("Đến hết ngày"), name="to")
    kind = Choice(
        _l("Loại"), default="",
        choices=[("", _l("Mọi loại")), *((str(k), w) for k, w in KINDS.items() if k != Kind.DENUNCIATION)],
    )  # fmt: skip
    below = Choice(
        _l("Phạm vi"), choices=[("1", _l("Kể cả đơn vị bên dưới")), ("0", _l("Chỉ đơn vị này"))], default="1"
    )
    category = Choice(_l("Lĩnh vực"), default="")
    commune = Choice(_l("Địa bàn"), default="")
    channel = Choice(_l("Kênh"), default="", choices=[("", _l("Mọi kênh")), *CHANNELS.items()])
    by = Choice(
        _l("Chia theo"), default="",
        choices=[("", _l("Tùy độ dài kỳ")), ("day", _l("Ngày")), ("month", _l("Tháng")), ("year", _l("Năm"))],
    )  # fmt: skip

    def __init__(self, *args: Any, on: date, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.on = on
        categories, communes = filter_choices("vi" if is_vietnamese() else "en", on)
        self.category.choices = [SelectChoice(value="", label=_("Mọi lĩnh vực")), *_grouped(categories)]
        some = ((c.code, c.name) for c in communes)
        self.commune.offer(("", _("Mọi xã, phường")), *some, (NOWHERE, _("Không ghi địa bàn")))

    @property
    def is_narrowed(self) -> bool:
        """Whether something is asked besides days, kind and reach."""
        return any(self[name].data for name in ("category", "commune", "channel") if name in self)

    def validate_first(self, field: Any) -> None:
        """The first day must be thinkable."""
        _within(field)

    def validate_last(self, field: Any) -> None:
        """So must the last, and it may not come before the first."""
        _within(field)
        if field.data and self.first.data and field.data < self.first.data:
            raise ValidationError(_l("Ngày cuối đứng trước ngày đầu. Đổi một trong hai ngày."))

    def validate_by(self, field: Any) -> None:
        """Day by day only where the days can be overlooked."""
        first, last = self._days(self.on)
        if field.data == "day" and (min(last, self.on) - first).days >= MOST_DAYS:
            raise ValidationError(_l("Kỳ dài quá %(n)s ngày: chia theo tháng hoặc năm.", n=MOST_DAYS))

    def _days(self, today: date) -> tuple[date, date]:
        """The days typed; the usual ones where none were."""
        default = usual(today)
        last = self.last.data or max(default.last, self.first.data or default.last)
        return self.first.data or min(default.first, last), last

    def fill(self, today: date) -> None:
        """Show the usual days where none were typed; one typed day stands for itself alone with the other's default."""
        self.first.data, self.last.data = self._days(today)

    def question(self) -> Question:
        """The question asked; call after fill()."""
        assert self.first.data is not None
        assert self.last.data is not None
        more = {
            name: self[name].data or "" for name in ("kind", "category", "channel", "commune", "by") if name in self
        }
        return Question(Span(self.first.data, self.last.data), with_below=self.below.data != "0", **more)


class HeardForm(PeriodForm):
    """The same without what only cases have: receptions and dialogues have no kind, category or channel."""

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        for name in ("kind", "category", "commune", "channel", "by"):
            del self[name]


def _grouped(categories: list[Offered]) -> Iterator[SelectChoice]:
    """Top categories as groups, each with itself as a whole first."""
    for top in (c for c in categories if not c.group):
        below = [c for c in categories if c.group == top.code]
        group = top.name if below else None
        whole = _("%(name)s: tất cả", name=top.name) if below else top.name
        yield SelectChoice(value=top.code, label=whole, optgroup=group)
        for c in below:
            yield SelectChoice(value=c.code, label=c.name, optgroup=group)


def _within(field: Any) -> None:
    if field.data and not EARLIEST <= field.data <= LATEST:
        raise ValidationError(_l("Chọn một ngày từ năm 2000 đến năm 2099."))


class WindowForm(FlaskForm):
    """A report window in the address of a page: the latest that is over, where nothing is said."""

    class Meta:
        csrf = False

    year = Number(_l("Năm báo cáo"), EARLIEST.year, LATEST.year)
    window = Choice(_l("Kỳ báo cáo"))

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.window.offer(*((code, _(name)) for code, name in NAMES.items()))

    def chosen(self, today: date, cut: Cut) -> Window:
        """The window asked for; call after validate(). Fills in what was left out."""
        usual = latest(today, cut)
        self.year.data, self.window.data = self.year.data or usual.year, self.window.data or usual.code
        found = window_of(self.year.data, self.window.data, cut)
        assert found is not None
        return found


class JournalForm(FlaskForm):
    """What narrows the journal."""

    class Meta:
        csrf = False

    action = Choice(_l("Hành động"), choices=[], default="")
    reference = Line(_l("Số tiếp nhận"), longest=40)
    official = Line(_l("Cán bộ (tài khoản hoặc tên)"), longest=80)
    first = Day(_l("Từ ngày"), name="from")
    last = Day(_l("Đến hết ngày"), name="to")

    def validate_first(self, field: Any) -> None:
        """The first day must be thinkable."""
        _within(field)

    def validate_last(self, field: Any) -> None:
        """So must the last, and it may not come before the first."""
        _within(field)
        if field.data and self.first.data and field.data < self.first.data:
            raise ValidationError(_l("Ngày cuối đứng trước ngày đầu. Đổi một trong hai ngày."))

    def sought(self) -> Sought:
        """What was asked; call after validate()."""
        return Sought(self.action.data or "", self.reference.data or "", self.official.data or "", self.first.data,
                      self.last.data)  # fmt: skip

    def address(self) -> dict[str, Any]:
        """The same for the address of another page."""
        found = {self[name].name: self[name].data for name in ("action", "reference", "official")}
        days = {field.name: field.data.isoformat() for field in (self.first, self.last) if field.data}
        return {name: value for name, value in found.items() if value} | days

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        words = {str(action): str(word) for action, word in {**HAPPENED, **DEEDS}.items()}
        by_word = sorted(words.items(), key=lambda pair: pair[1])
        self.action.offer(("", _l("Mọi hành động")), *by_word)
