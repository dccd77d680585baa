"""Virus scanners to ask: the real clamd with a signature file of our own, and sockets that misbehave."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-" + b"TEST-FILE!$H+H*"
"""The harmless text that every scanner calls a virus; in two halves, so that none takes this file for one."""
CLAMD = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin:/usr/local/sbin")


class Clamd:
    """The real daemon on a socket of its own; knows one virus, because no feed of signatures is needed for that."""

    def __init__(self, folder: Path, *more: str) -> None:
        """Write its settings; `start` starts it."""
        self.folder, self.process = folder, None
        (folder / "db").mkdir()
        (folder / "db" / "own.ndb").write_text(f"Test.Eicar:0:*:{EICAR.hex()}\n")
        lines = (f"LocalSocket {folder}/s", f"DatabaseDirectory {folder}/db", "Foreground yes", f"LogFile {folder}/log",
                 f"TemporaryDirectory {folder}", f"PidFile {folder}/pid", *more)  # fmt: skip
        (folder / "conf").write_text("\n".join(lines) + "\n")

    process: subprocess.Popen[bytes] | None

    @property
    def address(self) -> str:
        """As the setting CLAMAV names it."""
        return f"unix:{self.folder}/s"

    def start(self) -> None:
        """Start it and wait until it listens."""
        assert CLAMD is not None
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen([CLAMD, "-c", str(self.folder / "conf")], stdout=quiet, stderr=quiet)
        until = time.monotonic() + 120
        while not self._answers():
            assert time.monotonic() < until and self.process.poll() is None, "clamd does not start"
            time.sleep(0.1)

    def _answers(self) -> bool:
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as line:
            line.connect(str(self.folder / "s"))
            line.sendall(b"zPING\0")
            return line.recv(64).startswith(b"PONG")
        return False

    def stop(self) -> None:
        """End it."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(60)
            self.process = None


@contextlib.contextmanager
def clamd(*more: str) -> Iterator[Clamd]:
    """A daemon that is not started yet; skips the test where none is installed."""
    if CLAMD is None:
        pytest.skip("clamd is not installed (Debian: clamav-daemon): the virus scanner itself was not tried")
    folder = Path(tempfile.mkdtemp(prefix="clamd-"))  # a socket's path must be short
    daemon = Clamd(folder, *more)
    try:
        yield daemon
    finally:
        daemon.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def speaker(says: bytes | None, reads: int = 1 << 30) -> Iterator[str]:
    """A socket that takes `reads` bytes and says one thing, or (None) nothing ever; its address."""
    listener = socket.create_server(("127.0.0.1", 0))
    ended = threading.Event()

    def serve() -> None:
        while not ended.is_set():
            with contextlib.suppress(OSError):
                line, _from = listener.accept()
                with line:
                    _speak(line, says, reads, ended)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{listener.getsockname()[1]}"
    finally:
        ended.set()
        with contextlib.suppress(OSError):
            socket.create_connection(listener.getsockname(), 1).close()
        thread.join(5)
        listener.close()


def _speak(line: socket.socket, says: bytes | None, reads: int, ended: threading.Event) -> None:
    came = b""
    while len(came) < reads and not came.endswith(b"\0\0\0\0"):
        piece = line.recv(65536)
        if not piece:
            break
        came += piece
    if says is None:
        ended.wait(30)
    else:
        line.sendall(says)


def nobody() -> str:
    """An address where nobody listens."""
    return f"unix:/{os.urandom(8).hex()}/none"
