"""One line of time for all cases: whatever happens next anywhere in the province comes next."""

from __future__ import annotations

import heapq
import random
from collections.abc import Iterator
from datetime import datetime

from .arrivals import Stream, moments
from .lives import Deed, Life
from .story import Story
from .world import World


def deeds(world: World, count: int, dice: random.Random) -> Iterator[tuple[Life, Deed]]:
    """Every deed of `count` cases in the order of time, up to the end of the seed; the journal only runs forward."""
    when = moments(world.start, world.end, count, dice)
    coming = Stream(world, dice).arrivals(when)
    waiting: list[tuple[datetime, int, int, Life]] = []
    for at in [*when, world.end]:
        yield from _until(at, waiting, world.end)
        arrival = next(coming, None)
        if arrival is not None:
            life = Story(world, arrival, dice).tell()
            heapq.heappush(waiting, (life.deeds[0].at, life.number, 0, life))
    yield from _until(world.end, waiting, world.end)


def _until(at: datetime, waiting: list[tuple[datetime, int, int, Life]], end: datetime) -> Iterator[tuple[Life, Deed]]:
    while waiting and waiting[0][0] <= min(at, end):
        _at, number, place, life = heapq.heappop(waiting)
        yield life, life.deeds[place]
        if place + 1 < len(life.deeds):
            heapq.heappush(waiting, (life.deeds[place + 1].at, number, place + 1, life))
