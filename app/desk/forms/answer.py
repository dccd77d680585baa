"""Forms of the conversation and the answer: asking, noting, drafting, proposing, signing, closing."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import MultipleFileField, PasswordField, RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Optional

from ...accounts.signature import CodeField
from ...cases.models import Case
from ...rules.workflow import ANSWER_OUTCOMES, Kind, Outcome, Status
from ...words import OUTCOMES
from .base import CHOOSE, NEEDED, VerbForm

FILES = _l("Gửi kèm tệp")


class AskForm(VerbForm):
    """A question to the resident."""

    text = TextAreaField(
        _l("Câu hỏi"), validators=[DataRequired(NEEDED)],
        description=_l("Người gửi đọc được nguyên văn. Hỏi một lần cho đủ: cần biết gì, cần ảnh gì."),
    )  # fmt: skip
    files = MultipleFileField(FILES, validators=[Optional()])


class NoteForm(VerbForm):
    """A note among officials."""

    text = TextAreaField(
        _l("Ghi chú"), validators=[DataRequired(NEEDED)], description=_l("Chỉ cán bộ thấy, người gửi không thấy.")
    )
    files = MultipleFileField(FILES, validators=[Optional()])


class DraftForm(VerbForm):
    """The answer being written; the outcome may wait."""

    text = TextAreaField(
        _l("Nội dung trả lời"), validators=[DataRequired(NEEDED)],
        description=_l("Viết như thư gửi người dân: đã làm gì, vì sao, bao giờ xong."), render_kw={"data-key": "d"},
    )  # fmt: skip
    outcome = SelectField(_l("Kết quả"), validators=[Optional()])
    files = MultipleFileField(FILES, validators=[Optional()])

    def prepare(self, case: Case, today: date) -> None:
        self.outcome.choices = [("", _("Chưa chọn")), *((str(o), OUTCOMES[o]) for o in ANSWER_OUTCOMES)]
        if case.kind == Kind.DIALOGUE:
            self.text.label.text = _("Trả lời bằng văn bản thay cho gặp")
            self.text.description = _("Nói rõ vì sao không cần gặp và trả lời vào việc. Người gửi còn được đề nghị gặp"
                                      " thêm một lần nữa.")  # fmt: skip

    def begin(self, case: Case, today: date) -> None:
        self.text.data, self.outcome.data = case.draft_text, case.draft_outcome


class ProposeForm(DraftForm):
    """The answer is finished and goes to the head for signing."""

    outcome = SelectField(_l("Kết quả"), validators=[DataRequired(_l("Chọn kết quả giải quyết."))])
    files = MultipleFileField(FILES, validators=[Optional()])


class SendBackForm(VerbForm):
    """The head returns the draft."""

    reason = TextAreaField(
        _l("Nhận xét nếu trả lại"), validators=[DataRequired(_l("Ghi nhận xét để cán bộ biết sửa gì."))]
    )


class ApproveForm(VerbForm):
    """The head signs: giving the password again is the signature."""

    password = PasswordField(
        _l("Mật khẩu để ký"), validators=[DataRequired(_l("Nhập mật khẩu để ký."))],
        description=_l("Nhập lại mật khẩu là ký. Câu trả lời gửi đi ngay."),
    )  # fmt: skip
    code = CodeField()


class CloseForm(VerbForm):
    """An answered case is filed, or one whose resident stayed silent is closed as explained.

    A decision or a conclusion has said how the case ended: filing it asks for nothing more.
    """

    outcome = RadioField(_l("Kết quả"), validators=[InputRequired(CHOOSE)])

    def prepare(self, case: Case, today: date) -> None:
        if case.kind != Kind.FEEDBACK and case.status != Status.WAITING:
            del self.outcome
            return
        outcomes = (Outcome.EXPLAINED,) if case.status == Status.WAITING else ANSWER_OUTCOMES
        self.outcome.choices = [(str(o), OUTCOMES[o]) for o in outcomes]

    def begin(self, case: Case, today: date) -> None:
        if "outcome" in self:
            self.outcome.data = str(Outcome.EXPLAINED) if case.status == Status.WAITING else case.outcome
