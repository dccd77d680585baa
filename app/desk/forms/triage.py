"""Forms of intake and triage: registering, correcting, refusing, assigning, passing on."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from ...cases.models import Case
from ...cases.queries import past_units
from ...rules.workflow import Kind
from ...units.suggest import suggest_unit
from ...words import GROUNDS, KINDS, VARIANTS
from ..queries import colleagues
from .base import CHOOSE, NEEDED, VerbForm, area_choices, category_choices, unit_choices

REASON = 2000


class RegisterForm(VerbForm):
    """The signed original of a complaint came in."""

    signed_on = DateField(
        _l("Ngày nhận bản gốc có chữ ký"), validators=[InputRequired(_l("Ghi ngày nhận bản gốc."))],
        description=_l("Thời hạn thụ lý tính từ ngày này."),
    )  # fmt: skip

    def begin(self, case: Case, today: date) -> None:
        self.signed_on.data = today


class AcceptForm(VerbForm):
    """A complaint is taken up for settlement."""

    is_complex = BooleanField(
        _l("Vụ việc phức tạp"), description=_l("Thời hạn giải quyết dài hơn theo Luật Khiếu nại, điều 28.")
    )


class CorrectForm(VerbForm):
    """Kind, category, place, way of counting and public flag put right, with the reason."""

    kind = RadioField(_l("Loại"), choices=list(KINDS.items()), validators=[InputRequired(CHOOSE)])
    category = SelectField(_l("Lĩnh vực"), validators=[DataRequired(CHOOSE)])
    commune = SelectField(_l("Xã, phường"), validators=[Optional()])
    place = StringField(_l("Địa điểm"), validators=[Optional(), Length(max=300, message=_l("Nhiều nhất 300 chữ cái."))])
    deadline_variant = SelectField(_l("Cách tính hạn"), validators=[Optional()])
    is_public = BooleanField(_l("Công khai, không hiện tên người gửi"))
    reason = TextAreaField(_l("Lý do sửa"), validators=[DataRequired(NEEDED)])

    def prepare(self, case: Case, today: date) -> None:
        self.category.choices = category_choices(kept=case.category)
        self.commune.choices = area_choices(today)
        self.deadline_variant.choices = [("", _("Theo lĩnh vực")), *VARIANTS.items()]
        if case.kind == Kind.COMPLAINT:
            del self.deadline_variant

    def begin(self, case: Case, today: date) -> None:
        self.kind.data, self.category.data = case.kind, case.category.code
        self.commune.data = case.commune.code if case.commune else ""
        self.place.data, self.is_public.data = case.place, case.is_public
        if "deadline_variant" in self:
            self.deadline_variant.data = case.deadline_variant

    def changes(self, case: Case) -> dict[str, object]:
        """What the action applies; a commune only where one is chosen, so that a place is never emptied by chance."""
        variant = self.deadline_variant.data if "deadline_variant" in self else case.deadline_variant
        return {
            "kind": self.kind.data, "category_code": self.category.data, "commune_code": self.commune.data or None,
            "place": (self.place.data or "").strip(), "is_public": bool(self.is_public.data),
            "deadline_variant": variant or "",
        }  # fmt: skip


class RefuseForm(VerbForm):
    """A petition is not taken in; the resident reads why."""

    ground = RadioField(_l("Vì sao"), choices=list(GROUNDS.items()), validators=[InputRequired(CHOOSE)])
    reason = TextAreaField(
        _l("Giải thích cho người gửi"), validators=[DataRequired(NEEDED)],
        description=_l("Người gửi đọc được nguyên văn. Không thuộc thẩm quyền thì ghi rõ nơi có thẩm quyền."),
    )  # fmt: skip


class DuplicateForm(VerbForm):
    """The same matter came before."""

    reference = StringField(
        _l("Số tiếp nhận của việc đã có"), validators=[DataRequired(_l("Ghi số tiếp nhận, ví dụ PA-2026-000123."))],
        description=_l("Việc này kết thúc và theo chung việc kia. Cả hai biên nhận đều còn dùng được."),
    )  # fmt: skip


class AssignForm(VerbForm):
    """The case is given to an officer of the unit."""

    officer = SelectField(_l("Người xử lý"), coerce=int, validators=[InputRequired(CHOOSE)])

    def prepare(self, case: Case, today: date) -> None:
        self.officer.choices = [
            (c.id, _("%(name)s (đang giữ %(n)s việc)", name=c.name, n=c.open_cases))
            for c in colleagues(case.unit_id, today) if c.id != case.assigned_to_id
        ]  # fmt: skip


class ForwardForm(VerbForm):
    """The case is passed to the unit that is responsible for it."""

    unit = SelectField(_l("Đơn vị nhận"), validators=[DataRequired(CHOOSE)])
    reason = TextAreaField(
        _l("Lý do chuyển"), validators=[DataRequired(NEEDED)],
        description=_l("Người gửi đọc được nguyên văn. Thời hạn trả lời không tính lại từ đầu."),
    )  # fmt: skip

    def prepare(self, case: Case, today: date) -> None:
        self.unit.choices = {_("Chọn đơn vị"): [("", _("Chưa chọn"))], **unit_choices(today, without=case.unit)}

    def begin(self, case: Case, today: date) -> None:
        """Start from the unit to which wish, category and place point, saying why; never one that passed it on."""
        gone = {case.unit_id, *past_units(case)}
        found = suggest_unit(case.category, case.commune, case.wanted_unit, today, without=gone)
        if found is not None:
            self.unit.data = found.unit.code
            self.unit.description = _("Gợi ý: %(reason)s.", reason=found.reason)
