"""A receipt brought back to be checked: the file, or its text."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import MultipleFileField, TextAreaField
from wtforms.validators import Optional

from ...cases.typed import AtMost
from ...journal.proof import LONGEST


class ProofForm(FlaskForm):
    """One of the two is enough; a file goes first."""

    files = MultipleFileField(_l("Tệp xác nhận (JSON)"))
    text = TextAreaField(
        _l("Hoặc dán nội dung vào đây"),
        [Optional(), AtMost(LONGEST)],
        description=_l('Đoạn bắt đầu bằng {"format", in cuối giấy biên nhận. Xuống dòng hay dấu cách không sao.'),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Something must have been brought."""
        is_fine = super().validate(extra_validators)
        if is_fine and not self._file() and not (self.text.data or "").strip():
            self.text.errors = [_("Chọn tệp, hoặc dán nội dung của tệp xác nhận.")]
            return False
        return is_fine

    def _file(self) -> Any:
        return next((file for file in self.files.data or [] if getattr(file, "filename", "")), None)

    def given(self) -> str:
        """What was brought, as text; whatever is no text reads as nothing that could be a receipt."""
        file = self._file()
        if file is None:
            return self.text.data or ""
        return str(file.stream.read(4 * LONGEST).decode("utf-8", errors="replace"))
