"""Who issues a paper: the unit and the body above it, the place, who signs and in whose name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from .. import clock
from ..accounts.models import Official
from ..accounts.queries import holders
from ..extensions import db
from ..rules.visibility import posts_at
from ..rules.workflow import Actor, Role
from ..units.models import Unit
from ..units.queries import root
from .numbering import COMMITTEE, office_of, place_of


@dataclass(frozen=True)
class Issuer:
    """What the head and the foot of a paper say of who issues it; names in both languages as (vi, en)."""

    unit: tuple[str, str]
    above: tuple[str, str]
    """The body directly above, printed over the unit's name; empty for a People's Committee (Decree 30/2020)."""
    place: tuple[str, str]
    signed_on: date
    signed_at: str
    """The moment of signing as the town writes it, e.g. 15:42 26/11/2026."""
    signer: str
    office: str
    deputises: str = ""
    """The office of the head in whose name a deputy signs, for the line "KT."."""

    @property
    def authority(self) -> str:
        """Who decides, as a decision's head names it: Chủ tịch Ủy ban nhân dân xã, Trưởng ban Tiếp công dân."""
        office, unit = self.deputises or self.office, self.unit[0]
        first, _space, rest = unit.partition(" ")
        return f"{office} {rest if rest and office.lower().endswith(' ' + first.lower()) else unit}"


def issued_by(unit: Unit, acting: Actor, now: datetime) -> Issuer:
    """The issuer when `acting` signs; with the head in whose name a deputy does."""
    signer, head = _person(acting.official_id), _person(acting.in_name_of)
    return _issuer(unit, now, signer.name if signer else acting.name, signer, head)


def to_be_issued_by(unit: Unit, acting: Actor, now: datetime) -> Issuer:
    """The issuer of a draft: whoever looks at it if they may sign, else the unit's head, else nobody yet."""
    signs = next(iter(posts_at(acting, (Role.HEAD,), unit.id)), None)
    heads = holders(unit.id, [Role.HEAD], clock.day_of(now))
    signer = _person(acting.official_id) if signs else (heads[0] if heads else None)
    return _issuer(unit, now, signer.name if signer else "", signer, _person(signs.in_name_of) if signs else None)


def _issuer(unit: Unit, now: datetime, name: str, signer: Official | None, head: Official | None) -> Issuer:
    local = clock.local(now)
    top = root()
    has_above = not (unit.is_area or unit.parent_id is None or top is None)
    office = office_of(signer.title) if signer else ""
    return Issuer(
        unit=(unit.name_vi, unit.name_en), place=(place_of(unit, "vi"), place_of(unit, "en")),
        above=(top.name_vi, top.name_en) if has_above and top is not None else ("", ""),
        signed_on=local.date(), signed_at=f"{local:%H:%M %d/%m/%Y}", signer=name,
        office=office or ("" if head else _usual_office(unit)),
        deputises=(office_of(head.title) or _usual_office(unit)) if head else "",
    )  # fmt: skip


def _usual_office(unit: Unit) -> str:
    """What the head of such a unit is called, where nobody entered a title."""
    if unit.is_area or unit.name_vi.startswith(COMMITTEE):
        return "Chủ tịch"
    return "Giám đốc" if unit.name_vi.startswith("Sở ") else "Thủ trưởng"


def _person(official_id: int | None) -> Official | None:
    return db.session.get(Official, official_id) if official_id is not None else None
