"""The officials of the demo: a clerk, officers and a head at every unit, and the few who watch over all."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from .. import clock
from ..accounts import actions as officials
from ..accounts.models import Official, Post
from ..accounts.queries import by_account
from ..cases.folding import fold
from ..extensions import db
from ..rules.workflow import THE_SYSTEM, Actor, Role
from ..units.actions import set_setting
from ..units.models import Unit
from ..units.queries import valid_units
from .content import names

HOME = "Xã Trùng Khánh"
"""The unit at whose desk the demo walk takes place."""
WALK = {Role.CLERK: "can-bo-tiep-nhan", Role.OFFICER: "can-bo-xu-ly", Role.HEAD: "lanh-dao"}
ABOVE = {Role.SUPERVISOR: "giam-sat", Role.INSPECTOR: "thanh-tra", Role.REGISTRAR: "giu-so-to-cao",
         Role.ADMINISTRATOR: "quan-tri"}  # fmt: skip
"""Accounts of the walk at the home unit, and of those at the top of the tree."""
WORDS = {Role.CLERK: "tiep-nhan", Role.OFFICER: "xu-ly", Role.HEAD: "lanh-dao"}
TITLES = {
    Role.CLERK: "Công chức tiếp công dân", Role.OFFICER: "Chuyên viên", Role.SUPERVISOR: "Phó Chủ tịch",
    Role.INSPECTOR: "Thanh tra viên chính", Role.REGISTRAR: "Chuyên viên giữ sổ tố cáo",
    Role.ADMINISTRATOR: "Quản trị viên",
}  # fmt: skip
INSPECTORATE = "thanh-tra-tinh"
"""The unit whose people may be named to handle any denunciation (setting inspectorate_unit)."""
HEADS = {"Thanh tra": "Chánh Thanh tra", "Văn phòng": "Chánh Văn phòng", "Ban": "Trưởng ban", "Sở": "Giám đốc Sở"}
"""What the head of a unit is called, by how its name begins; a People's Committee has a chairman."""


@dataclass
class Crew:
    """Who works at one unit."""

    clerk: int = 0
    head: int = 0
    officers: list[int] = field(default_factory=list)


@dataclass
class Staff:
    """Everybody in office: crews by unit id, and each official as the rules see them."""

    crews: dict[int, Crew]
    actors: dict[int, Actor]
    officials: dict[int, Official]
    registrar: int = 0
    """Who keeps the sealed register at the top."""


def appoint(dice: random.Random, hashes: dict[str, str], now: datetime) -> None:
    """Create all officials; `hashes` holds a password hash for each account of the walk and, under '', for the rest."""
    units = valid_units(clock.day_of(now))
    home = home_of(units)
    for unit in units:
        for role, number in _crew(dice):
            account = _account(unit, role, number)
            if unit is home and number == 1:
                account = WALK[role]
            _create(account, unit, role, dice, hashes, now)
    top = next(unit for unit in units if unit.parent_id is None)
    for role, account in ABOVE.items():
        _create(account, top, role, dice, hashes, now)
    _second_posts(dice, units, now)
    if any(unit.code == INSPECTORATE for unit in units):
        set_setting("inspectorate_unit", None, INSPECTORATE, _administrator(now), now)


def _administrator(now: datetime) -> Actor:
    official = by_account(ABOVE[Role.ADMINISTRATOR])
    assert official is not None, "just appointed"
    return official.actor(clock.day_of(now))


def home_of(units: list[Unit]) -> Unit:
    """The unit of the walk; the first commune where there is no Trùng Khánh, else the first unit."""
    return next((u for u in units if u.short_vi == HOME), None) or next((u for u in units if u.is_area), units[0])


def _crew(dice: random.Random) -> list[tuple[Role, int]]:
    officers = [(Role.OFFICER, number) for number in range(1, dice.randint(2, 4) + 1)]
    return [(Role.CLERK, 1), *officers, (Role.HEAD, 1)]


def _account(unit: Unit, role: Role, number: int) -> str:
    place = re.sub(r"\s+", "-", fold(unit.short_vi))
    return f"{place}.{WORDS[role]}" + (f"-{number}" if role == Role.OFFICER else "")


def _create(account: str, unit: Unit, role: Role, dice: random.Random, hashes: dict[str, str], now: datetime) -> None:
    name, _is_woman = names().person(dice)
    official = officials.create(account, name, unit, role, hashes.get(account, hashes[""]), THE_SYSTEM, now,
                                title=_title(unit, role), email=f"{account}@example.vn")  # fmt: skip
    # A demo password is random and stands in a file of the owner's; asking for a new one would only be in the way.
    official.must_change_password = False


def _title(unit: Unit, role: Role) -> str:
    if role != Role.HEAD:
        return TITLES[role]
    if unit.is_area or unit.parent_id is None:
        return "Chủ tịch"
    return next((title for start, title in HEADS.items() if unit.short_vi.startswith(start)), "Giám đốc")


def _second_posts(dice: random.Random, units: list[Unit], now: datetime) -> None:
    """Some officials serve two communes: an officer lent to a neighbour, a clerk for two counters."""
    areas = [unit for unit in units if unit.is_area]
    pairs = list(zip(areas[::2], areas[1::2], strict=False))
    for number, (first, second) in enumerate(dice.sample(pairs, min(9, len(pairs)))):
        role = Role.CLERK if number % 3 == 0 else Role.OFFICER
        official = _first_with(first, role)
        officials.begin_post(official, second, role, THE_SYSTEM, now)


def _first_with(unit: Unit, role: Role) -> Official:
    statement = select(Official).join(Post).where(Post.unit_id == unit.id, Post.role == str(role)).order_by(Official.id)
    return db.session.scalars(statement.limit(1)).one()


def in_office(now: datetime) -> Staff:
    """Everybody in office at a moment, however they came there."""
    day = clock.day_of(now)
    people = {o.id: o for o in db.session.scalars(select(Official).where(Official.is_disabled.is_(False)))}
    crews: dict[int, Crew] = {}
    for official in people.values():
        for post in official.posts_on(day):
            crew = crews.setdefault(post.unit_id, Crew())
            _place(crew, Role(post.role), official.id)
    registrar = next((o.id for o in people.values() if o.account == ABOVE[Role.REGISTRAR]), 0)
    return Staff(crews, {o.id: o.actor(day) for o in people.values()}, people, registrar)


def _place(crew: Crew, role: Role, official_id: int) -> None:
    if role == Role.OFFICER:
        crew.officers.append(official_id)
    elif role == Role.CLERK:
        crew.clerk = crew.clerk or official_id
    elif role == Role.HEAD:
        crew.head = crew.head or official_id
