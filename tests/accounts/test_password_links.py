"""A forgotten password: a link by mail, once, for half an hour, the same answer for everybody. Checks 10 and 55."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.accounts.models import Official, PasswordLink
from app.extensions import db
from app.journal.models import Event, Notice
from app.letters.deliver import drain
from app.rules.workflow import Action, Role
from tests.conftest import both_engines
from tests.factories import MONDAY, PASSWORD, sign_in
from tests.letters.conftest import Mailbox

from .people import choose_password, is_in, link_of, type_password, with_password
from .telephones import code, give_code, with_telephone

NEW = "sương giăng trên đèo Mã Phục"
MAIL = "mai@caobang.example"


def ask(client: FlaskClient, who: str, **more: object) -> str:
    answer = client.post("/sign-in/forgotten", data={"who": who}, **more)  # type: ignore[arg-type]
    assert answer.status_code == 200
    return re.sub(r'value="[^"]*"', "", answer.text)


def notices() -> list[Notice]:
    return list(db.session.scalars(select(Notice).where(Notice.action == Action.PASSWORD_LINK)))


def link_in(box: Mailbox) -> str:
    found = re.search(r"http://localhost(/sign-in/new-password/[0-9a-f]{64})\s", box.text())
    assert found, box.text()
    return found[1]


@both_engines
def test_a_link_by_mail_lets_the_official_choose_once(app: Flask, client: FlaskClient, mailbox: Mailbox) -> None:
    official = with_password(email=MAIL)
    open_browser = sign_in(app.test_client(), official)
    ask(client, official.account)
    drain(clock.now())
    link = link_in(mailbox)
    assert mailbox.envelopes == [[MAIL]]
    assert client.get(link).status_code == 200
    assert client.get(link).headers["Referrer-Policy"] == "no-referrer"
    assert is_in(open_browser), "asking alone changes nothing"
    assert choose_password(client, link, NEW).location == "/sign-in"
    assert not is_in(client), "the link opens no session"
    assert not is_in(open_browser)
    assert type_password(app.test_client(), official.account).status_code == 422
    assert type_password(client, official.account, NEW).status_code == 303
    assert client.get(link).status_code == 410
    assert choose_password(app.test_client(), link, PASSWORD).status_code == 410


def test_the_link_is_dead_after_half_an_hour_and_when_another_was_used(
    app: Flask,
    client: FlaskClient,
    mailbox: Mailbox,
) -> None:
    official = with_password(email=MAIL)
    with clock.fixed(MONDAY):
        ask(client, MAIL.upper())
        drain(MONDAY)
        first = link_in(mailbox)
        ask(client, official.account)
        drain(MONDAY)
        second = link_in(mailbox)
    with clock.fixed(MONDAY + timedelta(minutes=30)):
        assert client.get(first).status_code == 410
    with clock.fixed(MONDAY + timedelta(minutes=29)):
        assert choose_password(client, second, NEW).status_code == 303
        assert client.get(first).status_code == 410


def test_a_bad_choice_is_said_and_the_link_stays(app: Flask, client: FlaskClient, mailbox: Mailbox) -> None:
    official = with_password(email=MAIL)
    ask(client, official.account)
    drain(clock.now())
    link = link_in(mailbox)
    for bad in ("quá ngắn", "password12345678", official.account * 2):
        assert choose_password(client, link, bad).status_code == 422
    assert choose_password(client, link, NEW).status_code == 303


def test_it_does_not_go_round_the_second_factor(app: Flask, client: FlaskClient, mailbox: Mailbox) -> None:
    official = with_password(email=MAIL)
    with clock.fixed(MONDAY):
        with_telephone(official)
        ask(client, official.account)
        drain(MONDAY)
        choose_password(client, link_in(mailbox), NEW)
        assert type_password(client, official.account, NEW).location == "/sign-in/code"
        assert not is_in(client)
        assert give_code(client, code(MONDAY)).status_code == 303


def test_known_unknown_disabled_and_without_an_address_read_the_same(app: Flask, client: FlaskClient) -> None:
    known, gone, bare = with_password(email=MAIL), with_password(email="b@x.example", is_disabled=True), with_password()
    pages = {ask(client, who) for who in (known.account, MAIL, gone.account, bare.account, "nobody.here", "no@x.vn")}
    assert len(pages) == 1
    assert [notice.official_id for notice in notices()] == [known.id, known.id]
    links = db.session.scalars(select(Event).where(Event.action == Action.PASSWORD_LINK)).all()
    assert len(links) == 6, "the same traces, so that it takes as long"


def test_the_address_in_the_letter_is_ours_whatever_the_request_said(
    app: Flask,
    client: FlaskClient,
    mailbox: Mailbox,
) -> None:
    official = with_password(email=MAIL)
    ask(client, official.account, headers={"X-Forwarded-Host": "evil.example"})
    refused = client.post("/sign-in/forgotten", data={"who": official.account}, headers={"Host": "evil.example"})
    assert refused.status_code == 400
    drain(clock.now())
    assert len(mailbox.letters) == 1
    assert "http://localhost/sign-in/new-password/" in mailbox.text()
    assert "evil" not in mailbox.text()


def test_the_eleventh_letter_in_an_hour_is_not_sent(app: Flask, client: FlaskClient) -> None:
    """Check 55: the answer stays the same, from however many networks it is asked."""
    official = with_password(email=MAIL)
    with clock.fixed(MONDAY):
        pages = {ask(client, official.account, environ_overrides={"REMOTE_ADDR": f"203.0.113.{n}"}) for n in range(12)}
        assert len(pages) == 1
        assert len(notices()) == 10
    with clock.fixed(MONDAY + timedelta(minutes=61)):
        ask(client, official.account)
        assert len(notices()) == 11


def test_one_network_asks_only_so_often(app: Flask, client: FlaskClient) -> None:
    for n in range(30):
        ask(client, f"nobody.{n}")
    assert client.post("/sign-in/forgotten", data={"who": "nobody.30"}).status_code == 429


def test_only_the_hash_of_the_key_is_kept(app: Flask, client: FlaskClient, mailbox: Mailbox) -> None:
    official = with_password(email=MAIL)
    ask(client, official.account)
    drain(clock.now())
    key = link_in(mailbox).rpartition("/")[2]
    row = db.session.scalars(select(PasswordLink)).one()
    assert row.key_hash != key
    file = app.config["DATA_DIR"] / "gan-dan.db"
    assert key.encode() not in file.read_bytes() + file.with_suffix(".db-wal").read_bytes()


def test_a_letter_that_comes_too_late_carries_no_dead_link(
    app: Flask,
    client: FlaskClient,
    mailbox: Mailbox,
) -> None:
    official = with_password(email=MAIL)
    with clock.fixed(MONDAY):
        ask(client, official.account)
    drain(MONDAY + timedelta(hours=2))
    assert mailbox.letters == []
    assert notices()[0].closed_at is not None, "nobody need look after it"


@pytest.mark.parametrize("has_mail", [True, False])
def test_an_administrator_starts_it_but_never_sees_or_chooses_a_password(
    app: Flask,
    mailbox: Mailbox,
    has_mail: bool,
) -> None:
    official, admin = with_password(email=MAIL if has_mail else ""), with_password(Role.ADMINISTRATOR, "04")
    browser, desk = sign_in(app.test_client(), official), sign_in(app.test_client(), admin)
    answer = desk.post(f"/admin/officials/{official.id}/password", data={"password": NEW, "new": NEW})
    assert not is_in(browser)
    drain(clock.now())
    if has_mail:
        assert "new-password" not in answer.text
        link = link_in(mailbox)
    else:
        link = link_of(answer.text)
    assert type_password(app.test_client(), official.account, NEW).status_code == 422
    visitor = app.test_client()
    assert choose_password(visitor, link, NEW).status_code == 303
    assert type_password(visitor, official.account, NEW).status_code == 303


def test_a_new_official_with_an_address_is_written_to(app: Flask, mailbox: Mailbox) -> None:
    desk = sign_in(app.test_client(), with_password(Role.ADMINISTRATOR, "04"))
    typed = {"account": "sen.nong", "name": "Nông Thị Sen", "unit": "01447", "role": "officer", "email": MAIL}
    answer = desk.post("/admin/officials/new", data=typed)
    assert answer.status_code == 303
    drain(clock.now())
    assert "sen.nong" in mailbox.text() and "ba ngày" in mailbox.text()
    assert choose_password(app.test_client(), link_in(mailbox), NEW).status_code == 303
    newcomer = db.session.scalars(select(Official).where(Official.account == "sen.nong")).one()
    assert not newcomer.must_change_password
