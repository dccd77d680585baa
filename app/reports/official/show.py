"""A form as the page, the sheet and the print write it: words in the reader's language, figures, what stays blank."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from ...rules.statistics.windows import TITLES, Cut, Window
from ...units.queries import setting
from ...words import is_vietnamese, named, show_date, show_number
from .check import Broken
from .count import Number, Row, Sheet
from .layout import Column, Layout, Words, headings

LINKED = {"petitions", "denunciations"}


@dataclass(frozen=True)
class Links:
    """Addresses of one unit's forms for one window."""

    code: str
    window: Window

    def _asked(self) -> dict[str, Any]:
        return {"code": self.code, "year": self.window.year, "window": self.window.code}

    def index(self) -> str:
        """All forms of the window."""
        return url_for("reports.official_forms", **self._asked())

    def page(self, slug: str, code: str = "") -> str:
        """A form on screen; another unit's, if given."""
        asked: dict[str, Any] = {**self._asked(), "code": code or self.code}
        return url_for("reports.official_form", form=slug, **asked)

    def xlsx(self, slug: str) -> str:
        """The same as a workbook."""
        return url_for("reports.official_form_xlsx", form=slug, **self._asked())

    def pdf(self, slug: str) -> str:
        """The same on paper."""
        return url_for("reports.official_form_pdf", form=slug, **self._asked())

    def letter(self) -> str:
        """The periodic report as an editable document."""
        return url_for("reports.report_letter", **self._asked())

    def figures(self, slug: str) -> str:
        """Where officials type what the system keeps nothing of."""
        return url_for("reports.official_figures", form=slug, **self._asked())

    def cases(self, slug: str, column: int, row: str = "", **more: Any) -> str:
        """The petitions behind a cell; of the total where no row is named."""
        return url_for("reports.official_cases", form=slug, column=column, row=row or None, **self._asked(), **more)

    def visits(self, figure: str, code: str = "", is_own: bool = False) -> str:
        """The receptions behind a figure of the same days, on the page of being heard."""
        days: dict[str, Any] = {"from": self.window.first.isoformat(), "to": self.window.last.isoformat()}
        asked = {"code": code or self.code, "figure": figure, "below": "0" if is_own else None, **days}
        return url_for("reports.being_heard_rows", **asked)


def cut() -> Cut:
    """Where the report year begins, as the administrator set it."""
    return Cut(int(setting("report_window_day")), int(setting("report_window_month")))


def said(words: Words) -> str:
    """A text of a layout in the reader's language; a note names the size of a large group."""
    return words.said(is_vietnamese()).replace("%(group)s", str(setting("large_group")))


def window_name(window: Window) -> str:
    """Quý I năm 2026."""
    return _(TITLES[window.code], year=window.year)


def row_name(row: Row, is_total: bool = False) -> str:
    """What a line is called."""
    name = named(row.node, True)
    if is_total:
        return _("Tổng")
    return _("%(name)s, chỉ đơn vị này", name=name) if row.is_own else name


def row_code(row: Row) -> str:
    """How an address names a line: the unit's code, with a dot before it for the unit without those below."""
    return f".{row.node.code}" if row.is_own else row.node.code


def figure(value: Number, column: Column) -> str:
    """A figure by locale, blank where there is none."""
    if value is None:
        return ""
    is_whole = isinstance(value, int) or value.denominator == 1
    return show_number(int(value)) if is_whole else show_number(float(value), column.decimals or 2)


def path(column: Column) -> str:
    """A column with the headings above it."""
    return " / ".join(said(words) for words in (*column.under, column.head))


def plain(value: Number) -> int | float | None:
    """A figure for a spreadsheet."""
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else float(value)
    return value


def cells(sheet: Sheet, row: Row, links: Links, is_total: bool = False) -> list[dict[str, Any]]:
    """The cells of one line: words, state, and the address of the petitions behind a counted figure."""
    return [_cell(sheet, row, column, links, is_total) for column in sheet.layout.columns]


def _cell(sheet: Sheet, row: Row, column: Column, links: Links, is_total: bool) -> dict[str, Any]:
    if sheet.is_covered(column):
        return {"words": "", "state": "covered", "href": None}
    value = row.values[column.number]
    if value is None:
        return {"words": "", "state": "missing", "href": None}
    href = _href(sheet.layout, row, column, links, is_total) if value and column.is_counted else None
    return {"words": figure(value, column), "state": "" if column.is_counted else "typed", "href": href}


HEARD = {"visits": "visits", "people": "visits", "matters": "visits", "days_owed": "head_days",
         "days_counted": "head_days"}  # fmt: skip
"""Columns of the reception form that the page of being heard lists."""


def _href(layout: Layout, row: Row, column: Column, links: Links, is_total: bool) -> str | None:
    if layout.facts in LINKED:
        return links.cases(layout.slug, column.number, "" if is_total else row_code(row))
    name = HEARD.get(column.measure)
    return links.visits(name, "" if is_total else row.node.code, row.is_own) if name else None


def broken_words(sheet: Sheet, one: Broken) -> str:
    """A sum that does not hold, said with both sides."""
    where = next((row_name(row) for row in sheet.rows if row.node.code == one.row), _("Tổng"))
    return _("%(row)s: cột %(left)s là %(a)s, nhưng %(right)s là %(b)s", row=where, left=one.left, right=one.right,
             a=_number(one.left_value), b=_number(one.right_value))  # fmt: skip


def _number(value: Fraction | int) -> str:
    return show_number(int(value)) if Fraction(value).denominator == 1 else show_number(float(value), 2)


def missing(sheet: Sheet) -> list[int]:
    """Columns the system keeps nothing of and nobody typed."""
    return [c.number for c in sheet.layout.columns if not c.is_counted and sheet.total.values[c.number] is None
            and not sheet.is_covered(c)]  # fmt: skip


def why_empty(sheet: Sheet, today: date) -> str:
    """Why a window holds nothing."""
    if sheet.hides_sealed and all(column.is_sealed for column in sheet.layout.columns):
        return _("Biểu này chỉ có số liệu tố cáo. Người giữ hoặc kiểm tra sổ tố cáo của đơn vị mới xem được.")
    what = {
        "petitions": _("Từ ngày %(a)s đến hết %(b)s không có đơn nào đến, và không có đơn nào kỳ trước chuyển sang."),
        "denunciations": _("Từ ngày %(a)s đến hết %(b)s không có tố cáo nào thuộc thẩm quyền."),
        "receptions": _("Từ ngày %(a)s đến hết %(b)s chưa ghi lượt tiếp công dân nào."),
    }[sheet.layout.facts]
    return what % {"a": show_date(sheet.window.first), "b": show_date(min(sheet.window.last, today))}


def heads(layout: Layout, words: Callable[[Words], str] = said) -> list[list[dict[str, Any]]]:
    """The headings, row by row, as any table lays them."""
    return [
        [{"words": words(one.words), "column": one.column, "row": one.row, "rows": one.rows, "columns": one.columns,
          "number": one.leaf.number if one.leaf else None} for one in line]
        for line in headings(layout)
    ]  # fmt: skip


def sums(layout: Layout) -> list[str]:
    """The sums as the form prints them: (1) = (2) + (3)."""
    return [" = ".join(_written(side) for side in one.sides) for one in layout.checks]


def _written(side: Any) -> str:
    return "".join(f" {'-' if t.sign < 0 else '+'} {t}" for t in side)[3:]
