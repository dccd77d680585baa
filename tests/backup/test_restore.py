"""Check 77: the way back refuses to overwrite, proves everything first, and takes its place at once."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text

from app.attachments.models import Attachment
from app.attachments.storage import default_storage
from app.backup import shelf as shelves
from app.cases.models import Case
from app.extensions import db
from tests.conftest import both_engines

from .town import asked, environment, inside, run, submit


def made(app: Flask, shelf: Path) -> Path:
    """A backup of the app as it stands."""
    result = run(environment(app, BACKUP_RECIPIENTS=app.config["BACKUP_RECIPIENTS"][0]), "backup", str(shelf))
    assert result.returncode == 0, result.stderr
    return shelves.backups(shelf)[-1]


def closed(app: Flask) -> None:
    """No connection of the test stands in the way."""
    db.session.remove()
    db.engine.dispose()


@both_engines
def test_live_data_is_replaced_only_when_told_and_kept_aside(app: Flask, key: Path, shelf: Path) -> None:
    first = submit()
    file = made(app, shelf)
    second = submit()
    late = db.session.scalars(select(Attachment.storage_key).order_by(Attachment.id.desc())).first()
    closed(app)
    words = ("restore", str(file), "--identity", str(key))
    refused = run(environment(app), *words)
    assert (refused.returncode, "--replace" in refused.stderr) == (1, True)
    assert set(db.session.scalars(select(Case.reference))) == {first, second}
    closed(app)
    done = run(environment(app), *words, "--replace")
    assert done.returncode == 0, done.stderr
    assert set(db.session.scalars(select(Case.reference))) == {first}
    (aside,) = Path(app.config["DATA_DIR"]).glob("before-restore-*")
    assert (aside / default_storage().path(str(late)).relative_to(app.config["DATA_DIR"])).exists()
    assert not default_storage().path(str(late)).exists()
    if db.engine.dialect.name == "postgresql":
        schema = aside.name.replace("-", "_").lower()
        assert db.session.scalar(text(f'SELECT count(*) FROM "{schema}".petition_case')) == 2
    else:
        assert (aside / "gan-dan.db").exists()


def test_a_running_server_is_not_pulled_away_from_under_its_residents(app: Flask, key: Path, shelf: Path) -> None:
    submit()
    file = made(app, shelf)
    db.session.scalar(select(Case.id))  # this process has the database open, as a server has
    refused = run(environment(app), "restore", str(file), "--identity", str(key), "--replace")
    assert (refused.returncode, "in use" in refused.stderr) == (1, True)
    assert not list(Path(app.config["DATA_DIR"]).glob("before-restore-*"))


def repacked(file: Path, change: Callable[[list[tuple[tarfile.TarInfo, bytes]]], None]) -> Path:
    """A plain backup with something changed in it."""
    with tarfile.open(file) as tar:
        members = [(one, tar.extractfile(one).read()) for one in tar]  # type: ignore[union-attr]
    change(members)
    other = file.with_name("changed.tar")
    with tarfile.open(other, "w") as tar:
        for header, data in members:
            header.size = len(data) if header.isreg() else 0
            tar.addfile(header, io.BytesIO(data))
    return other


def _named(name: str, kind: bytes = tarfile.REGTYPE) -> Callable[[list[tuple[tarfile.TarInfo, bytes]]], None]:
    def change(members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
        header = tarfile.TarInfo(name)
        header.type, header.linkname = kind, "/etc/passwd"
        members.insert(1, (header, b"" if kind != tarfile.REGTYPE else b"evil"))

    return change


def _other_file(members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
    at = next(number for number, (header, _data) in enumerate(members) if header.name.startswith("files/"))
    members[at] = (members[at][0], b"other bytes")


def _no_file(members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
    members[:] = [one for one in members if not one[0].name.startswith("files/")]


def _no_manifest(members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
    members.pop()


KEY = "0123456789abcdef0123456789abcdef.jpg"


@pytest.mark.parametrize(
    "change",
    [
        _named("../evil"), _named("/tmp/evil"), _named("files/../../evil"), _named(f"files/ff/ff/{KEY}"),
        _named(f"files/01/23/{KEY}", tarfile.SYMTYPE), _named("checkpoints/../../evil"), _named("keys/signing.key"),
        _named(f"files/01/23/{KEY}", tarfile.LNKTYPE), _named("database.sqlite"), _other_file, _no_file, _no_manifest,
    ],
)  # fmt: skip
def test_a_backup_that_was_meddled_with_is_refused_and_leaves_nothing(
    app: Flask, elsewhere: Flask, shelf: Path, change: Callable[..., None]
) -> None:
    submit()
    app.test_cli_runner().invoke(args=["backup", str(shelf), "--plain"])
    bad = repacked(shelves.backups(shelf)[0], change)
    result = asked(elsewhere, ["restore", str(bad)])
    assert result.exit_code == 1, result.output
    assert "was not restored" in result.output
    data = Path(elsewhere.config["DATA_DIR"])
    assert not [path for path in data.iterdir() if path.name not in ("gan-dan.db", "write.lock", "keys")]
    assert not (data / "gan-dan.db").exists() or (data / "gan-dan.db").stat().st_size == 0
    assert not (data.parent / "evil").exists()


def test_a_plain_backup_restores_and_files_belong_to_their_owner_alone(
    app: Flask, elsewhere: Flask, shelf: Path
) -> None:
    reference = submit()
    app.test_cli_runner().invoke(args=["backup", str(shelf), "--plain"])
    result = asked(elsewhere, ["restore", str(shelves.backups(shelf)[0])])
    assert result.exit_code == 0, result.output
    with inside(elsewhere):
        assert list(db.session.scalars(select(Case.reference))) == [reference]
    data = Path(elsewhere.config["DATA_DIR"])
    kept = [data / "gan-dan.db", *(data / "files").rglob("*"), data / "files"]
    assert {path.stat().st_mode & 0o077 for path in kept} == {0}


def test_what_was_lost_before_the_backup_is_accepted_only_when_told(app: Flask, elsewhere: Flask, shelf: Path) -> None:
    submit()
    default_storage().path(db.session.scalars(select(Attachment.storage_key)).one()).unlink()
    assert app.test_cli_runner().invoke(args=["backup", str(shelf), "--plain"]).exit_code == 2
    file = str(shelves.backups(shelf)[0])
    assert asked(elsewhere, ["restore", file]).exit_code == 1
    assert asked(elsewhere, ["restore", file, "--accept-loss"]).exit_code == 0
