"""How many requests are in hand at once: a bounded queue before each lane, and beyond it 503 within a moment.

Whoever only reads does not wait for writers, and writers do not wait for a crowd at the sign-in door, where every
password costs a quarter of a second of arithmetic: three lanes, each with so many at work and so many waiting.
Health is asked past all lanes. The server needs a thread for each request that may be in hand, and a few to say no.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from .meters import BUSY, IN_HAND
from .turns import PATIENCE

REFUSED = "gan_dan.refused"
"""In the WSGI environment of a request that found no place: a page says when to try again (errors.busy)."""
SPARE = 16
"""Threads beyond all lanes: for health, and for saying no at once."""
PAST_ALL = ("/healthz", "/readyz")
HASHING = ("/sign-in",)
"""Doors where passwords are hashed."""


@dataclass(frozen=True)
class Lane:
    """How many requests are at work at once, how many may wait, and for how many seconds."""

    name: str
    at_work: int
    waiting: int
    patience: float


LANES = (Lane("read", 8, 48, PATIENCE), Lane("write", 8, 64, PATIENCE), Lane("door", 6, 104, 20.0))
"""At the door six, of whom four hash (accounts/passwords.py); a hundred officials may come at eight in the morning."""


def threads(lanes: Iterable[Lane] = LANES) -> int:
    """How many threads the server needs so that a request is either in a lane or refused, and none lies unseen."""
    return sum(lane.at_work + lane.waiting for lane in lanes) + SPARE


class Places:
    """The places of one lane; first come, first served."""

    def __init__(self, lane: Lane) -> None:
        self.lane = lane
        self._guard = threading.Lock()
        self._free = lane.at_work
        self._queue: deque[threading.Event] = deque()
        self._waiting = IN_HAND.labels(lane.name, "waiting")
        self._at_work = IN_HAND.labels(lane.name, "at_work")

    def take(self) -> bool:
        """Get a place, after a wait if need be; False where too many wait already, or the wait grew too long."""
        mine = threading.Event()
        with self._guard:
            if self._free and not self._queue:
                self._free -= 1
                self._at_work.inc()
                return True
            if len(self._queue) >= self.lane.waiting:
                return False
            self._queue.append(mine)
            self._waiting.inc()
        return self._wait(mine)

    def _wait(self, mine: threading.Event) -> bool:
        came = mine.wait(self.lane.patience)
        with self._guard:
            self._waiting.dec()
            if not came and not mine.is_set():
                self._queue.remove(mine)
                return False
            self._at_work.inc()
            return True

    def give(self) -> None:
        """Hand the place to whoever has waited longest."""
        with self._guard:
            self._at_work.dec()
            if self._queue:
                self._queue.popleft().set()
            else:
                self._free += 1


class Overload:
    """The WSGI doorkeeper around the whole app."""

    def __init__(self, app: Callable[..., Any], lanes: Iterable[Lane] = LANES) -> None:
        self.app = app
        self.places = {lane.name: Places(lane) for lane in lanes}

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Pass the request on with its place, or marked as refused."""
        path = environ.get("PATH_INFO", "")
        if path in PAST_ALL:
            return self.app(environ, start_response)  # type: ignore[no-any-return]
        places = self.places[lane_of(environ.get("REQUEST_METHOD", "GET"), path)]
        if not places.take():
            BUSY.labels("overload").inc()
            environ[REFUSED] = True
            return self.app(environ, start_response)  # type: ignore[no-any-return]
        try:
            return self.app(environ, start_response)  # type: ignore[no-any-return]
        finally:
            places.give()  # the page is made; what is left is handing it out, which takes no place


def lane_of(method: str, path: str) -> str:
    """Which lane a request goes by."""
    if method in ("GET", "HEAD", "OPTIONS"):
        return "read"
    return "door" if path in HASHING else "write"
