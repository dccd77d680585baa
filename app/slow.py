"""Bodies that drip in: a form is taken at a kilobyte a second on average or its connection is cut.

A phone on a weak line sends more; somebody who holds connections open with a byte a second sends less. The embedded
server measures this itself (listen.py); under gunicorn, which reads a body in the thread of its request, it is done
here before the request takes a place among those at work.
"""

from __future__ import annotations

import contextlib
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

GRACE, LEAST_RATE = 20.0, 1024
"""After so many seconds so many bytes a second must have come on average."""
PIECE, IN_MEMORY = 1024, 1024 * 1024
"""Bytes asked for at a time, and kept in memory before a file takes over."""
Start = Callable[..., Any]


def deadline(began: float, received: int) -> float:
    """Until when the next bytes must be here (monotonic seconds)."""
    return began + max(GRACE, (received + PIECE) / LEAST_RATE)


class Watch:
    """One thread that shuts the reading side of every socket whose next bytes are overdue."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._due: dict[socket.socket, float] = {}
        self._thread: threading.Thread | None = None

    def expect(self, sock: socket.socket, until: float) -> None:
        """More bytes must come by then."""
        with self._guard:
            self._due[sock] = until
            if self._thread is None:
                self._thread = threading.Thread(target=self._look, name="slow bodies", daemon=True)
                self._thread.start()

    def forget(self, sock: socket.socket) -> None:
        """The body is whole, or given up."""
        with self._guard:
            self._due.pop(sock, None)

    def _look(self) -> None:
        while True:
            time.sleep(1.0)
            now = time.monotonic()
            with self._guard:
                overdue = [sock for sock, until in self._due.items() if until < now]
                for sock in overdue:
                    del self._due[sock]
            for sock in overdue:
                with contextlib.suppress(OSError):
                    sock.shutdown(socket.SHUT_RD)


class WholeBody:
    """Reads the body of a request under gunicorn before the app sees it; too slow a one is answered 408."""

    def __init__(self, app: Callable[..., Any], largest: int, largest_text: int) -> None:
        self.app, self.largest, self.largest_text = app, largest, largest_text
        self.watch = Watch()

    def __call__(self, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        """Pass on a request whose body is whole; one that says it is too large is passed on unread, to be refused."""
        sock, said = environ.get("gunicorn.socket"), environ.get("CONTENT_LENGTH") or ""
        is_chunked = "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "").lower()
        is_files = environ.get("CONTENT_TYPE", "").startswith("multipart/form-data")
        largest = self.largest if is_files else self.largest_text
        length = int(said) if said.isdigit() else 0
        if sock is None or length > largest or not (length or is_chunked):
            return self.app(environ, start_response)  # type: ignore[no-any-return]
        body = self._read(environ["wsgi.input"], sock, length, largest)
        if body is None:
            start_response("408 Request Timeout", [("Content-Type", "text/plain"), ("Connection", "close")])
            return [b"Too slow.\n"]
        environ["wsgi.input"], environ["wsgi.input_terminated"] = body, True
        return self.app(environ, start_response)  # type: ignore[no-any-return]

    def _read(self, stream: Any, sock: socket.socket, length: int, largest: int) -> Any:
        body = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - handed on with the request
        began, received = time.monotonic(), 0
        try:
            while received <= largest and (not length or received < length):
                self.watch.expect(sock, deadline(began, received))
                piece = stream.read(PIECE if received < 16 * PIECE else 16 * PIECE)
                if not piece:
                    break
                received += len(piece)
                body.write(piece)
        except (OSError, ValueError, EOFError):
            return None
        finally:
            self.watch.forget(sock)
        if length and received < length:
            return None
        body.seek(0)
        return body
