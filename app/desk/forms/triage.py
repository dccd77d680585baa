"""Forms of intake and triage: registering, correcting, refusing, assigning, passing on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from ...cases.models import Case
from ...cases.queries import past_units
from ...rules.workflow import Kind
from ...units.fields import options
from ...units.suggest import suggest_unit
from ...words import GROUNDS, KINDS, OTHER_VARIANTS, VARIANTS
from ..queries import colleagues
from .base import CHOOSE, NEEDED, DayField, VerbForm, area_choices, category_choices, unit_choices

REASON = 2000


class RegisterForm(VerbForm):
    """The signed original of a complaint came in."""

    signed_on = DayField(
        _l("Ngày nhận bản gốc có chữ ký"), validators=[InputRequired(_l("Ghi ngày nhận bản gốc."))],
        description=_l("Thời hạn thụ lý tính từ ngày này."),
    )  # fmt: skip

    def begin(self, case: Case, today: date) -> None:
        self.signed_on.data = today


class CorrectForm(VerbForm):
    """Kind, category, place, way of counting and flags put right, with the reason."""

    kind = RadioField(_l("Loại"), validators=[InputRequired(CHOOSE)],
                      choices=options((k, KINDS[k]) for k in (Kind.FEEDBACK, Kind.COMPLAINT)))  # fmt: skip
    category = SelectField(_l("Lĩnh vực"), validators=[DataRequired(CHOOSE)])
    commune = SelectField(_l("Xã, phường"), validators=[Optional()])
    place = StringField(_l("Địa điểm"), validators=[Optional(), Length(max=300, message=_l("Nhiều nhất 300 chữ cái."))])
    deadline_variant = SelectField(_l("Cách tính hạn"), validators=[Optional()])
    is_discipline = BooleanField(
        _l("Khiếu nại quyết định kỷ luật cán bộ, công chức"),
        description=_l("Thời hạn giải quyết riêng (Luật Khiếu nại, điều 50)."),
    )
    is_public = BooleanField(_l("Công khai, không hiện tên người gửi"))
    reason = TextAreaField(_l("Lý do sửa"), validators=[DataRequired(NEEDED)])

    def prepare(self, case: Case, today: date) -> None:
        """Of a denunciation neither kind nor publicity is ever changed: its writer stays on paper. A request for a
        dialogue stays one."""
        kind = str(case.kind) if case.kind in (Kind.DENUNCIATION, Kind.DIALOGUE) else None
        self.category.choices = category_choices(kind, kept=case.category)
        self.commune.choices = area_choices(today)
        self.deadline_variant.choices = WAYS[Kind(case.kind)]()
        left_out = {
            Kind.FEEDBACK: ("is_discipline",), Kind.COMPLAINT: ("deadline_variant",),
            Kind.DENUNCIATION: ("kind", "is_public", "is_discipline"),
            Kind.DIALOGUE: ("kind", "deadline_variant", "is_discipline"),
        }[Kind(case.kind)]  # fmt: skip
        for name in left_out:
            del self[name]

    def begin(self, case: Case, today: date) -> None:
        now = {
            "kind": case.kind, "category": case.category.code, "commune": case.commune.code if case.commune else "",
            "place": case.place, "is_public": case.is_public, "deadline_variant": case.deadline_variant,
            "is_discipline": case.is_discipline,
        }  # fmt: skip
        for name, value in now.items():
            if name in self:
                self[name].data = value

    def changes(self, case: Case) -> dict[str, object]:
        """What the action applies; a commune only where one is chosen, so that a place is never emptied by chance."""
        said: dict[str, object] = {
            "category_code": self.category.data, "commune_code": self.commune.data or None,
            "place": (self.place.data or "").strip(),
        }  # fmt: skip
        flags = {name: bool(self[name].data) for name in ("is_public", "is_discipline") if name in self}
        chosen = {name: self[name].data or "" for name in ("kind", "deadline_variant") if name in self}
        return {**said, **flags, **chosen}


def _of_feedback() -> list[tuple[str, Any]]:
    return [("", _("Theo lĩnh vực")), *VARIANTS.items()]


def _of_denunciation() -> list[tuple[str, Any]]:
    """Law 25/2018/QH14 art. 24: longer where the first check goes to several places or is delegated."""
    longer = "several_places_or_delegated"
    return [("", _("Thông thường")), (longer, OTHER_VARIANTS[longer])]


WAYS: dict[Kind, Callable[[], list[tuple[str, Any]]]] = {
    Kind.FEEDBACK: _of_feedback, Kind.COMPLAINT: list, Kind.DENUNCIATION: _of_denunciation,
    Kind.DIALOGUE: list,
}  # fmt: skip
"""The ways of counting that may be chosen for each kind."""


class RefuseForm(VerbForm):
    """A petition is not taken in; the resident reads why."""

    ground = RadioField(_l("Vì sao"), choices=options(GROUNDS.items()), validators=[InputRequired(CHOOSE)])
    reason = TextAreaField(
        _l("Giải thích cho người gửi"), validators=[DataRequired(NEEDED)],
        description=_l("Người gửi đọc được nguyên văn. Không thuộc thẩm quyền thì ghi rõ nơi có thẩm quyền."),
    )  # fmt: skip

    def prepare(self, case: Case, today: date) -> None:
        """Only a dialogue can be declined as such."""
        left_out = () if case.kind == Kind.DIALOGUE else ("declined",)
        self.ground.choices = [(code, words) for code, words in GROUNDS.items() if code not in left_out]


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
