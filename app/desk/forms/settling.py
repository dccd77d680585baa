"""Forms of what is written down besides the papers: dialogue, sending, publication, enforcement, the archive."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import DataRequired, InputRequired, Optional

from ...cases.models import Case
from ...rules.workflow import Status
from .base import NEEDED, DayField, VerbForm

DAY_NEEDED = _l("Ghi ngày, tháng, năm.")


class DatedForm(VerbForm):
    """What happened on which day."""

    on = DayField(_l("Ngày"), validators=[InputRequired(DAY_NEEDED)])
    text = TextAreaField(_l("Nội dung"), validators=[DataRequired(NEEDED)])

    def begin(self, case: Case, today: date) -> None:
        self.on.data = today


class DialogueForm(DatedForm):
    """A dialogue held in the settlement (Law 02/2011/QH13 art. 30, 39)."""

    on = DayField(_l("Ngày đối thoại"), validators=[InputRequired(DAY_NEEDED)])
    text = TextAreaField(
        _l("Thành phần, ý kiến các bên, kết quả"), validators=[DataRequired(NEEDED)],
        description=_l("Luật Khiếu nại, điều 30: ghi ý kiến của người tham gia và kết quả đối thoại."),
    )  # fmt: skip


class WithdrawPartForm(DatedForm):
    """The sender takes part of it back on a signed paper."""

    on = DayField(_l("Ngày viết đơn rút hoặc biên bản"), validators=[InputRequired(DAY_NEEDED)])
    text = TextAreaField(
        _l("Rút nội dung nào"), validators=[DataRequired(NEEDED)],
        description=_l("Phải có đơn hoặc biên bản có chữ ký. Nội dung đã rút không giải quyết nữa."),
    )  # fmt: skip


class WithdrawalForm(DatedForm):
    """The sender takes all of it back on a signed paper (Law 02/2011/QH13 art. 10; Law 25/2018/QH14 art. 33)."""

    on = DayField(_l("Ngày viết đơn rút hoặc biên bản"), validators=[InputRequired(DAY_NEEDED)])
    text = TextAreaField(
        _l("Lý do rút, giấy rút là gì"), validators=[DataRequired(NEEDED)],
        description=_l("Phải có đơn hoặc biên bản có chữ ký. Khiếu nại đã thụ lý thì ra quyết định đình chỉ."),
    )  # fmt: skip


class SendForm(DatedForm):
    """The signed paper was handed over or posted."""

    on = DayField(_l("Ngày giao hoặc gửi bưu điện"), validators=[InputRequired(DAY_NEEDED)])
    text = TextAreaField(
        _l("Gửi cho ai, bằng cách nào"), validators=[DataRequired(NEEDED)],
        description=_l("Ví dụ: giao tận tay tại trụ sở, có ký nhận; gửi bưu điện, số phiếu gửi."),
    )  # fmt: skip


class PublishForm(DatedForm):
    """Made public, where and how (Decree 124/2020/ND-CP; Law 25/2018/QH14 art. 40)."""

    on = DayField(_l("Ngày công khai"), validators=[InputRequired(DAY_NEEDED)])
    text = TextAreaField(
        _l("Công khai ở đâu, bằng cách nào"), validators=[DataRequired(NEEDED)],
        description=_l("Ví dụ: niêm yết tại trụ sở 15 ngày; công bố tại cuộc họp; đăng trên trang thông tin."),
    )  # fmt: skip


class EnforceForm(DatedForm):
    """What was ordered is being carried out."""

    on = DayField(_l("Ngày bắt đầu thi hành"), validators=[InputRequired(DAY_NEEDED)])
    text = TextAreaField(_l("Ai thi hành, làm gì"), validators=[DataRequired(NEEDED)])


class ArchiveForm(VerbForm):
    """The file is put away; of a petition that was never eligible it is said why."""

    reason = TextAreaField(_l("Lý do lưu"), validators=[DataRequired(NEEDED)],
                           description=_l("Thông tư 05/2021/TT-TTCP, điều 28: lưu đơn một năm."))  # fmt: skip

    def prepare(self, case: Case, today: date) -> None:
        if case.status == Status.CLOSED:
            self.reason.validators = [Optional()]
            self.reason.flags.optional, self.reason.description = True, ""
