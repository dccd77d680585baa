"""The figures of the lists by their names, and where each is explained on the page "How we count"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ..rules.statistics.standing import AGES, LATENESS, SOON_DAYS, code_of
from ..words import REASONS, word
from .listing import FIGURES


def stretch(bounds: tuple[int, int | None]) -> Any:
    """A group of days in words."""
    low, high = bounds
    return _l("hơn %(n)s ngày", n=low - 1) if high is None else _l("%(low)s đến %(high)s ngày", low=low, high=high)


def days_ahead(days: int) -> Any:
    """How far a due date lies ahead."""
    if days == 0:
        return _l("Đến hạn ngay hôm đó")
    return _l("Đến hạn sau 1 ngày") if days == 1 else _l("Đến hạn sau %(n)s ngày", n=days)


NAMES: Mapping[str, Any] = {
    "received": _l("Mới nhận"),
    "finished": _l("Đã xong"),
    "judged_finish": _l("Đã xong và có hạn"),
    "open": _l("Đang mở"),
    "overdue": _l("Đang quá hạn"),
    "open_in_time": _l("Đang mở, trong hạn"),
    "open_no_due": _l("Đang mở, không có hạn"),
    "judged": _l("Lẽ ra phải xong"),
    "on_time": _l("Đúng hạn"),
    "late": _l("Trễ hạn"),
    "rated": _l("Đã đánh giá"),
    "satisfied": _l("Hài lòng (mức 4, 5)"),
    "level_5": _l("Mức 5"),
    "level_4": _l("Mức 4"),
    "level_3": _l("Mức 3"),
    "level_2": _l("Mức 2"),
    "level_1": _l("Mức 1"),
    "answered": _l("Đã trả lời"),
    "answer_rated": _l("Trả lời và được đánh giá"),
    "reopened": _l("Mở lại"),
    "answered_again": _l("Mở lại và đã trả lời lại"),
    **{f"reason_{code}": words for code, words in REASONS.items()},
    "responded": _l("Trả lời lần đầu"),
    "resolved": _l("Giải quyết"),
    "concluded": _l("Giải quyết xong, đơn vị trả lời sau cùng"),
    **{f"open_{code_of(age)}": _l("Đang mở %(days)s", days=stretch(age)) for age in AGES},
    **{f"open_{code_of(age)}_in_time": _l("Đang mở %(days)s, trong hạn", days=stretch(age)) for age in AGES},
    **{f"open_{code_of(age)}_overdue": _l("Đang mở %(days)s, quá hạn", days=stretch(age)) for age in AGES},
    **{f"open_{code_of(age)}_no_due": _l("Đang mở %(days)s, không có hạn", days=stretch(age)) for age in AGES},
    **{f"overdue_{code_of(late)}": _l("Quá hạn %(days)s", days=stretch(late)) for late in LATENESS},
    "pressing": _l("Quá hạn và sắp đến hạn"),
    "due_soon": _l("Đến hạn trong 7 ngày"),
    **{f"due_in_{days}": days_ahead(days) for days in range(SOON_DAYS)},
    "reopened_in": _l("Được mở lại"),
    "went": _l("Xong hoặc chuyển đi"),
    "went_again": _l("Mở lại, rồi xong hoặc chuyển đi"),
    "waiting": _l("Đang chờ người gửi"),
    "suspended": _l("Đang tạm đình chỉ"),
    "got_assigned": _l("Đã giao người xử lý"),
    "got_verifying": _l("Đã giao xác minh"),
    "got_approval": _l("Đã trình duyệt dự thảo"),
    "got_answer": _l("Đã trả lời đến nay"),
    "got_rating": _l("Người dân đã đánh giá đến nay"),
    "got_forward": _l("Đã chuyển đơn vị khác"),
    "got_closed": _l("Kết thúc không phải trả lời"),
    "passed": _l("Đã xong hoặc đã chuyển đi"),
    "moved": _l("Từ đơn vị khác chuyển đến"),
    "came_back": _l("Quay lại nơi đã giữ"),
    "stay_1": _l("Lần thụ lý đầu"),
    "stay_2": _l("Lần thụ lý thứ hai"),
    "stay_3": _l("Lần thụ lý thứ ba"),
    "stay_4": _l("Từ lần thụ lý thứ tư"),
}
FORMULA_OF = {
    "answer_rated": "response", "answered_again": "second_answer", "judged": "on_time", "late": "on_time",
    "answered": "reopened", "responded": "first_response", "resolved": "resolution", "concluded": "whole_case",
    "open_in_time": "age", "open_no_due": "age",
}  # fmt: skip
FAMILY_FORMULA = {"rated": "satisfaction", "reasons": "reasons", "lateness": "lateness", "due_soon": "due_soon",
                  "flow": "flow", "held": "due_soon", "funnel": "stages", "passed": "dwell", "stays": "to_and_fro",
                  "standing": "standing"}  # fmt: skip
"""Where a list's figure is explained, if not under its own name."""


def formula_of(figure: str) -> str:
    """The published formula behind a figure."""
    family = FIGURES[figure]
    return "age" if family.startswith("age_") else FORMULA_OF.get(figure) or FAMILY_FORMULA.get(family, figure)


def name_of(figure: str) -> str:
    """What a list is called; those of one status by its name."""
    if figure in NAMES:
        return str(NAMES[figure])
    group, _underscore, status = figure.partition("_")
    words = word(status, "status")
    return _("Đang nằm: %(status)s", status=words) if group == "stands" else _("Đã qua: %(status)s", status=words)
