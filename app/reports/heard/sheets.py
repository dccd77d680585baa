"""The table of units to take home: CSV for any spreadsheet, and a workbook with months and a data dictionary."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from ...documents import spreadsheet
from ...words import in_language, is_vietnamese, named, show_date, show_time
from ..tree import Node
from .columns import columns
from .figures import HeardFigures


def table(figures: HeardFigures) -> tuple[list[str], list[list[Any]]]:
    """Heads and rows: the unit with all that was asked, then the units below it."""
    found = columns()
    heads = [_("Mã đơn vị"), _("Đơn vị"), _("Cấp"), _("Phạm vi"), *(column.head for column in found)]
    rows = [
        [node.code, named(node), _level(node), _reach(figures, node, is_total),
         *(column.value(heard, figures.minimum) for column in found)]
        for node, heard, is_total in _entries(figures)
    ]  # fmt: skip
    return heads, rows


def _entries(figures: HeardFigures) -> Iterable[tuple[Node, Any, bool]]:
    yield figures.place.unit, figures.total, True
    for node, heard in figures.rows:
        yield node, heard, False


def _level(node: Node) -> str:
    return node.level_vi if is_vietnamese() else node.level_en or node.level_vi


def _reach(figures: HeardFigures, node: Node, is_total: bool) -> str:
    is_alone = not figures.question.with_below or (node.id == figures.place.unit.id and not is_total)
    return _("chỉ đơn vị này") if is_alone else _("kể cả mọi đơn vị bên dưới")


def csv_of(figures: HeardFigures) -> bytes:
    """The table alone."""
    return spreadsheet.csv_of(*table(figures))


def workbook_of(figures: HeardFigures, now: datetime) -> bytes:
    """A workbook of four sheets."""
    page = spreadsheet.Page
    return spreadsheet.workbook_of(_("Tiếp dân, đối thoại, cam kết"), now, [
        page(_("Từng đơn vị"), *table(figures), widths=[14, 40, 16, 22]),
        page(_("Theo tháng"), *_months(figures), widths=[12]),
        page(_("Từ điển"), *_dictionary(), widths=[26, 34, 60, 12, 50, 50, 70]),
        page(_("Về bảng này"), *_about(figures, now), widths=[30, 60]),
    ])  # fmt: skip


def _months(figures: HeardFigures) -> tuple[list[str], list[list[Any]]]:
    heads = [
        _("Tháng"), _("Ngày phải tiếp"), _("Ngày đã tiếp, tính được"), _("Năm trước: ngày phải tiếp"),
        _("Năm trước: ngày đã tiếp, tính được"), _("Lượt tiếp"), _("Năm trước: lượt tiếp"),
        _("Số người được tiếp"), _("Buổi đối thoại"), _("Năm trước: buổi đối thoại"), _("Cam kết đến hạn"),
        _("Cam kết đã giữ"), _("Cam kết giữ đúng hạn"),
    ]  # fmt: skip
    rows = [
        [f"{m.span.first:%Y-%m}", m.now.days_owed, m.now.days_counted, m.before.days_owed, m.before.days_counted,
         m.now.visits, m.before.visits, m.now.people, m.now.sessions, m.before.sessions, m.now.promises.due,
         m.now.promises.kept, m.now.promises.on_time]
        for m in figures.months
    ]  # fmt: skip
    return heads, rows


def _dictionary() -> tuple[list[str], list[list[Any]]]:
    """What each column means, from the published formulas."""
    heads = [_("Mã cột"), _("Cột"), _("Nghĩa"), _("Đơn vị tính"), _("Tử số"), _("Mẫu số"),
             _("Tính và không tính, vì sao")]  # fmt: skip
    rows = [
        [c.code, c.head, in_language(c.formula.sentence), in_language(c.formula.unit), in_language(c.formula.numerator),
         in_language(c.formula.denominator), " ".join(in_language(text) for text in c.formula.left_out)]
        for c in columns()
    ]  # fmt: skip
    return heads, rows


def _about(figures: HeardFigures, now: datetime) -> tuple[list[str], list[list[Any]]]:
    span = figures.question.span
    return [_("Mục"), _("Nội dung")], [
        [_("Đơn vị"), named(figures.place.unit)],
        [_("Từ ngày"), show_date(span.first)], [_("Đến hết ngày"), show_date(span.last)],
        [_("Tính đến"), show_time(now)],
        [_("Mẫu số nhỏ nhất để tính tỷ lệ"), figures.minimum],
    ]  # fmt: skip
