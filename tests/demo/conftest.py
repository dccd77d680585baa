"""Two equal empty governments, one for each way to a demo."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.demo import people, province
from app.demo.bulk import seed_bulk
from app.extensions import db, end_write, writing
from app.units.load import load
from app.units.unit_file import read_unit_file
from tests.conftest import settings

END = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
"""A Friday afternoon in the town."""


def nobody(_count: int) -> None:
    """Nobody watches the bar."""


def appoint() -> None:
    """The whole province with its officials, without passwords: hashing is tried elsewhere."""
    load(read_unit_file(province.TREE), END - province.SPAN)
    people.appoint(random.Random("people"), {"": ""}, END - province.SPAN)


@contextmanager
def opened(folder: Path, blank: Path) -> Iterator[Flask]:
    """An app on a database of its own with the province and its officials, in a write turn."""
    folder.mkdir()
    shutil.copy(blank, folder / "gan-dan.db")
    app = create_app(settings(folder))
    with app.app_context():
        with writing():
            appoint()
            yield app
        end_write()
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def empty(tmp_path: Path, blank_sqlite: Path) -> Callable[[str], AbstractContextManager[Flask]]:
    """Opens such an app under a name of the test's choice."""
    return lambda name: opened(tmp_path / name, blank_sqlite)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, blank_sqlite: Path) -> Iterator[Flask]:
    """The province of `make run`, written the fast way (test_bulk.py: the same rows), to be looked at only."""
    with opened(tmp_path_factory.mktemp("demo") / "whole", blank_sqlite) as app:
        seed_bulk(province.world_until(END), 2000, nobody, random.Random(1))
        db.session.flush()
        yield app
