"""One Chromium for each worker, one running town for each module, watched browsers for each test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from app import create_app
from app.extensions import db

from . import town as towns
from .planted import Planted, plant
from .still_town import Days, still
from .visitors import DESK, PATIENCE, PHONE, Visitors

ARGUMENTS = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update",
             "--disable-sync", "--no-first-run"]  # fmt: skip

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
"""Without windows it needs a quarter less time."""


def _chromium_path() -> str:
    """Where Chromium is. Without one these tests are skipped on a developer's machine and fail in CI."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path:
        return path
    reason = "No Chromium: set CHROMIUM to its path or install the package chromium-headless-shell or chromium."
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser all tests of this worker share; each test opens contexts of its own in it."""
    path = _chromium_path()
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def planted_town(blank_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Planted]:
    """A folder with a planted database and its files, made once and copied for each module."""
    folder = tmp_path_factory.mktemp("planted")
    shutil.copy(blank_sqlite, folder / "gan-dan.db")
    app = create_app(towns.settings(folder))
    with app.app_context():
        planted = plant()
        db.session.remove()
        db.engine.dispose()
    return folder, planted


@pytest.fixture(scope="module")
def town(planted_town: tuple[Path, Planted], tmp_path_factory: pytest.TempPathFactory) -> Iterator[towns.Town]:
    """The town of this module, on a port of its own."""
    folder, planted = planted_town
    with towns.serve(folder, planted, tmp_path_factory.mktemp("town")) as running:
        yield running


@pytest.fixture(params=[PHONE, DESK], ids=str)
def visitors(request: pytest.FixtureRequest, chromium: Browser, town: towns.Town) -> Iterator[Visitors]:
    """Everybody of one journey: once on a phone without JavaScript, once at a desk in English."""
    people = Visitors(chromium, town, request.param)
    yield people
    people.leave()


@pytest.fixture
def desk_visitors(chromium: Browser, town: towns.Town) -> Iterator[Visitors]:
    """People at a desk with JavaScript, for what only exists with it."""
    people = Visitors(chromium, town, DESK)
    yield people
    people.leave()


@pytest.fixture(params=[PHONE, DESK], ids=str)
def days(request: pytest.FixtureRequest, chromium: Browser, blank_sqlite: Path, tmp_path: Path) -> Iterator[Days]:
    """A still town of this journey's own, in both manners of coming."""
    with still(blank_sqlite, tmp_path) as town:
        people = Visitors(chromium, town, request.param)
        yield Days(people)
        people.leave()
