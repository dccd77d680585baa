"""The phases of a load run: mixed, photographs, the door in the morning, a crowd, and afterwards."""

from __future__ import annotations

import random
import re
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import requests

from tests.operations.browser import photo
from tests.operations.ground import ask
from tests.petitions.walk import FEEDBACK, Walk, upload

from .told import Told
from .town import ROLES, Place

PUBLIC = ("/", "/follow", "/submit/feedback", "/reception", "/dialogues", "/commitments")
DESK = {0: ("/desk/",), 1: ("/desk/",), 2: ("/desk/",), 3: ("/statistics/",)}
Seen = list[tuple[int, float]]


def paced(rate: float, seconds: float, work: Callable[[Seen], None], hands: int = 64) -> Seen:
    """Do `work` so often a second, whether or not the last one is back (open loop)."""
    seen: Seen = []
    with ThreadPoolExecutor(hands) as pool:
        began, number = time.monotonic(), 0
        while (due := began + number / rate) < began + seconds:
            time.sleep(max(0.0, due - time.monotonic()))
            pool.submit(_guarded, work, seen)
            number += 1
    return seen


def _guarded(work: Callable[[Seen], None], seen: Seen) -> None:
    try:
        work(seen)
    except requests.RequestException:
        seen.append((0, 0.0))


def _timed(seen: Seen, ask_for: Callable[[], int]) -> int:
    began = time.monotonic()
    status = ask_for()
    seen.append((status, time.monotonic() - began))
    return status


def mixed(place: Place, told: Told, seconds: float) -> None:
    """Check 80: twenty requests a second, residents, officials, supervisors; every twentieth writes."""

    def one(seen: Seen) -> None:
        chance = random.random()
        if chance < 0.55:
            visitor, path = place.resident(), random.choice(PUBLIC)
            _timed(seen, lambda: visitor.get(path).status_code)
        elif chance < 0.60:
            visitor = place.resident()
            page = visitor.get("/follow")
            token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
            wrong = {"csrf_token": token[1] if token else "", "code": "0000-0000-0000-0000"}
            _timed(seen, lambda: visitor.post("/follow", wrong).status_code)
        else:
            who = random.randrange(len(ROLES))
            path = random.choice(place.case_paths) if who == 1 and random.random() < 0.6 else random.choice(DESK[who])
            cookies = place.officials[who].session.cookies.get_dict()
            _timed(seen, lambda: requests.get(place.base + path, cookies=cookies, timeout=60).status_code)

    told.say(f"\nCheck 80, mixed load of 20 requests a second for {seconds / 60:.0f} minutes")
    paced(20, 5, one)  # the first requests of a process load what later ones find
    found = told.times("mixed", seen := paced(20, seconds, one))
    told.hold("p95 below 500 ms", found["p95"] < 500)
    told.hold("p99 below 1.5 s", found["p99"] < 1500)
    told.hold("no 5xx, no lost connection", not [s for s, _t in seen if s >= 500 or s == 0])


def photos(place: Place, told: Told, seconds: float) -> None:
    """Check 80: two photographs of 2 MB a second, each taken in, cleaned and kept; and petitions with them sent."""
    picture = photo(2_000_000)
    sent: Seen = []
    walks: list[Walk] = []

    def prepare(_n: int) -> None:
        walks.append(Walk(place.resident()).to("files", FEEDBACK))  # type: ignore[arg-type]

    number = int(2 * seconds)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(prepare, range(number)))

    def one(seen: Seen) -> None:
        walk = walks.pop()
        _timed(seen, lambda: walk.press("upload", files=upload(picture, "anh.jpg")).status_code)
        walk.to("review", FEEDBACK)
        _timed(sent, lambda: walk.send().status_code)

    told.say(f"\nCheck 80, two petitions a second, each with a photograph of {len(picture) / 1e6:.1f} MB, "
             f"for {seconds:.0f} s")  # fmt: skip
    found = told.times("upload", seen := paced(2, seconds, one))
    told.hold("p95 of an upload below 2 s", found["p95"] < 2000)
    found = told.times("send", sent)
    told.hold("p95 of sending below 2 s", found["p95"] < 2000)
    told.hold("no 5xx", not [s for s, _t in seen + sent if s >= 500 or s == 0])


def door(place: Place, told: Told) -> None:
    """Check 82: a hundred officials sign in at the same moment."""
    told.say("\nCheck 82, 100 sign-ins at the same moment")
    with place.health_lock:
        place.health.clear()
    official = place.resident()
    page = official.get("/sign-in")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    form = {"csrf_token": token[1] if token else "", "account": "nobody", "password": "a wrong one, long enough"}
    cookies = official.session.cookies.get_dict()
    seen: Seen = []

    def knock(n: int) -> None:
        headers = {"X-Forwarded-For": f"203.0.{n}.7"}
        _timed(seen, lambda: requests.post(place.base + "/sign-in", form, cookies=cookies, headers=headers,
                                           timeout=90).status_code)  # fmt: skip

    with ThreadPoolExecutor(100) as pool:
        list(pool.map(knock, range(100)))
    told.times("sign-ins", seen)
    _health(place, told)


def crowd(place: Place, told: Told, seconds: float) -> None:
    """Check 81: ten times as much for two minutes; what cannot be served is told so at once."""
    told.say(f"\nCheck 81, 200 connections asking as fast as they can for {seconds:.0f} s")
    with place.health_lock:
        place.health.clear()
    seen: Seen = []
    codes: list[str] = []
    over = threading.Event()

    def hammer() -> None:
        while not over.is_set():
            began = time.monotonic()
            try:
                status = ask(place.web.port, random.choice(PUBLIC), timeout=60)[0]
            except OSError:
                status = 0
            seen.append((status, time.monotonic() - began))

    def send() -> None:
        while not over.is_set():
            try:
                page = Walk(place.resident()).to("review", FEEDBACK).send()  # type: ignore[arg-type]
            except (requests.RequestException, AssertionError, IndexError):
                continue  # told to come back on the way
            if page.status_code == 303:
                codes.append(page.location)

    before = _cases(place)
    threads = [threading.Thread(target=hammer, daemon=True) for _n in range(200)]
    threads += [threading.Thread(target=send, daemon=True) for _n in range(4)]
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    over.set()
    for thread in threads:
        thread.join(90)
    told.times("all", seen)
    refused = told.times("refused", [one for one in seen if one[0] in (429, 503)])
    told.hold("what is refused is refused within 1 s (p95)", refused["p95"] < 1000)
    told.hold("nothing but 200, 429 and 503", {status for status, _t in seen} <= {200, 429, 503})
    told.hold(f"every acknowledged petition is stored ({len(codes)})", _cases(place) - before >= len(codes))
    _health(place, told)


def after(place: Place, told: Told) -> None:
    """Back to normal within a minute."""
    time.sleep(5)
    found = told.times("\nFive seconds after the crowd", paced(10, 20, lambda seen: _usual(place, seen)))
    told.hold("p95 below 500 ms again", found["p95"] < 500)


def _usual(place: Place, seen: Seen) -> None:
    _timed(seen, lambda: place.resident().get(random.choice(PUBLIC)).status_code)


def _health(place: Place, told: Told) -> None:
    with place.health_lock:
        found = told.times("health meanwhile", list(place.health))
    told.hold("health answers within 1 s (p99)", found["p99"] < 1000)


def _cases(place: Place) -> int:
    log = place.web.log.parent / "data" / "gan-dan.db"
    with sqlite3.connect(f"file:{log}?mode=ro", uri=True) as database:
        return int(database.execute("SELECT count(*) FROM petition_case").fetchone()[0])
