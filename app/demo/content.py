"""The written material of the demo: situations, names, phrases; and how a situation becomes one resident's own case."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from ..cases.folding import fold, nfc

HERE = Path(__file__).parent
LOCAL = "commune"
"""A situation's level when the commune itself answers; otherwise the code of the unit that does."""
PARTS = ("", "đầu ", "cuối ", "giữa ", "phía trên ", "phía dưới ", "gần ", "lối vào ")
"""Where in a hamlet, when its name alone would make two cases read alike."""
TRIES = 16
"""How often a title is made up anew before it is numbered."""


@dataclass(frozen=True)
class Situation:
    """Something that happens: what a resident writes, what is asked, replied, answered. Texts have placeholders."""

    category: str
    kind: str
    level: str
    title: str
    body: str
    place: str
    question: str
    reply: str
    answer: str
    outcome: str
    good: tuple[str, ...]
    bad: tuple[str, ...]
    against: str = ""
    request: str = ""


@dataclass(frozen=True)
class Names:
    """What people, hamlets, roads and schools are called here."""

    hamlets: tuple[str, ...]
    family_names: tuple[str, ...]
    middle_male: tuple[str, ...]
    given_male: tuple[str, ...]
    middle_female: tuple[str, ...]
    given_female: tuple[str, ...]
    roads: tuple[str, ...]
    schools: tuple[str, ...]

    def person(self, dice: random.Random) -> tuple[str, bool]:
        """A full name, and whether it is a woman's."""
        is_woman = dice.random() < 0.48
        middles, givens = (self.middle_female, self.given_female) if is_woman else (self.middle_male, self.given_male)
        return f"{dice.choice(self.family_names)} {dice.choice(middles)} {dice.choice(givens)}", is_woman


@cache
def situations() -> tuple[Situation, ...]:
    """All situations, by file and place in the file."""
    found = []
    for path in sorted((HERE / "situations").glob("*.toml")):
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["situation"]:
            found.append(Situation(**{key: _composed(value) for key, value in entry.items()}))
    return tuple(found)


@cache
def names() -> Names:
    """The names of this province."""
    lists = tomllib.loads((HERE / "names.toml").read_text(encoding="utf-8"))
    return Names(**{key: _composed(lists[key]) for key in Names.__dataclass_fields__})


@cache
def phrases() -> Mapping[str, tuple[str, ...]]:
    """What officials and residents say besides, by occasion."""
    lists = tomllib.loads((HERE / "phrases.toml").read_text(encoding="utf-8"))
    return {key: _composed(value) for key, value in lists.items()}


def _composed(value: Any) -> Any:
    """Texts as the office keeps them: composed letters, no space around, lists fixed."""
    return nfc(value).strip() if isinstance(value, str) else tuple(nfc(item).strip() for item in value)


@dataclass
class Place:
    """A commune as its people know it: its hamlets, roads and schools, the same in every case that comes from there."""

    short: str
    hamlets: list[str]
    roads: list[str]
    schools: list[str]

    @classmethod
    def of(cls, code: str, short_vi: str) -> Place:
        """The same code always gives the same place."""
        dice, known = random.Random(f"place:{code}"), names()
        hamlets = dice.sample(known.hamlets, 12)
        own = [f"đường liên xóm {a} – {b}" for a, b in zip(hamlets[::2], hamlets[1::2], strict=True)]
        provincial = [road for road in known.roads if road.startswith("tỉnh lộ")]
        return cls(short_vi[:1].lower() + short_vi[1:], hamlets, own + dice.sample(provincial, 2),
                   dice.sample(known.schools, 4))  # fmt: skip


@dataclass
class Filling:
    """One resident's own numbers, dates and names, the same in every text of a case."""

    words: dict[str, str]
    past_on: date

    def __call__(self, text: str) -> str:
        """The text with its placeholders filled and a capital first."""
        filled = text.format_map(self.words) if "{" in text else text
        return filled[:1].upper() + filled[1:]

    def legal(self, text: str) -> str:
        """The same for the name of a decision, whose date is written out with its year."""
        return text.format_map({**self.words, "past_date": f"{self.past_on:%d/%m/%Y}"})


def filling(place: Place, on: date, dice: random.Random, part: str = "") -> Filling:
    """Make up what a resident of this place would say on that day."""
    past_on = on - timedelta(days=dice.randint(3, 24))
    name, is_woman = names().person(dice)
    hamlet = f"{part}xóm {dice.choice(place.hamlets)}"
    return Filling({
        "hamlet": hamlet, "Hamlet": hamlet[:1].upper() + hamlet[1:], "commune": place.short,
        "road": dice.choice(place.roads), "school": dice.choice(place.schools),
        "family": f"nhà {'bà' if is_woman else 'ông'} {name}", "past_date": f"{past_on.day}/{past_on.month}",
        "n": str(dice.randint(6, 38)), "m": str(dice.randint(6, 48) * 10), "weeks": str(dice.randint(2, 7)),
    }, past_on)  # fmt: skip


@dataclass
class Titles:
    """The titles given out so far, so that no two cases of a seed read alike."""

    taken: set[str] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)

    def fill(self, situation: Situation, place: Place, on: date, dice: random.Random) -> tuple[Filling, str]:
        """A filling and its title, which is new: the hamlet is said more exactly where need be, at last numbered."""
        for attempt in range(TRIES):
            made = filling(place, on, dice, "" if attempt < 4 else dice.choice(PARTS))
            title = made(situation.title)
            if title not in self.taken:
                break
        else:
            count = self.counts[title] = self.counts.get(title, 1) + 1
            title = f"{title} (lần {count})"
        self.taken.add(title)
        return made, title


def mail_name(name: str, number: int) -> str:
    """A mail address nobody has: name without diacritics at the domain kept for examples."""
    parts = fold(name).split()
    return f"{parts[-1]}.{parts[0]}{number}@example.vn"
