"""Officials come in by password only, and are out when they leave, idle, move or are shut out."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app import clock
from app.accounts import door, passwords
from app.accounts.models import Attempt, Official, SignIn
from app.extensions import db, writing
from app.journal.models import Event
from app.rules.workflow import Action, Role
from tests.conftest import both_engines
from tests.factories import MONDAY, PASSWORD

from .people import is_in, type_password, with_password

WRONG = "một mật khẩu sai hẳn"
HERE, THERE = {"REMOTE_ADDR": "203.0.113.7"}, {"REMOTE_ADDR": "198.51.100.9"}


def deeds(*actions: Action) -> list[tuple[str, str, int | None]]:
    rows = db.session.scalars(select(Event).where(Event.action.in_(actions)).order_by(Event.seq))
    return [(row.action, row.subject, row.official_id) for row in rows]


def key_in(client: FlaskClient) -> str:
    with client.session_transaction() as session:
        return str(session["_user_id"])


@both_engines
def test_the_right_password_opens_the_room_of_ones_role(app: Flask, client: FlaskClient) -> None:
    official = with_password(Role.OFFICER)
    answer = type_password(client, official.account.upper() + " ")
    assert (answer.status_code, answer.location) == (303, "/desk/")
    assert is_in(client)
    assert deeds(Action.SIGN_IN) == [("sign_in", f"official:{official.id}", official.id)]


@pytest.mark.parametrize(
    ("role", "room"),
    [(Role.SUPERVISOR, "/statistics/"), (Role.ADMINISTRATOR, "/admin/officials"), (Role.HEAD, "/desk/")],
)
def test_everybody_begins_in_the_own_room(app: Flask, client: FlaskClient, role: Role, room: str) -> None:
    assert type_password(client, with_password(role).account).location == room


def test_no_default_account_opens_the_door(app: Flask, client: FlaskClient) -> None:
    for account in ("admin", "administrator", "root", "demo", "test", "quan.tri"):
        for password in ("", "admin", "password", "demo", account):
            assert type_password(client, account, password).status_code == 422
    assert db.session.scalar(select(func.count()).select_from(Official)) == 0


def test_unknown_wrong_and_disabled_read_the_same(app: Flask, client: FlaskClient) -> None:
    known, gone = with_password(), with_password(is_disabled=True)
    pages = []
    for account, password in ((known.account, WRONG), ("nobody.here", PASSWORD), (gone.account, PASSWORD)):
        answer = type_password(client, account, password)
        pages.append((answer.status_code, re.sub(r'value="[^"]*"', "", answer.text)))
    assert pages[0] == pages[1] == pages[2]
    assert pages[0][0] == 422
    assert "Tài khoản hoặc mật khẩu không đúng" in pages[0][1]


def test_failed_sign_ins_are_events_that_never_hold_what_was_typed(app: Flask, client: FlaskClient) -> None:
    official = with_password()
    type_password(client, official.account, WRONG)
    type_password(client, PASSWORD, "the password went into the wrong field")
    assert deeds(Action.SIGN_IN_FAILED) == [
        ("sign_in_failed", f"official:{official.id}", None),
        ("sign_in_failed", "official:unknown", None),
    ]
    raw = app.config["DATA_DIR"] / "gan-dan.db"
    assert PASSWORD.encode() not in raw.read_bytes() + raw.with_suffix(".db-wal").read_bytes()


@both_engines
def test_after_ten_wrong_tries_this_network_waits_and_another_does_not(app: Flask, client: FlaskClient) -> None:
    official = with_password()
    for _try in range(10):
        assert type_password(client, official.account, WRONG, environ_overrides=HERE).status_code == 422
    blocked = type_password(client, official.account, environ_overrides=HERE)
    assert blocked.status_code == 429
    assert 0 < int(blocked.headers["Retry-After"]) <= door.WINDOW + 1
    assert type_password(client, "somebody.else", WRONG, environ_overrides=HERE).status_code == 422
    assert type_password(app.test_client(), official.account, environ_overrides=THERE).status_code == 303


def test_the_wait_ends_by_itself(app: Flask, client: FlaskClient) -> None:
    official = with_password()
    with clock.fixed(MONDAY):
        for _try in range(10):
            type_password(client, official.account, WRONG)
        assert type_password(client, official.account).status_code == 429
    with clock.fixed(MONDAY + timedelta(seconds=door.WINDOW + 1)):
        assert type_password(client, official.account).status_code == 303


def test_addresses_of_tries_are_not_kept_in_the_clear(app: Flask, client: FlaskClient) -> None:
    type_password(client, "nobody.here", WRONG, environ_overrides=HERE)
    kept = [attempt.who for attempt in db.session.scalars(select(Attempt))]
    assert len(kept) == 2
    assert all(re.fullmatch(r"[0-9a-f]{64}", who) for who in kept)


def test_a_session_from_before_is_not_taken_over(app: Flask, client: FlaskClient) -> None:
    official = with_password()
    with client.session_transaction() as session:
        session["_user_id"] = "chosen-by-somebody-else"
        session["resident"] = "a key from before"
        session["language"] = "en"
    type_password(client, official.account)
    with client.session_transaction() as session:
        assert set(session) == {"_user_id", "_fresh", "language"}
        assert session["_user_id"] != "chosen-by-somebody-else"


def test_only_the_hash_of_the_key_is_kept(app: Flask, client: FlaskClient) -> None:
    type_password(client, with_password().account)
    row = db.session.scalars(select(SignIn)).one()
    assert row.key_hash == door.hash_of(key_in(client))
    assert len(key_in(client)) >= 43
    assert key_in(client) not in row.key_hash


def test_after_signing_out_the_old_cookie_opens_nothing(app: Flask, client: FlaskClient) -> None:
    official = with_password()
    type_password(client, official.account)
    key = key_in(client)
    answer = client.post("/sign-out")
    assert answer.status_code == 303
    assert "storage" in answer.headers["Clear-Site-Data"]
    with client.session_transaction() as session:
        session["_user_id"] = key
    replayed = client.get("/account")
    assert (replayed.status_code, replayed.location) == (302, "/sign-in?next=/account")
    assert deeds(Action.SIGN_OUT) == [("sign_out", f"official:{official.id}", official.id)]


def test_after_half_an_hour_without_a_request_the_password_is_asked_again(app: Flask, client: FlaskClient) -> None:
    official = with_password()
    with clock.fixed(MONDAY):
        type_password(client, official.account)
    with clock.fixed(MONDAY + timedelta(minutes=30)):
        assert is_in(client)
    with clock.fixed(MONDAY + timedelta(minutes=61)):
        assert not is_in(client)


def test_who_keeps_working_stays_in_until_twelve_hours_are_over(app: Flask, client: FlaskClient) -> None:
    official = with_password()
    with clock.fixed(MONDAY):
        type_password(client, official.account)
    for minutes in range(20, 12 * 60 + 1, 20):
        with clock.fixed(MONDAY + timedelta(minutes=minutes)):
            assert is_in(client), minutes
    with clock.fixed(MONDAY + timedelta(minutes=12 * 60 + 10)):
        assert not is_in(client)


def test_being_seen_is_written_at_most_every_five_minutes(app: Flask, client: FlaskClient) -> None:
    official = with_password()
    seen = []
    with clock.fixed(MONDAY):
        type_password(client, official.account)
    for minutes in (1, 4, 6, 7, 12):
        with clock.fixed(MONDAY + timedelta(minutes=minutes)):
            client.get("/account")
        db.session.expire_all()
        at = db.session.scalars(select(SignIn.seen_at)).one()
        seen.append(int((at - MONDAY).total_seconds()) // 60)
    assert seen == [0, 0, 6, 6, 12]


def test_a_disabled_official_is_out_on_the_next_request(app: Flask, client: FlaskClient) -> None:
    official = with_password()
    type_password(client, official.account)
    assert is_in(client)
    with writing():
        db.session.get_one(Official, official.id).is_disabled = True
        db.session.commit()
    assert not is_in(client)


@pytest.mark.parametrize(
    "target",
    ["//evil.example/", "https:evil.example", "https://evil.example/", "/\\evil.example", "\\\\evil.example",
     "/\tevil", "javascript:alert(1)", "evil", "/%0d%0aSet-Cookie:x"],
)  # fmt: skip
def test_the_way_after_signing_in_stays_in_this_house(app: Flask, client: FlaskClient, target: str) -> None:
    official = with_password()
    answer = client.post("/sign-in", query_string={"next": target},
                         data={"account": official.account, "password": PASSWORD})  # fmt: skip
    assert answer.location in ("/desk/", "/%0d%0aSet-Cookie:x")
    assert "Set-Cookie:x" not in answer.headers.get("Set-Cookie", "")


def test_who_was_turned_away_comes_back_to_the_page_wanted(app: Flask, client: FlaskClient) -> None:
    official = with_password()
    sent_to = client.get("/desk/search?q=n%C6%B0%E1%BB%9Bc").location
    answer = client.post(sent_to, data={"account": official.account, "password": PASSWORD})
    assert answer.location == "/desk/search?q=n%C6%B0%E1%BB%9Bc"


def test_a_hash_with_weaker_parameters_is_made_again_at_sign_in(app: Flask, client: FlaskClient) -> None:
    from argon2 import PasswordHasher

    official = with_password()
    with writing():
        weak = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
        db.session.get_one(Official, official.id).password_hash = weak
        db.session.commit()
    type_password(client, official.account)
    db.session.expire_all()
    kept = db.session.get_one(Official, official.id).password_hash
    assert kept != weak
    assert not passwords.is_outdated(kept)


def test_signed_in_officials_are_not_shown_the_door_again(app: Flask, client: FlaskClient) -> None:
    type_password(client, with_password().account)
    assert client.get("/sign-in").location == "/desk/"


def test_the_door_is_a_form_with_labels_and_no_scripts_inside(app: Flask, client: FlaskClient) -> None:
    page = client.get("/sign-in").text
    assert 'for="account"' in page
    assert 'autocomplete="current-password"' in page
    assert not re.search(r"<script(?![^>]*src=)|\son\w+=|style=", page)
