"""The second factor: asked for, good once, slowed down, replaceable on paper, removable. Checks 6, 9, 13 (signing)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.accounts import door, factor
from app.accounts.models import RecoveryCode, SecondFactor, SignIn, SignInStep
from app.extensions import db, writing
from app.journal.models import Event
from app.rules.workflow import Action, Role
from tests.conftest import both_engines
from tests.factories import MONDAY, PASSWORD, sign_in

from .people import is_in, type_password, with_password
from .telephones import SECRET, code, codes_on, enrol, give_code, secret_on, with_telephone

LATER = MONDAY + timedelta(seconds=30)


def facts_of(action: Action) -> list[dict[str, object]]:
    return [event.facts for event in db.session.scalars(select(Event).where(Event.action == action))]


@both_engines
def test_the_password_alone_opens_only_the_page_of_the_code(app: Flask, client: FlaskClient) -> None:
    official = with_password()
    with_telephone(official)
    with clock.fixed(MONDAY):
        answer = type_password(client, official.account)
        assert (answer.status_code, answer.location) == (303, "/sign-in/code")
        assert not is_in(client)
        page = client.get("/sign-in/code").text
        assert 'autocomplete="one-time-code"' in page
        assert 'inputmode="numeric"' in page
        assert db.session.scalars(select(SignIn)).all() == []
        assert give_code(client, code(MONDAY)).location == "/desk/"
        assert is_in(client)
        assert db.session.scalars(select(SignInStep)).all() == []


def test_where_one_wanted_to_go_is_kept_over_both_pages(app: Flask, client: FlaskClient) -> None:
    official = with_password()
    with_telephone(official)
    with clock.fixed(MONDAY):
        sent = client.post("/sign-in?next=/desk/search", data={"account": official.account, "password": PASSWORD})
        assert sent.location == "/sign-in/code?next=/desk/search"
        assert give_code(client, code(MONDAY), sent.location).location == "/desk/search"


@both_engines
def test_a_code_opens_once(app: Flask, client: FlaskClient) -> None:
    official = with_password()
    with_telephone(official)
    other = app.test_client()
    with clock.fixed(MONDAY):
        for browser in (client, other):
            type_password(browser, official.account)
        assert give_code(client, code(MONDAY)).status_code == 303
        assert give_code(other, code(MONDAY)).status_code == 422
        assert not is_in(other)
    with clock.fixed(LATER):
        assert give_code(other, code(MONDAY - timedelta(seconds=30))).status_code == 422  # older than the one used
        assert give_code(other, code(LATER)).status_code == 303


def test_after_six_wrong_codes_one_waits_and_then_goes_on(app: Flask, client: FlaskClient) -> None:
    official = with_password()
    with_telephone(official)
    with clock.fixed(MONDAY):
        type_password(client, official.account)
        assert {give_code(client, "000000").status_code for _try in range(6)} == {422}
        blocked = give_code(client, code(MONDAY))
        assert blocked.status_code == 429
        assert int(blocked.headers["Retry-After"]) > 60
        other = app.test_client()
        type_password(other, official.account)
        assert give_code(other, code(MONDAY)).status_code == 429
    assert facts_of(Action.SIGN_IN_FAILED) == [{"what": "code"}] * 6
    after = MONDAY + timedelta(seconds=factor.WINDOW + 1)
    with clock.fixed(after):
        type_password(client, official.account)
        assert give_code(client, code(after)).status_code == 303


def test_the_page_of_the_code_waits_ten_minutes_and_not_for_a_disabled_official(
    app: Flask, client: FlaskClient
) -> None:
    official = with_password()
    with_telephone(official)
    with clock.fixed(MONDAY):
        type_password(client, official.account)
    late = MONDAY + door.STEP_LASTS + timedelta(seconds=1)
    with clock.fixed(late):
        assert give_code(client, code(late)).location == "/sign-in"
        type_password(client, official.account)
        with writing():
            official.is_disabled = True
            db.session.commit()
        assert give_code(client, code(late)).location == "/sign-in"


def test_a_change_of_password_ends_half_done_sign_ins_too(app: Flask, client: FlaskClient) -> None:
    official = with_password()
    with_telephone(official)
    with clock.fixed(MONDAY):
        type_password(client, official.account)
        own = sign_in(app.test_client(), official)
        new = "sương mù trên đèo Mã Phục"
        assert own.post("/account", data={"current": PASSWORD, "new": new, "again": new}).status_code == 303
        assert give_code(client, code(MONDAY)).location == "/sign-in"


@both_engines
def test_a_code_on_paper_stands_in_once(app: Flask, client: FlaskClient) -> None:
    official = with_password()
    codes = with_telephone(official)
    assert len(set(codes)) == 10
    type_password(client, official.account)
    assert "paper=1" in client.get("/sign-in/code").text
    assert 'inputmode="numeric"' not in client.get("/sign-in/code?paper=1").text
    assert give_code(client, codes[0].lower().replace("-", " ")).status_code == 303
    second = app.test_client()
    type_password(second, official.account)
    assert give_code(second, codes[0]).status_code == 422
    assert give_code(second, codes[1]).status_code == 303
    kept = [row.code_hash for row in db.session.scalars(select(RecoveryCode))]
    assert len(kept) == 10 and not any(given in hashed for given in codes for hashed in kept)


def test_the_secret_lies_sealed(app: Flask) -> None:
    official = with_password()
    with_telephone(official)
    row = db.session.scalars(select(SecondFactor)).one()
    assert row.secret.startswith("v1:") and SECRET not in row.secret
    assert factor.secret_of(row) == SECRET
    file = app.config["DATA_DIR"] / "gan-dan.db"
    assert SECRET.encode() not in file.read_bytes() + file.with_suffix(".db-wal").read_bytes()


@pytest.fixture
def strict(app: Flask) -> Flask:
    """An installation that asks every official for a second factor, as outside demo mode."""
    app.config["MFA_REQUIRED"] = True
    return app


@pytest.mark.parametrize("role", [Role.OFFICER, Role.HEAD, Role.SUPERVISOR, Role.INSPECTOR, Role.ADMINISTRATOR])
def test_without_it_only_the_enrolment_opens(strict: Flask, client: FlaskClient, role: Role) -> None:
    official = with_password(role, "04")
    type_password(client, official.account)
    for path in ("/desk/", "/account", "/statistics/", "/journal", "/admin/officials", "/desk/keys", "/desk/search"):
        answer = client.get(path)
        assert (answer.status_code, answer.location) in ((302, "/account/second-factor"), (404, None)), path
    changed = client.post("/account/preferences", data={"language": "en"})
    assert changed.location == "/account/second-factor"
    page = client.get("/account/second-factor")
    assert page.status_code == 200
    assert "/desk/search" not in page.text and "/statistics" not in page.text.split("<main")[0]
    assert client.post("/sign-out").status_code == 303


def test_the_enrolment_opens_the_house_and_shows_the_codes_once(strict: Flask, client: FlaskClient) -> None:
    official = with_password()
    with clock.fixed(MONDAY):
        other = app_browser(strict, official.account)
        type_password(client, official.account)
        picture = client.get("/account/second-factor/qr.svg")
        assert picture.mimetype == "image/svg+xml" and b"<svg" in picture.data
        done = enrol(client, MONDAY)
        codes = codes_on(done.text)
        assert done.status_code == 200 and len(codes) == 10
        assert done.headers["Cache-Control"] == "no-store"
        assert is_in(client)
        assert not is_in(other), "the other browsers ask for the code"
        assert client.get("/account/second-factor/qr.svg").status_code == 404
        assert not any(one in client.get("/account/second-factor").text for one in codes)
        assert facts_of(Action.OFFICIAL_CHANGED) == [{"second_factor": "set"}]


def app_browser(app: Flask, account: str) -> FlaskClient:
    browser = app.test_client()
    type_password(browser, account)
    return browser


def test_looking_at_the_picture_changes_nothing_and_another_browser_sees_another(
    strict: Flask, client: FlaskClient
) -> None:
    official = with_password()
    one, two = app_browser(strict, official.account), app_browser(strict, official.account)
    first = [secret_on(one.get("/account/second-factor").text) for _n in range(2)]
    assert first[0] == first[1] != secret_on(two.get("/account/second-factor").text)
    assert db.session.scalars(select(SecondFactor)).all() == []


def test_the_enrolment_asks_for_password_and_code_and_is_slowed_down(strict: Flask, client: FlaskClient) -> None:
    type_password(client, with_password().account)
    with clock.fixed(MONDAY):
        assert enrol(client, MONDAY, "một mật khẩu sai hẳn").status_code == 422
        for _try in range(6):
            assert enrol(client, MONDAY + timedelta(hours=3)).status_code == 422
        assert enrol(client, MONDAY).status_code == 429


def test_a_one_time_password_is_changed_before_the_enrolment(strict: Flask, client: FlaskClient) -> None:
    official = with_password(must_change_password=True)
    type_password(client, official.account)
    assert client.get("/desk/").location == "/account"
    assert client.get("/account").status_code == 200
    new = "sương mù trên đèo Mã Phục"
    client.post("/account", data={"current": PASSWORD, "new": new, "again": new})
    assert client.get("/account").location == "/account/second-factor"


def test_new_codes_for_paper_void_the_old(app: Flask, client: FlaskClient) -> None:
    official = with_password()
    old = with_telephone(official)
    sign_in(client, official)
    with clock.fixed(MONDAY):
        wrong = client.post("/account/second-factor/codes", data={"password": PASSWORD, "code": "123"})
        assert wrong.status_code == 422
        made = client.post("/account/second-factor/codes", data={"password": PASSWORD, "code": code(MONDAY)})
        fresh = codes_on(made.text)
        assert len(fresh) == 10 and not set(fresh) & set(old)
        other = app_browser(app, official.account)
        assert give_code(other, old[0]).status_code == 422
        assert give_code(other, fresh[0]).status_code == 303


def test_another_telephone_ends_every_other_browser_and_changes_the_key_of_this_one(
    app: Flask, client: FlaskClient
) -> None:
    official = with_password()
    with_telephone(official)
    with clock.fixed(MONDAY):
        sign_in(client, official)
        other = sign_in(app.test_client(), official)
        with client.session_transaction() as session:
            before = session["_user_id"]
        gone = client.post("/account/second-factor/remove", data={"password": PASSWORD, "code": code(MONDAY)})
        assert gone.location == "/account/second-factor"
        with client.session_transaction() as session:
            assert session["_user_id"] != before
        assert not is_in(other)
        done = enrol(client, LATER)
        assert len(codes_on(done.text)) == 10


def test_an_administrator_takes_away_a_lost_telephone_and_it_ends_the_sign_ins(app: Flask) -> None:
    official, admin = with_password(), with_password(Role.ADMINISTRATOR, "04")
    with_telephone(official)
    browser = sign_in(app.test_client(), official)
    desk = sign_in(app.test_client(), admin)
    assert "second-factor/remove" in desk.get(f"/admin/officials/{official.id}").text
    assert desk.post(f"/admin/officials/{official.id}/second-factor/remove").status_code == 303
    assert not is_in(browser)
    assert type_password(app.test_client(), official.account).location == "/desk/"
    assert {"second_factor": "removed"} in facts_of(Action.OFFICIAL_CHANGED)
    assert desk.post(f"/admin/officials/{admin.id}/second-factor/remove").status_code == 403


def test_a_lost_telephone_is_taken_away_by_command(app: Flask) -> None:
    official = with_password()
    with_telephone(official)
    said = app.test_cli_runner().invoke(args=["remove-second-factor", official.account])
    assert said.exit_code == 0, said.output
    assert type_password(app.test_client(), official.account).location == "/desk/"


def test_a_signature_asks_for_the_code_and_the_next_within_five_minutes_does_not(app: Flask) -> None:
    official = with_password(Role.HEAD)
    with_telephone(official)
    with clock.fixed(MONDAY):
        browser = sign_in(app.test_client(), official)
        with browser.session_transaction() as session:
            key = session["_user_id"]

        def visitor() -> door.SignedIn:
            db.session.expire_all()
            with app.test_request_context():
                found = door.load(key)
            assert found is not None
            return found

        assert door.unsigned(visitor(), PASSWORD, "", MONDAY) == "code"
        assert door.unsigned(visitor(), "sai hẳn rồi", code(MONDAY), MONDAY) == "password"
        assert door.unsigned(visitor(), PASSWORD, code(MONDAY), MONDAY) == ""
        assert door.unsigned(visitor(), PASSWORD, "", MONDAY) == ""
        assert door.unsigned(visitor(), "sai hẳn rồi", "", MONDAY) == "password"
    after = MONDAY + timedelta(minutes=6)
    with clock.fixed(after):
        assert door.unsigned(visitor(), PASSWORD, "", after) == "code"


def test_the_cookie_holds_a_key_and_nothing_about_the_official(app: Flask, client: FlaskClient) -> None:
    """Check 41, second half."""
    official = with_password(email="mai@caobang.example")
    with_telephone(official)
    with clock.fixed(MONDAY):
        type_password(client, official.account)
        with client.session_transaction() as session:
            assert set(session) == {"step"}
        give_code(client, code(MONDAY))
        with client.session_transaction() as session:
            assert set(session) == {"_user_id", "_fresh"}
            said = str(dict(session))
    assert not any(word in said for word in (official.account, official.name, official.email, "01447"))
