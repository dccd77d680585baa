"""Checks 75 and 76: a backup under load holds all that was acknowledged, and nobody reads it without the key."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import tarfile
import time
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.attachments.models import Attachment
from app.attachments.storage import default_storage
from app.backup import shelf as shelves
from app.cases.models import Case
from app.extensions import db
from app.journal.verify import verify
from tests.conftest import both_engines

from .town import PG_BIN, Busy, environment, inside, run, start, submit

NEEDS_AGE = pytest.mark.skipif(
    shutil.which("age") is None and os.environ.get("CI") != "true", reason="the age program is not installed"
)


@both_engines
def test_a_backup_under_twenty_writes_a_second_restores_whole(
    app: Flask, key: Path, shelf: Path, elsewhere: Flask
) -> None:
    env = environment(app, BACKUP_RECIPIENTS=app.config["BACKUP_RECIPIENTS"][0])
    with Busy(app) as writers:
        while len(writers.done) < 30:
            time.sleep(0.05)
        acknowledged = list(writers.done)
        made = run(env, "backup", str(shelf))
    assert (made.returncode, writers.failed) == (0, []), made.stderr
    assert len(writers.done) > len(acknowledged), "nobody wrote while the backup was made"
    file = shelves.backups(shelf)[0]

    done = run(environment(elsewhere), "restore", str(file), "--identity", str(key))
    assert done.returncode == 0, done.stderr
    with inside(elsewhere):
        assert set(acknowledged) <= set(db.session.scalars(select(Case.reference)))
        assert verify()[1] is None
        storage = default_storage()
        for attachment in db.session.scalars(select(Attachment)):
            assert storage.size(attachment.storage_key) == attachment.size
    checked = run(environment(elsewhere), "journal", "verify")
    assert checked.returncode == 0, checked.stdout


def test_the_file_is_for_its_owner_alone_and_opens_with_the_key_only(app: Flask, key: Path, shelf: Path) -> None:
    submit()
    assert app.test_cli_runner().invoke(args=["backup", str(shelf)]).exit_code == 0
    (file,) = shelves.backups(shelf)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert b"SQLite format 3" not in file.read_bytes()
    stranger = key.with_name("stranger.txt")
    stranger.write_text(app.test_cli_runner().invoke(args=["backup", "keygen"]).stdout)
    ask = app.test_cli_runner().invoke
    assert ask(args=["backup", "verify", str(file), "--identity", str(key)]).exit_code == 0
    assert ask(args=["backup", "verify", str(file), "--identity", str(stranger)]).exit_code == 1
    assert ask(args=["backup", "verify", str(file)]).exit_code == 1


@NEEDS_AGE
def test_the_age_program_opens_it_too_and_no_key_of_the_installation_is_within(
    app: Flask, key: Path, shelf: Path
) -> None:
    submit()
    app.test_cli_runner().invoke(args=["journal", "checkpoint"])
    app.test_cli_runner().invoke(args=["backup", str(shelf)])
    (file,) = shelves.backups(shelf)
    plain = shelf / "opened.tar"
    subprocess.run(["age", "--decrypt", "--identity", str(key), "--output", str(plain), str(file)], check=True)
    with tarfile.open(plain) as tar:
        names = tar.getnames()
    assert (names[0], names[-1]) == ("database.sqlite", "manifest.json")
    assert {name.partition("/")[0] for name in names[1:-1]} == {"files", "checkpoints"}
    secret = (Path(app.config["KEYS_DIR"]) / "signing.key").read_bytes().strip()
    assert secret not in plain.read_bytes()


def test_a_byte_changed_or_cut_anywhere_is_noticed(app: Flask, key: Path, shelf: Path) -> None:
    submit()
    app.test_cli_runner().invoke(args=["backup", str(shelf)])
    (file,) = shelves.backups(shelf)
    whole = file.read_bytes()
    for spoilt in (whole[:-1], whole[: len(whole) // 2], whole[:-70_000] + b"\0" + whole[-69_999:]):
        file.write_bytes(spoilt)
        result = app.test_cli_runner().invoke(args=["backup", "verify", str(file), "--identity", str(key)])
        assert result.exit_code == 1, result.output
        assert "Traceback" not in result.output


def test_without_a_recipient_nothing_is_made(app: Flask, shelf: Path) -> None:
    result = app.test_cli_runner().invoke(args=["backup", str(shelf)])
    assert (result.exit_code, list(shelf.iterdir())) == (1, [])
    assert "BACKUP_RECIPIENTS" in result.output
    app.config["BACKUP_RECIPIENTS"] = ["age1nonsense"]
    assert app.test_cli_runner().invoke(args=["backup", str(shelf)]).exit_code == 1
    assert app.test_cli_runner().invoke(args=["backup", str(shelf), "--plain"]).exit_code == 0
    assert [file.suffix for file in shelf.iterdir()] == [".tar"]


@both_engines
def test_killed_in_the_middle_it_leaves_no_name_no_clear_copy_and_the_one_before(
    app: Flask, key: Path, shelf: Path
) -> None:
    for _ in range(3):
        submit(20_000_000)
    env = environment(app, BACKUP_RECIPIENTS=app.config["BACKUP_RECIPIENTS"][0])
    run(env, "backup", str(shelf))
    (before,) = shelves.backups(shelf)
    bytes_before, here = before.read_bytes(), _listing(app)
    time.sleep(1.1)  # the next one's name differs by the second
    beginning = start(env, "backup", "--to", str(shelf))
    _until(lambda: any(half.stat().st_size > 10_000_000 for half in shelf.glob(".*.part")))
    os.kill(beginning.pid, signal.SIGKILL)
    beginning.wait()
    assert shelves.backups(shelf) == [before]
    assert before.read_bytes() == bytes_before
    assert _listing(app) == here, "something was left in the data folder"
    for left in shelf.glob(".*.part"):
        assert b"SQLite format 3" not in left.read_bytes() and b"PGDMP" not in left.read_bytes()
        assert stat.S_IMODE(left.stat().st_mode) == 0o600
    again = run(env, "backup", str(shelf), "--keep", "1")
    assert again.returncode == 0, again.stderr
    assert [path.name for path in shelf.iterdir()] == [shelves.backups(shelf)[0].name]
    assert shelves.backups(shelf) != [before], "--keep 1 leaves the newest"


def _listing(app: Flask) -> set[str]:
    """What lies in the data folder, but for the files themselves and SQLite's own."""
    return {path.name for path in Path(app.config["DATA_DIR"]).iterdir() if not path.name.endswith(("-wal", "-shm"))}


def _until(is_so: object, patience: float = 30.0) -> None:
    until = time.monotonic() + patience
    while not is_so():  # type: ignore[operator]
        assert time.monotonic() < until, "it never came to that"
        time.sleep(0.005)


def test_a_file_that_was_lost_is_named_and_older_backups_stay(app: Flask, key: Path, shelf: Path) -> None:
    submit()
    submit()
    ask = app.test_cli_runner().invoke
    assert ask(args=["backup", str(shelf)]).exit_code == 0
    lost, spoilt = db.session.scalars(select(Attachment.storage_key)).all()
    default_storage().path(lost).unlink()
    default_storage().path(spoilt).write_bytes(b"x" * 20_000)
    time.sleep(1.1)
    result = ask(args=["backup", str(shelf), "--keep", "1"])
    assert result.exit_code == 2
    assert lost in result.output
    assert spoilt in result.output
    assert len(shelves.backups(shelf)) == 2


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_without_pg_dump_it_says_so_and_makes_nothing(
    app: Flask, key: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(shelf))
    result = app.test_cli_runner().invoke(args=["backup", str(shelf)])
    assert (result.exit_code, list(shelf.iterdir())) == (1, [])
    assert "pg_dump is not installed" in result.output
    assert (PG_BIN / "pg_dump").exists()


def test_the_doctor_tells_of_the_last_backup(app: Flask, key: Path, shelf: Path) -> None:
    submit()
    assert "none yet" in app.test_cli_runner().invoke(args=["doctor"]).output
    app.test_cli_runner().invoke(args=["backup", str(shelf)])
    said = app.test_cli_runner().invoke(args=["doctor"]).output
    assert f"last backup: {shelves.backups(shelf)[0].name}, 0 hours ago" in said
    assert "backup recipients: 1 keys" in said
