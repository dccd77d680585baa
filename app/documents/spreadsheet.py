"""Lists for a spreadsheet. Whatever somebody wrote stays letters: no program that opens the file computes it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from ..words import is_vietnamese

DANGEROUS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""A cell whose first sign is one of these, wide or narrow, is read as a formula by spreadsheets."""
TEXTS_ONLY = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""Options of xlsxwriter with which no text becomes anything else."""


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip().startswith(DANGEROUS) or text[:1].isspace() else text


def cell(value: Any) -> str:
    """A number as the language writes it, a text made harmless, nothing for what is not computed."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.2f}".replace(".", "," if is_vietnamese() else ".")
    return safe(str(value))


def csv_of(heads: Sequence[str], rows: Iterable[Iterable[Any]]) -> bytes:
    """UTF-8 with a byte order mark; Vietnamese spreadsheets expect `;` and a decimal comma, English ones `,`."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if is_vietnamese() else ",", lineterminator="\r\n")
    writer.writerow([safe(head) for head in heads])
    writer.writerows([[cell(value) for value in row] for row in rows])
    return "\ufeff".encode() + text.getvalue().encode()
