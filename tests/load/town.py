"""The town under load: a planted folder, a server with its worker, residents and officials with cookies."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.operations.browser import Browser
from tests.operations.ground import ROOT, SECRET, Service, ask, free_port

ROLES = ("can-bo-tiep-nhan", "can-bo-xu-ly", "lanh-dao", "giam-sat")


def plant(data: Path, cases: int) -> None:
    """A province with so many cases, unless the folder has one."""
    is_planted = (data / "gan-dan.db").exists()
    data.mkdir(parents=True, exist_ok=True)
    env = {**os.environ, "GAN_DAN_DEMO": "1", "DATA_DIR": str(data), "SECRET_KEY": SECRET}
    seed = ["seed-demo", "--bulk", "--cases", str(cases)]
    for command in [["migrate"]] if is_planted else [["migrate"], seed]:
        subprocess.run([sys.executable, "-m", "flask", "--app", "wsgi", *command], cwd=ROOT, env=env, check=True,
                       stdout=subprocess.DEVNULL)  # fmt: skip


@dataclass
class Place:
    """The running server and who goes in and out."""

    web: Service
    base: str
    officials: list[Browser] = field(default_factory=list)
    case_paths: list[str] = field(default_factory=list)
    most_memory: int = 0
    health: list[tuple[int, float]] = field(default_factory=list)
    health_lock: threading.Lock = field(default_factory=threading.Lock)

    def resident(self) -> Browser:
        """Somebody from a network of their own."""
        return Browser(self.base, **{"X-Forwarded-For": ".".join(str(random.randint(1, 250)) for _n in range(4))})


@contextmanager
def served(data: Path) -> Iterator[Place]:
    """gunicorn and a worker on that folder, officials signed in, health asked all the while."""
    port, over = free_port(), threading.Event()
    env = {"PORT": str(port), "BASE_URL": f"http://127.0.0.1:{port}", "PROXY_HOPS": "1", "GAN_DAN_DEMO": "1",
           "LOG_FORMAT": "json", "MALLOC_ARENA_MAX": "2", "METRICS_PORT": str(free_port())}  # fmt: skip
    with Service("gunicorn", data, **env) as web, Service("worker", data, **env):
        web.wait(patience=300)
        place = Place(web, env["BASE_URL"])
        _sign_in(place, data)
        watch = threading.Thread(target=_watch, args=(place, over), daemon=True)
        watch.start()
        yield place
        over.set()
        watch.join(30)


def _sign_in(place: Place, data: Path) -> None:
    lines = (data / "demo-passwords.txt").read_text().splitlines()
    known = dict(line.split(None, 1) for line in lines if len(line.split(None, 1)) == 2)
    for role in ROLES:
        account = next(account for account in known if account.startswith(role))
        place.officials.append(_signed_in(place, account, known[account].strip()))
    queue = place.officials[1].get("/desk/")
    place.case_paths = sorted(set(re.findall(r'href="(/desk/cases/[^"?#]+)', queue.text)))[:40]
    assert place.case_paths, "the officer's queue is empty"


def _signed_in(place: Place, account: str, password: str) -> Browser:
    """Right after planting the worker counts all figures and writes the morning's digests: ask again meanwhile."""
    for _n in range(30):
        official = place.resident()
        if official.fill("/sign-in", account=account, password=password).status_code == 303:
            return official
        time.sleep(5)
    raise AssertionError(f"{account} cannot sign in")


def _watch(place: Place, over: threading.Event) -> None:
    """Health five times a second, and the memory of the process that serves."""
    while not over.is_set():
        began = time.monotonic()
        try:
            status = ask(place.web.port, "/healthz", timeout=30)[0]
        except OSError:
            status = 0
        with place.health_lock:
            place.health.append((status, time.monotonic() - began))
        place.most_memory = max(place.most_memory, *map(_memory, _children(place.web.process.pid)), 0)
        time.sleep(0.2)


def _children(pid: int) -> list[int]:
    place = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in place.read_text().split()] if place.exists() else []


def _memory(pid: int) -> int:
    try:
        found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0
    return int(found[1]) * 1024 if found else 0
