"""Numbers of official papers, after Decree 30/2020/NĐ-CP: running number / kind of paper - who issues it.

A decision is `126/QĐ-UBND`, a letter `125/UBND-TL` (TL: trả lời, an answer); a department puts the initials of its
name, `7/SXD-TL`. Numbers run within a unit, a year and a kind of paper, and begin again each year.
"""

from __future__ import annotations

from datetime import date

from ..units.models import Unit
from ..units.queries import next_number

COMMITTEE = "Ủy ban nhân dân"
LINKING = {"và", "của", "các"}
"""Words that no abbreviation keeps."""
LETTER = "TL"
"""A letter names no kind of paper (Decree 30/2020, annex I): its issuer comes first."""
DOTTED = "……"
"""Stands for the number on a draft."""


def take_number(unit: Unit, day: date, kind: str) -> str:
    """The next number of a unit for a kind of paper; free again if the transaction fails, so there is no gap."""
    return number_of(str(next_number(f"document:{unit.id}:{day.year}:{kind}")), unit, kind)


def number_of(count: str, unit: Unit, kind: str) -> str:
    """A paper's number as it is written."""
    issuer = initials(unit)
    return f"{count}/{issuer}-{kind}" if kind == LETTER else f"{count}/{kind}-{issuer}"


def initials(unit: Unit) -> str:
    """UBND for a People's Committee, else the first letters of the unit's short name: Sở Xây dựng, SXD."""
    if unit.is_area or unit.name_vi.startswith(COMMITTEE):
        return "UBND"
    words = [word for word in unit.short_vi.replace(",", " ").split() if word.lower() not in LINKING]
    return "".join(word[0] for word in words).upper()


def office_of(title: str) -> str:
    """The office alone, as a signature names it: "Chủ tịch Ủy ban nhân dân xã" signs as "Chủ tịch"."""
    for body in (" Ủy ban nhân dân", " UBND", " Sở ", " Ban ", " Công an "):
        title = title.partition(body)[0]
    return title.strip()


def place_of(unit: Unit, language: str) -> str:
    """The place name in the date line: the commune's own name, for others the top government's (Decree 30/2020)."""
    short = str(getattr(unit if unit.is_area or unit.parent is None else _top(unit), f"short_{language}"))
    for kind in ("Xã ", "Phường ", "Tỉnh ", "Thành phố "):
        short = short.removeprefix(kind)
    for kind in (" Commune", " Ward", " Province", " City"):
        short = short.removesuffix(kind)
    return short


def _top(unit: Unit) -> Unit:
    while unit.parent is not None:
        unit = unit.parent
    return unit
