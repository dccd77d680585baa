"""Phrases: texts often written, chosen above the field they go into, with the case's own words filled in."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from ..cases.models import Case
from ..extensions import db
from ..rules.visibility import units_of
from ..rules.workflow import Action, Actor, Role
from ..units.models import Unit
from ..units.reach import reaches_all
from ..words import MONTHS, is_vietnamese
from .models import Phrase
from .queries import desk_units

PURPOSES = {
    "answer": _l("Trả lời người gửi"),
    "ask": _l("Hỏi thêm người gửi"),
    "reason_forward": _l("Lý do chuyển đơn vị khác"),
    "reason_refuse": _l("Lý do không tiếp nhận"),
    "reason_correct": _l("Lý do sửa thông tin"),
    "part": _l("Phối hợp giữa các đơn vị"),
    "note": _l("Ghi chú nội bộ"),
}
"""What a phrase may be for, in the order of the page."""
FOR_ACTION = {
    Action.DRAFT: "answer", Action.PROPOSE: "answer", Action.ASK: "ask", Action.FORWARD: "reason_forward",
    Action.REFUSE: "reason_refuse", Action.CORRECT: "reason_correct", Action.REQUEST_PART: "part",
    Action.GIVE_PART: "part", Action.NOTE: "note",
}  # fmt: skip
"""The phrases offered above the text of each verb."""
LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
PLACEHOLDERS = {
    "reference": _l("số tiếp nhận"),
    "name": _l("lời xưng hô với người gửi"),
    "unit": _l("đơn vị đang giữ việc"),
    "due": _l("ngày phải trả lời"),
}
"""What stands in braces in a phrase and is filled in when it is put into a text."""
SEED = Path(__file__).resolve().parent / "data" / "phrases.toml"


@dataclass(frozen=True)
class Offer:
    """One phrase on offer: its title and its text as it will stand in the field."""

    id: int
    title: str
    text: str


Offers = list[tuple[str, list[Offer]]]
"""Groups of a list of phrases: the unit's own, then those of the whole government."""


def fill(text: str, case: Case, language: str) -> str:
    """The text with the case's own words in place of {reference} {name} {unit} {due}; other braces stay.

    The name itself is never written into a text: the printed letter takes it from the sealed row (models/person.py).
    """
    name = "Sir or Madam" if language == "en" else "ông/bà"
    words = {"reference": case.reference, "name": name, "unit": _unit_name(case.unit, language),
             "due": _day(case.due_on, language)}  # fmt: skip
    return re.sub(r"\{(reference|name|unit|due)\}", lambda found: words[found[1]], text)


def _day(day: date | None, language: str) -> str:
    """The day as the phrase's language writes it; where no clock runs, dots that the official must fill in."""
    if day is None:
        return "…"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if language == "en" else f"{day:%d/%m/%Y}"


def _unit_name(unit: Unit, language: str) -> str:
    return unit.name_en if language == "en" else unit.name_vi


def joined(typed: str, text: str) -> str:
    """What was typed with the phrase behind it, a blank line between."""
    typed = typed.rstrip()
    return f"{typed}\n\n{text}" if typed else text


def fitting(purpose: str, unit_ids: Sequence[int], language: str = "") -> list[Phrase]:
    """Phrases in use for a purpose: the units' own first; of each those in the resident's language first."""
    statement = select(Phrase).where(
        Phrase.purpose == purpose, Phrase.is_active, Phrase.unit_id.is_(None) | Phrase.unit_id.in_(unit_ids)
    )
    rows = db.session.scalars(statement.order_by(Phrase.position, Phrase.id)).all()
    return sorted(rows, key=lambda row: (row.unit_id is None, bool(language) and row.language != language))


def offers(case: Case, action: Action, actor: Actor) -> Offers:
    """What stands in the list above a verb's text for this official, filled in for this case."""
    if action not in FOR_ACTION:
        return []
    rows = fitting(FOR_ACTION[action], _units_for(case, actor), case.language)
    return grouped(rows, lambda row: fill(row.text, case, row.language))


def grouped(rows: Sequence[Phrase], text_of: Any) -> Offers:
    """Phrases as groups of a list; another language than the reader's is named."""
    groups: dict[str, list[Offer]] = {}
    here = "vi" if is_vietnamese() else "en"
    for row in rows:
        title = row.title if row.language == here else f"{row.title} ({LANGUAGES.get(row.language, row.language)})"
        group = _("Dùng chung") if row.unit_id is None else _("Của đơn vị")
        groups.setdefault(group, []).append(Offer(row.id, title, text_of(row)))
    return list(groups.items())


def chosen(groups: Offers, typed: str | None) -> Offer | None:
    """The phrase chosen in the list, if it stands in it."""
    return next((offer for _group, rows in groups for offer in rows if str(offer.id) == typed), None)


def _units_for(case: Case, actor: Actor) -> list[int]:
    """Whose phrases fit: the unit that has the case, where the actor works there; else the actor's own."""
    own = desk_units(actor)
    return [case.unit_id] if case.unit_id in own else own


def headed(actor: Actor) -> list[int]:
    """Units whose phrases the actor keeps: those they head."""
    return units_of(actor, (Role.HEAD,))


def may_keep(actor: Actor, unit_id: int | None) -> bool:
    """Heads keep their unit's phrases, administrators of the whole government those of everybody."""
    return reaches_all(actor) if unit_id is None else unit_id in headed(actor)


def sees(actor: Actor, unit_id: int | None) -> bool:
    """Whose phrases an official reads: the own units' and everybody's."""
    return unit_id is None or unit_id in desk_units(actor)


def shelves(actor: Actor) -> list[tuple[int | None, list[Phrase]]]:
    """Everything this official may read on the page of phrases, by unit, the government's last; those put away only
    for whoever keeps them."""
    units = desk_units(actor)
    rows = db.session.scalars(
        select(Phrase).where(Phrase.unit_id.is_(None) | Phrase.unit_id.in_(units)).order_by(Phrase.position, Phrase.id)
    ).all()
    order = list(PURPOSES)
    rows = sorted(rows, key=lambda row: order.index(row.purpose))
    return [
        (unit_id, [row for row in rows if row.unit_id == unit_id and (row.is_active or may_keep(actor, unit_id))])
        for unit_id in (*units, None)
    ]


@cache
def seed() -> tuple[Mapping[str, str], ...]:
    """The phrases a new government starts with (desk/data/phrases.toml)."""
    return tuple(tomllib.loads(SEED.read_text(encoding="utf-8"))["phrase"])
