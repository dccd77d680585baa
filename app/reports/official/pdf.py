"""A form on paper as the office prints it: A4 across, the office and the country's lines, numbered columns, signatures.

Official papers are in Vietnamese, whoever prints them (Decree 30/2020/NĐ-CP).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import force_locale

from ... import clock
from ...documents.render import fill
from .count import Row, Sheet
from .show import broken_words, figure, heads, missing, row_name, said, sums, window_name


def pdf_of(sheet: Sheet, now: datetime, above: str, place: str) -> bytes:
    """The form, with the moment in the file; same figures and moment, same bytes."""
    with force_locale("vi"):
        return fill("official_form", data_of(sheet, now, above, place), now).pdf


def data_of(sheet: Sheet, now: datetime, above: str, place: str) -> dict[str, Any]:
    """What the template is filled with; only words and numbers already written."""
    layout, window = sheet.layout, sheet.window
    return {
        "language": "vi", "unit": sheet.place.unit.name_vi, "above": above, "place": place, "form": layout.form,
        "title": layout.title.vi, "law": layout.law, "window": window_name(window), "from_on": window.first,
        "to_on": window.last, "printed_on": clock.day_of(now), "numbers": [c.number for c in layout.columns],
        "heads": heads(layout), "depth": layout.depth, "rows": [_line(sheet, row) for row in sheet.rows],
        "total": _line(sheet, sheet.total, is_total=True), "sums": sums(layout),
        "broken": [broken_words(sheet, one) for one in sheet.broken], "missing": missing(sheet),
        "hides_sealed": sheet.hides_sealed, "notes": [said(note) for note in layout.notes],
    }  # fmt: skip


def _line(sheet: Sheet, row: Row, is_total: bool = False) -> dict[str, Any]:
    """One line; a covered cell is `×`, an empty one stays empty."""
    return {
        "name": row_name(row, is_total),
        "values": [
            "×" if sheet.is_covered(column) else figure(row.values[column.number], column)
            for column in sheet.layout.columns
        ],
    }
