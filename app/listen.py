"""The embedded server: waitress, cutting bodies that drip in, and ending gently: no new work, the running finished."""

from __future__ import annotations

import os
import signal
import socket
import time
from types import FrameType
from typing import Any

from flask import Flask
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer, create_server

from . import overload, slow

GRACE = 20.0
"""Seconds that running requests have to finish once the server was told to stop."""
FIRST_FD = 3
"""The first socket that systemd hands over (sd_listen_fds)."""


class Channel(HTTPChannel):
    """One connection; it remembers since when the request that is coming in has been coming, and how much came."""

    began, came = 0.0, 0

    def received(self, data: bytes) -> bool:
        """Bytes arrived."""
        if self.request is None:
            self.began, self.came = time.monotonic(), 0
        self.came += len(data)
        return bool(super().received(data))

    def is_idle(self) -> bool:
        """Nothing of a request is here, and nothing of an answer is left to send."""
        return self.request is None and not self.requests and not self.total_outbufs_len

    def is_too_slow(self, now: float) -> bool:
        """A request is coming in, and comes too slowly; headers have the first seconds of grace and no more."""
        if self.request is None or self.requests:
            return False
        if not self.request.headers_finished:
            return now - self.began > slow.GRACE
        return now > slow.deadline(self.began, self.came)


class Server:
    """waitress with its own loop."""

    def __init__(self, app: Flask) -> None:
        self.is_stopping = False
        given = inherited()
        where = {"sockets": [given]} if given else {"host": "127.0.0.1", "port": app.config["PORT"]}
        self.server = create_server(
            app, **where, threads=overload.threads(), ident=None, channel_timeout=30, cleanup_interval=30,
            max_request_body_size=app.config["MAX_CONTENT_LENGTH"],
            clear_untrusted_proxy_headers=not app.config["PROXY_HOPS"], connection_limit=1000, backlog=1024,
        )  # fmt: skip
        assert isinstance(self.server, TcpWSGIServer), "one address only"
        self.server.channel_class = Channel

    def stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """Take no more connections; `run` returns when the running requests are answered."""
        self.is_stopping = True
        self.server.pull_trigger()

    def run(self) -> None:
        """Serve until told to stop."""
        next_look = 0.0
        while not self.is_stopping:
            self._turn(1.0)
            if (now := time.monotonic()) >= next_look:
                next_look = now + 1.0
                self._cut_slow(now)
        self._finish()

    def _turn(self, seconds: float) -> None:
        self.server.asyncore.loop(timeout=seconds, map=self.server._map, use_poll=True, count=1)

    def _channels(self) -> list[Any]:
        return list(self.server.active_channels.values())

    def _cut_slow(self, now: float) -> None:
        for channel in self._channels():
            if channel.is_too_slow(now):
                channel.handle_close()

    def _finish(self) -> None:
        """Close the door, wait for what is in hand, then let the threads go."""
        until = time.monotonic() + GRACE
        self._take_waiting()
        self.server.del_channel(self.server._map)
        self.server.socket.close()
        while time.monotonic() < until:
            for channel in self._channels():
                if channel.is_idle():
                    channel.handle_close()
            if not self._channels():
                break
            self._turn(0.1)
        self.server.task_dispatcher.shutdown(timeout=1)
        for channel in self._channels():
            channel.handle_close()

    def _take_waiting(self) -> None:
        """Connections the kernel already accepted for us, unless the socket stays open for our successor."""
        if inherited() is None:
            for _n in range(64):
                self.server.handle_accept()
            began = time.monotonic()
            while time.monotonic() - began < 0.3:  # those just taken say what they want
                self._turn(0.05)


def inherited() -> socket.socket | None:
    """The socket that systemd opened for us (gan-dan-web.socket): it outlives a restart, so nobody is turned away."""
    if os.environ.get("LISTEN_PID") != str(os.getpid()) or not int(os.environ.get("LISTEN_FDS") or 0):
        return None
    return socket.socket(fileno=os.dup(FIRST_FD))


def listen(app: Flask) -> None:
    """Serve this app until SIGTERM or Ctrl-C, then finish what is in hand."""
    server = Server(app)
    signal.signal(signal.SIGTERM, server.stop)
    signal.signal(signal.SIGINT, server.stop)
    server.run()
