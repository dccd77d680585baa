"""Check 83: SIGTERM under load takes nothing new, finishes what runs, loses nothing; no 502 on a rolling restart."""

from __future__ import annotations

import fcntl
import os
import signal
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import servers
from tests.petitions.walk import FEEDBACK, Walk

from .browser import Browser
from .ground import Nginx, Service, ask, free_port

WRITERS = 3
"""As many as wait for a stuck turn (turns.FEW)."""


def _env(port: int, **more: str) -> dict[str, str]:
    return {"BASE_URL": f"http://127.0.0.1:{port}", "PORT": str(port), "PROXY_HOPS": "1", **more}


def _walked(base: str, n: int) -> tuple[Browser, Walk]:
    """A resident who has filled in everything but not pressed Send, each from a network of their own."""
    browser = Browser(base, **{"X-Forwarded-For": f"198.51.100.{n}"})
    return browser, Walk(browser).to("review", FEEDBACK)  # type: ignore[arg-type]


def _at_once(work: list[Callable[[], Any]]) -> list[threading.Thread]:
    threads = [threading.Thread(target=one, daemon=True) for one in work]
    for thread in threads:
        thread.start()
    return threads


@pytest.mark.parametrize("kind", ["embedded", "gunicorn"])
def test_what_runs_when_the_server_is_told_to_stop_is_finished(kind: str, data: Path) -> None:
    port = free_port()
    codes: list[str] = []
    with Service(kind, data, **_env(port)) as web:
        web.wait()
        walks = [_walked(f"http://127.0.0.1:{port}", n) for n in range(1, WRITERS + 1)]

        def send(browser: Browser, walk: Walk) -> None:
            page = walk.send()
            codes.append(page.location if page.status_code == 303 else f"status {page.status_code}")

        with open(data / "write.lock", "a+b") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            threads = _at_once([lambda w=w: send(*w) for w in walks])  # type: ignore[misc]
            time.sleep(1.0)
            began = time.monotonic()
            web.term()
            time.sleep(1.0)
            assert codes == [] and web.process.poll() is None
            fcntl.flock(lock, fcntl.LOCK_UN)
        for thread in threads:
            thread.join(30)
        assert web.process.wait(30) == 0 and time.monotonic() - began < 20
    assert len(codes) == WRITERS and len(set(codes)) == 1 and codes[0].startswith("/"), codes
    with sqlite3.connect(data / "gan-dan.db") as database:
        assert database.execute("SELECT count(*) FROM petition_case").fetchone() == (WRITERS,)
    with pytest.raises(OSError):
        ask(port, "/healthz")


@pytest.mark.parametrize("kind", ["embedded", "gunicorn"])
def test_nothing_acknowledged_is_lost_when_a_busy_server_stops(kind: str, data: Path) -> None:
    port, stop = free_port(), threading.Event()
    codes: list[str] = []
    with Service(kind, data, **_env(port)) as web:
        web.wait()

        def keep_sending(n: int) -> None:
            turn = 0
            while not stop.is_set():
                turn += 1
                sender = Browser(f"http://127.0.0.1:{port}", **{"X-Forwarded-For": f"198.51.{n}.{turn % 250}"})
                try:
                    walk = Walk(sender).to("review", FEEDBACK)  # type: ignore[arg-type]
                    page = walk.send()
                    if page.status_code == 303:
                        codes.append(str(n))
                except (OSError, AssertionError, IndexError):
                    return  # the server is gone, or going

        threads = _at_once([lambda n=n: keep_sending(n) for n in range(4)])  # type: ignore[misc]
        until = time.monotonic() + 90
        while len(codes) < 3 and time.monotonic() < until:
            time.sleep(0.1)
        web.term()
        assert web.process.wait(30) == 0
        stop.set()
        for thread in threads:
            thread.join(60)
    assert codes
    with sqlite3.connect(data / "gan-dan.db") as database:
        assert database.execute("SELECT count(*) FROM petition_case").fetchone()[0] >= len(codes)


def _through(nginx: Nginx, wrong: list[str], stop: threading.Event) -> None:
    while not stop.is_set():
        for path in ("/follow", "/", "/sign-in"):
            try:
                status = nginx.ask(path, timeout=120)[0]
            except OSError as error:
                wrong.append(type(error).__name__)
            else:
                if status != 200:
                    wrong.append(str(status))


def test_replacing_the_processes_on_postgresql_shows_no_502(blank_postgresql: servers.Postgres, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    name = f"rolling{os.getpid()}"
    url = blank_postgresql.create(name, template="blank").replace("postgresql+psycopg", "postgresql")
    env = {"DATABASE_URL": url, "WEB_PROCESSES": "2", "PROXY_HOPS": "1", "METRICS_PORT": str(free_port())}
    wrong, stop = list[str](), threading.Event()
    try:
        with Service("gunicorn", tmp_path / "data", **env) as web, Nginx(tmp_path / "nginx", web.port) as nginx:
            web.wait()
            threads = _at_once([lambda: _through(nginx, wrong, stop)] * 3)
            time.sleep(2.0)
            web.process.send_signal(signal.SIGHUP)
            time.sleep(6.0)
            stop.set()
            for thread in threads:
                thread.join(120)  # while the new processes load, requests wait in the kernel
            metrics = ask(int(env["METRICS_PORT"]), "/metrics")[2].decode()
        assert wrong == []
        assert 'endpoint="petitions.door"' in metrics and "gandan_database_up 1.0" in metrics
    finally:
        blank_postgresql.drop(name)


def test_one_server_after_the_other_is_restarted_behind_the_proxy_without_a_502(data: Path) -> None:
    wrong, stop = list[str](), threading.Event()
    with Service("embedded", data, PROXY_HOPS="1") as one, Service("embedded", data, PROXY_HOPS="1") as two:
        one.wait()
        two.wait()
        with Nginx(data.parent / "nginx", one.port, two.port) as nginx:
            threads = _at_once([lambda: _through(nginx, wrong, stop)] * 3)
            time.sleep(1.0)
            one.stop()
            with Service("embedded", data, PROXY_HOPS="1", PORT=str(one.port)) as again:
                again.wait()
                two.stop()
                time.sleep(1.0)
                stop.set()
                for thread in threads:
                    thread.join(30)
    assert wrong == []


def test_the_worker_stops_when_told(data: Path) -> None:
    with Service("worker", data) as worker:
        until = time.monotonic() + 60
        while not (data / "worker.seen").exists():
            assert time.monotonic() < until and worker.process.poll() is None, worker.log.read_text()
            time.sleep(0.1)
        began = time.monotonic()
        assert worker.stop() == 0 and time.monotonic() - began < 20


def test_a_socket_from_systemd_is_served_and_survives(data: Path) -> None:
    """gan-dan-web.socket: the address stays open while the server behind it is another one."""
    import socket
    import subprocess
    import sys

    from .ground import EMBEDDED, ROOT, SECRET

    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen(64)
        port = held.getsockname()[1]
        handed = "os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS='1')"
        start = f"import os\nos.dup2({held.fileno()}, 3)\n{handed}\n{EMBEDDED}"
        env = {**os.environ, "SECRET_KEY": SECRET, "BASE_URL": "http://127.0.0.1", "DATA_DIR": str(data),
               "GAN_DAN_DEMO": "0"}  # fmt: skip
        answers = []
        for _turn in range(2):
            web = subprocess.Popen([sys.executable, "-c", start], cwd=ROOT, env=env, pass_fds=(held.fileno(),),
                                   stderr=subprocess.DEVNULL)  # fmt: skip
            answers.append(ask(port, "/healthz", timeout=60)[0])  # waits in the kernel until the server is up
            web.terminate()
            assert web.wait(30) == 0
        assert answers == [200, 200]
