"""Words and dates as the town reads them: labels of every code, filters for templates. Vietnamese is the source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import Flask
from flask_babel import format_decimal, get_locale
from flask_babel import lazy_gettext as _l

from . import clock
from .rules.workflow import Action, Kind, Outcome, Role, Status

KINDS = {Kind.FEEDBACK: _l("Phản ánh, kiến nghị"), Kind.COMPLAINT: _l("Khiếu nại")}
STATUSES = {
    Status.RECEIVED: _l("Đã tiếp nhận"),
    Status.ASSIGNED: _l("Đang xử lý"),
    Status.WAITING: _l("Chờ người gửi"),
    Status.PENDING_APPROVAL: _l("Chờ phê duyệt"),
    Status.ANSWERED: _l("Đã trả lời"),
    Status.CLOSED: _l("Đã kết thúc"),
}
STATUS_ICONS = {
    Status.RECEIVED: "flag", Status.ASSIGNED: "pen", Status.WAITING: "user", Status.PENDING_APPROVAL: "pen",
    Status.ANSWERED: "okc", Status.CLOSED: "okc",
}  # fmt: skip
OUTCOMES = {
    Outcome.RESOLVED: _l("Đã giải quyết xong"),
    Outcome.PARTLY_RESOLVED: _l("Giải quyết một phần"),
    Outcome.EXPLAINED: _l("Đã giải thích"),
    Outcome.NOT_COMPETENT: _l("Không thuộc thẩm quyền"),
    Outcome.NOT_ACCEPTED: _l("Không tiếp nhận"),
    Outcome.DUPLICATE: _l("Trùng với việc khác"),
    Outcome.WITHDRAWN: _l("Người gửi rút đơn"),
    Outcome.TERMINATED: _l("Đình chỉ"),
}
ROLES = {
    Role.CLERK: _l("Cán bộ tiếp nhận"),
    Role.OFFICER: _l("Cán bộ xử lý"),
    Role.HEAD: _l("Lãnh đạo đơn vị"),
    Role.SUPERVISOR: _l("Giám sát"),
    Role.INSPECTOR: _l("Thanh tra"),
    Role.ADMINISTRATOR: _l("Quản trị hệ thống"),
}
VERBS = {
    Action.SUBMIT: _l("Gửi đơn"),
    Action.REGISTER: _l("Vào sổ bản gốc đã ký"),
    Action.RECEIVE: _l("Vào sổ tiếp nhận"),
    Action.ACCEPT: _l("Thụ lý"),
    Action.CORRECT: _l("Sửa loại, lĩnh vực, địa điểm"),
    Action.REFUSE: _l("Không tiếp nhận đơn"),
    Action.MARK_DUPLICATE: _l("Đánh dấu trùng"),
    Action.ASSIGN: _l("Giao người xử lý"),
    Action.TAKE: _l("Nhận việc này"),
    Action.FORWARD: _l("Chuyển đơn vị khác"),
    Action.ASK: _l("Hỏi thêm người gửi"),
    Action.REPLY: _l("Trả lời đơn vị"),
    Action.REMIND: _l("Nhắc người gửi"),
    Action.NOTE: _l("Ghi chú nội bộ"),
    Action.DRAFT: _l("Soạn trả lời"),
    Action.PROPOSE: _l("Trình ký"),
    Action.SEND_BACK: _l("Trả lại kèm nhận xét"),
    Action.APPROVE: _l("Duyệt, ký và gửi"),
    Action.RATE: _l("Đánh giá"),
    Action.REOPEN: _l("Mở lại"),
    Action.CLOSE: _l("Kết thúc"),
    Action.WITHDRAW: _l("Rút đơn"),
    Action.HAND_OVER: _l("Bàn giao"),
    Action.SUCCEED: _l("Chuyển đơn vị kế thừa"),
}
"""Buttons: the verb as the person who does it reads it."""

HAPPENED = {
    Action.SUBMIT: _l("Đã gửi đơn"),
    Action.REGISTER: _l("Đã vào sổ bản gốc có chữ ký"),
    Action.RECEIVE: _l("Đã vào sổ tiếp nhận"),
    Action.ACCEPT: _l("Đã thụ lý khiếu nại"),
    Action.CORRECT: _l("Đã sửa thông tin phân loại"),
    Action.REFUSE: _l("Không tiếp nhận"),
    Action.MARK_DUPLICATE: _l("Trùng với một việc đã có"),
    Action.ASSIGN: _l("Đã giao người xử lý"),
    Action.TAKE: _l("Cán bộ đã nhận việc"),
    Action.FORWARD: _l("Đã chuyển đơn vị khác"),
    Action.ASK: _l("Đơn vị hỏi thêm"),
    Action.REPLY: _l("Người gửi nhắn lại"),
    Action.REMIND: _l("Nhắc trả lời câu hỏi"),
    Action.NOTE: _l("Ghi chú nội bộ"),
    Action.DRAFT: _l("Soạn trả lời"),
    Action.PROPOSE: _l("Trình ký"),
    Action.SEND_BACK: _l("Lãnh đạo trả lại dự thảo"),
    Action.APPROVE: _l("Đã trả lời"),
    Action.RATE: _l("Người gửi đánh giá"),
    Action.REOPEN: _l("Người gửi mở lại"),
    Action.CLOSE: _l("Đã kết thúc"),
    Action.WITHDRAW: _l("Người gửi rút đơn"),
    Action.HAND_OVER: _l("Bàn giao người xử lý"),
    Action.SUCCEED: _l("Đơn vị kế thừa tiếp nhận"),
    Action.LINK_SENT: _l("Đã gửi đường dẫn xem việc"),
    Action.CODE_RENEWED: _l("Đã cấp lại mã tra cứu"),
    Action.EXPORTED: _l("Đã xuất dữ liệu"),
    Action.IMPORTED: _l("Chuyển từ hệ thống khác"),
}
"""Timeline lines: what happened, read afterwards."""

CHANNELS = {
    "web": _l("Qua trang web"),
    "counter": _l("Tại quầy"),
    "phone": _l("Qua điện thoại"),
    "letter": _l("Đơn giấy"),
    "other": _l("Hệ thống khác"),
}
STAGES = {
    "answer": _l("Trả lời"),
    "settlement_first": _l("Giải quyết lần đầu"),
    "acceptance_first": _l("Quyết định thụ lý"),
    "classify_and_process": _l("Xử lý đơn"),
    "receive_and_classify": _l("Tiếp nhận, phân loại"),
}
VARIANTS = {
    "street_level": _l("Việc tại hiện trường"),
    "street_level_complex": _l("Việc tại hiện trường, phức tạp"),
    "street_level_urgent": _l("Việc khẩn"),
    "general_recommendation": _l("Kiến nghị chung"),
    "administrative_regulation": _l("Về quy định hành chính"),
    "government_portal": _l("Chuyển từ Cổng của Chính phủ"),
}
LEVELS = {
    5: _l("Rất hài lòng"),
    4: _l("Hài lòng"),
    3: _l("Tạm được"),
    2: _l("Chưa hài lòng"),
    1: _l("Rất không hài lòng"),
}
REASONS = {
    "not_done": _l("Việc chưa xong"),
    "vague": _l("Trả lời chung chung"),
    "late": _l("Chậm"),
    "attitude": _l("Thái độ"),
    "wrong": _l("Trả lời không đúng việc"),
    "clear": _l("Trả lời rõ ràng"),
    "fast": _l("Nhanh"),
    "kind": _l("Tận tình"),
}
GRIEVANCES = frozenset({"not_done", "vague", "late", "attitude", "wrong"})
"""Reasons that say what was wrong; the others praise."""

GROUNDS = {
    "spam": _l("Quảng cáo, nội dung rác"),
    "abuse": _l("Xúc phạm, vu khống"),
    "not_competent": _l("Không thuộc thẩm quyền"),
}
TABLES: dict[str, Mapping[Any, Any]] = {
    "kind": KINDS, "status": STATUSES, "outcome": OUTCOMES, "role": ROLES, "verb": VERBS, "happened": HAPPENED,
    "channel": CHANNELS, "stage": STAGES, "variant": VARIANTS, "level": LEVELS, "reason": REASONS, "ground": GROUNDS,
}  # fmt: skip


def word(code: Any, table: str) -> str:
    """The label of a code, e.g. word("answered", "status"); the code itself where the table has none."""
    return str(TABLES[table].get(code, code))


def is_vietnamese() -> bool:
    """Whether this page is read in Vietnamese."""
    return str(get_locale() or "vi").startswith("vi")


def named(thing: Any, short: bool = False) -> str:
    """The name of a unit or category in the reader's language; `short` for lists (units)."""
    if thing is None:
        return ""
    language = "vi" if is_vietnamese() else "en"
    field = "short" if short and hasattr(thing, "short_vi") else "name"
    return str(getattr(thing, f"{field}_{language}") or getattr(thing, f"{field}_vi"))


MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
WEEKDAYS_VI = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def show_date(value: date | datetime | None, style: str = "full") -> str:
    """A day as written here. Styles: full 27/11/2026 (27 Nov 2026), short 27/11 (27 Nov), long with its weekday."""
    if value is None:
        return ""
    day = clock.day_of(value) if isinstance(value, datetime) else value
    if is_vietnamese():
        plain = f"{day:%d/%m}" if style == "short" else f"{day:%d/%m/%Y}"
        return f"{WEEKDAYS_VI[day.weekday()]}, {plain}" if style == "long" else plain
    plain = f"{day.day} {MONTHS[day.month - 1]}" + ("" if style == "short" else f" {day.year}")
    return f"{WEEKDAYS_EN[day.weekday()]} {plain}" if style == "long" else plain


def show_time(value: datetime | None, style: str = "full") -> str:
    """A moment as written here: 26/11/2026 15:42 (26 Nov 2026, 15:42); short leaves the year out."""
    if value is None:
        return ""
    separator = " " if is_vietnamese() else ", "
    return show_date(value, style) + separator + f"{clock.local(value):%H:%M}"


def show_number(value: float | None, digits: int = 0) -> str:
    """A number by locale: 1.137 or 1,137; with digits 86,3 or 86.3."""
    if value is None:
        return ""
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return str(format_decimal(value, format=pattern))


@dataclass(frozen=True)
class Government:
    """Who runs this installation, in the reader's language, for mast and footer."""

    facts: Mapping[str, str]
    language: str

    def _in_language(self, key: str) -> str:
        return self.facts.get(f"{key}_{self.language}") or self.facts.get(f"{key}_vi", "")

    @property
    def name(self) -> str:
        return self._in_language("name")

    @property
    def responsible(self) -> str:
        return self._in_language("responsible")

    @property
    def phone(self) -> str:
        return self.facts.get("phone", "")


def register(app: Flask) -> None:
    """Give templates the filters word, named, day, moment, number."""
    app.jinja_env.filters.update(word=word, named=named, day=show_date, moment=show_time, number=show_number)
