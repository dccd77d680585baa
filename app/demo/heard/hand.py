"""What every tale of being heard takes in hand: units, people, days, words."""

from __future__ import annotations

import random
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from ... import clock
from ...accounts.models import Official
from ...cases.folding import nfc
from ...cases.models import Case
from ...cases.receipts import code_of, new_token
from ...dialogues.models import Booking
from ...extensions import db
from ...rules.dialogues import recurrence
from ...rules.workflow import Actor, Role
from ...units.models import Unit
from ..content import PARTS, Filling, filling, mail_name, names
from ..people import HOME
from ..world import BUSY, Spot, World
from .agenda import Agenda, Tale

HERE = Path(__file__).parent


@cache
def words(name: str) -> Mapping[str, Any]:
    """A file of texts, composed."""
    found: Mapping[str, Any] = _composed(tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8")))
    return found


def _composed(value: Any) -> Any:
    if isinstance(value, str):
        return nfc(value).strip()
    if isinstance(value, list):
        return [_composed(item) for item in value]
    return {key: _composed(item) for key, item in value.items()} if isinstance(value, dict) else value


class Hand:
    """Knows the province and lets tales begin."""

    def __init__(self, world: World, agenda: Agenda, share: float, seed_number: int, secret: str,
                 came: Callable[[int], None]) -> None:  # fmt: skip
        self.world, self.agenda, self.share, self.secret, self.came = world, agenda, share, secret, came
        self._seed_number = seed_number
        self._titles: set[str] = set()
        self.cases_left = self.cases_of_visits = 0
        self.fates: Counter[str] = Counter()
        """How often each fate of a promise was dealt."""
        order = sorted(world.areas, key=lambda spot: (spot.short_vi != HOME, spot.short_vi not in BUSY))
        self.areas = order[: max(12, round(len(order) * share))]
        """Communes with receptions: that of the demo walk first, then the busy ones."""

    # -- who and where ------------------------------------------------------------------------------------------

    @property
    def home(self) -> Spot:
        """The commune of the demo walk."""
        return self.areas[0]

    def dice(self, name: str) -> random.Random:
        """Dice of their own for each tale: one more tale leaves the others as they were."""
        return random.Random(f"heard:{self._seed_number}:{name}")

    def unit(self, spot: Spot) -> Unit:
        """The unit's row."""
        return db.session.get_one(Unit, spot.id)

    def spot_of(self, unit_id: int) -> Spot:
        """The unit in plain values."""
        return self.world.spots[unit_id]

    def clerk(self, spot: Spot) -> Actor:
        """Who sits at the counter there."""
        return self.world.staff.actors[self.world.crew(spot).clerk]

    def head(self, spot: Spot) -> Actor:
        """The head of the unit."""
        return self.world.staff.actors[self.world.crew(spot).head]

    def officer(self, spot: Spot) -> Actor:
        """The unit's first officer: all work of being heard there is theirs."""
        return self.world.staff.actors[self.world.crew(spot).officers[0]]

    def official(self, actor: Actor) -> Official:
        """The row of somebody of the house."""
        return db.session.get_one(Official, actor.official_id)

    def is_busy(self, spot: Spot) -> bool:
        """Whether many come there."""
        return spot.short_vi in BUSY

    def called(self, spot: Spot) -> str:
        """The office in the middle of a sentence: UBND xã Trùng Khánh; a department by its name."""
        return f"UBND {spot.short_vi[:1].lower()}{spot.short_vi[1:]}" if spot.is_area else spot.short_vi

    # -- when ---------------------------------------------------------------------------------------------------

    def wall(self, on: date, at: time, minutes: float = 0) -> datetime:
        """The moment of an hour of the town, so many minutes after it."""
        return clock.start_of(on) + timedelta(hours=at.hour, minutes=at.minute + minutes)

    def office(self, now: datetime, hours: float) -> datetime:
        """So many open hours later."""
        return self.world.hours.moment(self.world.hours.minutes(now) + hours * 60)

    def working(self, day: date) -> date:
        """That day or the next on which offices work."""
        return next(recurrence.working_from(day, self.world.rules.calendar))

    def ago(self, days: float) -> date:
        """A working day about so many days before the end of the seed."""
        return self.working(clock.day_of(self.world.end - timedelta(days=days)))

    @property
    def start(self) -> date:
        """The first day on which anything happens."""
        return clock.day_of(self.world.start)

    @property
    def today(self) -> date:
        """The last day of the seed."""
        return clock.day_of(self.world.end)

    # -- words --------------------------------------------------------------------------------------------------

    def filling(self, spot: Spot, on: date, dice: random.Random, part: str = "") -> Filling:
        """A resident's own numbers and names; of a department's visitors, from some commune."""
        place = spot if spot.is_area else dice.choice(self.world.areas)
        return filling(self.world.place(place), on, dice, part)

    def told(self, title: str, spot: Spot, on: date, dice: random.Random, **more: str) -> tuple[Filling, str]:
        """A filling and the title it makes, which nobody used before."""
        for attempt in range(60):
            made = self.filling(spot, on, dice, "" if attempt < 6 else dice.choice(PARTS))
            made.words.update(more)
            text = made(title)
            if text not in self._titles:
                break
        self._titles.add(text)
        return made, text

    def person(self, dice: random.Random, number: int) -> dict[str, Any]:
        """Somebody with a number that belongs to nobody, sometimes an address at the domain kept for examples."""
        name, _is_woman = names().person(dice)
        has_mail = dice.random() < 0.3
        return {"name": name, "phone": f"0900 000 {number % 1000:03d}",
                "email": mail_name(name, number) if has_mail else ""}  # fmt: skip

    def name(self, dice: random.Random) -> str:
        """Somebody's name."""
        return names().person(dice)[0]

    # -- forms --------------------------------------------------------------------------------------------------

    def form(self) -> dict[str, Any]:
        """The token of a form and the code it gives."""
        token = new_token()
        return {"token": token, "code": code_of(token, self.secret)}

    def begin(self, tale: Tale) -> None:
        """Let a tale run."""
        self.agenda.begin(tale)


def resident_of(source: Case | Booking) -> Actor:
    """Who holds the code of a case or a booking."""
    if isinstance(source, Case):
        return Actor(Role.RESIDENT, case_id=source.id)
    return Actor(Role.RESIDENT, booking_id=source.id)
