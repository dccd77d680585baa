"""A province with many cases, and the people who watch over it, each in a browser of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from app import clock
from app.accounts.models import Official
from app.extensions import db, writing
from app.rules.workflow import Role

from .. import factories
from .bulk import NOW, plant

WATCHERS = {
    "supervisor": (Role.SUPERVISOR, "04"),
    "inspector": (Role.INSPECTOR, "04"),
    "head": (Role.HEAD, "01447"),
    "officer": (Role.OFFICER, "01447"),
    "local inspector": (Role.INSPECTOR, "01447"),
}
QUARTER = "from=2026-08-29&to=2026-11-26"


@dataclass
class Province:
    """The app with its cases and its watchers."""

    app: Flask
    people: dict[str, int]

    def browser(self, who: str) -> FlaskClient:
        """A browser in which that person is signed in."""
        with writing():
            return factories.sign_in(self.app.test_client(), db.session.get(Official, self.people[who]))

    def actor(self, who: str) -> Any:
        """That person as the rules see them."""
        return db.session.get(Official, self.people[who]).actor(NOW.date())


@contextmanager
def statements() -> Iterator[list[tuple[str, Any]]]:
    """Every statement sent to the database inside, with its parameters."""
    sent: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        sent.append((statement, parameters))

    db.session.remove()
    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def people() -> dict[str, int]:
    """The watchers, by what they are called here."""
    return {name: factories.make_official(role, at, name).id for name, (role, at) in WATCHERS.items()}


@pytest.fixture
def province(app: Flask) -> Iterator[Province]:
    """Thursday 26 November 2026, after 400 days and 500 cases."""
    with clock.fixed(NOW):
        with writing():
            watchers = people()
            plant(500, seed=11)
        yield Province(app, watchers)
