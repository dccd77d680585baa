"""Numbers of official papers, after Decree 30/2020/NĐ-CP: running number / kind of paper - who issues it.

A letter is `125/UBND-TL` (TL: trả lời, an answer), a decision on a complaint `126/QĐ-UBND`; a department puts the
initials of its name, `7/SXD-TL`. Numbers run through all papers of a unit and begin again each year.
"""

from __future__ import annotations

from ..rules.workflow import Kind
from ..units.models import Unit

COMMITTEE = "Ủy ban nhân dân"
LINKING = {"và", "của", "các"}
"""Words that no abbreviation keeps."""


def number_of(count: int, unit: Unit, kind: str) -> str:
    """The number of a paper that answers a case of this kind."""
    issuer = initials(unit)
    return f"{count}/QĐ-{issuer}" if kind == Kind.COMPLAINT else f"{count}/{issuer}-TL"


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
