"""One line of time for all cases: whatever happens next anywhere in the province comes next."""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable, Iterator
from datetime import datetime

from ..rules.workflow import Kind
from .arrivals import Arrival, Stream, moments
from .content import Titles
from .lives import Deed, Life
from .settlement import Settlement
from .story import Story
from .world import World

Tales = Callable[[Titles], list[Life]]


def deeds(world: World, count: int, dice: random.Random, rare: Tales | None = None) -> Iterator[tuple[Life, Deed]]:
    """Every deed of `count` cases in the order of time, up to the end of the seed; the journal only runs forward.

    `rare` tells the lives that come seldom; they are among the `count`, the common ones are the rest.
    """
    titles = Titles()
    told = rare(titles) if rare else []
    when = moments(world.start, world.end, count - len(told), dice)
    stream = Stream(world, dice, titles)
    coming = stream.arrivals(when)
    waiting = [(life.deeds[0].at, life.number, 0, life) for life in told]
    heapq.heapify(waiting)
    for at in [*when, world.end]:
        yield from _until(at, waiting, world.end)
        arrival = next(coming, None)
        if arrival is not None:
            life = story_of(world, arrival, dice).tell()
            if any(deed.verb == "withdraw" for deed in life.deeds):
                stream.forget(arrival)
            heapq.heappush(waiting, (life.deeds[0].at, life.number, 0, life))
    yield from _until(world.end, waiting, world.end)


def story_of(world: World, arrival: Arrival, dice: random.Random) -> Story:
    """Who tells of it, by its kind."""
    return (Settlement if arrival.new.kind == Kind.COMPLAINT else Story)(world, arrival, dice)


def _until(at: datetime, waiting: list[tuple[datetime, int, int, Life]], end: datetime) -> Iterator[tuple[Life, Deed]]:
    while waiting and waiting[0][0] <= min(at, end):
        _at, number, place, life = heapq.heappop(waiting)
        yield life, life.deeds[place]
        if place + 1 < len(life.deeds):
            heapq.heappush(waiting, (life.deeds[place + 1].at, number, place + 1, life))
