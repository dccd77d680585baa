"""Check 24: what a resident opened is kept here, not in the browser: leaving and a new code end it, for copies too."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app import clock
from app.cases.actions.lost_code import renew_code
from app.cases.models import Case
from app.extensions import db, writing
from app.open_doors import OpenDoor
from tests.conftest import both_engines
from tests.factories import actor, make_case, open_case, staff


def opened(app: Flask) -> tuple[FlaskClient, FlaskClient, int]:
    """A resident's browser with the case open, a thief's with a copy of its cookie, and the case."""
    with writing():
        case_id = make_case().id
        db.session.commit()
    own, thief = app.test_client(), app.test_client()
    open_case(own, db.session.get_one(Case, case_id))
    cookie = own.get_cookie("gan-dan")
    assert cookie is not None
    thief.set_cookie("gan-dan", cookie.value)
    return own, thief, case_id


def is_open(client: FlaskClient) -> bool:
    return client.get("/follow/case").status_code == 200


@both_engines
def test_leaving_ends_a_copied_cookie_too(app: Flask) -> None:
    own, thief, _case = opened(app)
    assert is_open(own) and is_open(thief)
    own.post("/follow/leave")
    assert not is_open(own) and not is_open(thief)
    assert db.session.scalar(select(func.count()).select_from(OpenDoor)) == 0


def test_a_new_code_ends_what_the_old_one_opened(app: Flask) -> None:
    own, thief, case_id = opened(app)
    with writing():
        case, clerk = db.session.get_one(Case, case_id), staff()[0]
        renew_code(case, "0123456789ABCDEF", "papers", "Mất giấy biên nhận.", actor(clerk), clock.now())
        db.session.commit()
    assert not is_open(own) and not is_open(thief)


def test_it_ends_by_itself_after_twenty_idle_minutes_and_after_twelve_hours(app: Flask) -> None:
    own, thief, _case = opened(app)
    began = clock.now()
    for minutes in range(10, 12 * 60, 15):
        with clock.fixed(began + timedelta(minutes=minutes)):
            assert is_open(own), minutes
    with clock.fixed(began + timedelta(hours=12, minutes=1)):
        assert not is_open(own)
    with clock.fixed(began + timedelta(hours=11, minutes=55) + timedelta(minutes=21)):
        assert not is_open(thief)


def test_neither_key_nor_case_stands_in_table_or_cookie(app: Flask) -> None:
    own, _thief, case_id = opened(app)
    with own.session_transaction() as session:
        key = session["resident"]
    row = db.session.scalars(select(OpenDoor)).one()
    assert key not in row.key_hash and len(row.key_hash) == 64 and row.case_id == case_id
    assert isinstance(key, str) and len(key) >= 43
