"""Lists for a spreadsheet. Whatever somebody wrote stays letters: no program that opens the file computes it."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from .. import clock
from ..words import is_vietnamese

DANGEROUS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""A cell whose first sign is one of these, wide or narrow, is read as a formula by spreadsheets."""
TEXTS_ONLY = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""Options of xlsxwriter with which no text becomes anything else."""


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    first = next((sign for sign in text if not _is_unseen(sign)), "")
    return f"'{text}" if first in DANGEROUS or _is_unseen(text[:1]) else text


def _is_unseen(sign: str) -> bool:
    """Spaces, controls, byte order marks, joiners: programs drop them, and what stands behind comes first."""
    return sign.isspace() or unicodedata.category(sign or "x") in ("Cc", "Cf")


def cell(value: Any) -> str:
    """A number as the language writes it, a text made harmless, nothing for what is not computed."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.2f}".replace(".", "," if is_vietnamese() else ".")
    if isinstance(value, int):
        return str(value)  # a number below zero is no formula
    return safe(str(value))


def csv_of(heads: Sequence[str], rows: Iterable[Iterable[Any]]) -> bytes:
    """UTF-8 with a byte order mark; Vietnamese spreadsheets expect `;` and a decimal comma, English ones `,`."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if is_vietnamese() else ",", lineterminator="\r\n")
    writer.writerow([safe(head) for head in heads])
    writer.writerows([[cell(value) for value in row] for row in rows])
    return "\ufeff".encode() + text.getvalue().encode()


@dataclass(frozen=True)
class Page:
    """One sheet of a workbook; `widths` of its first columns, in letters; `note` stands below the rows."""

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Any]]
    widths: Sequence[int] = ()
    note: str = ""


LONGEST_NAME = 31
"""Spreadsheets refuse longer names of sheets, and these signs in them."""
NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def workbook_of(title: str, now: datetime, pages: Iterable[Page]) -> bytes:
    """An Excel workbook. Every text is written as text, so that none can become a formula; numbers stay numbers."""
    import xlsxwriter  # type: ignore[import-untyped]

    body = io.BytesIO()
    with xlsxwriter.Workbook(body, TEXTS_ONLY) as book:
        book.set_properties({"title": title, "created": clock.local(now).replace(tzinfo=None)})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        for page in pages:
            _fill(book.add_worksheet(page.name.translate(NOT_IN_NAMES)[:LONGEST_NAME].strip()), page, bold, wrap)
    return body.getvalue()


def _fill(sheet: Any, page: Page, bold: Any, wrap: Any) -> None:
    for column, head in enumerate(page.heads):
        sheet.set_column(column, column, page.widths[column] if column < len(page.widths) else 16)
        sheet.write_string(0, column, head, bold)
    for number, row in enumerate(page.rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, int | float):
                sheet.write_number(number, column, round(value, 2) if isinstance(value, float) else value)
            elif value is not None and value != "":
                sheet.write_string(number, column, value.isoformat() if isinstance(value, date) else str(value), wrap)
    if page.note:
        sheet.write_string(len(page.rows) + 2, 0, page.note)
    sheet.freeze_panes(1, 2 if len(page.heads) > 8 else 0)
