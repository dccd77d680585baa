"""Checks 81 and 82 in short: a crowd is told to come back, health answers, few passwords are hashed at a time."""

from __future__ import annotations

import re
import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import Client

from app import overload
from app.accounts import passwords
from app.errors import page
from app.overload import REFUSED, Lane, Overload, Places
from tests.petitions.walk import forms

from .browser import Browser
from .ground import ROOT, Service, ask, free_port

PASSWORD = "một câu dài dễ nhớ của cán bộ"


def test_a_lane_takes_so_many_lets_so_many_wait_and_refuses_the_rest() -> None:
    places = Places(Lane("one", 2, 1, 0.3))
    assert places.take() and places.take()
    waiting: list[bool] = []
    thread = threading.Thread(target=lambda: waiting.append(places.take()))
    thread.start()
    time.sleep(0.1)
    began = time.monotonic()
    assert not places.take() and time.monotonic() - began < 0.1  # two at work, one waiting: no
    places.give()
    thread.join()
    assert waiting == [True]
    began = time.monotonic()
    assert not places.take() and 0.2 < time.monotonic() - began < 2  # waited its time
    places.give()
    places.give()
    assert places.take()


def test_readers_writers_and_the_door_have_lanes_of_their_own() -> None:
    assert overload.lane_of("GET", "/sign-in") == "read" == overload.lane_of("HEAD", "/")
    assert overload.lane_of("POST", "/sign-in") == "door"
    assert overload.lane_of("POST", "/submit/feedback") == "write"


def test_the_server_has_a_thread_for_every_place_and_more() -> None:
    conf = (ROOT / "deploy" / "gunicorn.conf.py").read_text()
    found = re.search(r"^threads = (\d+)", conf, re.M)
    assert found and int(found[1]) >= overload.threads() + 200  # and for those that drip
    assert "import app" not in conf.split("def ")[0] and "from app" not in conf.split("def ")[0]


def test_a_place_is_given_back_whatever_happens() -> None:
    def breaks(_environ: Any, _start: Any) -> Any:
        raise RuntimeError

    keeper = Overload(breaks, [Lane("read", 1, 0, 0.1), Lane("write", 1, 0, 0.1), Lane("door", 1, 0, 0.1)])
    for _n in range(3):
        with pytest.raises(RuntimeError):
            keeper({"REQUEST_METHOD": "GET", "PATH_INFO": "/"}, lambda *_a: None)


def test_who_finds_no_place_gets_a_page_that_says_when_to_come_back(app: Flask) -> None:
    answer = app.test_client().get("/follow", environ_overrides={REFUSED: True})
    assert answer.status_code == 503 and answer.headers["Retry-After"] == "5" and "Set-Cookie" not in answer.headers
    assert "Content-Security-Policy" in answer.headers and page is not None
    assert app.test_client().get("/healthz").status_code == 200


def test_readers_without_a_place_get_one_page_made_once_each_with_its_own_number(app: Flask) -> None:
    made = list[str]()

    def counted(environ: Any, start: Any) -> Any:
        made.append(environ["PATH_INFO"])
        return app.wsgi_app(environ, start)

    full = [Lane(name, 0, 0, 0.1) for name in ("read", "write", "door")]
    visitor = Client(Overload(counted, full))
    first = visitor.get("/follow", headers={"Host": "evil.example"})
    assert "evil.example" not in first.text
    second = visitor.get("/desk/", headers={"Cookie": "a=b", "Accept-Encoding": "gzip"})
    numbers = [re.findall(r"\b[0-9a-f]{16}\b", answer.text) for answer in (first, second)]
    assert len(numbers[0]) == len(numbers[1]) == 1 and numbers[0] != numbers[1]
    assert {(answer.status_code, answer.headers["Retry-After"]) for answer in (first, second)} == {(503, "5")}
    assert first.headers["Content-Security-Policy"] == second.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in first.headers and made == ["/follow"]
    kept = visitor.post("/submit/feedback", data={"body": "Đường sạt lở ở xóm"})
    assert kept.status_code == 503 and "Đường sạt lở ở xóm" in kept.text, "what was sent is given back"


class Watch(threading.Thread):
    """Asks for health five times a second and keeps the longest wait; and the most memory the server took."""

    def __init__(self, web: Service) -> None:
        super().__init__(daemon=True)
        self.web, self.over = web, threading.Event()
        self.longest, self.most_memory, self.wrong = 0.0, 0, list[str]()

    def run(self) -> None:
        while not self.over.is_set():
            began = time.monotonic()
            try:
                if ask(self.web.port, "/healthz", timeout=20)[0] != 200:
                    self.wrong.append("status")
            except OSError as error:
                self.wrong.append(type(error).__name__)
            self.longest = max(self.longest, time.monotonic() - began)
            status = Path(f"/proc/{self.web.process.pid}/status").read_text()
            self.most_memory = max(self.most_memory, int(re.search(r"VmRSS:\s+(\d+)", status)[1]) * 1024)  # type: ignore[index]
            time.sleep(0.2)


def test_a_crowd_is_answered_or_told_to_come_back_and_health_answers(data: Path) -> None:
    seen: list[tuple[int, float, bool]] = []
    stop = threading.Event()
    with Service("embedded", data) as web:
        web.wait()

        def hammer() -> None:
            while not stop.is_set():
                began = time.monotonic()
                status, headers, _body = ask(web.port, "/follow", timeout=60)
                seen.append((status, time.monotonic() - began, "Retry-After" in headers))

        watch = Watch(web)
        watch.start()
        crowd = [threading.Thread(target=hammer, daemon=True) for _n in range(120)]
        for one in crowd:
            one.start()
        time.sleep(6.0)
        stop.set()
        for one in crowd:
            one.join(60)
        watch.over.set()
        watch.join(30)
        assert ask(web.port, "/follow")[0] == 200
    refused = [(took, says_when) for status, took, says_when in seen if status == 503]
    assert {200} <= {status for status, _took, _says in seen} <= {200, 503}  # a quick machine refuses nobody
    assert all(says_when for _took, says_when in refused)
    assert watch.wrong == [] and watch.most_memory < 1 << 30
    if is_calm():
        assert watch.longest < 1.0
        assert not refused or sorted(took for took, _s in refused)[int(len(refused) * 0.95)] < 1.0


def is_calm() -> bool:
    """Whether this machine has nothing else to do: only then do seconds say something about the server."""
    import os

    return os.getloadavg()[0] < 2 * (os.cpu_count() or 1)


@pytest.mark.parametrize("number", [24, pytest.param(100, marks=pytest.mark.soak)])
def test_a_morning_at_the_door_hashes_few_passwords_at_a_time(number: int, data: Path) -> None:
    with sqlite3.connect(data / "gan-dan.db") as database:
        columns = [row[1] for row in database.execute("PRAGMA table_info(official)") if row[3]]
        given = {"account": "can-bo", "name": "Cán bộ", "password_hash": passwords.hash_password(PASSWORD),
                 "created_at": "2026-11-01 00:00:00", "language": "vi", "email": "", "phone": ""}  # fmt: skip
        values = {name: given.get(name, 0) for name in {*columns, *given} - {"id"}
                  if name in {row[1] for row in database.execute("PRAGMA table_info(official)")}}  # fmt: skip
        marks = ", ".join("?" for _v in values)
        database.execute(f"INSERT INTO official ({', '.join(values)}) VALUES ({marks})", list(values.values()))
    port, metrics = free_port(), free_port()
    statuses: list[int] = []
    most, over = [0.0], threading.Event()
    with Service("embedded", data, PORT=str(port), BASE_URL=f"http://127.0.0.1:{port}",
                 METRICS_PORT=str(metrics)) as web:  # fmt: skip
        web.wait()
        door = Browser(f"http://127.0.0.1:{port}")
        form = next(form for form in forms(door.get("/sign-in")) if "password" in form.fields)
        cookies = door.session.cookies

        def sign_in() -> None:
            visitor = Browser(f"http://127.0.0.1:{port}")
            visitor.session.cookies.update(cookies)
            statuses.append(
                visitor.post("/sign-in", {**form.fields, "account": "can-bo", "password": PASSWORD}).status_code
            )

        def look() -> None:
            while not over.is_set():
                text = ask(metrics, "/metrics")[2].decode()
                most[0] = max([most[0], *map(float, re.findall(r'hashes\{state="at_work"\} ([\d.]+)', text))])
                time.sleep(0.05)

        watch, looking = Watch(web), threading.Thread(target=look, daemon=True)
        watch.start()
        looking.start()
        crowd = [threading.Thread(target=sign_in, daemon=True) for _n in range(number)]
        for one in crowd:
            one.start()
        for one in crowd:
            one.join(90)
        over.set()
        watch.over.set()
        watch.join(30)
    assert len(statuses) == number and set(statuses) <= {302, 303, 503} and 303 in statuses, statuses
    assert 1 <= most[0] <= passwords.AT_ONCE and watch.wrong == [] and watch.most_memory < 1 << 30
    if is_calm():
        assert watch.longest < 1.0


def test_a_page_that_is_never_read_to_its_end_takes_no_place(app: Flask) -> None:
    visitor, began = app.test_client(), time.monotonic()
    kept = [visitor.get("/follow") for _n in range(3 * overload.LANES[0].at_work)]
    assert {answer.status_code for answer in kept} == {200} and time.monotonic() - began < 60
