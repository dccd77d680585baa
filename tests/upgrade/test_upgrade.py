"""Checks 78 and 79: every released schema comes up to date with all that was in it; a newer one is left alone.

The fixtures are small provinces that the program of each release made itself (fixtures/*.json say which commit, and
what is within). SQLite files; the same migrations run on PostgreSQL in every test's own set-up and in the last test.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from flask import Flask
from sqlalchemy import Connection, MetaData, create_engine, delete, insert, null, select, text

from app import create_app
from app.config import ROOT
from app.extensions import db, sqlite_module
from app.schema import gate, migrate, proof, revisions
from app.schema.revisions import NewerSchema
from tests.backup.town import asked, environment, run, start
from tests.conftest import settings

FIXTURES = sorted((Path(__file__).parent / "fixtures").glob("*.json"))


def planted(folder: Path, fixture: Path) -> tuple[dict[str, Any], Path]:
    """A data folder with the database of an earlier release, and what is said of it."""
    path = folder / "gan-dan.db"
    path.write_bytes(lzma.decompress(fixture.with_suffix(".db.xz").read_bytes()))
    return json.loads(fixture.read_text()), path


def env_of(folder: Path) -> dict[str, str]:
    """The environment of commands for a data folder."""
    usual = {name: value for name, value in os.environ.items() if name not in ("GAN_DAN_DEMO", "DATABASE_URL")}
    return {**usual, "DATA_DIR": str(folder), "SECRET_KEY": "a-key-for-tests-only-not-used-anywhere",
            "BASE_URL": "http://localhost", "PYTHONUNBUFFERED": "1"}  # fmt: skip


def files_of(connection: Any, table: str) -> str:
    """One hash over every file's key and SHA-256."""
    rows = connection.execute(f"SELECT storage_key, sha256 FROM {table} ORDER BY 1").fetchall()
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: path.stem)
def test_a_released_database_comes_up_to_date_with_all_that_was_in_it(tmp_path: Path, fixture: Path) -> None:
    said, path = planted(tmp_path, fixture)
    app = create_app(settings(tmp_path))
    result = asked(app, ["migrate"])
    assert result.exit_code == 0, result.output
    assert sorted(one.name for one in tmp_path.iterdir() if "gan-dan" in one.name) == ["gan-dan.db"]
    connection = sqlite_module().connect(str(path))
    for table, count in said["counts"].items():
        if table not in proof.COUNTED_ANEW:
            assert connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] >= count, table
    found = connection.execute("SELECT hash FROM event WHERE seq = ?", (said["head"]["seq"],)).fetchone()
    assert found == (said["head"]["hash"],)
    assert {table: files_of(connection, table) for table in said["files"]} == said["files"]
    connection.close()
    assert asked(app, ["journal", "verify"]).exit_code == 0
    assert "has schema" in asked(app, ["migrate"]).output


@pytest.mark.parametrize("fixture", FIXTURES[-1:], ids=lambda path: path.stem)
def test_the_figures_of_the_last_release_still_follow_from_its_events(tmp_path: Path, fixture: Path) -> None:
    planted(tmp_path, fixture)
    app = create_app(settings(tmp_path))
    for words in (["migrate"], ["statistics", "rebuild"], ["statistics", "verify"]):
        result = asked(app, words)
        assert result.exit_code == 0, result.output


def _killed_while_migrating(folder: Path, after: float) -> None:
    """Begin `migrate` and kill it that many seconds after it said that it begins."""
    beginning = start(env_of(folder), "migrate")
    assert beginning.stdout is not None
    assert "Bringing" in beginning.stdout.readline()
    time.sleep(after)
    os.kill(beginning.pid, signal.SIGKILL)
    beginning.wait()
    beginning.stdout.close()


def _duration(folder: Path) -> float:
    beginning = start(env_of(folder), "migrate")
    assert beginning.stdout is not None
    beginning.stdout.readline()
    began = time.monotonic()
    beginning.communicate()
    assert beginning.returncode == 0
    return time.monotonic() - began


def _kills(tmp_path: Path, rounds: int, seed: int) -> set[str]:
    """Kill so often at random points; each time the old or the new schema stands, whole. Which ones were met."""
    dice, met = random.Random(seed), set()
    for number in range(rounds + 1):
        folder = tmp_path / str(number)
        folder.mkdir()
        said, path = planted(folder, FIXTURES[number % 2])
        if number == 0:
            lasts = _duration(folder)
            continue
        _killed_while_migrating(folder, dice.uniform(0, lasts * 1.05))
        connection = sqlite_module().connect(str(path))
        (found,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        assert found in (said["revision"], revisions.newest())
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM event").fetchone()[0] >= said["counts"]["event"]
        has_cells = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'cell'").fetchone()[0]
        assert bool(has_cells) == (found == revisions.newest()), "half a schema"
        connection.close()
        met.add("new" if found == revisions.newest() else "old")
        again = asked(create_app(settings(folder)), ["migrate"])
        assert again.exit_code == 0, again.output
        assert gate.of_file(path) == revisions.newest()
        assert not path.with_name("gan-dan.db.next").exists()
        shutil.rmtree(folder)
    return met


def test_killed_at_random_points_the_old_schema_or_the_new_one_stands(tmp_path: Path) -> None:
    assert _kills(tmp_path, 3, seed=random.randrange(10**6)) <= {"old", "new"}


@pytest.mark.soak
def test_killed_at_twenty_random_points_the_old_schema_or_the_new_one_stands(tmp_path: Path) -> None:
    assert "old" in _kills(tmp_path, 20, seed=random.randrange(10**6))


def test_while_somebody_has_the_database_open_nothing_is_migrated(tmp_path: Path) -> None:
    said, path = planted(tmp_path, FIXTURES[0])
    server = sqlite_module().connect(str(path))
    server.execute("PRAGMA journal_mode=WAL").fetchall()
    server.execute("SELECT count(*) FROM event").fetchall()
    refused = run(env_of(tmp_path), "migrate")
    assert (refused.returncode, "in use" in refused.stderr) == (1, True)
    server.close()
    assert gate.of_file(path) == said["revision"]


def test_a_connection_that_waited_for_the_swap_cannot_write_into_the_file_that_went(tmp_path: Path) -> None:
    from app.schema import alone

    _said, path = planted(tmp_path, FIXTURES[0])
    sqlite = sqlite_module()
    with alone.holding(path) as old:
        late = sqlite.connect(str(path), isolation_level=None, timeout=0.1)
        with pytest.raises(sqlite.OperationalError, match="locked"):
            late.execute("PRAGMA journal_mode=WAL").fetchall()
        alone.swap(alone.copied(old, path), path)
    with pytest.raises(sqlite.OperationalError, match="readonly"):
        late.execute("PRAGMA journal_mode=WAL").fetchall()
    late.close()


def test_a_migration_that_would_lose_rows_changes_nothing(tmp_path: Path) -> None:
    said, path = planted(tmp_path, FIXTURES[0])
    connection = sqlite_module().connect(str(path))
    connection.execute("CREATE TRIGGER thief AFTER UPDATE ON alembic_version BEGIN DELETE FROM rating; END")
    connection.commit()
    connection.close()
    result = asked(create_app(settings(tmp_path)), ["migrate"])
    assert (result.exit_code, "table rating" in result.output) == (1, True)
    assert gate.of_file(path) == said["revision"]
    assert (
        sqlite_module().connect(str(path)).execute("SELECT count(*) FROM rating").fetchone()[0]
        == said["counts"]["rating"]
    )


def _newer(path: Path) -> str:
    connection = sqlite_module().connect(str(path))
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    return hashlib.sha256(path.read_bytes()).hexdigest()


COMMANDS = [["doctor"], ["migrate"], ["work", "--once"], ["journal", "verify"], ["backup", "--plain", "there"]]


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_on_a_newer_schema_every_command_refuses_and_writes_nothing(tmp_path: Path, words: list[str]) -> None:
    _said, path = planted(tmp_path, FIXTURES[-1])
    before = _newer(path)
    refused = run(env_of(tmp_path), *words)
    assert refused.returncode != 0
    assert "newer than the program" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert [one.name for one in tmp_path.iterdir()] == ["gan-dan.db"]


@pytest.mark.parametrize(
    "words",
    [["-m", "app.serve"], ["-m", "gunicorn", "--bind", "127.0.0.1:0", "--workers", "1", "wsgi:app"]],
    ids=["serve", "gunicorn"],
)
def test_on_a_newer_schema_the_server_refuses_to_start(tmp_path: Path, words: list[str]) -> None:
    _said, path = planted(tmp_path, FIXTURES[-1])
    before = _newer(path)
    refused = subprocess.run([sys.executable, *words], env=env_of(tmp_path), cwd=ROOT, capture_output=True, text=True,
                             timeout=60, check=False)  # fmt: skip
    assert refused.returncode != 0
    assert "newer than the program" in refused.stderr
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_on_postgresql_a_newer_schema_is_refused(app: Flask) -> None:
    with db.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NewerSchema):
        gate.look(app.config)
    refused = run(environment(app), "doctor")
    assert (refused.returncode, "newer than the program" in refused.stderr) == (3, True)


def poured(source: Path, target: Connection) -> None:
    """All rows of an SQLite file into a PostgreSQL database of the same schema, as they are."""
    with create_engine(f"sqlite:///{source}").connect() as old:
        tables = MetaData()
        tables.reflect(old, only=lambda name, _tables: not name.startswith(("sqlite_", "search_index", "alembic_")))
        target.exec_driver_sql("SET LOCAL session_replication_role = replica")  # no triggers, no foreign keys
        target.exec_driver_sql("SET LOCAL TIME ZONE 'UTC'")
        for table in tables.tables.values():
            target.execute(delete(table))
            rows = [
                {name: null() if value is None else value for name, value in row.items()}
                for row in old.execute(select(table)).mappings()
            ]
            for row in rows:
                target.execute(insert(table).values(row))


def released(path: Path, revision: str) -> None:
    """Put the database of an earlier release in the place of this one."""
    db.session.remove()
    with db.engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
        command.upgrade(revisions.config(connection), revision)
        poured(path, connection)


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
@pytest.mark.parametrize("rounds", [2, pytest.param(10, marks=pytest.mark.soak)])
def test_on_postgresql_too_a_kill_leaves_the_old_schema_or_the_new_one(app: Flask, tmp_path: Path, rounds: int) -> None:
    said, path = planted(tmp_path, FIXTURES[-1])
    env, lasts = environment(app), 3.0
    for _round in range(rounds):
        released(path, said["revision"])
        migrating = start(env, "migrate")
        assert migrating.stdout is not None and "Bringing" in migrating.stdout.readline()
        time.sleep(random.uniform(0, lasts))
        migrating.kill()
        migrating.wait()
        migrating.stdout.close()
        with db.engine.begin() as connection:  # waits for the lock of a migration that the server still ends
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": migrate.LOCK})
            found = revisions.of(connection)
            assert found in (said["revision"], revisions.newest())
            counts = proof.sum_of(connection).counts
            assert all(counts.get(name, 0) >= count for name, count in said["counts"].items()
                       if name not in {*proof.COUNTED_ANEW, "search_index"})  # fmt: skip
    again = run(env, "migrate")
    assert again.returncode == 0, again.stderr
    with db.engine.connect() as connection:
        assert revisions.of(connection) == revisions.newest()


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_on_postgresql_a_released_database_is_upgraded_or_stays_wholly_as_it_was(app: Flask, tmp_path: Path) -> None:
    said, path = planted(tmp_path, FIXTURES[-1])
    released(path, said["revision"])
    with db.engine.begin() as connection:
        for statement in THIEF:
            connection.exec_driver_sql(statement)
    with pytest.raises(proof.Broken, match="government_fact"):
        migrate.migrate(app.config, lambda _words: None)
    with db.engine.begin() as connection:
        assert revisions.of(connection) == said["revision"]
        assert connection.exec_driver_sql("SELECT count(*) FROM government_fact").scalar()
        connection.exec_driver_sql("DROP TRIGGER thief ON alembic_version")
    assert migrate.migrate(app.config, lambda _words: None)
    with db.engine.connect() as connection:
        assert revisions.of(connection) == revisions.newest()
        counts = proof.sum_of(connection).counts
    assert all(counts[name] >= count for name, count in said["counts"].items()
               if name not in {*proof.COUNTED_ANEW, "search_index"})  # fmt: skip
    assert proof.journal_holds(db.engine) >= said["head"]["seq"]


THIEF = (
    "CREATE FUNCTION thief() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN DELETE FROM government_fact; RETURN NEW; END $$",
    "CREATE TRIGGER thief AFTER UPDATE ON alembic_version FOR EACH ROW EXECUTE FUNCTION thief()",
)
"""A migration that loses rows."""
