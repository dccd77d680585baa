"""The columns of the downloads, each with the published formula that explains it: table and dictionary are one list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from ...rules.statistics import HEARD, Formula
from ...rules.statistics.heard import Heard
from ...words import in_language

Value = Callable[[Heard, int], Any]


@dataclass(frozen=True)
class Column:
    """One column: its code (the same in every language), its head, its formula, its value."""

    code: str
    head: str
    formula: Formula
    value: Value


COUNTS = (
    ("days_held", "days_held"), ("days_moved", "days_moved"), ("visits", "visits"), ("people", "visits"),
    ("no_shows", "no_shows"), ("turned_away", "turned_away"), ("became_cases", "became_cases"),
    ("sessions", "sessions"), ("conferences", "sessions"), ("attended", "sessions"), ("requests", "requests"),
    ("voices", "voices"), ("objections", "objections"),
)  # fmt: skip
PROMISES = ("made", "open", "overdue", "broken", "replaced")
RATES = ("head_days", "told", "conference", "announced", "published", "questions_answered", "promises_kept",
         "promises_on_time")  # fmt: skip


def columns() -> list[Column]:
    """All of them, in the reader's language."""
    return [*_rates(RATES[:2]), *_counts(), *_rates(RATES[2:]), *_promises()]


def formula(code: str) -> Formula:
    """The published formula of that code."""
    return next(f for f in HEARD if f.code == code)


def _heads() -> dict[str, str]:
    return {
        "days_held": _("Ngày có tiếp công dân"), "days_moved": _("Ngày tiếp bị dời"), "visits": _("Lượt tiếp"),
        "people": _("Số người được tiếp"), "no_shows": _("Không đến"), "turned_away": _("Từ chối tiếp"),
        "became_cases": _("Thành vụ việc"), "sessions": _("Buổi đối thoại"), "conferences": _("Hội nghị đã tổ chức"),
        "attended": _("Số người dự đối thoại"), "requests": _("Đề nghị đối thoại"),
        "voices": _("Tiếng nói cùng đề nghị"), "objections": _("Người dân nói chưa xong"),
        "made": _("Cam kết mới hứa"), "open": _("Cam kết đang mở"), "overdue": _("Cam kết quá hạn"),
        "broken": _("Cam kết không giữ"), "replaced": _("Cam kết đã thay"),
    }  # fmt: skip


def _counts() -> Iterator[Column]:
    heads = _heads()
    for code, explained in COUNTS:
        yield Column(code, heads[code], formula(explained), lambda h, _least, code=code: getattr(h, code))  # type: ignore[misc]


def _promises() -> Iterator[Column]:
    heads = _heads()
    for code in PROMISES:
        explained = formula("promises_kept" if code in ("made", "replaced") else "promises_open")
        yield Column(f"promises_{code}", heads[code], explained,
                     lambda h, _least, code=code: getattr(h.promises, code))  # type: ignore[misc]  # fmt: skip


def _rates(codes: tuple[str, ...]) -> Iterator[Column]:
    parts: tuple[tuple[str, str, Callable[[Any, int], Any]], ...] = (
        ("numerator", _("tử số"), lambda share, _least: share.part),
        ("denominator", _("mẫu số"), lambda share, _least: share.whole),
        ("percent", "%", lambda share, least: share.percent(least)),
        ("low", _("thấp nhất, %"), lambda share, least: (share.interval(least) or (None,))[0]),
        ("high", _("cao nhất, %"), lambda share, least: (share.interval(least) or (None,))[-1]),
    )  # fmt: skip
    for code in codes:
        explained = formula(code)
        for part, words, of in parts:
            yield Column(f"{code}_{part}", f"{in_language(explained.name)}: {words}", explained,
                         lambda h, least, code=code, of=of: of(h.share(code), least))  # type: ignore[misc]  # fmt: skip
