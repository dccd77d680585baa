"""The worker beside the web server: a loop over its chores that outlives every failure of a single one."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from functools import partial
from types import FrameType

from flask import Flask

from .. import space
from ..beside import PARENT
from ..extensions import end_write
from ..health import heartbeat
from ..journal.clockwork import Watch
from .chores import CHORES, count_figures, look_at_the_clock, send_letters
from .scans import scan_waiting

PAUSE = 2.0
"""Seconds between two looks at the outbox."""
ROUND = 600.0
"""Seconds between two rounds through the house."""
log = logging.getLogger("gan_dan.worker")


def run(app: Flask, once: bool = False) -> None:
    """Work until SIGTERM or Ctrl-C, or with `once` only what is due now. The piece in hand is finished first."""
    stop = threading.Event()
    if threading.current_thread() is threading.main_thread():
        _stop_on_signal(stop)
    _stop_with_parent(stop)
    next_round, watch = 0.0, Watch()
    while not stop.is_set():
        space.make_room(app.config)
        space.tend(app.config)
        if space.standing(app.config).is_full:  # a letter sent but not marked would be sent again and again
            log.warning("the disk is full: the worker waits")
            if once:
                return
            stop.wait(PAUSE)
            continue
        guarded(app, partial(look_at_the_clock, watch), stop)
        guarded(app, send_letters, stop)
        guarded(app, count_figures, stop)
        guarded(app, scan_waiting, stop)
        if time.monotonic() >= next_round:
            for chore in CHORES:
                guarded(app, chore, stop)
            next_round = time.monotonic() + ROUND
            guarded(app, send_letters, stop)  # the reminders and digests just owed
        if once:
            return
        stop.wait(PAUSE)


def _stop_on_signal(stop: threading.Event) -> None:
    def told(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, told)
    signal.signal(signal.SIGINT, told)


def _stop_with_parent(stop: threading.Event) -> None:
    """A worker that a server started ends with it, also where the server was killed and could tell nobody."""
    parent = int(os.environ.get(PARENT) or 0)

    def watch() -> None:
        while not stop.wait(PAUSE / 2):
            if os.getppid() != parent:
                stop.set()

    if parent:
        threading.Thread(target=watch, name="parent", daemon=True).start()


def guarded(app: Flask, chore: Callable[[threading.Event], object], stop: threading.Event) -> None:
    """Do one piece in an app context of its own; a failure is logged and does not end the worker."""
    if stop.is_set():
        return
    with app.app_context():
        try:
            heartbeat.show_life(app.config)
            chore(stop)
        except Exception:  # a database that is away now is back in a minute
            log.exception("%s failed and is tried again", getattr(chore, "__name__", "a look at the clock"))
        finally:
            end_write()
