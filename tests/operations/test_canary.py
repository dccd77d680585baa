"""Check 84: a run with a marker in every field leaves none of them in any log, of web, worker, proxy or crash."""

from __future__ import annotations

import json
import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from .browser import Browser, petition, photo
from .ground import NAME, Nginx, Service, free_port

NUMBER = "0912345678"
MARK = {name: f"Canary{name}Zq7" for name in
        ("Name", "Title", "Body", "Place", "Mail", "File", "Account", "Password", "Cookie", "Agent", "Query", "Path",
         "Header", "Host", "Code", "Forwarded", "Method")}  # fmt: skip
SEEN_BY_SERVERS = [*MARK.values(), *(mark.lower() for mark in MARK.values()), NUMBER, NUMBER[1:]]


class Unfriendly:
    """A mail server that refuses everybody, quoting whom."""

    async def handle_RCPT(self, _server: Any, _session: Any, _envelope: Any, address: str, _options: Any) -> str:
        return f"451 {address} not now"


def _everything(base: str, folder: Path) -> str:
    """A resident and a stranger do all they can; the receipt code."""
    told = {"User-Agent": MARK["Agent"], "X-Request-ID": MARK["Header"], "X-Forwarded-For": MARK["Forwarded"]}
    visitor = Browser(base, Referer=f"{base}/?{MARK['Query']}", **told)
    visitor.session.cookies.set("other", MARK["Cookie"])
    code = petition(visitor, [(photo(), MARK["File"] + ".jpg"), (b"no picture", MARK["File"] + ".exe")],
                    name=MARK["Name"], phone=NUMBER, email=f"{MARK['Mail']}@example.vn", title=MARK["Title"],
                    body=MARK["Body"] * 3, place=MARK["Place"])  # fmt: skip
    assert code
    visitor.get(f"/submit/feedback?x={MARK['Query']}")
    visitor.get(f"/nowhere/{MARK['Path']}?x={MARK['Query']}")
    visitor.fill("/sign-in", password=MARK["Password"], account=MARK["Account"])
    visitor.fill("/follow", code=MARK["Code"])
    visitor.fill("/follow", code=code)
    visitor.session.request(MARK["Method"].upper(), base + "/", timeout=30)
    visitor.session.get(base + "/", headers={"Host": f"{MARK['Host']}.example"}, timeout=30)
    visitor.session.get(base + "/", headers={f"X-{MARK['Header']} x": "1"}, timeout=30)
    return code


def _crash(base: str, folder: Path, code: str) -> None:
    """A row that no code of ours writes, quoted by the exception it causes."""
    with sqlite3.connect(folder / "data" / "gan-dan.db", timeout=10) as database:
        database.execute("UPDATE petition_case SET due_on = ?", (MARK["Name"],))
    visitor = Browser(base)
    opened = visitor.fill("/follow", code=code)
    assert 500 in (opened.status_code, visitor.get(opened.location or "/").status_code)


@pytest.mark.parametrize("kind", ["embedded", "gunicorn"])
def test_no_log_holds_anything_that_was_typed_or_sent(kind: str, data: Path) -> None:
    folder, port = data.parent, free_port()
    mail = Controller(Unfriendly(), hostname="127.0.0.1", port=free_port())
    mail.start()
    env = {"BASE_URL": f"http://127.0.0.1:{port}", "PORT": str(port), "MAIL_HOST": "127.0.0.1",
           "MAIL_PORT": str(mail.port), "METRICS_PORT": str(free_port()), "LOG_FORMAT": "json"}  # fmt: skip
    try:
        with Service(kind, data, **env) as web, Service("worker", data, **env) as worker:
            web.wait()
            code = _everything(env["BASE_URL"], folder)
            _refused_letter(worker)
            _crash(env["BASE_URL"], folder, code)
    finally:
        mail.stop()
    said = {log.name: log.read_text() for log in folder.glob("*.log")}
    found = [(name, mark) for name, text in said.items() for mark in [*SEEN_BY_SERVERS, code, code.replace("-", "")]
             if mark in text]  # fmt: skip
    assert found == []
    _lines_are_json(web.log)


def _refused_letter(worker: Service) -> None:
    """The worker tried the letter and the mail server refused."""
    until = time.monotonic() + 60
    while "was not sent" not in worker.log.read_text():
        assert time.monotonic() < until, worker.log.read_text()
        time.sleep(0.2)


def _lines_are_json(log: Path) -> None:
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    requests = [line for line in lines if line["event"] == "request"]
    assert {"request", "endpoint", "method", "status", "ms", "official"} <= set(requests[0])
    assert {line["status"] for line in requests} >= {200, 303, 404, 422, 500}
    crash = next(line for line in lines if line.get("error"))
    assert any("app/" in place for place in crash["error"]) and crash["request"]


def test_the_proxys_logs_hold_nothing_either(data: Path) -> None:
    with Service("embedded", data, PROXY_HOPS="1") as web, Nginx(data.parent / "nginx", web.port) as nginx:
        web.wait()
        sent = {"User-Agent": MARK["Agent"], "Referer": MARK["Query"], "Cookie": MARK["Cookie"]}
        for path in (f"/?x={MARK['Query']}", f"/nowhere/{MARK['Path']}", f"/.{MARK['Path']}"):
            nginx.ask(path, headers=sent)
        nginx.ask("/sign-in", "POST", MARK["Password"].encode() * 200_000, sent)
        web.stop()
        assert nginx.ask(f"/?x={MARK['Query']}", headers={"Host": NAME})[0] == 502
        said = nginx.said() + web.log.read_text()
    assert " 404 " in said and " 502 " in said
    assert not [mark for mark in (*SEEN_BY_SERVERS, "127.0.0.1") if mark in said]
