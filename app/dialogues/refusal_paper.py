"""The notice that somebody was turned away, to print and sign (Law 42/2013/QH13 art. 9)."""

from __future__ import annotations

from datetime import date

from ..documents.render import fill
from ..words import show_date, word
from .models import Booking


def refusal_pdf(row: Booking, today: date) -> bytes:
    """The paper, from the visit's facts. A denouncer's carries neither name nor what happened."""
    unit = row.day.unit
    data = {
        "language": "vi", "unit": unit.name_vi, "place": unit.short_vi, "reference": row.reference, "printed_on": today,
        "name": row.name, "identity_number": row.identity_number, "address": row.address, "subject": row.subject,
        "day": show_date(row.day.on), "ground": word(row.ground, "turned_away"), "reason": row.reason,
    }  # fmt: skip
    return fill("reception_refusal", data).pdf
