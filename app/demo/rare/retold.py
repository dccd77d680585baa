"""Arrivals made to order, and lives told again until one fits."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from ...rules.workflow import Kind
from ..arrivals import Arrival, Stream
from ..content import LOCAL, Situation
from ..lives import Life
from ..people import HOME
from ..world import Spot, World

TRIES = 40


def some_day(world: World, dice: random.Random, youngest: float, oldest: float) -> datetime:
    """A moment so many days before the end, while doors are open."""
    at = world.end - timedelta(days=dice.uniform(youngest, oldest))
    return world.hours.moment(world.hours.minutes(at) + dice.uniform(0, 200))


def home(world: World) -> Spot:
    """The commune of the demo walk, or the first."""
    return next((spot for spot in world.areas if spot.short_vi == HOME), world.areas[0])


def arrival(stream: Stream, number: int, at: datetime, commune: Spot, kind: Kind, outcomes: tuple[str, ...] = (),
            target: Spot | None = None) -> Arrival:  # fmt: skip
    """Something of this kind that happened in a commune and goes to it, or to `target`, without a detour."""
    found = stream.told(number, at, commune, _situation(stream, kind, outcomes))
    found.counter = None
    found.at = at
    found.first = found.target = commune if target is None else target
    found.new = replace(found.new, channel="web", wanted_unit_code=found.first.code)
    return found


def _situation(stream: Stream, kind: Kind, outcomes: tuple[str, ...]) -> Situation:
    fitting = [s for s in stream.world.situations if s.kind == kind and s.level == LOCAL
               and (not outcomes or s.outcome in outcomes)]  # fmt: skip
    return stream.dice.choice(fitting)


def until_it_fits(tell: Callable[[], Life], fits: Callable[[Life], bool]) -> Life | None:
    """Tell it again until it is the life that was wanted; None where it never is."""
    for _time in range(TRIES):
        life = tell()
        if life.deeds and fits(life):
            return life
    return None


def has(life: Life, *verbs: str) -> bool:
    """Whether all of these happen in a life."""
    return set(verbs) <= {deed.verb for deed in life.deeds}
