"""An official's own account: password, language, keys, other browsers."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts import door
from app.accounts.models import Official
from app.extensions import db
from app.journal.models import Event
from app.rules.workflow import Action, Role
from tests.factories import PASSWORD

from .people import is_in, type_password, with_password

NEW = "sương mù trên đèo Mã Phục"


def change(client: FlaskClient, current: str = PASSWORD, new: str = NEW, again: str = "") -> int:
    return client.post("/account", data={"current": current, "new": new, "again": again or new}).status_code


def test_a_new_password_signs_every_other_browser_out(app: Flask) -> None:
    official = with_password()
    mine, other = app.test_client(), app.test_client()
    type_password(mine, official.account)
    type_password(other, official.account)
    assert change(mine) == 303
    assert is_in(mine)
    assert not is_in(other)
    assert type_password(app.test_client(), official.account).status_code == 422
    assert type_password(app.test_client(), official.account, NEW).status_code == 303
    facts = db.session.scalars(select(Event).where(Event.action == Action.OFFICIAL_CHANGED)).one().facts
    assert facts == {"password": "changed"}


def test_the_current_password_must_be_right_and_the_new_one_good_and_said_twice(
    app: Flask, client: FlaskClient
) -> None:
    official = with_password()
    type_password(client, official.account)
    assert change(client, current="một mật khẩu sai hẳn") == 422
    assert change(client, new="quá ngắn") == 422
    assert change(client, again="không giống nhau đâu") == 422
    assert change(client, new=PASSWORD) == 422
    assert change(client, new=official.account + "2026" + official.account) == 422
    assert type_password(app.test_client(), official.account).status_code == 303


def test_guessing_the_current_password_is_slowed_down(app: Flask, client: FlaskClient) -> None:
    type_password(client, with_password().account)
    assert {change(client, current="một mật khẩu sai hẳn") for _try in range(10)} == {422}
    assert change(client) == 429


def test_a_one_time_password_opens_nothing_but_its_own_change(app: Flask, client: FlaskClient) -> None:
    official = with_password(Role.ADMINISTRATOR, "04", must_change_password=True)
    type_password(client, official.account)
    for path in ("/admin/officials", "/admin/units", "/account/deputies"):
        assert client.get(path).location == "/account"
    assert client.post("/account/preferences", data={"language": "en"}).location == "/account"
    page = client.get("/account").text
    assert "Chọn mật khẩu riêng" in page
    assert 'id="tastes"' not in page
    assert change(client) == 303
    assert client.get("/admin/officials").status_code == 200


def test_language_and_keys_are_remembered(app: Flask, client: FlaskClient) -> None:
    official = with_password()
    type_password(client, official.account)
    client.post("/account/preferences", data={"language": "en"})
    db.session.expire_all()
    kept = db.session.get_one(Official, official.id)
    assert (kept.language, kept.has_keys) == ("en", False)
    page = client.get("/account").text
    assert '<html lang="en">' in page
    assert 'data-keys="off"' in page


def test_one_other_browser_or_all_others_are_signed_out(app: Flask) -> None:
    official = with_password()
    here, there, elsewhere = (app.test_client() for _n in range(3))
    for browser in (here, there, elsewhere):
        type_password(browser, official.account)
    page = here.get("/account").text
    which = page.split('name="which" value="')[1].split('"')[0]
    here.post("/account/sign-ins/end", data={"which": which})
    assert [is_in(browser) for browser in (here, there, elsewhere)].count(True) == 2
    here.post("/account/sign-ins/end", data={"which": ""})
    assert [is_in(browser) for browser in (here, there, elsewhere)] == [True, False, False]


def test_nobody_ends_the_sign_ins_of_others(app: Flask) -> None:
    mine, theirs = with_password(), with_password()
    here, there = app.test_client(), app.test_client()
    type_password(here, mine.account)
    type_password(there, theirs.account)
    with there.session_transaction() as session:
        hashed = door.hash_of(session["_user_id"])
    here.post("/account/sign-ins/end", data={"which": hashed[:16]})
    here.post("/account/sign-ins/end", data={"which": ""})
    assert is_in(there)
    assert here.post("/account/sign-ins/end", data={"which": "ab"}).status_code == 404
