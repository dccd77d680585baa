"""Fills the town's papers: facts go in as data, never as markup, and a PDF comes out.

Whatever a resident or an official wrote reaches the page as letters. The engine reads nothing but our own templates
and fonts: no network, no file outside templates/documents.
"""

from __future__ import annotations

import io
import json
import threading
import unicodedata
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from .. import clock
from .sheets import (
    AnswerData,
    BookingSlipData,
    ComplaintLetterData,
    DenunciationLetterData,
    ReceiptData,
    RegisterData,
)

ROOT = Path(__file__).resolve().parent.parent.parent / "templates" / "documents"
FONTS = Path(__file__).resolve().parent / "fonts"
UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
"""Unicode categories left out of papers: controls, formats, halves of characters, private and unassigned ones."""
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Paper:
    """A rendered PDF and what the engine grumbled about (a missing letter, a missing font)."""

    pdf: bytes
    warnings: tuple[str, ...]


def receipt_pdf(data: ReceiptData) -> bytes:
    """The receipt, A5, with the QR code that opens the case."""
    return fill("receipt", asdict(data) | {"qr": qr_svg(data.url)}).pdf


def booking_slip_pdf(data: BookingSlipData) -> bytes:
    """The slip of a booked visit, A5, with the QR code that opens it where it carries the code."""
    return fill("booking_slip", asdict(data) | {"qr": qr_svg(data.url) if data.url else ""}).pdf


def complaint_letter_pdf(data: ComplaintLetterData) -> bytes:
    """The complaint as a letter to print and sign."""
    return fill("complaint_letter", asdict(data)).pdf


def denunciation_letter_pdf(data: DenunciationLetterData) -> bytes:
    """The denunciation as a letter to complete and sign by hand."""
    return fill("denunciation_letter", asdict(data)).pdf


def answer_pdf(data: AnswerData) -> bytes:
    """The letter that answers feedback."""
    return fill("answer", asdict(data)).pdf


def register_pdf(data: RegisterData) -> bytes:
    """The petition or reception register of a unit for a period, A4 across. Who denounced, and what, is not printed."""
    rows = [_open_part(asdict(row)) for row in data.rows]
    return fill("register", asdict(data) | {"rows": rows}).pdf


def _open_part(row: dict[str, Any]) -> dict[str, Any]:
    """A line of a register without what a denunciation keeps sealed (Decision 774/QD-TTg)."""
    if row["is_sealed"]:
        row |= {key: "" for key in ("sender", "identity", "content", "summary") if key in row}
    return row


def fill(form: str, data: dict[str, Any], at: datetime | None = None) -> Paper:
    """Fill a form with facts. `at` (now, if left out) is written into the file; same facts and moment, same bytes."""
    facts = json.dumps(printable(data), ensure_ascii=False, default=_plain)
    moment = int((at or clock.now()).timestamp())
    with _one_at_a_time:
        pdf, warnings = _compiler().compile_with_warnings(
            input=str(ROOT / f"{form}.typ"), format="pdf", sys_inputs={"data": facts}, timestamp=moment
        )
    return Paper(pdf, tuple(str(warning) for warning in warnings))


@cache
def _compiler() -> Any:
    """One engine for the life of the process: starting it costs more than a page."""
    import typst

    return typst.Compiler(root=str(ROOT), font_paths=[str(FONTS)], ignore_system_fonts=True)


def printable(value: Any) -> Any:
    """Facts without characters that no paper should carry: controls, and those that turn the reading direction."""
    if isinstance(value, str):
        return "".join(c for c in value if c in "\n\t" or unicodedata.category(c) not in UNPRINTABLE)
    if isinstance(value, dict):
        return {key: printable(item) for key, item in value.items()}
    return [printable(item) for item in value] if isinstance(value, list | tuple) else value


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"not a fact for a paper: {value!r}")


def qr_picture(url: str) -> bytes:
    """The same as a picture of its own, for a page."""
    import segno

    out = io.BytesIO()
    segno.make(url, error="m", micro=False).save(
        out, kind="svg", scale=4, border=2, xmldecl=False, svgns=True, svgclass=None, lineclass=None, omitsize=False
    )
    return out.getvalue()


def qr_svg(url: str) -> str:
    """A QR code as SVG text; 15 % of it may be creased or stained."""
    import segno

    out = io.BytesIO()
    segno.make(url, error="m", micro=False).save(out, kind="svg", border=4, xmldecl=True, svgns=True)
    return out.getvalue().decode()
