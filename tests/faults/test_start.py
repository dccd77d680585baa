"""Check 72: the server and the doctor read the database's promises back, and refuse to go on where one is not kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from sqlalchemy import event

from app import extensions, inspection
from app.extensions import db, engine_options
from app.inspection import examine, unsound
from app.serve import prepare

from .house import House, eventually


@pytest.fixture
def tamper(app: Flask) -> Iterator[Any]:
    """Change one promise of every connection, as a careless setting would."""
    changed: list[Any] = []

    def with_pragma(pragma: str) -> None:
        def change(connection: Any, _record: Any) -> None:
            connection.execute(f"PRAGMA {pragma}").close()

        db.session.remove()
        db.engine.dispose()
        event.listen(db.engine, "connect", change)
        changed.append(change)

    yield with_pragma
    for change in changed:
        event.remove(db.engine, "connect", change)


def test_a_wait_for_locks_that_is_cut_is_named(app: Flask, tamper: Any) -> None:
    tamper("busy_timeout=0")
    assert [finding.what for finding in unsound()] == ["busy_timeout"]


@pytest.mark.parametrize("pragma", ["synchronous=OFF", "synchronous=NORMAL", "foreign_keys=OFF", "journal_mode=DELETE",
                                    "trusted_schema=ON"])  # fmt: skip
def test_a_promise_that_is_not_kept_stops_the_start_and_is_named(app: Flask, tamper: Any, pragma: str) -> None:
    tamper(pragma)
    assert [finding.what for finding in unsound()] == [pragma.partition("=")[0]]
    with pytest.raises(SystemExit, match=f"Not starting: {pragma.partition('=')[0]}"):
        prepare(app)


def test_a_database_on_a_network_drive_stops_the_start(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "_filesystem", lambda _path: "nfs4")
    assert [finding.value for finding in unsound()] == ["nfs4"]
    with pytest.raises(SystemExit, match="nfs4"):
        prepare(app)


def test_an_old_sqlite_runs_without_the_write_ahead_log(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """3.40.1, Debian 12's own, can lose a commit with two processes on one log: the slower journal is used instead."""
    monkeypatch.setattr(extensions.sqlite_module(), "sqlite_version_info", (3, 40, 1))
    db.session.remove()
    db.engine.dispose()
    found = {finding.what: finding.value for finding in examine()}
    assert (found["journal_mode"], found["synchronous"]) == ("truncate", "3")
    assert unsound() == []


def test_the_old_sqlite_with_the_log_on_stops_the_start(
    app: Flask, tamper: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extensions.sqlite_module(), "sqlite_version_info", (3, 40, 1))
    tamper("journal_mode=WAL")
    assert [finding.what for finding in unsound()] == ["journal_mode"]


def test_the_real_server_says_what_it_stands_on(house: House) -> None:
    house.start()
    assert house.stop() == 0
    said = house.said()
    for promise in (
        "SQLite 3.",
        "journal_mode wal",
        "synchronous 2",
        "foreign_keys 1",
        "busy_timeout 5000",
        "filesystem",
    ):
        assert promise in said
    doctor = house.run("doctor")
    assert "ok   synchronous: 2" in doctor.stdout and "BAD" not in doctor.stdout


def test_a_database_server_that_keeps_nothing_is_refused(moved: House) -> None:
    name = moved.environ["DATABASE_URL"].rpartition("/")[2]
    with psycopg.connect(moved.environ["DATABASE_URL"], autocommit=True) as link:
        link.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = off')  # type: ignore[call-overload]
    doctor = moved.run("doctor")
    assert doctor.returncode == 1 and "BAD  synchronous_commit: off" in doctor.stdout
    with pytest.raises(AssertionError, match="Not starting: synchronous_commit"):
        moved.start()


def test_postgresql_waits_no_longer_for_a_lock_than_sqlite_does() -> None:
    waits = engine_options("postgresql+psycopg://localhost/x")["connect_args"]
    assert "lock_timeout=5000" in waits["options"] and waits["connect_timeout"] == 5


def test_a_worker_that_was_killed_is_begun_again_and_ends_with_its_server(house: House) -> None:
    house.start()
    eventually(lambda: house.worker)
    first = house.worker
    assert house.kill_worker()
    eventually(lambda: house.worker not in (0, first))
    orphan = house.worker
    house.kill_web()
    eventually(lambda: not Path(f"/proc/{orphan}/cmdline").exists())
