"""What the office types when a session is held and after: questions, attendance, minutes, publication."""

from __future__ import annotations

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, MultipleFileField, PasswordField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Optional

from ...accounts.signature import CodeField
from ...cases.models import Case
from ...refusals import Missing
from ...rules.dialogues import exposed
from ...rules.identity import Found
from ...units.fields import options
from ...words import word
from ..actions.questions import names_to_keep
from ..models import DialogueSession, Question
from .session_fields import NEEDED, Boxes, Count, SessionForm
from .sessions import CHOOSE, WAY_CHOICES

SEEN = _l("Đã xem từng chỗ, không có chỗ nào lộ người dân là ai.")


class QuestionForm(SessionForm):
    """Asked at the counter, or there."""

    channel = RadioField(_l("Hỏi ở đâu"), [InputRequired(CHOOSE)])
    text = TextAreaField(_l("Câu hỏi"), [NEEDED])
    asker = StringField(_l("Người hỏi"), [Optional()], description=_l("Để trống được. Không bao giờ công khai."))

    def prepare(self, session: DialogueSession) -> None:
        is_held = session.held_at is not None
        there = [("session", _l("Tại buổi đối thoại"))] if is_held else []
        self.channel.choices = options([("counter", _l("Tại quầy")), *there])
        self.channel.default = "session" if is_held else "counter"

    def begin(self, session: DialogueSession) -> None:
        self.channel.process_data(self.channel.default)


class LooksForm(SessionForm):
    """A form whose public words are looked through for anybody's personal data."""

    found: list[Found] = []
    """The places that seem to say who somebody is, once the form was sent."""
    seen = BooleanField(SEEN)

    def look(self, session: DialogueSession, *texts: str) -> None:
        """Point at the places in what was typed."""
        self.found = [place for text in texts for place in exposed(text, names_to_keep(session))]


class AnswerForm(LooksForm):
    """What was answered, by whom; the question in words that may be published. Which question is in the address."""

    answer = TextAreaField(_l("Trả lời"), [NEEDED])
    answered_by = StringField(_l("Ai trả lời"), [NEEDED])
    public_text = TextAreaField(
        _l("Câu hỏi khi công khai"), [Optional()],
        description=_l("Viết lại không nêu tên ai. Để trống thì câu hỏi này không công khai."),
    )  # fmt: skip

    def question(self, session: DialogueSession) -> Question:
        """The question meant; Missing for one of another session."""
        number = request.args.get("question", 0, type=int)
        found = next((question for question in session.questions if question.id == number), None)
        if found is None:
            raise Missing
        return found

    def prepare(self, session: DialogueSession) -> None:
        self.lead = self.question(session).text
        if self.is_submitted() and self.public_text.data:
            self.look(session, self.public_text.data, self.answer.data or "")

    def begin(self, session: DialogueSession) -> None:
        question = self.question(session)
        self.answer.data, self.answered_by.data = question.answer, question.answered_by or session.presided_by
        self.public_text.data = question.public_text


class Attendance(SessionForm):
    """Who of the list came, how many people in all."""

    came = Boxes(_l("Có mặt"))
    attended = Count(_l("Tổng số người dự"), description=_l("Đếm cả người không có trong danh sách."))

    def prepare(self, session: DialogueSession) -> None:
        self.came.offer((one.id, f"{one.name or word(one.role, 'attendee')} ({word(one.role, 'attendee')})")
                        for one in session.attendees)  # fmt: skip
        if not session.attendees:
            del self.came

    def present(self) -> list[int]:
        """Rows ticked."""
        return [int(number) for number in self.came.data or []] if "came" in self else []


class HoldForm(Attendance):
    """It was held; each request may get its own words."""

    presided_by = StringField(_l("Ai đã chủ trì"), [NEEDED])
    conclusion = TextAreaField(
        _l("Kết luận buổi đối thoại"),
        [NEEDED],
        description=_l("Gửi đến từng người đề nghị, trừ ai có phần riêng dưới đây."),
    )

    def begin(self, session: DialogueSession) -> None:
        self.presided_by.data = session.chair

    def texts(self, cases: list[Case]) -> dict[int, str]:
        """The words for each request, where some were typed."""
        return {case.id: request.form.get(f"text_{case.id}", "") for case in cases}


class MinutesForm(Attendance):
    """The minutes themselves, with the files that go with them."""

    minutes = TextAreaField(_l("Diễn biến"), [Optional()], description=_l("Ai nói gì, ý kiến khác nhau thế nào."))
    conclusion = TextAreaField(_l("Kết luận buổi đối thoại"), [NEEDED])
    files = MultipleFileField(_l("Tệp kèm biên bản"), description=_l("Danh sách ký tên, ảnh chụp. Không công khai."))

    def begin(self, session: DialogueSession) -> None:
        self.minutes.data, self.conclusion.data = session.minutes, session.conclusion
        self.attended.data = session.attended
        if "came" in self:
            self.came.data = [str(one.id) for one in session.attendees if one.came]


class SubmitForm(SessionForm):
    """One button."""

    lead = _l("Người đứng đầu đọc, rồi ký hoặc trả lại kèm nhận xét.")


class ReturnForm(SessionForm):
    """Why the minutes go back."""

    remark = TextAreaField(_l("Nhận xét"), [NEEDED])


class ApproveForm(SessionForm):
    """The signature: the password again."""

    lead = _l("Ký là duyệt: biên bản được cấp số và không sửa được nữa.")
    password = PasswordField(_l("Mật khẩu của tôi"), [DataRequired(_l("Nhập mật khẩu để ký."))])
    code = CodeField()


class PublishForm(LooksForm):
    """The published words, and by which ways."""

    public_text = TextAreaField(
        _l("Nội dung công khai"), [NEEDED],
        description=_l("Kết quả đối thoại, không nêu tên, số điện thoại, số giấy tờ, địa chỉ của người dân."),
    )  # fmt: skip
    ways = Boxes(_l("Công khai bằng cách nào"), choices=WAY_CHOICES)

    def prepare(self, session: DialogueSession) -> None:
        if self.is_submitted():
            self.look(session, self.public_text.data or "")

    def begin(self, session: DialogueSession) -> None:
        self.public_text.data = session.public_text or session.conclusion
        self.ways.data = ["portal"]
        self.look(session, self.public_text.data)
