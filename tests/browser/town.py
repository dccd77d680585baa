"""A town on a real server: an own copy of the data, real settings, CSRF on, waitress on a port of its own."""

from __future__ import annotations

import contextlib
import shutil
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import func, select
from waitress.server import create_server

from app import config, create_app
from app.accounts.models import Official
from app.cases.models import Case
from app.extensions import db, writing
from app.units.models import Unit

from .. import factories, quick
from .planted import KEY, Planted


def settings(data_dir: Path, port: int = 8000) -> dict[str, Any]:
    """What the environment of a small production server says."""
    environ = {
        "SECRET_KEY": KEY,
        "BASE_URL": f"http://127.0.0.1:{port}",
        "DATA_DIR": str(data_dir),
        "KEYS_DIR": str(data_dir / "keys"),
        "SUBMISSIONS_PER_HOUR": "10000",
        "SUBMISSIONS_AT_ONCE": "1000",
    }
    return {**config.settings(environ), "WRITE_PATIENCE": 60.0, "MFA_REQUIRED": False}


@dataclass
class Town:
    """The running town: its address, who works there and which cases stand where."""

    app: Flask
    url: str
    people: dict[str, int]
    cases: dict[str, tuple[str, str]]
    """By name: the reference and the receipt code."""
    links: dict[str, str] = field(default_factory=dict)
    """Keys of single-use links, by the case they open."""

    def signed_in(self, account: str, language: str = "") -> dict[str, Any]:
        """The cookie of a browser in which that official has just signed in, reading in that language if it says so."""
        with self.app.app_context(), writing():
            browser = factories.sign_in(self.app.test_client(), db.session.get_one(Official, self.people[account]))
        if language:
            with browser.session_transaction() as session:
                session["language"] = language
        name = self.app.config["SESSION_COOKIE_NAME"]
        cookie = browser.get_cookie(name)
        assert cookie is not None
        return {"name": name, "value": cookie.value, "url": self.url, "httpOnly": True, "sameSite": "Lax"}

    def reference(self, name: str) -> str:
        """The number of a planted case."""
        return self.cases[name][0]

    def code(self, name: str) -> str:
        """The receipt code of a planted case."""
        return self.cases[name][1]

    def count(self, *where: Any) -> int:
        """How many cases there are, as the database says."""
        with self.app.app_context():
            return int(db.session.scalar(select(func.count(Case.id)).where(*where)) or 0)

    def unit_id(self, code: str) -> int:
        """The number of a unit."""
        with self.app.app_context():
            return int(db.session.scalar(select(Unit.id).where(Unit.code == code)) or 0)

    def find(self, title: str) -> Case:
        """The one case of that title, detached, as the database holds it now."""
        with self.app.app_context():
            found = db.session.scalars(select(Case).where(Case.title == title)).one()
            db.session.expunge(found)
            return found


@contextlib.contextmanager
def serve(folder: Path, planted: Planted, data_dir: Path) -> Iterator[Town]:
    """Run a copy of the planted data until the tests of one module are through."""
    shutil.copytree(folder, data_dir, dirs_exist_ok=True)
    door = socket.socket()
    door.bind(("127.0.0.1", 0))
    port = door.getsockname()[1]
    app = create_app(settings(data_dir, port))
    with app.app_context():
        quick.share_statements(db.engine)
    server = create_server(app, sockets=[door], threads=6, ident=None, connection_limit=1000)
    thread = threading.Thread(target=_run, args=(server,), daemon=True)
    thread.start()
    try:
        yield Town(app, f"http://127.0.0.1:{port}", planted.people, planted.cases, planted.links)
    finally:
        server.task_dispatcher.shutdown()
        server.close()
        thread.join(30)
        with app.app_context():
            db.engine.dispose()


def _run(server: Any) -> None:
    with contextlib.suppress(OSError):  # the door is shut under a waiting select()
        server.run()
