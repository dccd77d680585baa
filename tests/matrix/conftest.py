"""One world for all cells; whoever changed it puts it back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import clock, create_app
from app.extensions import db
from tests import quick
from tests.conftest import settings

from . import world as making
from .stories import NOW
from .world import World


@pytest.fixture(scope="session")
def first_world(blank_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> World:
    """Everybody, signed in, on an afternoon some weeks later: made once, copied for each module, never asked."""
    folder = tmp_path_factory.mktemp("first-world")
    shutil.copy(blank_sqlite, folder / "gan-dan.db")
    with clock.fixed(NOW):
        app = create_app(settings(folder))
        with app.app_context():
            quick.share_statements(db.engine)
        return making.make(app, folder)


@pytest.fixture(scope="module")
def world(first_world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The world of this module."""
    folder = tmp_path_factory.mktemp("matrix")
    shutil.copytree(first_world.folder, folder, dirs_exist_ok=True)
    with clock.fixed(NOW):
        app = create_app(settings(folder))
        with app.app_context():
            quick.share_statements(db.engine)
        yield first_world.again(app, folder)
