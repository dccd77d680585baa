"""What the lists behind the figures are called, and where on the page "How we count" each figure is explained."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

FORMULA_OF = {
    "conferences": "sessions", "tellable": "told", "told_in_time": "told", "told_late": "told",
    "announceable": "announced", "publishable": "published", "due": "promises_kept", "kept": "promises_kept",
    "replaced": "promises_kept", "made": "promises_open", "open": "promises_open", "overdue": "promises_open",
    "broken": "promises_open", "on_time": "promises_on_time", "objected": "objections",
}  # fmt: skip
"""If not under its own name."""


NAMES = {
    "head_days": _l("Ngày người đứng đầu phải tiếp dân"), "conference": _l("Hội nghị đối thoại phải tổ chức"),
    "days_held": _l("Ngày có tiếp công dân"), "days_moved": _l("Ngày tiếp bị dời"), "visits": _l("Lượt tiếp"),
    "became_cases": _l("Thành vụ việc"), "no_shows": _l("Không đến"), "turned_away": _l("Từ chối tiếp"),
    "tellable": _l("Đến hạn báo kết quả"), "told_in_time": _l("Báo kết quả đúng hạn"),
    "told_late": _l("Báo trễ hoặc chưa báo"), "sessions": _l("Buổi đối thoại"),
    "conferences": _l("Hội nghị đã tổ chức"), "announceable": _l("Buổi phải thông báo"),
    "publishable": _l("Buổi đến hạn công khai"), "due": _l("Cam kết đến hạn"), "kept": _l("Đã giữ"),
    "on_time": _l("Đã giữ đúng hạn"), "broken": _l("Không giữ"), "replaced": _l("Đã thay"),
    "open": _l("Cam kết đang mở"), "overdue": _l("Quá hạn"), "made": _l("Mới hứa"),
    "objected": _l("Người dân nói chưa xong"),
}  # fmt: skip
"""Every list by its figure."""
