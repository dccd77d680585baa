"""A page of somebody else must not act here in a signed-in browser's name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from tests.conftest import settings
from tests.matrix.doors import address, doors
from tests.matrix.stories import THE_CASE
from tests.matrix.world import World

CHANGING = sorted({endpoint for method, endpoint in doors() if method == "POST"})
OWN_TOKEN = {"petitions.submit"}
"""The guided form carries a signed one-time token bound to the browser in place of the usual one."""
FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "http://localhost:81"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
]


@pytest.fixture(scope="module")
def strict(world: World) -> Flask:
    """The same house with its tokens asked for, as in production."""
    world.beside.append(create_app(settings(Path(world.folder), WTF_CSRF_ENABLED=True)))
    return world.beside[-1]


def browser(strict: Flask, world: World, who: str) -> FlaskClient:
    client = strict.test_client()
    if who in world.cookies:
        client.set_cookie("gan-dan", world.cookies[who])
    return client


def who_may(endpoint: str) -> str:
    """Somebody who may do it, so that nothing but the missing token stands in the way."""
    cells = doors()["POST", endpoint]
    # This world's resident asked for no dialogue, so nobody in it may choose a time: the token is asked for first.
    return next((who for who in cells if cells[who].isdigit() and cells[who] not in ("403",)), "resident")


def token_on(page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="csrf_token"', page)
    assert found, "no token on the page"
    return found[1] or found[2]


@pytest.mark.parametrize("endpoint", CHANGING)
def test_without_a_token_nothing_is_done(world: World, strict: Flask, endpoint: str) -> None:
    before = world.count()
    client = browser(strict, world, who_may(endpoint))
    for typed in ({}, {"csrf_token": "x" * 40}):
        assert client.post(address(world, endpoint), data=typed).status_code == 400, endpoint
    assert world.count() == before


@pytest.mark.parametrize("endpoint", CHANGING)
@pytest.mark.parametrize("told", FOREIGN, ids=lambda told: " ".join(told.values()))
def test_a_form_from_another_site_is_refused_even_with_a_token(
    world: World, endpoint: str, told: dict[str, str]
) -> None:
    before = world.count()
    who = who_may(endpoint)
    assert world.ask(who, "POST", address(world, endpoint), headers=told).status_code == 403
    assert world.count() == before


@pytest.mark.parametrize("told", [{}, {"Origin": "http://localhost"}, {"Sec-Fetch-Site": "same-origin"},
                                  {"Sec-Fetch-Site": "none"}])  # fmt: skip
def test_our_own_form_is_taken(world: World, strict: Flask, told: dict[str, str]) -> None:
    client = browser(strict, world, "officer@unit")
    url = f"/desk/cases/{world.cases[THE_CASE][1]}/note"
    typed = {"csrf_token": token_on(client.get(url).text), "version": world.version(THE_CASE), "text": "Đã gọi."}
    assert client.post(url, data=typed, headers=told).status_code == 303
    world.restore()


def test_the_token_of_another_browser_opens_nothing(world: World, strict: Flask) -> None:
    url = f"/desk/cases/{world.cases[THE_CASE][1]}/note"
    token = token_on(browser(strict, world, "colleague@unit").get(url).text)
    typed = {"csrf_token": token, "version": world.version(THE_CASE), "text": "Đã gọi."}
    before = world.count()
    assert browser(strict, world, "officer@unit").post(url, data=typed).status_code == 400
    assert world.count() == before


def test_the_guided_form_of_another_browser_sends_nothing(world: World, strict: Flask) -> None:
    page = browser(strict, world, "anonymous").get("/submit/feedback").text
    found = re.search(r'name="token"[^>]*value="([^"]+)"', page)
    assert found
    before = world.count("select count(*) from petition_case")
    answer = strict.test_client().post("/submit/feedback", data={"token": found[1], "step": "review", "go": "send"})
    assert answer.status_code == 400
    assert world.count("select count(*) from petition_case") == before


def test_every_form_that_posts_carries_a_token(world: World, strict: Flask) -> None:
    from .reading import read

    seen = 0
    for (method, endpoint), cells in doors().items():
        who = next((who for who in cells if cells[who] == "200"), None)
        if method != "GET" or who is None or endpoint.partition(":")[0] in ("static", "petitions.attachment",
                                                                            "desk.attachment"):  # fmt: skip
            continue
        answer = browser(strict, world, who).get(address(world, endpoint))
        if answer.mimetype == "text/html":
            for fields in read(answer.text).fields:
                assert "csrf_token" in fields or "token" in fields, f"{endpoint}: a form without a token: {fields}"
                seen += 1
    assert seen > 40
