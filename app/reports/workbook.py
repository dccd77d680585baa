"""A view's sheets to take home: CSV for any spreadsheet; a workbook with a dictionary of its columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _

from ..documents import spreadsheet
from ..rules.statistics import FORMULAS, Formula, Share, Spread
from ..words import KINDS, in_language, named, show_date, show_time, word
from .answers.frame import Asked, Cell, Column, Sheet

DAY = 86400
TABLE = tuple[list[str], list[list[Any]]]


def csv_of(sheet: Sheet, minimum: int) -> bytes:
    """One sheet as text."""
    return spreadsheet.csv_of(*table(sheet, minimum))


def workbook_of(title: str, sheets: Sequence[Sheet], asked: Asked) -> bytes:
    """All sheets, the dictionary of their columns, and what was asked; every text is written as text."""
    pages = [spreadsheet.Page(s.title, *table(s, asked.minimum), widths=[34], note=s.note) for s in sheets]
    pages += [
        spreadsheet.Page(_("Từ điển"), *dictionary(sheets), widths=[26, 34, 60, 50, 50, 70]),
        spreadsheet.Page(_("Về bảng này"), *about(title, asked), widths=[34, 60]),
    ]
    return spreadsheet.workbook_of(title, asked.now, pages)


def table(sheet: Sheet, minimum: int) -> TABLE:
    """Heads and rows in plain values: a share becomes five columns, a spread three."""
    heads = [head for column in sheet.columns for head in _heads(column)]
    rows = [
        [value for column, cell in zip(sheet.columns, row, strict=True) for value in _values(column, cell, minimum)]
        for row in sheet.rows
    ]
    return heads, rows


def _heads(column: Column) -> list[str]:
    if column.kind == "share":
        parts = [_("tử số"), _("mẫu số"), "%", _("thấp nhất, %"), _("cao nhất, %")]
    elif column.kind == "spread":
        parts = [_("số việc"), _("trung vị, ngày"), _("p90, ngày")]
    else:
        return [column.head]
    return [f"{column.head}: {part}" for part in parts]


def _values(column: Column, cell: Cell, minimum: int) -> Iterable[Any]:
    value = cell.value
    if column.kind == "share":
        assert isinstance(value, Share)
        low, high = value.interval(minimum) or (None, None)
        return (value.part, value.whole, value.percent(minimum), low, high)
    if column.kind == "spread":
        assert isinstance(value, Spread)
        return (value.count, *(None if s is None else s / DAY for s in (value.median, value.p90(minimum))))
    return (value.isoformat() if isinstance(value, date) else value,)


def dictionary(sheets: Sequence[Sheet]) -> TABLE:
    """What each column means, from the published formulas; each column once."""
    heads = [_("Mã cột"), _("Cột"), _("Nghĩa"), _("Tử số"), _("Mẫu số"), _("Tính và không tính, vì sao")]
    known = {formula.code: formula for formula in FORMULAS}
    columns = {column.code: column for sheet in sheets for column in sheet.columns}
    return heads, [[c.code, c.head, *_meaning(known.get(c.formula))] for c in columns.values()]


def _meaning(formula: Formula | None) -> list[str]:
    if formula is None:
        return ["", "", "", ""]
    return [in_language(formula.sentence), in_language(formula.numerator), in_language(formula.denominator),
            " ".join(in_language(text) for text in formula.left_out)]  # fmt: skip


def about(title: str, asked: Asked) -> TABLE:
    """What was asked, of whom, and when it was counted."""
    question, span = asked.question, asked.question.span
    rows: list[list[Any]] = [
        [_("Bảng"), title], [_("Đơn vị"), named(asked.place.unit)],
        [_("Phạm vi"), _("kể cả mọi đơn vị bên dưới") if question.with_below else _("chỉ đơn vị này")],
        [_("Từ ngày"), show_date(span.first)], [_("Đến hết ngày"), show_date(span.last)],
        [_("Tính đến"), show_time(asked.now)], [_("Mẫu số nhỏ nhất để tính tỷ lệ"), asked.minimum],
        *[[name, value] for name, value in narrowed(asked)],
        [_("Tố cáo"), _("không có trong bảng này")],
    ]  # fmt: skip
    return [_("Mục"), _("Nội dung")], rows


def narrowed(asked: Asked) -> list[tuple[str, str]]:
    """The filters in words."""
    question = asked.question
    found = [(_("Loại"), str(KINDS[question.kind]) if question.kind in KINDS else question.kind)]  # type: ignore[index]
    found += [(_("Lĩnh vực"), question.category), (_("Kênh"), word(question.channel, "channel")),
              (_("Địa bàn"), question.commune)]  # fmt: skip
    return [(name, value) for name, value in found if value]
