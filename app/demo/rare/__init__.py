"""What comes seldom: second complaints, denunciations, parts of other units, mixed letters, papers half way.

Told apart from the common lives, so that the fast way (demo.bulk) need not know it; they are among the cases asked for.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from ..arrivals import Stream
from ..content import Titles
from ..lives import Life
from ..world import World
from .appeals import appeals
from .desk import on_the_desk
from .joint import joint
from .mixed import mixed
from .sealed import sealed

WHOLE = 2000
"""For a demo of so many cases the counts below are meant; a smaller one has fewer."""
LEAST = 100
"""Below this nothing rare happens."""


def tales(world: World, count: int, dice: random.Random) -> Callable[[Titles], list[Life]] | None:
    """Who tells the rare lives of a demo of `count` cases; None where there are too few for anything rare."""
    if count < LEAST:
        return None
    return lambda titles: _told(world, count, Stream(world, dice, titles))


def _told(world: World, count: int, stream: Stream) -> list[Life]:
    share = min(1.0, count / WHOLE)

    def some(whole: int, least: int) -> int:
        return max(least, round(whole * share))

    lives: list[Life] = []
    number = count  # the common lives are numbered below
    for telling, how_many in ((appeals, some(9, 2)), (joint, some(44, 8)), (mixed, some(14, 2)), (on_the_desk, 6),
                              (sealed, 8)):  # fmt: skip
        made = telling(stream, how_many, number)
        lives += made
        number += len(made)
    return [life for life in lives if life.deeds[0].at <= world.end]
