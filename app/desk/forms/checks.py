"""What makes a petition eligible, in words, each with the law that asks it; ticked at the desk and at the counter."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form

from ...cases.actions.sort import CHECKS
from ...rules.workflow import Kind

_ASKS = _l("Thông tư 05/2021/TT-TTCP, điều 6 khoản 2 điểm a")
_BARS = _l("Thông tư 05/2021/TT-TTCP, điều 6 khoản 2 điểm b")

CHECK_WORDS: dict[str, tuple[Any, Any]] = {
    "in_vietnamese": (_l("Viết bằng tiếng Việt, hoặc kèm bản dịch có công chứng"), _ASKS),
    "has_date": (_l("Ghi ngày, tháng, năm viết đơn"), _ASKS),
    "has_name": (_l("Ghi họ tên, địa chỉ người viết đơn"), _ASKS),
    "is_signed": (_l("Có chữ ký hoặc điểm chỉ của người viết đơn"), _ASKS),
    "has_against": (_l("Ghi cơ quan, tổ chức, cá nhân bị khiếu nại"), _ASKS),
    "has_denounced": (_l("Ghi người bị tố cáo và hành vi bị tố cáo"), _ASKS),
    "has_content": (_l("Có nội dung, lý do và tài liệu liên quan nếu có"), _ASKS),
    "has_request": (_l("Ghi yêu cầu giải quyết"), _ASKS),
    "in_time": (_l("Còn thời hiệu: trong 90 ngày từ ngày nhận hoặc biết quyết định, hành vi"),
                _l("Luật Khiếu nại số 02/2011/QH13, điều 9")),
    "is_decent": (_l("Không có lời lẽ thô tục, xúc phạm, chống đối; không rách nát, đọc được"), _BARS),
    "is_new": (_l("Chưa được giải quyết hoặc hướng dẫn trước đây, không gửi trùng nhiều nơi"), _BARS),
}  # fmt: skip
"""Each check of cases.actions.sort.CHECKS: what is ticked, and where the law says so."""


class Checks(Form):  # type: ignore[misc]
    """One box for each check; those of another kind of case are taken away by `keep_checks`."""

    in_vietnamese = BooleanField(CHECK_WORDS["in_vietnamese"][0], description=CHECK_WORDS["in_vietnamese"][1])
    has_date = BooleanField(CHECK_WORDS["has_date"][0], description=CHECK_WORDS["has_date"][1])
    has_name = BooleanField(CHECK_WORDS["has_name"][0], description=CHECK_WORDS["has_name"][1])
    is_signed = BooleanField(CHECK_WORDS["is_signed"][0], description=CHECK_WORDS["is_signed"][1])
    has_against = BooleanField(CHECK_WORDS["has_against"][0], description=CHECK_WORDS["has_against"][1])
    has_denounced = BooleanField(CHECK_WORDS["has_denounced"][0], description=CHECK_WORDS["has_denounced"][1])
    has_content = BooleanField(CHECK_WORDS["has_content"][0], description=CHECK_WORDS["has_content"][1])
    has_request = BooleanField(CHECK_WORDS["has_request"][0], description=CHECK_WORDS["has_request"][1])
    in_time = BooleanField(CHECK_WORDS["in_time"][0], description=CHECK_WORDS["in_time"][1])
    is_decent = BooleanField(CHECK_WORDS["is_decent"][0], description=CHECK_WORDS["is_decent"][1])
    is_new = BooleanField(CHECK_WORDS["is_new"][0], description=CHECK_WORDS["is_new"][1])

    def keep_checks(self, kind: Kind | str) -> None:
        """Only what the law asks of this kind of petition."""
        for name in CHECK_WORDS:
            if name in self and name not in CHECKS[Kind(kind)]:
                del self[name]

    def ticked(self) -> dict[str, bool]:
        """What holds, by name."""
        return {name: bool(self[name].data) for name in CHECK_WORDS if name in self}
