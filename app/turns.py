"""Writers of one SQLite file take turns in the order they came, threads by a queue, processes by a file lock."""

from __future__ import annotations

import os
import threading
import time
import weakref
from collections import deque
from pathlib import Path

from .meters import TURN_WAIT

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows runs one process only
    fcntl = None  # type: ignore[assignment]

PATIENCE = 5.0
"""Seconds a writer waits for its turn before the resident is told to try again."""
STUCK = 0.2
"""The part of its patience after which a turn counts as stuck: from then on only a few go on waiting."""
FEW = 3
"""How many may wait behind a stuck turn; threads that all wait for one writer could not serve readers."""


class Busy(RuntimeError):
    """Somebody else is writing for too long; nothing was changed."""


class Turns:
    """A fair lock: first come, first served, across threads; a file lock keeps other processes out meanwhile."""

    def __init__(self, path: Path, patience: float = PATIENCE) -> None:
        self._path, self._patience = path, patience
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._taken = False
        self._since = 0.0
        self._file = None if fcntl is None else open(path, "a+b")  # noqa: SIM115 - lives as long as the process
        self._seat = None if fcntl is None else os.open(path.parent, os.O_RDONLY)  # the folder: one file less
        if self._seat is not None:
            weakref.finalize(self, os.close, self._seat)

    def take(self, patience: float | None = None) -> float:
        """Wait for the turn, at most `patience` seconds, else raise Busy; the seconds of patience that are left."""
        began = time.monotonic()
        until = began + (self._patience if patience is None else patience)
        self._queue(until)
        try:
            self._lock_file(until)
        except BaseException:
            self._next()
            raise
        now = time.monotonic()
        TURN_WAIT.observe(now - began)
        return max(0.0, until - now)

    def give(self) -> None:
        """Hand the turn to whoever has waited longest."""
        if self._file is not None:
            fcntl.flock(self._file, fcntl.LOCK_UN)
        self._next()

    def _queue(self, until: float) -> None:
        mine = threading.Event()
        with self._guard:
            if not self._taken and not self._waiting:
                self._taken, self._since = True, time.monotonic()
                return
            self._waiting.append(mine)
        while not mine.wait(min(0.1, max(0.0, until - time.monotonic()))):
            with self._guard:
                if mine.is_set():
                    return
                if time.monotonic() >= until or self._is_hopeless(mine):
                    self._waiting.remove(mine)
                    raise Busy("the write lock was held too long")

    def _is_hopeless(self, mine: threading.Event) -> bool:
        """Whether the turn is stuck and enough others wait before this one."""
        is_stuck = time.monotonic() - self._since > self._patience * STUCK
        return is_stuck and self._waiting.index(mine) >= FEW

    def _next(self) -> None:
        with self._guard:
            if self._waiting:
                self._since = time.monotonic()
                self._waiting.popleft().set()
            else:
                self._taken = False

    def _lock_file(self, until: float) -> None:
        """The file's lock, for which one process waits at a time, on the seat beside it.

        Whoever gives the turn back and wants it again at once (the worker, batch after batch) finds the seat taken.
        """
        if self._file is None or self._seat is None:
            return
        self._poll(self._seat, until)
        try:
            self._poll(self._file.fileno(), until)
        finally:
            fcntl.flock(self._seat, fcntl.LOCK_UN)

    def _poll(self, lock: int, until: float) -> None:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if time.monotonic() > until:
                    raise Busy("another process is writing") from None
                time.sleep(0.002 if until - time.monotonic() > self._patience * (1 - STUCK) else 0.02)
