"""A key pair, and a second installation that is still empty."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import pyrage
import pytest
from flask import Flask

from app import create_app
from app.extensions import db
from tests.conftest import _database, settings

_numbers = itertools.count()


@pytest.fixture
def key(app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the offline key; the app knows the public half."""
    pair = pyrage.x25519.Identity.generate()
    path = tmp_path_factory.mktemp("safe") / "key.txt"
    path.write_text(f"# public key: {pair.to_public()}\n{pair}\n")
    app.config["BACKUP_RECIPIENTS"] = [str(pair.to_public())]
    return path


@pytest.fixture
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for backups."""
    return tmp_path_factory.mktemp("shelf")


@pytest.fixture
def elsewhere(app: Flask, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An installation on another machine: the same settings and engine, nothing in it."""
    folder, more, drop = tmp_path_factory.mktemp("elsewhere"), {}, None
    if db.engine.dialect.name == "postgresql":
        server, name = request.getfixturevalue("blank_postgresql"), f"e{os.getpid()}_{next(_numbers)}"
        more, drop = _database(server.create(name)), lambda: server.drop(name)
    yield create_app(settings(folder, **more))
    if drop:
        drop()
