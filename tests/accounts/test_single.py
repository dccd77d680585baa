"""Single sign-on against a real provider of the tests' own: only the pair of issuer and subject opens the door."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app import clock, config
from app.accounts import single
from app.accounts.models import OutsideIdentity, SingleStep
from app.extensions import db, writing
from app.journal.models import Event
from app.rules.workflow import THE_SYSTEM, Action
from tests.conftest import both_engines

from .people import is_in, type_password, with_password
from .telephones import with_telephone


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of a provider that asks who one is and believes it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from oidc_provider_mock import run_server_in_thread

        with run_server_in_thread() as server:
            yield f"http://localhost:{server.server_port}"


@pytest.fixture
def sso(app: Flask, provider: str) -> Flask:
    """The app with that provider named in its settings."""
    app.config.update(OIDC_ISSUER=provider, OIDC_CLIENT_ID="gan-dan", OIDC_CLIENT_SECRET="a secret",
                      OIDC_NAME="Cổng cán bộ")  # fmt: skip
    return app


def leave(client: FlaskClient, path: str = "/sign-in/single") -> str:
    """Press the button; the provider's address to which the page leads on."""
    page = client.post(path)
    assert page.status_code == 200
    there = page.headers["Refresh"].removeprefix("0; url=")
    assert unescape(re.findall(r'class="btn btn-primary w-100" href="([^"]+)"', page.text)[0]) == there
    return there


def vouch(there: str, subject: str, action: str = "") -> str:
    """At the provider somebody says who they are; the way back as a path of ours."""
    answer = requests.post(there, data={"sub": subject, "action": action}, allow_redirects=False, timeout=30)
    assert answer.status_code == 302, answer.text
    back = urlsplit(answer.headers["Location"])
    assert back.path == "/sign-in/single/back" and back.netloc == "localhost"
    return f"{back.path}?{back.query}"


def come_in(client: FlaskClient, subject: str) -> str:
    """The whole way by single sign-on; where it ended."""
    return str(client.get(vouch(leave(client), subject)).location)


def link(account: str, subject: str) -> None:
    from app.accounts.queries import by_account

    official = by_account(account)
    assert official is not None
    issuer = config_of("OIDC_ISSUER")
    with writing():
        single.link(db.session.merge(official), issuer, subject, THE_SYSTEM, clock.now())
        db.session.commit()


def config_of(name: str) -> str:
    from flask import current_app

    return str(current_app.config[name])


@both_engines
def test_an_official_links_the_account_once_and_comes_in_by_it(sso: Flask, client: FlaskClient) -> None:
    official = with_password()
    type_password(client, official.account)
    back = client.get(vouch(leave(client, "/account/single"), "s-17"))
    assert back.location == "/account" and "Đã nối với tài khoản Cổng cán bộ" in client.get("/account").text
    client.post("/sign-out")
    assert not is_in(client)
    assert come_in(client, "s-17") == "/desk/"
    assert is_in(client)
    last = db.session.scalars(select(Event).where(Event.action == Action.SIGN_IN).order_by(Event.seq.desc())).first()
    assert last is not None and last.facts["by"] == "single_sign_on"
    client.post("/account/single/end")
    client.post("/sign-out")
    assert come_in(client, "s-17") == "/sign-in" and not is_in(client)


def test_who_is_not_linked_stays_outside_whatever_the_provider_says(sso: Flask, client: FlaskClient) -> None:
    official = with_password()
    for subject in (official.account, official.email or "a@example.vn", "admin", "s-1"):
        assert come_in(client, subject) == "/sign-in"
        assert not is_in(client)
    assert "chưa được nối" in client.get("/sign-in").text
    failed = db.session.scalar(select(func.count()).where(Event.action == Action.SIGN_IN_FAILED))
    assert failed == 4, "a refused way in is a failed sign-in"


def test_the_same_subject_of_another_issuer_is_somebody_else(sso: Flask, client: FlaskClient) -> None:
    official = with_password()
    with writing():
        db.session.add(OutsideIdentity(official_id=official.id, issuer="https://elsewhere.example", subject="s-3",
                                       linked_at=clock.now()))  # fmt: skip
        db.session.commit()
    assert come_in(client, "s-3") == "/sign-in" and not is_in(client)


def test_a_step_is_good_once_in_its_own_browser_and_for_ten_minutes(sso: Flask, client: FlaskClient) -> None:
    link(with_password().account, "s-4")
    back = vouch(leave(client), "s-4")
    stranger = sso.test_client()
    assert stranger.get(back).location == "/sign-in" and not is_in(stranger), "another browser"
    assert client.get(back).location == "/desk/"
    client.post("/sign-out")
    assert client.get(back).location == "/sign-in" and not is_in(client), "used"
    late = vouch(leave(client), "s-4")
    with clock.fixed(clock.now() + timedelta(minutes=11)):
        assert client.get(late).location == "/sign-in"
    assert client.get("/sign-in/single/back?code=x&state=made-up").location == "/sign-in"


@pytest.mark.parametrize("forged", ["state", "code", "iss"])
def test_what_was_changed_on_the_way_opens_nothing(sso: Flask, client: FlaskClient, forged: str) -> None:
    link(with_password().account, "s-5")
    path, _, query = vouch(leave(client), "s-5").partition("?")
    said = dict(parse_qsl(query)) | {forged: "https://evil.example"}
    assert client.get(path, query_string=said).location == "/sign-in" and not is_in(client)


def test_a_token_made_for_another_step_opens_nothing(sso: Flask, client: FlaskClient) -> None:
    """The code of one step with the state of another: verifier and nonce do not fit."""
    link(with_password().account, "s-6")
    first = dict(parse_qsl(vouch(leave(client), "s-6").partition("?")[2]))
    second = dict(parse_qsl(vouch(leave(client), "s-6").partition("?")[2]))
    mixed = {"state": second["state"], "code": first["code"]}
    assert client.get("/sign-in/single/back", query_string=mixed).location == "/sign-in" and not is_in(client)


def test_refused_there_is_refused_here(sso: Flask, client: FlaskClient) -> None:
    there = leave(client)
    answer = requests.post(there, data={"sub": "x", "action": "deny"}, allow_redirects=False, timeout=30)
    back = urlsplit(answer.headers["Location"])
    assert client.get(f"{back.path}?{back.query}").location == "/sign-in" and not is_in(client)


def test_a_provider_that_is_away_or_names_another_issuer_is_said_so(sso: Flask, client: FlaskClient) -> None:
    sso.config["OIDC_ISSUER"] = "http://localhost:9"
    assert client.post("/sign-in/single").location == "/sign-in"
    assert "không xác nhận được" in client.get("/sign-in").text
    assert db.session.scalar(select(func.count()).select_from(SingleStep)) == 0


def test_an_issuer_that_calls_itself_otherwise_is_not_believed(sso: Flask, client: FlaskClient, provider: str) -> None:
    sso.config["OIDC_ISSUER"] = provider.replace("localhost", "127.0.0.1") + "/"
    assert client.post("/sign-in/single").location == "/sign-in"


def test_the_second_factor_is_asked_for_all_the_same(sso: Flask, client: FlaskClient) -> None:
    official = with_password()
    with_telephone(official)
    link(official.account, "s-8")
    assert come_in(client, "s-8") == "/sign-in/code" and not is_in(client)


def test_a_disabled_official_does_not_come_in(sso: Flask, client: FlaskClient) -> None:
    official = with_password()
    link(official.account, "s-9")
    with writing():
        db.session.merge(official).is_disabled = True
        db.session.commit()
    assert come_in(client, "s-9") == "/sign-in"


def test_one_subject_is_one_official(sso: Flask, client: FlaskClient) -> None:
    link(with_password().account, "s-10")
    other = with_password()
    type_password(client, other.account)
    assert client.get(vouch(leave(client, "/account/single"), "s-10")).location == "/account"
    assert "đã nối với một người" in client.get("/account").text
    owners = list(db.session.scalars(select(OutsideIdentity.official_id).where(OutsideIdentity.subject == "s-10")))
    assert owners and other.id not in owners


def test_what_the_step_remembers_lies_sealed_and_not_in_the_browser(sso: Flask, client: FlaskClient) -> None:
    there = dict(parse_qsl(urlsplit(leave(client)).query))
    assert there["code_challenge_method"] == "S256" and len(there["nonce"]) >= 20 and len(there["state"]) >= 20
    assert there["redirect_uri"] == "http://localhost/sign-in/single/back"
    row = db.session.scalars(select(SingleStep)).one()
    assert there["nonce"] not in row.sealed
    cookie = client.get_cookie("gan-dan")
    assert cookie is not None and there["nonce"] not in cookie.value


def test_without_a_provider_there_is_no_such_way(app: Flask, client: FlaskClient) -> None:
    assert client.post("/sign-in/single").status_code == 404
    assert "/sign-in/single" not in client.get("/sign-in").text


def test_half_a_provider_or_an_open_line_stops_the_start() -> None:
    plain = {"GAN_DAN_DEMO": "1", "DATA_DIR": "/tmp", "OIDC_ISSUER": "https://id.example"}
    with pytest.raises(config.SettingsMissing, match="OIDC_CLIENT_ID"):
        config.settings(plain)
    whole = plain | {"OIDC_CLIENT_ID": "a", "OIDC_CLIENT_SECRET": "b", "OIDC_ISSUER": "http://id.example"}
    with pytest.raises(config.SettingsMissing, match="https"):
        config.settings(whole)
