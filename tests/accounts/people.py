"""Officials with a password, for tests at the door."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.accounts import passwords
from app.accounts.models import Official
from app.extensions import db, writing
from app.rules.workflow import Role
from tests import factories
from tests.factories import PASSWORD


@cache
def _hash_once() -> str:
    return passwords.hash_password(PASSWORD)


def with_password(role: Role = Role.OFFICER, at: str = "01447", **more: Any) -> Official:
    """An official who can sign in with factories.PASSWORD, committed."""
    with writing():
        official = factories.make_official(role, at, password_hash=_hash_once(), **more)
        db.session.commit()
        number = official.id
    return db.session.get_one(Official, number)


def type_password(client: FlaskClient, account: str, password: str = PASSWORD, **more: Any) -> TestResponse:
    """Fill in the door's form."""
    return client.post("/sign-in", data={"account": account, "password": password}, **more)


def is_in(client: FlaskClient) -> bool:
    """Whether this browser's next request is let in."""
    return client.get("/account").status_code == 200


def link_of(page: str) -> str:
    """The path of the link to choose a password that is shown on a page."""
    found = re.search(r'id="one-time">http://localhost(/[^<]+)<', page)
    assert found, "no link on the page"
    return found[1]


def choose_password(client: FlaskClient, path: str, password: str = PASSWORD) -> TestResponse:
    """Open the link and choose."""
    return client.post(path, data={"new": password, "again": password})
