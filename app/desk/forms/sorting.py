"""Forms of sorting: whether a petition is eligible, and the matters that a mixed letter holds."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from ...cases.models import Case
from ...rules.workflow import Kind
from ...words import KINDS
from .base import CHOOSE, NEEDED, VerbForm, category_choices, unit_choices
from .checks import CHECK_WORDS, Checks


class ClassifyForm(VerbForm, Checks):
    """What was checked (Circular 05/2021/TT-TTCP art. 6): a box for each thing the law asks."""

    lead = _l("Đánh dấu điều nào đơn có. Thiếu một điều thì đơn chưa đủ điều kiện xử lý, và phải ghi thiếu gì.")
    remark = TextAreaField(
        _l("Nhận xét: thiếu gì, cần bổ sung gì"), validators=[Optional()],
        description=_l("Bắt buộc khi có điều chưa đánh dấu. Chỉ cán bộ thấy."),
    )  # fmt: skip

    def prepare(self, case: Case, today: date) -> None:
        self.keep_checks(case.kind)

    def begin(self, case: Case, today: date) -> None:
        """What was found the last time, to be put right."""
        known = case.eligibility or {}
        for name, holds in known.get("checks", {}).items():
            if name in CHECK_WORDS and name in self:
                self[name].data = bool(holds)
        self.remark.data = known.get("remark", "")


class SplitForm(VerbForm):
    """One matter taken out of a letter that holds several (Circular 05/2021/TT-TTCP art. 6.1)."""

    lead = _l("Phần tách ra thành một vụ việc riêng, tính hạn từ ngày đơn đến. Mã tra cứu của người gửi mở được cả"
              " hai.")  # fmt: skip
    kind = RadioField(_l("Phần này là"), validators=[InputRequired(CHOOSE)])
    title = StringField(
        _l("Việc gì, nói trong một câu"),
        validators=[DataRequired(NEEDED), Length(max=200, message=_l("Nhiều nhất 200 chữ cái."))],
    )
    body = TextAreaField(
        _l("Nội dung của phần này"), validators=[DataRequired(NEEDED)],
        description=_l("Chép đúng lời trong đơn."), render_kw={"rows": 8},
    )  # fmt: skip
    category = SelectField(_l("Lĩnh vực"), validators=[DataRequired(CHOOSE)])
    unit = SelectField(
        _l("Đơn vị xử lý"), validators=[Optional()], description=_l("Để trống thì theo lĩnh vực và địa bàn.")
    )
    reason = TextAreaField(_l("Lý do tách"), validators=[DataRequired(NEEDED)],
                           description=_l("Người gửi đọc được nguyên văn."))  # fmt: skip

    def prepare(self, case: Case, today: date) -> None:
        self.kind.choices = [(str(k), KINDS[k]) for k in (Kind.FEEDBACK, Kind.COMPLAINT)]
        self.category.choices = {_("Chọn lĩnh vực"): [("", _("Chưa chọn"))], **category_choices()}
        self.unit.choices = {_("Chọn đơn vị"): [("", _("Chưa chọn"))], **unit_choices(today)}
