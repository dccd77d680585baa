"""Who writes when, from where, about what: the stream of petitions into the province."""

from __future__ import annotations

import random
import tomllib
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from .. import clock
from ..cases.actions import NewCase
from ..cases.folding import nfc
from ..rules.workflow import Kind
from .content import HERE, LOCAL, Filling, Situation, Titles, mail_name, names, phrases
from .world import Spot, Subject, World

WEEK = (1.2, 1.1, 1.05, 1.05, 1.0, 0.55, 0.5)
"""How much people write on each day of the week."""
HOURS = (1, 0, 0, 0, 0, 2, 5, 10, 14, 13, 11, 6, 5, 8, 11, 11, 9, 6, 6, 11, 15, 13, 7, 3)
"""How much they write in each hour: in the office's hours, and again in the evening at home."""
UNFIT, TWIN, MISLED, AT_COUNTER = 0.025, 0.02, 0.05, 0.16
"""Shares of petitions that are refused, come twice, name the wrong unit, are made at a counter."""
SAME_PLACE = 50
"""After how many petitions of a place the same thing may happen there again."""
REMEMBERED = 6
"""How many recent petitions of a place may still find their twin."""


@dataclass
class Arrival:
    """A petition as it comes in, with what the storyteller knows of it besides."""

    number: int
    at: datetime
    new: NewCase
    situation: Situation
    filling: Filling
    first: Spot
    target: Spot
    """Where it comes first, and the unit that ought to answer it."""
    counter: Spot | None = None
    twin_of: int | None = None
    refusal: tuple[str, str] | None = None
    competent: str = ""
    """Refused as not ours: the body outside this house that is competent."""
    can_pass_on: bool = False
    """Whether the office may forward it there itself."""


def moments(start: datetime, end: datetime, count: int, dice: random.Random) -> list[datetime]:
    """When petitions come: more from month to month as the site becomes known, by weekday and hour."""
    days = _days(start, end)
    last = len(days) - 1
    weights = [(0.55 + 0.45 * n / max(last, 1)) * WEEK[day.weekday()] for n, day in enumerate(days)]
    found: list[datetime] = []
    while len(found) < count:
        for day in dice.choices(days, weights, k=count - len(found)):
            hour = dice.choices(range(24), HOURS)[0]
            moment = clock.start_of(day) + timedelta(hours=hour, seconds=dice.randrange(3600))
            if start <= moment <= end:
                found.append(moment)
    return sorted(found)


def _days(start: datetime, end: datetime) -> list[date]:
    first, last = clock.day_of(start), clock.day_of(end)
    return [first + timedelta(n) for n in range((last - first).days + 1)]


class Stream:
    """Petitions one after the other, each with its own words."""

    def __init__(self, world: World, dice: random.Random, titles: Titles | None = None) -> None:
        self.world, self.dice = world, dice
        self._titles = titles or Titles()
        self._deck: list[Spot] = []
        self._recent: dict[int, deque[Arrival]] = {}
        self._told_here: dict[int, deque[str]] = {}

    def arrivals(self, when: list[datetime]) -> Iterator[Arrival]:
        """One petition for each moment, numbered from 1."""
        for number, at in enumerate(when, 1):
            commune = self._commune()
            kind_of_day = self.dice.random()
            if kind_of_day < UNFIT:
                yield self._unfit(number, at, commune)
            elif kind_of_day < UNFIT + TWIN and self._recent.get(commune.id):
                yield self._twin(number, at, commune)
            else:
                yield self._ordinary(number, at, commune)

    def forget(self, arrival: Arrival) -> None:
        """It will be withdrawn: nobody's petition is joined to it."""
        recent = self._recent.get(self.world.by_code[arrival.new.commune_code].id)
        if recent and recent[-1] is arrival:
            recent.pop()

    def _commune(self) -> Spot:
        """Where the next one comes from: dealt from a deck, so that busy places are busy in every seed."""
        if not self._deck:
            self._deck = [spot for spot, weight in zip(self.world.areas, self.world.weights, strict=True)
                          for _card in range(weight)]  # fmt: skip
            self.dice.shuffle(self._deck)
        return self._deck.pop()

    def _ordinary(self, number: int, at: datetime, commune: Spot) -> Arrival:
        arrival = self.told(number, at, commune, self._situation(commune))
        situation = arrival.situation
        if situation.kind == Kind.FEEDBACK and arrival.first is arrival.target and not arrival.counter:
            self._recent.setdefault(commune.id, deque(maxlen=REMEMBERED)).append(arrival)
        return arrival

    def _situation(self, commune: Spot) -> Situation:
        """Something that did not just happen in the same place."""
        told = self._told_here.setdefault(commune.id, deque(maxlen=SAME_PLACE))
        for _try in range(8):
            situation = self.dice.choices(self.world.situations, self.world.situation_weights)[0]
            if situation.title not in told:
                break
        told.append(situation.title)
        return situation

    def _unfit(self, number: int, at: datetime, commune: Spot) -> Arrival:
        entry = self.dice.choice([e for e in _unfit_entries() if e["category"] in self.world.subjects] or [{}])
        if not entry:
            return self._ordinary(number, at, commune)
        situation = Situation(entry["category"], Kind.FEEDBACK, LOCAL, entry["title"], entry["body"], "{hamlet}",
                              "", "", "", "", (), ())  # fmt: skip
        arrival = self.told(number, at, commune, situation)
        arrival.target, arrival.refusal = arrival.first, (entry["ground"], entry["reason"])
        arrival.competent, arrival.can_pass_on = entry.get("competent", ""), "passes_on" in entry
        return arrival

    def _twin(self, number: int, at: datetime, commune: Spot) -> Arrival:
        """A neighbour writes about the same thing in nearly the same words."""
        first = self.dice.choice(self._recent[commune.id])
        arrival = self.told(number, at, commune, first.situation)
        begins, says = self.dice.choice(phrases()["same_again"]), self.dice.choice(phrases()["same_body"])
        title = f"{begins}{first.new.title[:1].lower()}{first.new.title[1:]}"
        if title in self._titles.taken or len(title) > 200:
            return arrival
        self._titles.taken.add(title)
        arrival.counter = None
        arrival.new = replace(arrival.new, title=title, body=f"{says} {first.new.body}", place=first.new.place,
                              channel="web", wanted_unit_code=first.new.wanted_unit_code)  # fmt: skip
        arrival.first = arrival.target = first.first
        arrival.twin_of = first.number
        return arrival

    def told(self, number: int, at: datetime, commune: Spot, situation: Situation) -> Arrival:
        """A situation as it happened to one resident of a commune."""
        world, dice = self.world, self.dice
        filling, title = self._titles.fill(situation, world.place(commune), clock.day_of(at), dice)
        subject = world.subjects[situation.category]
        target = commune if situation.level == LOCAL else world.by_code.get(situation.level, commune)
        counter, at = self._door(commune, at)
        wanted = None if counter else self._wanted(subject, commune, target)
        first = world.lands_at(subject, commune, counter or wanted)
        channel = dice.choices(("counter", "phone", "letter"), (6, 3, 1))[0] if counter else "web"
        more = self._complaint(situation, filling, at) if situation.kind == Kind.COMPLAINT else {}
        new = NewCase(
            Kind(situation.kind), title, filling(situation.body), situation.category, commune.code,
            wanted.code if wanted else "", filling(situation.place), channel=channel,
            is_public=situation.kind == Kind.FEEDBACK and dice.random() < 0.4,
            **self._point(commune), **more,
        )  # fmt: skip
        new = replace(new, **self._sender(number, filling, situation.kind))
        return Arrival(number, at, new, situation, filling, first, target, counter)

    def _door(self, commune: Spot, at: datetime) -> tuple[Spot | None, datetime]:
        """The counter, if it is made there, and when: a counter is open in office hours only."""
        if self.dice.random() > AT_COUNTER or not self.world.crew(commune).clerk:
            return None, at
        opens = self.world.hours.moment(self.world.hours.minutes(at) + self.dice.uniform(0, 60))
        return (commune, opens) if opens <= self.world.end else (None, at)

    def _wanted(self, subject: Subject, commune: Spot, target: Spot) -> Spot | None:
        """Which unit the resident names: mostly none, else the right one where that is not first, rarely a wrong."""
        if self.dice.random() < MISLED:
            return self.dice.choice(self.world.areas)
        lands = self.world.lands_at(subject, commune, None)
        return target if lands is not target and self.dice.random() < 0.55 else None

    def _point(self, commune: Spot) -> dict[str, Any]:
        if commune.latitude is None or commune.longitude is None or self.dice.random() > 0.3:
            return {}
        return {"latitude": round(commune.latitude + self.dice.uniform(-0.03, 0.03), 5),
                "longitude": round(commune.longitude + self.dice.uniform(-0.03, 0.03), 5)}  # fmt: skip

    def _sender(self, number: int, filling: Filling, kind: str) -> dict[str, Any]:
        """Who writes: numbers that belong to nobody, addresses at the domain kept for examples."""
        name, _is_woman = names().person(self.dice)
        has_phone, has_mail = self.dice.random() < 0.8, self.dice.random() < 0.28
        home = f"{filling.words['Hamlet']}, {filling.words['commune']}"
        return {
            "name": name, "phone": f"0900 000 {self.dice.randrange(1000):03d}" if has_phone else "",
            "email": mail_name(name, number) if has_mail else "",
            "address": home if kind == Kind.COMPLAINT or self.dice.random() < 0.3 else "",
        }  # fmt: skip

    def _complaint(self, situation: Situation, filling: Filling, at: datetime) -> dict[str, Any]:
        known = min(filling.past_on + timedelta(days=self.dice.randint(0, 6)), clock.day_of(at))
        return {"against": filling.legal(situation.against), "known_on": known, "request": filling(situation.request)}


@cache
def _unfit_entries() -> tuple[dict[str, str], ...]:
    """Petitions an office does not take, with the ground and reason it gives."""
    raw = tomllib.loads((HERE / "unfit.toml").read_text(encoding="utf-8"))["unfit"]
    return tuple({key: nfc(value) for key, value in entry.items()} for entry in raw)
