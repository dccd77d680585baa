"""Checks 65, 66 and 69: kill -9 at random moments; what was acknowledged is there once and whole."""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

import pytest

from .cluster import Cluster
from .conftest import MakeHouse
from .house import House, eventually
from .mail import PostOffice
from .proof import wrong_with
from .resident import Browser, Resident
from .storm import Report, storm

SEED = int(os.environ.get("SOAK_SEED") or random.randrange(10**6))
"""Printed with every storm; SOAK_SEED=... repeats its choices."""
BUILDS = "tests.faults.builds"


def must_be_whole(report: Report, keep_as: str = "") -> None:
    """Print what was found (and keep it, SOAK_OUTPUT=docs/soak), then say so."""
    sys.stdout.write(f"{report}\n")
    if keep_as and (folder := os.environ.get("SOAK_OUTPUT")):
        Path(folder).mkdir(parents=True, exist_ok=True)
        (Path(folder) / keep_as).write_text(f"{report}\n")
    assert report.wrong == []
    assert sum(deed.is_acknowledged for deed in report.deeds) >= report.rounds, "too few to prove anything"
    assert sorted(report.restarts)[len(report.restarts) // 2] < 10 * crowd()


def crowd() -> float:
    """How many processes want each processor; a start that shares one with seven others takes eight times as long."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def test_after_a_few_kills_everything_acknowledged_is_there_once(make_house: MakeHouse, post: PostOffice) -> None:
    house = make_house(MAIL_HOST="127.0.0.1", MAIL_PORT=str(post.port))
    must_be_whole(storm(house, SEED, rounds=6, post=post))


@pytest.mark.soak
def test_a_hundred_kills_lose_nothing_on_sqlite(make_house: MakeHouse, post: PostOffice) -> None:
    house = make_house(MAIL_HOST="127.0.0.1", MAIL_PORT=str(post.port))
    must_be_whole(storm(house, SEED, rounds=100, post=post), "kill-9-sqlite.txt")


@pytest.mark.soak
def test_thirty_kills_lose_nothing_on_postgresql(moved: House, post: PostOffice, cluster: Cluster) -> None:
    must_be_whole(storm(moved, SEED, rounds=30, post=post, database=cluster), "kill-9-postgresql.txt")


def test_a_build_that_says_yes_before_it_writes_is_found_out(make_house: MakeHouse) -> None:
    house = make_house(program=("-m", BUILDS, "hasty"))
    house.start()
    resident = Resident(house.url, 0, SEED)
    resident.on_yes = house.kill_web
    deed = resident.file_one()
    assert deed.is_acknowledged
    assert [line for line in wrong_with(house, [deed]) if "0 cases by token" in line]


def test_while_the_database_server_is_away_pages_say_so_and_come_back_by_themselves(
    moved: House, cluster: Cluster
) -> None:
    moved.start()
    resident = Resident(moved.url, 0, SEED)
    deed = resident.file_one()
    cluster.kill()
    try:
        browser = Browser(moved.url, patience=0.0)
        page = browser.get("/submit/feedback")
        assert page.status_code == 503 and page.headers["Retry-After"] == "5"
        assert "Đang bận" in page.text and "Busy" in page.text and "psycopg" not in page.text
    finally:
        cluster.start()
    eventually(lambda: moved.status("/") == 200)
    deeds = [deed, resident.file_one()]
    assert moved.stop() == 0
    assert wrong_with(moved, deeds) == []
