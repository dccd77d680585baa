"""The keys of the desk and what each does: one list for the dialog and for the page. keys.js handles exactly these."""

from __future__ import annotations

from flask_babel import gettext as _

from ..words import word
from .verbs import VERBS


def key_sheet() -> list[tuple[str, str]]:
    """Every key with its words: moving, choosing, searching, then the verbs that have a letter."""
    return [
        ("J", _("Việc dưới")), ("K", _("Việc trên")), ("Enter", _("Mở việc")), ("X", _("Chọn việc để làm hàng loạt")),
        ("/", _("Tìm vụ việc")), ("F", _("Lọc trong nhóm này")),
        *((verb.key, word(action, "verb")) for action, verb in VERBS.items() if verb.key),
        ("M", _("Chọn mẫu câu")), ("Ctrl+Enter", _("Gửi phần đang viết")), ("?", _("Xem bảng này")),
    ]  # fmt: skip
