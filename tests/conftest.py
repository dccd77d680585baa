"""Real databases: SQLite copied from a migrated file, PostgreSQL from a template, for every test anew."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, g
from flask.testing import FlaskClient

from app import config, create_app
from app.extensions import db, end_write, writing

from . import factories, quick, servers

both_engines = pytest.mark.parametrize("app", ["sqlite", "postgresql"], indirect=True)
"""Run a test on both engines: `@both_engines`."""
_numbers = itertools.count()


class Browser(FlaskClient):
    """Reads each answer to its end and closes it, as a server does: only then has the request left its lane."""

    def open(self, *args: Any, buffered: bool = True, **more: Any) -> Any:
        return super().open(*args, buffered=buffered, **more)


Flask.test_client_class = Browser
ROOMY = {"LOW_SPACE_BYTES": "0", "LOW_SPACE_SHARE": "0", "FULL_SPACE_BYTES": "0"}
"""Whoever tests on a disk that is nearly full tests the app, not the disk (tests/faults fills one on purpose)."""
quick.share_templates()


def settings(data_dir: Path, **more: Any) -> dict[str, Any]:
    """Settings as a production server has them, on a folder of the test's own."""
    environ = {"SECRET_KEY": "a-key-for-tests-only-not-used-anywhere", "BASE_URL": "http://localhost",
               "DATA_DIR": str(data_dir), "KEYS_DIR": str(data_dir / "keys"),
               "CHECKPOINT_DIR": str(data_dir / "checkpoints"), **ROOMY}  # fmt: skip
    patient = {"WRITE_PATIENCE": 120.0}  # many writers at once on a slow machine
    patient |= {"MFA_REQUIRED": False, "TWO_PERSON": False}  # what they ask has tests of its own
    return {**config.settings(environ), "TESTING": True, "WTF_CSRF_ENABLED": False, **patient, **more}


def prepare(app: Flask) -> None:
    """Migrate an empty database and plant the small government of factories.make_tree()."""
    from flask_migrate import upgrade

    with app.app_context():
        upgrade()
        with writing():
            factories.make_tree()
            db.session.commit()
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def blank_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file with the small government, made once."""
    folder = tmp_path_factory.mktemp("blank")
    prepare(create_app(settings(folder)))
    return folder / "gan-dan.db"


@pytest.fixture(scope="session")
def blank_postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Postgres]:
    """A PostgreSQL server of the tests' own with a migrated template database."""
    server = servers.postgres()
    url = server.create("blank")
    prepare(create_app(settings(tmp_path_factory.mktemp("pg-data"), **_database(url))))
    yield server
    server.stop()


def _database(url: str) -> dict[str, Any]:
    return {"SQLALCHEMY_DATABASE_URI": url, "SQLALCHEMY_ENGINE_OPTIONS": {"pool_size": 5, "max_overflow": 20}}


@pytest.fixture
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The app on a database of this test's own, inside an app context."""
    engine = getattr(request, "param", "sqlite")
    if engine == "sqlite":
        shutil.copy(request.getfixturevalue("blank_sqlite"), tmp_path / "gan-dan.db")
        app = create_app(settings(tmp_path))
        drop = None
    else:
        server = request.getfixturevalue("blank_postgresql")
        name = f"t{os.getpid()}_{next(_numbers)}"
        app = create_app(settings(tmp_path, **_database(server.create(name, template="blank"))))
        drop = (server, name)
    # Requests run inside the test's own app context: what one remembered about its visitor must not reach the next.
    app.before_request_funcs.setdefault(None, []).insert(0, lambda: g.__dict__.clear())
    with app.app_context():
        quick.share_statements(db.engine)
        yield app
        end_write()
        db.session.remove()
        db.engine.dispose()
    if drop:
        drop[0].drop(drop[1])


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without JavaScript, without a sign-in."""
    return app.test_client()


@pytest.fixture
def write(app: Flask) -> Iterator[None]:
    """Hold the write turn for the whole test: for tests that call actions directly."""
    with writing():
        yield
