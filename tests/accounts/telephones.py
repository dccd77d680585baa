"""Telephones that make codes, for tests of the second factor."""

from __future__ import annotations

import re
from datetime import datetime

import pyotp
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import clock
from app.accounts import factor
from app.accounts.models import Official
from app.extensions import db, writing
from tests.factories import PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code(at: datetime, secret: str = SECRET) -> str:
    """What the telephone shows at that moment."""
    return pyotp.TOTP(secret).at(int(at.timestamp()))


def with_telephone(official: Official) -> list[str]:
    """Give the official a second factor; the codes for paper."""
    with writing():
        codes = factor.enrol(official, SECRET, 0, official.actor(clock.today()), clock.now())
        db.session.commit()
    return codes


def give_code(client: FlaskClient, typed: str, url: str = "/sign-in/code") -> TestResponse:
    """Fill in the second page of the door."""
    return client.post(url, data={"code": typed})


def secret_on(page: str) -> str:
    """The key that the enrolment page shows beside its picture."""
    found = re.search(r'id="secret">([A-Z2-7 ]+)<', page)
    assert found, "no secret on the page"
    return found[1].replace(" ", "")


def enrol(client: FlaskClient, at: datetime, password: str = PASSWORD) -> TestResponse:
    """Scan the picture and type what the telephone shows."""
    secret = secret_on(client.get("/account/second-factor").text)
    return client.post("/account/second-factor", data={"password": password, "code": code(at, secret)})


def codes_on(page: str) -> list[str]:
    """The codes for paper on the answer."""
    return re.findall(r"<li>([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})</li>", page)
