"""What the registrar of denunciations types: the paper that came in, who is to handle it, who no longer does."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from ... import clock
from ...accounts.queries import holders
from ...cases.actions import NewCase
from ...cases.actions.places import one_above
from ...cases.actions.sealed import may_handle
from ...cases.models import Case
from ...petitions.carry import TITLE
from ...rules.identity import find
from ...rules.visibility import registers_of_unit
from ...rules.workflow import Actor, Kind, Role
from ...units.fields import options
from ...units.models import Unit
from ...units.queries import setting, unit_by_code, valid_units
from ...words import named
from .base import CHOOSE, NEEDED, VerbForm, category_choices
from .intake import TOKEN, short

WHERE_IT_LIES = _l("Ví dụ: tủ B, cặp 12/2026. Không ghi tên người tố cáo.")


def nobody_named(form: Any, field: Any) -> None:
    """Where the paper lies must not say who wrote it."""
    if find(field.data or ""):
        raise ValidationError(_("Chỗ này có vẻ ghi tên hoặc số của người tố cáo. Bỏ đi rồi ghi lại."))


def has_come(form: Any, field: Any) -> None:
    """Nothing comes in tomorrow."""
    if field.data and field.data > clock.today():
        raise ValidationError(_("Ngày nhận bản gốc không thể ở tương lai."))


class SealedRegisterForm(VerbForm):
    """The signed original came in: the clock starts, and where the paper lies is written down."""

    signed_on = DateField(
        _l("Ngày nhận bản gốc có chữ ký"), validators=[InputRequired(_l("Ghi ngày nhận bản gốc.")), has_come],
        description=_l("Thời hạn kiểm tra và thụ lý tính từ ngày này."),
    )  # fmt: skip
    paper_file = StringField(
        _l("Hồ sơ giấy để ở đâu"), validators=[DataRequired(NEEDED), short(120), nobody_named],
        description=WHERE_IT_LIES,
    )  # fmt: skip

    def begin(self, case: Case, today: date) -> None:
        self.signed_on.data = today


class NameHandlerForm(VerbForm):
    """Who is to handle it."""

    officer = SelectField(
        _l("Người xử lý"), coerce=int, validators=[InputRequired(CHOOSE)],
        description=_l("Cán bộ xử lý hoặc lãnh đạo của đơn vị giữ việc hoặc cơ quan thanh tra; không ai từ nơi bị tố"
                       " cáo."),
    )  # fmt: skip

    def prepare(self, case: Case, today: date) -> None:
        self.officer.choices = [(o.id, f"{o.name}, {o.title}" if o.title else o.name) for o in able(case, today)]


def able(case: Case, today: date) -> list[Any]:
    """Officials who may be named for this case, those named already left out."""
    units = [case.unit, unit_by_code(str(setting("inspectorate_unit")))]
    people = {o.id: o for unit in units if unit is not None for o in holders(unit.id, (Role.OFFICER, Role.HEAD), today)}
    now = clock.now()
    return [o for o in people.values() if o.id not in case.handler_ids and may_handle(case, o, now)]


class DismissHandlerForm(VerbForm):
    """Who handles it no longer, and why."""

    officer = SelectField(_l("Ai thôi xử lý"), coerce=int, validators=[InputRequired(CHOOSE)])
    reason = TextAreaField(_l("Lý do"), validators=[DataRequired(NEEDED), short(2000)])

    def prepare(self, case: Case, today: date) -> None:
        self.officer.choices = [(h.official_id, h.official.name) for h in case.handlers if h.ended_at is None]


class ReportForm(VerbForm):
    """The level above asks why a denunciation is late, or its handlers say (Law 25/2018/QH14 art. 38)."""

    text = TextAreaField(
        _l("Nội dung"), validators=[DataRequired(NEEDED), short(2000), nobody_named],
        description=_l("Luật Tố cáo, điều 38: báo cáo trong 5 ngày làm việc. Không ghi gì về người tố cáo."),
    )  # fmt: skip


class SealedIntakeForm(FlaskForm):  # type: ignore[misc]
    """A denunciation that came on paper, or was said and put on record: what it says, never who says it."""

    token = HiddenField(validators=[TOKEN])
    channel = RadioField(
        _l("Đến bằng cách nào"), default="letter", validators=[InputRequired(CHOOSE)],
        choices=options([("letter", _l("Đơn giấy")), ("counter", _l("Trình bày trực tiếp, đã ghi biên bản và ký"))]),
    )  # fmt: skip
    denounced_unit = SelectField(
        _l("Đơn vị bị tố cáo"), validators=[DataRequired(CHOOSE)],
        description=_l("Cơ quan bị tố cáo, hoặc nơi người bị tố cáo làm việc."),
    )  # fmt: skip
    against = StringField(_l("Người hoặc chức vụ bị tố cáo"), validators=[DataRequired(NEEDED), short(500)])
    category = SelectField(_l("Lĩnh vực"), validators=[DataRequired(CHOOSE)])
    body = TextAreaField(
        _l("Tóm tắt nội dung"), validators=[DataRequired(NEEDED), short(10_000)],
        description=_l("Hành vi, thời gian, nơi xảy ra. Không ghi họ tên, địa chỉ hay điều làm lộ người tố cáo."),
    )  # fmt: skip
    signed_on = DateField(
        _l("Ngày nhận bản gốc có chữ ký"), validators=[InputRequired(_l("Ghi ngày nhận bản gốc.")), has_come]
    )
    paper_file = StringField(
        _l("Hồ sơ giấy để ở đâu"), validators=[DataRequired(NEEDED), short(120), nobody_named],
        description=WHERE_IT_LIES,
    )  # fmt: skip
    anyway = BooleanField(_l("Đã đọc lại: các chỗ này không nói về người tố cáo"), validators=[Optional()])
    found: Any = ()
    """Places that seem to name somebody (rules.identity)."""

    def prepare(self, actor: Actor, today: date) -> SealedIntakeForm:
        """Choices of the day: units whose denunciations come to this registrar."""
        units = [unit for unit in valid_units(today) if _is_mine(unit, actor, today)]
        self.denounced_unit.choices = [("", _("Chọn đơn vị")), *((unit.code, named(unit)) for unit in units)]
        self.category.choices = {"": [("", _("Chọn lĩnh vực"))], **category_choices(Kind.DENUNCIATION)}
        return self

    def validate_anyway(self, field: Any) -> None:
        """Whatever seems to name somebody must be read again."""
        self.found = [*find(self.against.data or ""), *find(self.body.data or "")]
        if self.found and not field.data:
            raise ValidationError(_("Sửa các chỗ này, hoặc đánh dấu vào ô này rồi mới gửi được."))

    def new_case(self) -> NewCase:
        """The denunciation as the action takes it."""
        return NewCase(
            Kind.DENUNCIATION, TITLE, str(self.body.data), str(self.category.data), against=str(self.against.data),
            channel=str(self.channel.data), denounced_unit_code=str(self.denounced_unit.data),
        )  # fmt: skip


def _is_mine(unit: Unit, actor: Actor, today: date) -> bool:
    """Whether a denunciation of this unit comes to a desk of this registrar, who serves nowhere in it."""
    return unit.parent_id is not None and registers_of_unit(actor, unit.path, one_above(unit, today).path)
