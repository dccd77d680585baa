"""Papers of the house that belong to no case: minutes of a dialogue, the notice that announces it, an invitation.

They look as the papers of forms.toml do (Decree 30/2020/NĐ-CP) and share their running numbers; what they say is put
together by the room whose session it is. In Vietnamese only: they are the office's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .. import clock
from ..extensions import db
from ..rules.workflow import Actor
from ..units.models import Unit
from .actions import keep_signed
from .issuing import Issuer, issued_by, to_be_issued_by
from .models import HouseDocument
from .numbering import DOTTED, number_of, take_number
from .render import fill


@dataclass(frozen=True)
class HouseSheet:
    """All that such a paper says besides who issues it."""

    form: str
    layout: str
    """The template family: minutes, notice or letter."""
    numbering: str
    """The abbreviation in its number: BB minutes, TB a notice, GM an invitation (Decree 30/2020, annex III)."""
    reference: str
    heading: str
    subject: str = ""
    basis: tuple[str, ...] = ()
    addressee: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    """Heading and text of each section; those without a text are left out."""
    closing: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    """Who else signs by hand on the printed paper."""


def freeze_house(sheet: HouseSheet, subject: str, unit: Unit, acting: Actor, now: datetime) -> HouseDocument:
    """Number it within its unit, year and kind, render it and keep it for good, in the caller's transaction."""
    number = take_number(unit, clock.day_of(now), sheet.numbering)
    pdf = fill(sheet.layout, _words(sheet, issued_by(unit, acting, now), number), now).pdf
    paper = HouseDocument(subject=subject, **keep_signed(pdf, sheet.form, number, unit, acting, now))
    db.session.add(paper)
    db.session.flush()
    return paper


def draft_house(sheet: HouseSheet, unit: Unit, acting: Actor, now: datetime) -> bytes:
    """As it would look, marked as a draft: no number is taken, nothing kept."""
    number = number_of(DOTTED, unit, sheet.numbering)
    return fill(sheet.layout, _words(sheet, to_be_issued_by(unit, acting, now), number, is_draft=True), now).pdf


def print_house(sheet: HouseSheet, unit: Unit, acting: Actor, now: datetime) -> bytes:
    """To be printed, numbered and signed by hand: day, number and signature are left to the pen."""
    number = number_of(DOTTED, unit, sheet.numbering)
    facts = _words(sheet, to_be_issued_by(unit, acting, now), number)
    return fill(sheet.layout, facts | {"is_by_hand": True}, now).pdf


def _words(sheet: HouseSheet, issuer: Issuer, number: str, is_draft: bool = False) -> dict[str, Any]:
    """The facts that the templates of forms.toml print."""
    return {
        "language": "vi", "is_bilingual": False, "is_draft": is_draft, "number": number,
        "reference": sheet.reference, "title": sheet.heading, "heading": _pair(sheet.heading),
        "subject": _pair(sheet.subject),
        "parts": [{"place": "section", "label": _pair(label), "text": text}
                  for label, text in sheet.parts if text.strip()],
        **{slot: [_pair(line) for line in getattr(sheet, slot)]
           for slot in ("basis", "addressee", "opening", "closing", "recipients", "signatures")},
        "order": [], "unit": issuer.unit[0], "unit_en": "", "above": issuer.above[0], "authority": issuer.authority,
        "place": issuer.place[0], "place_en": "", "signed_on": issuer.signed_on, "signed_at": issuer.signed_at,
        "signer": issuer.signer, "signer_title": issuer.office, "deputises": issuer.deputises,
    }  # fmt: skip


def _pair(words: str) -> dict[str, str]:
    return {"vi": words, "en": ""}
