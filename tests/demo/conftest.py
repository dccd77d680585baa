"""Two equal empty governments, one for each way to a demo."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.demo import people, province
from app.extensions import db, end_write, writing
from app.units.load import load
from app.units.unit_file import read_unit_file
from tests.conftest import settings

END = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
"""A Friday afternoon in the town."""
Empty = Callable[[str], "contextmanager[Flask]"]


def nobody(_count: int) -> None:
    """Nobody watches the bar."""


def appoint() -> None:
    """The whole province with its officials, without passwords: hashing is tried elsewhere."""
    load(read_unit_file(province.TREE), END - province.SPAN)
    people.appoint(random.Random("people"), {"": ""}, END - province.SPAN)


@pytest.fixture
def empty(tmp_path: Path, blank_sqlite: Path) -> Callable[[str], Iterator[Flask]]:
    """Opens an app on a database of its own with the province and its officials, in a write turn."""

    @contextmanager
    def opened(name: str) -> Iterator[Flask]:
        folder = tmp_path / name
        folder.mkdir()
        shutil.copy(blank_sqlite, folder / "gan-dan.db")
        app = create_app(settings(folder))
        with app.app_context():
            with writing():
                appoint()
                yield app
            end_write()
            db.session.remove()
            db.engine.dispose()

    return opened
