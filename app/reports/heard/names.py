"""What the lists behind the figures are called, and where on the page "How we count" each figure is explained."""

from __future__ import annotations

from flask_babel import gettext as _

FORMULA_OF = {
    "conferences": "sessions", "tellable": "told", "told_in_time": "told", "told_late": "told",
    "announceable": "announced", "publishable": "published", "due": "promises_kept", "kept": "promises_kept",
    "replaced": "promises_kept", "made": "promises_open", "open": "promises_open", "overdue": "promises_open",
    "broken": "promises_open", "on_time": "promises_on_time", "objected": "objections",
}  # fmt: skip
"""If not under its own name."""


def names() -> dict[str, str]:
    """Every list by its figure, in the reader's language."""
    return {
        "head_days": _("Ngày người đứng đầu phải tiếp dân"), "conference": _("Hội nghị đối thoại phải tổ chức"),
        "days_held": _("Ngày có tiếp công dân"), "days_moved": _("Ngày tiếp bị dời"), "visits": _("Lượt tiếp"),
        "became_cases": _("Thành vụ việc"), "no_shows": _("Không đến"), "turned_away": _("Từ chối tiếp"),
        "tellable": _("Đến hạn báo kết quả"), "told_in_time": _("Báo kết quả đúng hạn"),
        "told_late": _("Báo trễ hoặc chưa báo"), "sessions": _("Buổi đối thoại"),
        "conferences": _("Hội nghị đã tổ chức"), "announceable": _("Buổi phải thông báo"),
        "publishable": _("Buổi đến hạn công khai"), "due": _("Cam kết đến hạn"), "kept": _("Đã giữ"),
        "on_time": _("Đã giữ đúng hạn"), "broken": _("Không giữ"), "replaced": _("Đã thay"),
        "open": _("Cam kết đang mở"), "overdue": _("Quá hạn"), "made": _("Mới hứa"),
        "objected": _("Người dân nói chưa xong"),
    }  # fmt: skip
