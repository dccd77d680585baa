"""The pages of a request for a dialogue: with whom, how many come, when and how."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Optional, ValidationError

from ...cases.typed import AtMost, Needed
from ...rules.dialogues import groups
from ...rules.workflow import N_
from ...words.dialogues import INTERPRETERS, MODES, WITH_LEVELS
from .. import carry
from .sheet import SheetForm, WhatForm, WhereForm, YouForm, codes


class SubjectForm(WhatForm):
    """What they want to talk about."""

    body = TextAreaField(
        _l("Muốn nói với lãnh đạo về việc gì?"),
        [Needed(_l("Ghi việc muốn nói.")), AtMost(10_000)],
        description=_l("Nói rõ việc gì, đã hỏi ở đâu, mong điều gì. Ghi trước thì người tiếp chuẩn bị được."),
    )


class TownForm(WhereForm):
    """Which commune it concerns; no position of the phone is asked."""

    commune = SelectField(
        _l("Xã, phường"),
        validate_choice=False,
        description=_l("Nơi có việc muốn nói. Việc chung của cả tỉnh thì chọn dòng cuối."),
    )


class WithForm(SheetForm):
    """Which unit, and who of it."""

    unit_choice = RadioField(_l("Muốn gặp đơn vị nào?"), validate_choice=False)
    wanted_unit = SelectField(_l("Tên đơn vị"), validate_choice=False)
    with_level = RadioField(
        _l("Muốn gặp ai của đơn vị đó?"),
        choices=[SelectChoice(code, WITH_LEVELS[code]) for code in groups.LEVELS],
        validate_choice=False,
    )

    def validate_unit_choice(self, field: RadioField) -> None:
        if field.data not in codes(field):
            raise ValidationError(_("Chọn đơn vị muốn gặp."))

    def validate_wanted_unit(self, field: SelectField) -> None:
        if self.unit_choice.data == carry.OTHER and field.data not in codes(field):
            raise ValidationError(_("Chọn đơn vị trong danh sách."))

    def validate_with_level(self, field: RadioField) -> None:
        if field.data not in codes(field):
            raise ValidationError(_("Chọn người muốn gặp."))


class GroupForm(SheetForm):
    """Alone, or a group that says how many it is and who speaks for it."""

    party = RadioField(
        _l("Ông/bà đến một mình hay cùng nhiều người?"),
        choices=[SelectChoice(carry.ALONE, _l("Một mình")), SelectChoice(carry.GROUP, _l("Cùng nhiều người"))],
        validate_choice=False,
    )
    people = StringField(
        _l("Có bao nhiêu người, tính cả ông/bà?"),
        [Optional()],
        description=_l("Ghi số, ví dụ 40. Chỉ cần khi đi cùng nhiều người."),
    )
    representatives = TextAreaField(
        _l("Ai đại diện để nói?"),
        [Optional(), AtMost(600)],
        description=_l("Mỗi dòng một họ tên. Từ 5 đến 10 người: một hoặc hai; đông hơn: nhiều nhất năm."),
    )

    def validate_party(self, field: RadioField) -> None:
        if field.data not in codes(field):
            raise ValidationError(_("Chọn một mình hay cùng nhiều người."))

    def validate(self, extra_validators: object = None) -> bool:
        """The rules' word on a group, beside the field it names."""
        is_good = bool(super().validate(extra_validators))
        if not is_good or self.party.data != carry.GROUP:
            return is_good
        typed = {"party": carry.GROUP, "people": self.people.data or ""}
        count, named = carry.people(typed), carry.names(self.representatives.data or "")
        refused = groups.why_not(count, named)
        if refused is None and count < 2:
            refused = "people", N_("Cùng nhiều người thì ghi từ 2 người trở lên.")
        if refused:
            self[refused[0]].errors = [*self[refused[0]].errors, _(refused[1])]
        return refused is None


class WishesForm(SheetForm):
    """When it would suit, in person or online, and what is needed to take part."""

    wanted_times = TextAreaField(
        _l("Ngày giờ nào thì tiện?"),
        [Optional(), AtMost(1000)],
        description=_l("Ghi bằng lời cũng được, ví dụ: sáng thứ Ba hoặc thứ Năm, trừ ngày chợ phiên."),
    )
    mode = RadioField(
        _l("Gặp trực tiếp hay trực tuyến?"),
        choices=[SelectChoice(code, MODES[code]) for code in groups.MODES],
        validate_choice=False,
    )
    interpreter = SelectField(
        _l("Cần phiên dịch không?"),
        choices=[SelectChoice("", _l("Không cần")), *(SelectChoice(c, INTERPRETERS[c]) for c in groups.INTERPRETERS)],
        validate_choice=False,
    )
    wheelchair = BooleanField(_l("Có người đi xe lăn, cần lối vào không bậc"))

    def validate_mode(self, field: RadioField) -> None:
        if field.data not in codes(field):
            raise ValidationError(_("Chọn gặp trực tiếp hay trực tuyến."))

    def validate_interpreter(self, field: SelectField) -> None:
        if field.data and field.data not in codes(field):
            raise ValidationError(_("Chọn một mục trong danh sách."))


class AskerForm(YouForm):
    """Who asks, and whether others may join in."""

    name = StringField(
        _l("Họ và tên"),
        [Needed(_l("Ghi họ và tên, để cán bộ biết xưng hô khi trả lời.")), AtMost(120)],
        description=_l("Giấy mời sẽ ghi tên này."),
    )
    is_public = RadioField(
        _l("Có cho công khai đề nghị này để người khác cùng đề nghị không?"),
        choices=[SelectChoice("yes", _l("Có")), SelectChoice("no", _l("Không"))],
        validate_choice=False,
    )
