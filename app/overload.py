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

from . import logs
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


LANES = (Lane("read", 4, 48, PATIENCE), Lane("write", 8, 64, PATIENCE), Lane("door", 6, 104, 20.0))
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
        self.refusal: Refusal | None = None

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Pass the request on with its place, or say that there is none."""
        path, method = environ.get("PATH_INFO", ""), environ.get("REQUEST_METHOD", "GET")
        if path in PAST_ALL:
            return self.app(environ, start_response)  # type: ignore[no-any-return]
        places = self.places[lane_of(method, path)]
        if not places.take():
            return self._refuse(environ, start_response)
        try:
            return self.app(environ, start_response)  # type: ignore[no-any-return]
        finally:
            places.give()  # the page is made; what is left is handing it out, which takes no place

    def _refuse(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """The page that says when to come back. Made by the app for whoever sent something, because it gives that
        back; for all who only read it is one page, made once: a crowd that is told no must cost nearly nothing."""
        BUSY.labels("overload").inc()
        environ[REFUSED] = True
        if environ.get("REQUEST_METHOD") != "GET":
            return self.app(environ, start_response)  # type: ignore[no-any-return]
        if self.refusal is None:
            self.refusal = Refusal.of(self.app, environ)
        return self.refusal.say(start_response)


@dataclass(frozen=True)
class Refusal:
    """A page kept whole, with the number of the request for which it was made."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes
    number: bytes

    @classmethod
    def of(cls, app: Callable[..., Any], environ: dict[str, Any]) -> Refusal:
        """What the app answers to a reader who found no place."""
        said: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], _error: Any = None) -> Any:
            said[:] = status, headers

        plain = {**environ, "HTTP_ACCEPT_ENCODING": "", "HTTP_COOKIE": ""}
        answer = app(plain, start)
        try:
            body = b"".join(answer)
        finally:
            getattr(answer, "close", lambda: None)()
        return cls(said[0], said[1], body, plain[logs.NUMBER].encode())

    def say(self, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """The same page with a number of its own, for the phone call, and a line in the log."""
        number = logs.new_number()
        logs.note("-", "GET", int(self.status[:3]), 0.0, number)
        start_response(self.status, self.headers)
        return [self.body.replace(self.number, number.encode())]


def lane_of(method: str, path: str) -> str:
    """Which lane a request goes by."""
    if method in ("GET", "HEAD", "OPTIONS"):
        return "read"
    return "door" if path in HASHING else "write"
