"""Checks 40 and 42: what only a form may do is done by no look; a refusal is dressed like any page."""

from __future__ import annotations

import pytest

from tests.matrix.doors import address, doors
from tests.matrix.world import World

from .reading import read
from .test_armour import CSP, HEADERS

POSTED = sorted({endpoint for method, endpoint in doors() if method == "POST"}
                - {endpoint for method, endpoint in doors() if method == "GET"})  # fmt: skip
"""Doors that only a form opens."""
LOOKED = sorted({endpoint for method, endpoint in doors() if method == "GET"}
                - {endpoint for method, endpoint in doors() if method == "POST"})  # fmt: skip
STRANGE = ("PUT", "PATCH", "DELETE", "TRACE")


def dressed(answer: object) -> None:
    """Headers of a page, and nothing of the machine."""
    headers, text = answer.headers, answer.text  # type: ignore[attr-defined]
    for name, value in HEADERS.items():
        assert headers[name] in (value, "no-referrer" if name == "Referrer-Policy" else value), name
    assert headers["Content-Security-Policy"] == CSP and headers["Cache-Control"] == "no-store"
    assert "Server" not in headers and "X-Powered-By" not in headers
    assert read(text).faults == [] and "Traceback" not in text


@pytest.mark.parametrize("endpoint", POSTED)
def test_looking_does_nothing_that_only_a_form_does(world: World, endpoint: str) -> None:
    cells, url, before = doors()["POST", endpoint], address(world, endpoint), world.count()
    who = next((who for who, answer in cells.items() if answer in ("200", "303")), "head@unit")
    for method in ("GET", "HEAD", *STRANGE):
        answer = world.ask(who, method, url)
        # Where a look of another name lies at the same address, it is that page: it changes nothing either.
        assert answer.status_code == 405 or (method in ("GET", "HEAD") and _is_a_page(world, url)), method
        if answer.status_code == 405 and method != "HEAD":
            dressed(answer)
    assert world.count() == before


def _is_a_page(world: World, url: str) -> bool:
    with world.app.test_request_context(url) as context:
        return bool(context.url_adapter and context.url_adapter.test(method="GET"))


@pytest.mark.parametrize("endpoint", LOOKED)
def test_a_page_to_look_at_takes_no_form(world: World, endpoint: str) -> None:
    url, before = address(world, endpoint), world.count()
    with world.app.test_request_context(url) as context:
        assert context.url_adapter is not None
        is_other_door = context.url_adapter.test(method="POST")
    for method in STRANGE if is_other_door else ("POST", *STRANGE):
        assert world.ask("head@unit", method, url).status_code in (405, 404), method
    assert world.count() == before


REFUSED = {
    400: ("GET", "/", {"headers": {"Host": "evil.example"}}), 403: ("GET", "/admin/officials", {}),
    404: ("GET", "/nowhere", {}), 405: ("GET", "/sign-out", {}),
    413: ("POST", "/follow", {"data": {"code": "x" * (1024 * 1024 + 1)}}),
    422: ("POST", "/follow", {"data": {"code": "0" * 16}}),
}  # fmt: skip


@pytest.mark.parametrize("status", REFUSED)
def test_a_refusal_wears_the_headers_of_a_page(world: World, status: int) -> None:
    method, url, more = REFUSED[status]
    answer = world.ask("officer@unit", method, url, **more)  # type: ignore[arg-type]
    assert answer.status_code == status
    dressed(answer)


HIDDEN = (
    "/console", "/.git/config", "/.git/HEAD", "/.env", "/.env.bak", "/gan-dan.db", "/gan-dan.db-wal",
    "/data/gan-dan.db",
    "/backup.age", "/backup/", "/backups/", "/gan-dan.db.bak", "/wsgi.py", "/app/config.py", "/keys/personal", "/keys/",
    "/requirements.txt", "/Makefile", "/.hg/", "/.svn/entries", "/.DS_Store", "/server-status", "/phpinfo.php",
    "/static/../wsgi.py", "/static/%2e%2e/wsgi.py", "/static/..%2fwsgi.py", "/static/..%5cwsgi.py", "/static/%00",
    "/static/", "/static/.git/config", "/static/etc/passwd", "/debug", "/_debug_toolbar/",
    "/?__debugger__=yes&cmd=resource&f=style.css", "/console?__debugger__=yes&cmd=pinauth&s=x", "/templates/base.html",
    "/migrations/env.py", "/metrics", "/checkpoints/", "/uploads/", "/files/",
)  # fmt: skip
"""Where machines look first for what was left lying about."""


@pytest.mark.parametrize("path", HIDDEN)
def test_nothing_was_left_lying_about(world: World, path: str) -> None:
    for who in ("anonymous", "administrator@parent"):
        answer = world.ask(who, "GET", path)
        is_home = path.startswith("/?")
        assert answer.status_code == (200 if is_home else 404), answer.status_code
        assert "Debugger" not in answer.text and "SECRET" not in answer.text
        dressed(answer)
