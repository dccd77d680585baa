"""People are heard: receptions, requests for a dialogue, sessions, and what was promised there, in the demo's months.

Told apart from the lives of petitions, each as a tale that goes on when its moment has come, through the real verbs and
in the one line of time. Cases that come of it are among those asked for. The fast way (demo.bulk) knows none of this.
"""

from __future__ import annotations

from collections.abc import Callable

from ..world import World
from .agenda import Agenda
from .calendars import calendars
from .calls import voters_ask
from .hand import Hand
from .requests import requests
from .sessions import sessions

WHOLE = 2000
"""For a demo of so many cases the counts are meant; a smaller one has fewer."""
LEAST = 100
"""Below this nobody is heard: too few cases for anything but themselves."""
VISITED, LEAST_VISITED = 14, 3
"""Cases that come of receptions, at most and at least."""


def heard(world: World, count: int, seed_number: int, secret: str, came: Callable[[int], None]) -> tuple[Agenda, int]:
    """What will happen besides petitions in a demo of `count` cases, and how many of these come of it.

    `came` is told of each such case.
    """
    agenda = Agenda(world.end)
    if count < LEAST:
        return agenda, 0
    share = min(1.0, count / WHOLE)
    hand = Hand(world, agenda, share, seed_number, secret, came)
    hand.cases_left = hand.cases_of_visits = max(LEAST_VISITED, round(VISITED * share))
    calendars(hand)
    voters_ask(hand)
    return agenda, sessions(hand) + requests(hand) + hand.cases_of_visits
