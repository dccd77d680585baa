"""Checks 46 and 20's heads: a forged name or a proxy's word from nobody's proxy changes no page, link or letter."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.letters.deliver import drain
from tests.conftest import settings
from tests.factories import MONDAY
from tests.letters.conftest import Mailbox, mailbox
from tests.matrix.world import World
from tests.operations.ground import NAME, Service
from tests.petitions.walk import Walk

from .corpus import FORWARDED, HOSTS

__all__ = ["mailbox"]
PATHS = ("/", "/sign-in", "/follow", "/desk/", "/nowhere", "/submit/feedback")


@pytest.mark.parametrize("host", HOSTS)
def test_a_name_that_is_not_ours_is_refused(world: World, host: str) -> None:
    for path in PATHS:
        answer = world.ask("anonymous", "GET", path, headers={"Host": host})
        assert answer.status_code == 400, path
        assert "evil" not in answer.text and "Location" not in answer.headers
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("told", FORWARDED, ids=str)
def test_what_no_proxy_of_ours_said_is_not_listened_to(world: World, told: dict[str, str]) -> None:
    for who in ("anonymous", "resident", "officer@unit"):
        for path in PATHS:
            usual, answer = (world.ask(who, "GET", path, headers=heads) for heads in ({}, told))
            assert answer.status_code == usual.status_code, (who, path)
            assert answer.headers.get("Location") == usual.headers.get("Location")
            assert "evil.example" not in answer.text + str(answer.headers)
            assert "Strict-Transport-Security" not in answer.headers, "nobody told us of https"


@pytest.mark.parametrize("told", FORWARDED, ids=str)
def test_a_head_makes_no_other_verb_of_a_verb(world: World, told: dict[str, str]) -> None:
    before = world.count()
    for url in ("/sign-out", "/follow/case/rate", "/language"):
        assert world.ask("officer@unit", "GET", url, headers=told).status_code == 405
    assert world.count() == before


@pytest.mark.parametrize("told", [told for told in FORWARDED if "Referer" not in told], ids=str)
def test_letters_lead_to_the_configured_address_whatever_was_forged(
    app: Flask, mailbox: Mailbox, told: dict[str, str]
) -> None:
    browser = app.test_client()
    for name, value in told.items():
        browser.environ_base[f"HTTP_{name.upper().replace('-', '_')}"] = value
    Walk(browser).to("you").press(name="Nông Thị Sen", email="sen@example.vn", is_public="no", phone="")
    answer = browser.post("/follow/lost", data={"email": "sen@example.vn"})
    assert answer.status_code < 500 and "evil.example" not in answer.text
    drain(MONDAY)
    assert all("evil.example" not in letter.as_string() for letter in mailbox.letters)


@pytest.fixture(scope="module")
def served(blank_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The server as it is started in a town, asked in raw bytes."""
    data = tmp_path_factory.mktemp("served") / "data"
    data.mkdir()
    shutil.copy(blank_sqlite, data / "gan-dan.db")
    with Service("embedded", data) as service:
        yield service.wait()


RAW = (
    "GET http://evil.example/ HTTP/1.1|Host: {name}", "GET http://evil.example/sign-in HTTP/1.1|Host: evil.example",
    "GET https://evil.example/desk/ HTTP/1.1|Host: {name}", "GET / HTTP/1.1|Host: {name}|Host: evil.example",
    "GET / HTTP/1.1|Host: evil.example|Host: {name}", "GET / HTTP/1.1|Host : evil.example",
    "GET / HTTP/1.1|Host: {name}| evil.example", "GET / HTTP/1.1|host: evil.example",
    "GET / HTTP/1.1|Host: {name}\rX-Forwarded-Host: evil.example", "GET //evil.example/ HTTP/1.1|Host: {name}",
    "GET //evil.example/%2e%2e HTTP/1.1|Host: {name}", "GET ///evil.example// HTTP/1.1|Host: {name}",
    "GET /\\evil.example HTTP/1.1|Host: {name}", "GET /desk//evil.example HTTP/1.1|Host: {name}",
    "GET /desk HTTP/1.1|Host: evil.example", "GET /desk HTTP/1.1|Host: {name}|X-Forwarded-Host: evil.example",
    "GET /%0d%0aLocation:%20//evil.example HTTP/1.1|Host: {name}", "GET / HTTP/1.0|Host: evil.example",
    "OPTIONS * HTTP/1.1|Host: {name}", "CONNECT evil.example:443 HTTP/1.1|Host: evil.example",
    "TRACE / HTTP/1.1|Host: {name}|X: evil.example", "GET / HTTP/1.1|Host: {name}|X-Original-URL: /desk/",
    "GET /?next=//evil.example HTTP/1.1|Host: {name}", "GET evil.example HTTP/1.1|Host: {name}",
)  # fmt: skip
"""Requests that no browser makes, a line for each part."""


@pytest.mark.parametrize("raw", RAW)
def test_a_request_made_by_hand_gets_no_foreign_word_back(served: Service, raw: str) -> None:
    lines = raw.format(name=NAME).split("|")
    with socket.create_connection(("127.0.0.1", served.port), 60) as line:
        line.sendall(("\r\n".join([*lines, "Connection: close"]) + "\r\n\r\n").encode())
        said = b""
        while more := line.recv(65536):
            said += more
    head, _, body = said.partition(b"\r\n\r\n")
    status = int(head.split()[1]) if head else 400
    assert status < 500, said[:300]
    for part in head.decode("latin-1").split("\r\n")[1:]:
        name, _, value = part.partition(": ")
        is_led_away = name.lower() == "location" and not (value.startswith("/") and value[1:2] not in ("/", "\\"))
        assert not is_led_away or value.startswith((f"https://{NAME}/", f"http://{NAME}/")), part
        assert not (name.lower() == "server" and any(sign.isdigit() for sign in value)), part
        assert name.lower() not in ("x-powered-by", "via")
    if status == 400:
        assert b"text/html" not in head or b"<script" not in body  # what the server says of a broken line is plain text
    if "next=" not in raw:
        assert b"evil.example" not in body.replace(b"//evil.example", b"") or status in (400, 404)
    assert b"Traceback" not in body and b"waitress" not in body.lower()


def test_settings_of_these_tests_trust_no_proxy() -> None:
    assert int(settings(Path("nowhere")).get("PROXY_HOPS", 0)) == 0
