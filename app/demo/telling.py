"""How any story is told: who does what at which moment, in office minutes (`now`) and moments. Changes nothing."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from .. import clock
from .arrivals import Arrival
from .content import phrases
from .lives import RESIDENT, Deed, Life
from .people import HOME, Crew
from .world import World

RECENT = timedelta(days=45)
DAY_OF = {"register": "signed_on"}
"""What a verb calls the day on which it is done; the others say `on`."""


class Teller:
    """Adds deeds to a life, one after the other in time."""

    def __init__(self, world: World, arrival: Arrival, dice: random.Random) -> None:
        self.world, self.arrival, self.dice = world, arrival, dice
        self.life = Life(arrival.number, arrival.new, arrival.counter)
        self.unit, self.officer = arrival.first, 0
        self.last = arrival.at
        self.now = world.hours.minutes(arrival.at)

    @property
    def crew(self) -> Crew:
        """Who works at the unit where the case is now."""
        return self.world.crew(self.unit)

    def chance(self, share: float) -> bool:
        """Whether it happens this time."""
        return self.dice.random() < share

    def say(self, occasion: str, **words: str) -> str:
        """One of the sentences for an occasion, filled with the case's own names."""
        text = self.dice.choice(phrases()[occasion])
        known = {**self.arrival.filling.words, "unit": self.unit.short_vi, **words}
        return text.format_map(known) if "{" in text else text

    def add(self, at: datetime, verb: str, who: int, **cargo: Any) -> Deed:
        """Somebody does it at a moment, or a little after what came before."""
        at = max(at, self.last + timedelta(seconds=self.dice.randint(20, 90)))
        self.last = at
        self.now = max(self.now, self.world.hours.minutes(at))
        deed = Deed(at, verb, who, cargo)
        self.life.deeds.append(deed)
        return deed

    def office(self, hours: float, verb: str, who: int, spread: float = 0.7, **cargo: Any) -> Deed:
        """An official does it after about so many open hours."""
        self.now += self.dice.lognormvariate(0, spread) * hours * 60 + self.dice.random()
        return self.add(self.world.hours.moment(self.now), verb, who, **cargo)

    def dated(self, hours: float, verb: str, who: int, **cargo: Any) -> Deed:
        """The same for a verb that writes down a day: the day on which it is done."""
        deed = self.office(hours, verb, who, **cargo)
        deed.cargo[DAY_OF.get(verb, "on")] = clock.day_of(deed.at)
        return deed

    def paper(self, hours: float, verb: str, form: str, who: int, texts: Mapping[str, str], spread: float = 0.7,
              **cargo: Any) -> Deed:  # fmt: skip
        """A paper is signed, and with it the verb is done; `cargo` is what the paper carries besides its texts."""
        return self.office(hours, verb, who, spread, form=form, texts=dict(texts), carried=cargo)

    def resident(self, hours: float, verb: str, spread: float = 0.9, **cargo: Any) -> Deed:
        """The resident does it after about so many hours, awake."""
        at = self.last + timedelta(hours=self.dice.lognormvariate(0, spread) * hours)
        hour = clock.local(at).hour
        if not 6 <= hour <= 22:
            at += timedelta(hours=(6 - hour) % 24, minutes=self.dice.randint(5, 100))
        return self.add(at, verb, RESIDENT, **cargo)

    def wait_until(self, at: datetime) -> None:
        """Nothing happens at the office until then."""
        self.now = max(self.now, self.world.hours.minutes(at))

    def early(self, at: datetime) -> datetime:
        """Before the doors open on that day, when the system does its round."""
        return clock.start_of(clock.day_of(at)) + timedelta(hours=6, minutes=10, seconds=self.dice.randint(0, 50))

    def is_recent(self) -> bool:
        """Whether it came in the last weeks before the seed ends."""
        return self.world.end - self.arrival.at < RECENT

    def forgotten(self, share: float) -> bool:
        """Of the recent ones a few lie where they are: nobody has looked, or nobody goes on."""
        return self.chance(share) and self.is_recent()

    def is_on_stage(self) -> bool:
        """The recent cases of the unit whose desk visitors sit at: more of them wait for the resident."""
        return self.unit.short_vi == HOME and self.is_recent()
