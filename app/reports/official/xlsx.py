"""A form as a workbook an office can go on with: figures fixed, cells the system keeps nothing of open to be typed."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from ... import clock
from ...documents import spreadsheet
from ...words import named, show_date, show_time
from .count import Row, Sheet
from .layout import Column
from .show import broken_words, heads, missing, path, plain, row_name, said, sums, window_name

FIRST_HEAD = 6
"""The row (from 0) on which the headings begin, below the office, the country's lines, the title and the days."""


def workbook_of(sheet: Sheet, now: datetime, above: str) -> bytes:
    """The form on the first sheet, what it says about itself on the second."""
    import xlsxwriter  # type: ignore[import-untyped]

    body = io.BytesIO()
    with xlsxwriter.Workbook(body, spreadsheet.TEXTS_ONLY) as book:
        book.set_properties({"title": sheet.layout.form, "created": clock.local(now).replace(tzinfo=None)})
        page = book.add_worksheet(sheet.layout.form.replace("/", "-"))
        _form(book, page, sheet, above)
        _about(book, book.add_worksheet(_("Ghi chú")), sheet, now)
    return body.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    edge = {"border": 1, "valign": "vcenter", "font_name": "Times New Roman", "font_size": 10}
    head = {**edge, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#EFEFEF"}
    plain_text = {"font_name": "Times New Roman", "font_size": 11}
    return {
        "title": book.add_format({**plain_text, "bold": True, "align": "center", "font_size": 14}),
        "middle": book.add_format({**plain_text, "align": "center"}),
        "strong": book.add_format({**plain_text, "bold": True, "align": "center"}),
        "slanted": book.add_format({**plain_text, "italic": True, "align": "center"}),
        "head": book.add_format(head), "number": book.add_format({**head, "bold": False, "italic": True}),
        "name": book.add_format({**edge, "text_wrap": True}), "value": book.add_format({**edge, "num_format": "#,##0"}),
        "open": book.add_format({**edge, "num_format": "#,##0.##", "locked": False, "bg_color": "#FFF8DC"}),
        "total": book.add_format({**edge, "bold": True, "num_format": "#,##0.##"}),
        "covered": book.add_format({**edge, "italic": True, "align": "center"}),
    }  # fmt: skip


def _form(book: Any, page: Any, sheet: Sheet, above: str) -> None:
    looks, last = _formats(book), len(sheet.layout.columns)
    _top(page, sheet, looks, last, above)
    numbers_at = FIRST_HEAD + sheet.layout.depth
    _heads(page, sheet, looks)
    for column in sheet.layout.columns:
        page.write_string(numbers_at, column.number, f"({column.number})", looks["number"])
    first = numbers_at + 1
    for place, row in enumerate(sheet.rows):
        _line(page, sheet, row, first + place, looks)
    _total(page, sheet, first, looks)
    _foot(page, first + len(sheet.rows) + 2, looks, last)
    page.set_column(0, 0, 30)
    page.set_column(1, last, 9)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(FIRST_HEAD, numbers_at)
    page.freeze_panes(first, 1)
    page.protect("", {"format_columns": True, "format_rows": True})


def _top(page: Any, sheet: Sheet, looks: dict[str, Any], last: int, above: str) -> None:
    half, window = max(last // 2, 1), sheet.window
    left = (above.upper() if above else named(sheet.place.unit).upper(), named(sheet.place.unit).upper())
    page.merge_range(0, 0, 0, half, left[0] if above else "", looks["middle"])
    page.merge_range(1, 0, 1, half, left[1], looks["strong"])
    page.merge_range(0, half + 1, 0, last, _("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), looks["strong"])
    page.merge_range(1, half + 1, 1, last, _("Độc lập - Tự do - Hạnh phúc"), looks["strong"])
    page.write_string(2, 0, _("Biểu số: %(form)s", form=sheet.layout.form), looks["middle"])
    page.merge_range(3, 0, 3, last, said(sheet.layout.title).upper(), looks["title"])
    days = _("%(window)s. Số liệu tính từ ngày %(a)s đến hết ngày %(b)s", window=window_name(window),
             a=show_date(window.first), b=show_date(window.last))  # fmt: skip
    page.merge_range(4, 0, 4, last, days, looks["slanted"])


def _heads(page: Any, sheet: Sheet, looks: dict[str, Any]) -> None:
    page.merge_range(FIRST_HEAD, 0, FIRST_HEAD + sheet.layout.depth, 0, _("Đơn vị"), looks["head"])
    for line in heads(sheet.layout):
        for one in line:
            top, left = FIRST_HEAD + one["row"], one["column"] + 1
            if one["rows"] * one["columns"] == 1:
                page.write_string(top, left, one["words"], looks["head"])
            else:
                page.merge_range(top, left, top + one["rows"] - 1, left + one["columns"] - 1, one["words"],
                                 looks["head"])  # fmt: skip


def _line(page: Any, sheet: Sheet, row: Row, at: int, looks: dict[str, Any]) -> None:
    page.write_string(at, 0, row_name(row), looks["name"])
    for column in sheet.layout.columns:
        value = plain(row.values[column.number])
        if sheet.is_covered(column):
            page.write_string(at, column.number, _("không hiện"), looks["covered"])
        elif column.less:
            page.write_formula(at, column.number, _rest(row, column, at), looks["value"], value)
        elif value is None:
            page.write_blank(at, column.number, None, looks["open"])
        else:
            page.write_number(at, column.number, value, looks["value" if column.is_counted else "open"])


def _rest(row: Row, column: Column, at: int) -> str:
    """A count without what other cells hold: follows what an official types there."""
    whole = plain((row.values[column.number] or 0) + sum(row.values[n] or 0 for n in column.less))
    return f"={whole}-SUM({','.join(_cell(at, n) for n in column.less)})"


def _total(page: Any, sheet: Sheet, first: int, looks: dict[str, Any]) -> None:
    at = first + len(sheet.rows)
    page.write_string(at, 0, _("Tổng"), looks["total"])
    for column in sheet.layout.columns:
        if sheet.is_covered(column):
            page.write_string(at, column.number, _("không hiện"), looks["covered"])
            continue
        area = f"{_cell(first, column.number)}:{_cell(at - 1, column.number)}"
        value = plain(sheet.total.values[column.number])
        page.write_formula(at, column.number, f'=IF(COUNT({area})=0,"",SUM({area}))', looks["total"],
                           "" if value is None else value)  # fmt: skip


def _cell(row: int, column: int) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell  # type: ignore[import-untyped]

    return str(xl_rowcol_to_cell(row, column))


def _foot(page: Any, at: int, looks: dict[str, Any], last: int) -> None:
    half = max(last // 2, 1)
    page.merge_range(at, 0, at, half, _("NGƯỜI LẬP BIỂU"), looks["strong"])
    page.merge_range(at, half + 1, at, last, _("THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ"), looks["strong"])
    page.merge_range(at + 1, 0, at + 1, half, _("(ký, ghi rõ họ tên)"), looks["slanted"])
    page.merge_range(at + 1, half + 1, at + 1, last, _("(ký, đóng dấu, ghi rõ họ tên)"), looks["slanted"])


def _about(book: Any, page: Any, sheet: Sheet, now: datetime) -> None:
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    page.set_column(0, 0, 28)
    page.set_column(1, 1, 100)
    for at, (what, words) in enumerate(about(sheet, now)):
        page.write_string(at, 0, what, bold)
        page.write_string(at, 1, words, wrap)


def about(sheet: Sheet, now: datetime) -> list[tuple[str, str]]:
    """What a reader of the form must know: law, days, sums, what is missing and why, the columns one by one."""
    layout = sheet.layout
    found = [
        (_("Biểu"), f"{layout.form} · {said(layout.title)}"), (_("Căn cứ"), _("Thông tư %(law)s", law=layout.law)),
        (_("Đơn vị"), named(sheet.place.unit)), (_("Tính đến"), show_time(now)),
        *((_("Phép kiểm tra"), text) for text in sums(layout)),
        *((_("Không khớp"), broken_words(sheet, one)) for one in sheet.broken),
    ]  # fmt: skip
    if gaps := missing(sheet):
        columns = ", ".join(f"({number})" for number in gaps)
        found.append((_("Hệ thống chưa ghi"), _("Cột %(columns)s: để trống, không phải là 0.", columns=columns)))
    if sheet.hides_sealed:
        found.append((_("Tố cáo"), _("Không có tố cáo nào trong biểu này, kể cả trong các cột tổng.")))
    found += [(_("Ghi chú"), said(note)) for note in layout.notes]
    return found + [(f"({column.number})", path(column)) for column in layout.columns]
