"""Check 47: whatever stands in `next`, every way in leads to a page of ours: password, code, single sign-on."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import unquote

import pytest
from flask import Flask

from app import clock
from tests.accounts.people import is_in, type_password, with_password
from tests.accounts.telephones import code, give_code, with_telephone
from tests.accounts.test_single import leave, link, provider, sso, vouch
from tests.factories import MONDAY

from .corpus import ENCODED, REDIRECTS

__all__ = ["provider", "sso"]


def is_ours(location: str) -> None:
    """A path of this site, for us and for a browser that drops controls and turns strokes round."""
    path = location.partition("?")[0]
    for read in (path, path.replace("\\", "/")):
        plain = "".join(sign for sign in read if sign > " ")
        assert plain.startswith("/") and not plain.startswith("//"), location
    assert "\r" not in location and "\n" not in location
    target = unquote(location.partition("next=")[2])
    assert target == "" or (target.startswith("/") and target[1:2] not in ("/", "\\")), location


@pytest.mark.parametrize("target", [*REDIRECTS, *ENCODED])
def test_after_the_password_one_is_on_a_page_of_ours(app: Flask, target: str) -> None:
    official = with_password()
    for door in ({"query_string": {"next": target}},):
        browser = app.test_client()
        assert browser.get("/sign-in", **door).status_code == 200
        answer = type_password(browser, official.account, **door)
        assert answer.status_code == 303
        is_ours(answer.location)
        assert is_in(browser)


@pytest.mark.parametrize("target", [*REDIRECTS[::2], *ENCODED[:2]])
def test_after_the_code_one_is_on_a_page_of_ours(app: Flask, target: str) -> None:
    official = with_password()
    with_telephone(official)
    browser = app.test_client()
    with clock.fixed(MONDAY):
        sent = type_password(browser, official.account, query_string={"next": target})
        is_ours(sent.location)
        again = browser.post("/sign-in/code", data={"code": code(MONDAY)}, query_string={"next": target})
        assert again.status_code == 303
        is_ours(again.location)
    with clock.fixed(MONDAY + timedelta(seconds=30)):
        other = app.test_client()
        type_password(other, official.account)
        late = give_code(other, code(MONDAY + timedelta(seconds=30)), "/sign-in/code?next=//evil.example")
        is_ours(late.location)


@pytest.mark.parametrize("target", REDIRECTS[::4])
def test_after_single_sign_on_one_is_on_a_page_of_ours(sso: Flask, target: str) -> None:
    from urllib.parse import quote

    link(with_password().account, "s-next")
    browser = sso.test_client()
    back = browser.get(vouch(leave(browser, f"/sign-in/single?next={quote(target, safe='')}"), "s-next"))
    is_ours(back.location)
    assert is_in(browser)


@pytest.mark.parametrize("target", REDIRECTS)
def test_who_is_turned_away_is_led_to_the_door_and_nowhere_else(app: Flask, target: str) -> None:
    for url in ("/desk/", "/account", "/journal"):
        is_ours(app.test_client().get(url, query_string={"next": target, "url": target}).location)
    answer = app.test_client().get(f"/{target.lstrip('/')}" if target.isprintable() else "/")
    if "Location" in answer.headers:
        assert answer.location.startswith(("/", "http://localhost/")) and not answer.location.startswith("//")
