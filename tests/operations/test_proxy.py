"""Checks 46, 54 (slow bodies) and 83, with the reverse proxy of deploy/ in front of real servers, on https."""

from __future__ import annotations

import contextlib
import http.client
import shutil
import socket
import ssl
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .ground import NAME, Nginx, Service, ask

DRIPS = 200
TEXT = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module", params=["embedded", "gunicorn"])
def front(
    request: pytest.FixtureRequest, blank_sqlite: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Nginx]:
    """nginx on https before one server; read-only tests share it."""
    folder = tmp_path_factory.mktemp(request.param)
    (folder / "data").mkdir()
    shutil.copy(blank_sqlite, folder / "data" / "gan-dan.db")
    with Service(request.param, folder / "data", PROXY_HOPS="1") as web, Nginx(folder / "nginx", web.port) as nginx:
        web.wait()
        yield nginx


def test_pages_come_over_https_with_their_headers_once(front: Nginx) -> None:
    status, headers, _body = front.ask("/sign-in")
    assert status == 200
    assert headers.get_all("Strict-Transport-Security") == ["max-age=31536000; includeSubDomains"]
    cookie = headers["Set-Cookie"]
    assert cookie.startswith("__Host-gan-dan=") and "Secure" in cookie and "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie and "Path=/" in cookie and "Domain" not in cookie
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cache-Control"):
        assert len(headers.get_all(name) or []) == 1, name
    assert not any(mark in str(headers.get("Server", "")) for mark in ("/", "gunicorn", "waitress"))


def test_plain_http_leads_to_https(front: Nginx) -> None:
    status, headers, _body = ask(front.http, "/follow", headers={"Host": NAME})
    assert (status, headers["Location"]) == (301, f"https://{NAME}/follow")


def test_forged_hosts_and_forwarding_headers_change_nothing(front: Nginx) -> None:
    forged = {"X-Forwarded-Host": "evil.example", "X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "http",
              "Forwarded": "host=evil.example;proto=http", "X-Forwarded-Prefix": "/evil", "X-Forwarded-Port": "81",
              "X-Real-IP": "203.0.113.9", "X-Request-ID": "evil-number"}  # fmt: skip
    status, headers, body = front.ask("/", headers=forged)
    assert status == 200 and b"evil" not in body and "Strict-Transport-Security" in headers
    _status, headers, body = front.ask("/submit/nothing", headers=forged)
    assert b"evil" not in body
    with pytest.raises((OSError, http.client.HTTPException)):
        front.ask("/", headers={"Host": "evil.example"})


def test_everybody_behind_one_forged_address_is_still_one_network(front: Nginx) -> None:
    """Wrong codes are counted for the true address, whatever X-Forwarded-For says."""
    answers = []
    for n in range(14):
        _status, headers, page = front.ask("/follow")
        token = page.split(b'name="csrf_token"')[1].split(b'value="')[1].split(b'"')[0].decode()
        said = f"csrf_token={token}&code=AAAA-BBBB-CCCC-{n:04d}".encode()
        given = {"Cookie": headers["Set-Cookie"].split(";")[0], "X-Forwarded-For": f"203.0.113.{n}",
                 "Referer": f"https://{NAME}/follow", "Content-Type": TEXT}  # fmt: skip
        answers.append(front.ask("/follow", "POST", said, given)[0])
    assert answers[0] == 422 and answers[-1] == 429


@pytest.mark.parametrize("path", ["/metrics", "/.git/config", "/.env", "/readyz", "/data/gan-dan.db", "/console"])
def test_what_is_not_for_outsiders_is_not_there(front: Nginx, path: str) -> None:
    assert front.ask(path)[0] == 404


def test_health_is_told_through_the_proxy(front: Nginx) -> None:
    status, headers, body = front.ask("/healthz")
    assert status == 200 and b'"status"' in body and "Set-Cookie" not in headers


def test_static_files_are_kept_by_browsers_for_good(front: Nginx) -> None:
    page = front.ask("/")[2].decode()
    address = page.split('rel="stylesheet"')[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
    status, headers, _body = front.ask(address)
    assert (status, headers["Content-Type"].split(";")[0]) == (200, "text/css")
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert len(headers.get_all("X-Content-Type-Options") or []) == 1
    assert front.ask("/static/../wsgi.py")[0] == 404 and front.ask("/static/nothing.css")[0] == 404


def test_oversized_requests_are_refused(front: Nginx) -> None:
    many = {f"X-{n}": "1" for n in range(200)}
    assert front.ask("/", headers=many)[0] in (400, 431)
    edge = "x" * 20
    parts = "".join(f'--{edge}\r\nContent-Disposition: form-data; name="a{n}"\r\n\r\n1\r\n' for n in range(1001))
    body = f"{parts}--{edge}--\r\n".encode()
    status = front.ask("/submit/feedback", "POST", body, {"Content-Type": f"multipart/form-data; boundary={edge}"})[0]
    assert status == 413
    text = b"a=" + b"x" * (501 * 1024 * 3)
    assert front.ask("/follow", "POST", text, {"Content-Type": TEXT})[0] == 413


def test_a_body_of_170_megabytes_is_refused_unread(front: Nginx) -> None:
    with front.connect() as link:
        size = str(170 * 1024 * 1024).encode()
        link.sendall(FORM.replace(b"100000", size) + b"x" * 1024)
        assert b" 413 " in link.recv(200)


FORM = (f"POST /submit/feedback HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 100000\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\n\r\n").encode()  # fmt: skip


def _drip(connect: Callable[[], socket.socket], head: bytes, cut: list[float]) -> None:
    """One connection that sends its head and then a byte a second, until it is cut or answered."""
    began = time.monotonic()
    with contextlib.suppress(ConnectionError, ssl.SSLError), connect() as link:
        link.sendall(head)
        link.settimeout(1.0)
        while time.monotonic() - began < 45:
            link.sendall(b"x")
            try:
                link.recv(4096)
                break
            except TimeoutError:
                continue
    cut.append(time.monotonic() - began)


def _normal(front: Nginx) -> list[float]:
    took = []
    for _n in range(40):
        began = time.monotonic()
        assert front.ask("/follow")[0] == 200
        took.append(time.monotonic() - began)
        time.sleep(0.1)
    return took


def test_two_hundred_dripping_connections_hold_nobody_up_and_are_cut(front: Nginx) -> None:
    """Bodies and headers through the proxy, and one body straight to the server."""
    cut = list[float]()
    ways: list[tuple[Callable[[], socket.socket], bytes]] = [(front.connect, FORM)] * DRIPS
    ways += [(front.connect, b"GET / HTTP/1.1\r\n")] * 10
    ways += [(lambda: socket.create_connection(("127.0.0.1", front.behind)), FORM)]
    drips = [threading.Thread(target=_drip, args=(*way, cut), daemon=True) for way in ways]
    for drip in drips:
        drip.start()
    time.sleep(1.0)
    took = _normal(front)
    assert len(cut) <= 10, "they were still dripping"
    assert statistics.quantiles(took, n=20)[-1] < 1.0
    for drip in drips:
        drip.join(50)
    assert len(cut) == len(ways) and max(cut) <= 30.0
