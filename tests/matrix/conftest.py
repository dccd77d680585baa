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


@pytest.fixture(scope="module")
def world(blank_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Everybody, signed in, on an afternoon some weeks later."""
    folder = tmp_path_factory.mktemp("matrix")
    shutil.copy(blank_sqlite, folder / "gan-dan.db")
    with clock.fixed(NOW):
        app = create_app(settings(folder))
        with app.app_context():
            quick.share_statements(db.engine)
        yield making.make(app, folder)
