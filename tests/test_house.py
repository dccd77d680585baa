"""The house itself: settings, turns of writers, the doctor, headers, error pages."""

from __future__ import annotations

import stat
import threading
import time
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from app import clock, config
from app.extensions import db, has_safe_wal, writing
from app.inspection import doors, examine
from app.journal import checkpoint
from app.keys import place
from app.turns import Busy, Turns
from app.units.queries import next_number
from tests.conftest import both_engines


def test_without_its_secrets_the_app_refuses_to_start_and_names_them(tmp_path: Path) -> None:
    with pytest.raises(config.SettingsMissing, match="SECRET_KEY, BASE_URL"):
        config.settings({"DATA_DIR": str(tmp_path)})
    with pytest.raises(config.SettingsMissing, match="32 characters"):
        config.settings({"DATA_DIR": str(tmp_path), "SECRET_KEY": "short", "BASE_URL": "https://a.example"})


def test_the_demo_makes_its_own_random_key_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first = config.settings({"DATA_DIR": str(tmp_path), "GAN_DAN_DEMO": "1"})
    again = config.settings({"DATA_DIR": str(tmp_path), "GAN_DAN_DEMO": "1"})
    assert first["SECRET_KEY"] == again["SECRET_KEY"]
    assert stat.S_IMODE((tmp_path / "demo-secret-key").stat().st_mode) == 0o600


def test_https_makes_the_cookie_host_bound_and_secure(tmp_path: Path) -> None:
    given = {"DATA_DIR": str(tmp_path), "SECRET_KEY": "x" * 40, "BASE_URL": "https://gan-dan.example"}
    made = config.settings({**given, "DATABASE_URL": "postgres://db/gan"})
    assert (made["SESSION_COOKIE_NAME"], made["SESSION_COOKIE_SECURE"]) == ("__Host-gan-dan", True)
    assert made["SQLALCHEMY_DATABASE_URI"] == "postgresql+psycopg://db/gan"


@pytest.mark.parametrize(
    ("version", "is_safe"),
    [((3, 40, 1), False), ((3, 51, 2), False), ((3, 51, 3), True), ((3, 50, 7), True), ((3, 44, 6), True)],
)
def test_wal_is_used_only_on_a_sqlite_without_the_reset_bug(version: tuple[int, ...], is_safe: bool) -> None:
    assert has_safe_wal(version) is is_safe


@both_engines
def test_eight_parallel_writers_lose_no_number_and_nobody_starves(app: Flask) -> None:
    got: list[int] = []

    def work() -> None:
        for _ in range(10):
            with app.app_context(), writing():
                got.append(next_number("parallel"))
                db.session.commit()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == list(range(1, 81))


def test_a_turn_held_too_long_is_refused_and_then_given_again(tmp_path: Path) -> None:
    turns, other = Turns(tmp_path / "lock"), Turns(tmp_path / "lock")
    turns.take()
    for waiting in (turns, other):
        with pytest.raises(Busy):
            waiting.take(patience=0.05)
    turns.give()
    other.take(patience=0.05)
    other.give()


def test_a_writer_that_fails_gives_its_turn_back(app: Flask) -> None:
    with pytest.raises(ZeroDivisionError), writing():
        next_number("x")
        raise ZeroDivisionError
    with writing():
        assert next_number("x") == 1, "the number was rolled back"


def test_who_gives_the_turn_back_and_wants_it_again_comes_after_another_process(tmp_path: Path) -> None:
    worker, web = Turns(tmp_path / "write.lock"), Turns(tmp_path / "write.lock")
    over, turns = threading.Event(), list[str]()

    def again_and_again() -> None:
        while not over.is_set():
            worker.take()
            turns.append("worker")
            time.sleep(0.05)
            worker.give()

    thread = threading.Thread(target=again_and_again)
    thread.start()
    try:
        for _n in range(5):
            time.sleep(0.02)
            before = len(turns)
            web.take()
            assert len(turns) - before <= 2
            web.give()
    finally:
        over.set()
        thread.join()


@both_engines
def test_the_doctor_finds_the_database_durable_and_its_schema_new(app: Flask) -> None:
    assert [f for f in examine() if not f.is_fine] == []


def test_the_doctor_calls_a_mismatch_by_name(app: Flask) -> None:
    db.session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    assert [f.what for f in examine() if not f.is_fine] == ["schema"]


def test_the_doctor_says_when_another_key_signs_than_before(app: Flask) -> None:
    folder = Path(app.config["CHECKPOINT_DIR"])
    checkpoint.keep(folder, checkpoint.make(app.config, clock.now()))
    found = {finding.what: finding.is_fine for finding in examine()}
    assert found["signing key"] is True
    place(app.config, "signing").unlink()
    found = {finding.what: finding.is_fine for finding in examine()}
    assert found["signing key"] is False


def test_every_answer_carries_the_strict_policy_and_is_not_stored(client: FlaskClient) -> None:
    for path in ("/", "/no-such-page", "/sign-in"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert (headers["X-Content-Type-Options"], headers["Cache-Control"]) == ("nosniff", "no-store")


def test_a_missing_page_and_a_strange_host_are_refused_kindly(client: FlaskClient) -> None:
    missing = client.get("/no-such-page")
    assert missing.status_code == 404
    assert "Traceback" not in missing.text
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_the_list_of_doors_names_a_guard_for_each_route(app: Flask) -> None:
    assert {row["guard"] for row in doors(app)} <= {"public", "booker", "resident", "signed_in", "role", "static"}


def test_behind_a_stuck_turn_only_a_few_go_on_waiting(tmp_path: Path) -> None:
    turns = Turns(tmp_path / "lock", patience=2.0)
    turns.take()
    took: list[float] = []

    def wait() -> None:
        began = time.monotonic()
        with pytest.raises(Busy):
            turns.take()
        took.append(time.monotonic() - began)

    threads = [threading.Thread(target=wait) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(seconds < 1.5 for seconds in took) == 3, "told at once, so that readers find a thread"
