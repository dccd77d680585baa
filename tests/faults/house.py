"""The real server and its worker as processes of their own, on a data folder of their own, that can be killed."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from app import config, create_app
from app.extensions import db, end_write

ROOT = Path(__file__).resolve().parent.parent.parent
SECRET = "a-key-for-tests-only-not-used-anywhere"
SERVE = ("-m", "app.serve")
PATIENCE = 60.0
"""Seconds a server may take to come up on a machine that does much else at once."""


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class House:
    """One installation: `start`, `kill`, `stop`; everything it says goes to house.log beside its data."""

    def __init__(self, folder: Path, database: str = "", program: tuple[str, ...] = SERVE, **more: str) -> None:
        self.folder, self.port, self.program = folder, free_port(), program
        self.data = folder / "data"
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.environ = {
            "SECRET_KEY": SECRET, "BASE_URL": f"http://127.0.0.1:{self.port}", "PORT": str(self.port),
            "DATA_DIR": str(self.data), "KEYS_DIR": str(folder / "keys"), "CHECKPOINT_DIR": str(folder / "checkpoints"),
            "LOW_SPACE_BYTES": "0", "LOW_SPACE_SHARE": "0", "FULL_SPACE_BYTES": "0", "RESERVE_BYTES": "0",
            "MFA_REQUIRED": "0", "TWO_PERSON": "0",  # what they ask has tests of its own
            **({"DATABASE_URL": database} if database else {}), **more,
        }  # fmt: skip
        self.web: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def whole_environ(self) -> dict[str, str]:
        """What the processes see: the machine's own, without the demo."""
        kept = {name: value for name, value in os.environ.items() if name != "GAN_DAN_DEMO"}
        return {**kept, "PYTHONUNBUFFERED": "1", **self.environ}

    def begin(self, *before: str) -> None:
        """Start the processes and do not wait; `before` is put in front of the command (strace)."""
        with (self.folder / "house.log").open("ab") as log:
            self.web = subprocess.Popen(
                [*before, sys.executable, *self.program], cwd=ROOT, env=self.whole_environ, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip

    def start(self, *before: str) -> float:
        """Start and wait for the first page; the seconds that took."""
        began = time.monotonic()
        self.begin(*before)
        self.wait()
        return time.monotonic() - began

    def wait(self) -> None:
        """Until the first 200."""
        until = time.monotonic() + PATIENCE
        while self.status("/") != 200:
            if time.monotonic() > until or self.web is None or self.web.poll() is not None:
                raise AssertionError("the server did not come up:\n" + self.said()[-3000:])
            time.sleep(0.05)

    def status(self, path: str, patience: float = 10.0) -> int:
        """The status of one page; 0 where nobody answers."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=patience)
        try:
            link.request("GET", path)
            return link.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            link.close()

    def said(self) -> str:
        """What the processes wrote."""
        return (self.folder / "house.log").read_text(errors="replace")

    @property
    def worker(self) -> int:
        """The worker's process, or 0."""
        return next((pid for pid, parent, line in _processes() if self.web and parent == self.web.pid
                     and b"\0work\0" in line), 0)  # fmt: skip

    def kill_worker(self) -> bool:
        """Kill -9 the worker; whether there was one."""
        pid = self.worker
        if pid:
            os.kill(pid, signal.SIGKILL)
        return bool(pid)

    def kill_web(self) -> None:
        """Kill -9 the server; its worker has to notice by itself."""
        if self.web is not None:
            self.web.kill()
            self.web.wait()

    def stop(self) -> int:
        """Stop as an operator does; the exit code."""
        if self.web is None or self.web.poll() is not None:
            return -1
        self.web.terminate()
        try:
            return self.web.wait(timeout=40)
        except subprocess.TimeoutExpired:
            os.killpg(self.web.pid, signal.SIGKILL)
            return self.web.wait()

    def run(self, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
        """One command of the administrator."""
        return subprocess.run(
            [sys.executable, "-m", "flask", "--app", "wsgi", *command], cwd=ROOT, capture_output=True, text=True,
            env={**self.whole_environ, **more}, timeout=300, check=False,
        )  # fmt: skip

    @contextmanager
    def inside(self) -> Iterator[Flask]:
        """The installation as the test itself reads it, beside whatever runs."""
        app = create_app(config.settings(self.environ))
        with app.app_context():
            try:
                yield app
            finally:
                end_write()
                db.session.remove()
                db.engine.dispose()


def _processes() -> Iterator[tuple[int, int, bytes]]:
    """(process, its parent, its command line) of all there are."""
    for place in Path("/proc").glob("[0-9]*"):
        try:
            stat = (place / "stat").read_text()
            yield int(place.name), int(stat.rpartition(")")[2].split()[1]), (place / "cmdline").read_bytes()
        except (OSError, ValueError):
            continue


def eventually(question: Callable[[], object], patience: float = 30.0) -> None:
    """Wait until the answer is yes."""
    until = time.monotonic() + patience
    while not question():
        assert time.monotonic() < until, f"never: {question}"
        time.sleep(0.05)
