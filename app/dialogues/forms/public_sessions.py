"""What the public types: a question for a session, a voice for a conference; and a clerk, of a paper list."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from ...rules.dialogues import voters
from ..actions.questions import LONGEST_QUESTION
from .session_fields import NEEDED, Count


class AskForm(FlaskForm):  # type: ignore[misc]
    """A question ahead; the name may be left out."""

    text = TextAreaField(
        _l("Câu hỏi, ý kiến"),
        [NEEDED, Length(max=LONGEST_QUESTION, message=_l("Nội dung dài quá. Rút gọn lại."))],
    )
    asker = StringField(
        _l("Họ và tên"), [Optional(), Length(max=120, message=_l("Nội dung dài quá. Rút gọn lại."))],
        description=_l("Để trống được. Chỉ đơn vị đọc, không bao giờ công khai."),
    )  # fmt: skip


class VoiceForm(FlaskForm):  # type: ignore[misc]
    """One voter asks for a conference."""

    phone = StringField(
        _l("Số điện thoại"), [InputRequired(_l("Ghi số điện thoại, để mỗi cử tri được tính một lần."))],
        description=_l("Để mỗi người được tính một lần. Số này không được giữ lại."),
    )  # fmt: skip
    about = StringField(
        _l("Muốn đối thoại về việc gì"),
        [Optional(), Length(max=200, message=_l("Nội dung dài quá. Rút gọn lại."))],
        description=_l("Chỉ đơn vị đọc, để chuẩn bị chương trình."),
    )  # fmt: skip


class ListForm(FlaskForm):  # type: ignore[misc]
    """A signed paper list."""

    number = StringField(_l("Số của danh sách"), [NEEDED], description=_l("Ví dụ DS-01. Mỗi danh sách nhập một lần."))
    count = Count(_l("Bao nhiêu cử tri đã ký"), most=voters.MOST_ON_A_LIST)
    where = StringField(_l("Danh sách giấy nằm ở đâu"), [NEEDED], description=_l("Ví dụ: tủ A, cặp 3."))
