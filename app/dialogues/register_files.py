"""The reception register as a file for a spreadsheet: CSV, and XLSX with every cell a text.

Whatever somebody said at a reception stays letters: no program that opens the file computes it.
"""

from __future__ import annotations

import io

from ..documents import spreadsheet
from ..documents.sheets import RegisterData
from .queries.register import columns


def csv_of(data: RegisterData) -> bytes:
    """The register for a spreadsheet."""
    heads = columns()
    return spreadsheet.csv_of([words for _name, words in heads],
                              [[getattr(row, name) for name, _words in heads] for row in data.rows])  # fmt: skip


def xlsx_of(data: RegisterData) -> bytes:
    """The register as a workbook; texts only, no formula and no link is made of them."""
    import xlsxwriter  # type: ignore[import-untyped]

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, spreadsheet.TEXTS_ONLY) as book:
        sheet = book.add_worksheet(f"{data.from_on:%Y-%m-%d} {data.to_on:%m-%d}")
        bold, wrapped = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"text_wrap": True})
        wrapped.set_align("top")
        for place, (name, words) in enumerate(columns()):
            sheet.set_column(place, place, WIDTHS.get(name, 14))
            sheet.write_string(0, place, words, bold)
            for number, row in enumerate(data.rows, 1):
                sheet.write_string(number, place, str(getattr(row, name))[:32_000], wrapped)
        sheet.freeze_panes(1, 0)
    return out.getvalue()


WIDTHS = {"number": 7, "day": 11, "sender": 32, "content": 60, "result": 30}
