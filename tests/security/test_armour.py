"""What every answer wears: policy, headers, cookies; what an error tells; which host it listens to."""

from __future__ import annotations

import json
from pathlib import Path
from zlib import decompress

import pytest
from flask import Flask
from itsdangerous.encoding import base64_decode

from app import create_app
from tests.conftest import settings
from tests.matrix.doors import address, doors
from tests.matrix.world import World

from .reading import read

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(self)",
}  # fmt: skip
FILES = ("petitions.attachment", "petitions.document", "desk.attachment", "desk.document")
SEALED = ("petitions.blank_letter", "accounts.new_password")
"""Pages of denunciations, and pages whose address holds a key, tell no other page where somebody came from."""


def pages() -> list[tuple[str, str]]:
    """Every door that opens with GET, with somebody it opens for, and with somebody it refuses."""
    found = []
    for (method, endpoint), cells in doors().items():
        if method == "GET":
            whos = {answer: who for who, answer in cells.items()}
            found += [(endpoint, who) for who in whos.values()]
    return found


@pytest.mark.parametrize(("endpoint", "who"), pages(), ids=lambda value: str(value))
def test_every_answer_wears_the_headers_and_holds_nothing_inline(world: World, endpoint: str, who: str) -> None:
    answer = world.ask(who, "GET", address(world, endpoint))
    for name, value in HEADERS.items():
        is_untold = name == "Referrer-Policy" and endpoint in SEALED
        assert answer.headers[name] == ("no-referrer" if is_untold else value), f"{name} of {endpoint}"
    for name in ("Server", "X-Powered-By"):
        assert name not in answer.headers
    if answer.mimetype == "text/html":
        assert answer.headers["Content-Security-Policy"] == CSP
        assert read(answer.text).faults == []
    is_kept = endpoint in ("static", "petitions.submit")
    assert is_kept or answer.headers["Cache-Control"] == "no-store"
    assert endpoint == "static" or "Cookie" in answer.headers["Vary"]


@pytest.mark.parametrize("endpoint", sorted({endpoint for _m, endpoint in doors() if endpoint.startswith(FILES)}))
def test_a_file_is_saved_and_can_do_nothing(world: World, endpoint: str) -> None:
    cells = doors()["GET", endpoint]
    who = next((who for who, answer in cells.items() if answer == "200"), None)
    if who is None:
        return  # an inside file is nobody's to open at this door
    answer = world.ask(who, "GET", address(world, endpoint))
    assert answer.mimetype in ("image/jpeg", "application/pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/nowhere", "/desk/cases/PA-2026-999999", "/.git/config", "/console", "/gan-dan.db",
                                  "/data/gan-dan.db", "/static/../wsgi.py", "/static/%2e%2e/wsgi.py", "/backup",
                                  "/static/", "/app/config.py", "/.env"])  # fmt: skip
def test_nothing_lies_open_beside_the_pages(world: World, path: str) -> None:
    answer = world.ask("head@unit", "GET", path)
    assert answer.status_code == 404
    assert answer.headers["Content-Security-Policy"] == CSP
    assert "Traceback" not in answer.text


def test_an_unexpected_fault_says_a_number_and_nothing_of_itself(world: World) -> None:
    quiet = create_app(settings(Path(world.folder), TESTING=False))

    def fall() -> str:
        raise RuntimeError("mật khẩu cơ sở dữ liệu là 1234")

    quiet.add_url_rule("/fall", "fall", fall)
    answer = quiet.test_client().get("/fall")
    assert answer.status_code == 500
    assert answer.headers["Content-Security-Policy"] == CSP
    for secret in ("mật khẩu", "1234", "RuntimeError", "Traceback", "test_armour", "/app/"):
        assert secret not in answer.text
    assert 'class="request-id"' in answer.text


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "localhost@evil.example", "evil.example:80"]
)
def test_a_strange_host_is_refused(world: World, host: str) -> None:
    for path in ("/", "/sign-in", "/follow", "/follow/lost"):
        answer = world.ask("anonymous", "GET", path, headers={"Host": host})
        assert answer.status_code == 400
        assert "evil.example" not in answer.text


def test_a_forwarded_host_is_not_listened_to(world: World) -> None:
    told = {"X-Forwarded-Host": "evil.example", "X-Forwarded-For": "6.6.6.6", "Forwarded": "host=evil.example"}
    for path in ("/", "/desk/", "/sign-in"):
        answer = world.ask("anonymous", "GET", path, headers=told)
        assert answer.status_code in (200, 302)
        assert "evil.example" not in answer.text + answer.headers.get("Location", "")


def _inside(cookie: str) -> dict[str, object]:
    """What Flask's signed cookie holds: signed, not secret."""
    payload = cookie.rsplit(".", 2)[0]
    is_pressed = payload.startswith(".")
    raw = base64_decode(payload.lstrip("."))
    return dict(json.loads(decompress(raw) if is_pressed else raw))


def test_the_cookie_is_strict_and_holds_nothing_about_a_person(world: World) -> None:
    for who in ("resident", "head@unit"):
        held = json.dumps(_inside(world.cookies[who]), ensure_ascii=False)
        for personal in ("Nông Thị Sen", "0912", "sen@example.vn", "PA-2026", "head@unit"):
            assert personal not in held
    answer = world.ask("anonymous", "POST", "/language", data={"lang": "en"})
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie and "Domain" not in cookie


def test_behind_https_the_cookie_is_host_bound_and_secure_and_https_is_remembered(world: World) -> None:
    from app import config

    environ = {"SECRET_KEY": "a-key-for-tests-only-not-used-anywhere", "BASE_URL": "https://gandan.example.vn",
               "DATA_DIR": str(world.folder), "PROXY_HOPS": "1",
               "KEYS_DIR": str(world.app.config["KEYS_DIR"])}  # fmt: skip
    public: Flask = create_app({**config.settings(environ), "WTF_CSRF_ENABLED": False})
    told = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9", "Host": "gandan.example.vn"}
    answer = public.test_client().post("/language", data={"lang": "en"}, headers=told)
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-gan-dan=") and "Secure" in cookie and "Path=/" in cookie and "Domain" not in cookie
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
