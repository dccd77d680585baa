"""The command as an administrator types it: what it says, where it leaves bad rows, and how it ends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.cases.models import Case
from app.extensions import db
from tests.conftest import both_engines

from .conftest import GOOD, MAP

Write = Callable[..., Path]
BAD = GOOD.replace("7;", "8;", 1).replace("Done", "Gone")


def run(app: Flask, *words: str | Path) -> tuple[int, str]:
    """Type the command; exit code and everything it said."""
    db.session.rollback()
    result = app.test_cli_runner().invoke(args=["import-cases", *map(str, words)])
    db.session.expire_all()
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


@pytest.fixture
def mapping(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small mapping, and the test's own folder as the current one."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "city.toml"
    path.write_text(MAP, encoding="utf-8")
    return path


def cases() -> int:
    return db.session.scalar(select(func.count()).select_from(Case)) or 0


@both_engines
def test_it_tells_what_became_of_the_rows_and_a_second_run_adds_nothing(
    app: Flask, mapping: Path, write_file: Write, tmp_path: Path
) -> None:
    file = write_file(GOOD, BAD, name="city.csv.gz")
    code, said = run(app, file, "--mapping", mapping)
    assert code == 0
    assert "1 cases added, 0 were here already, 1 left out" in said
    assert "1 x unknown status" in said
    left_out = (tmp_path / "city.csv.gz.rejected.csv").read_text(encoding="utf-8").splitlines()
    assert left_out[0].startswith("line,reason,number,")
    assert left_out[1].startswith("3,unknown status 'Gone',8,")
    code, said = run(app, file, "--mapping", mapping)
    assert code == 0
    assert "0 cases added, 1 were here already, 1 left out" in said
    assert cases() == 1


def test_bad_rows_go_where_one_says_but_never_over_the_file_itself(
    app: Flask, mapping: Path, write_file: Write, tmp_path: Path
) -> None:
    file = write_file(GOOD, BAD)
    run(app, file, "--mapping", mapping, "--rejects", tmp_path / "bad.csv")
    assert (tmp_path / "bad.csv").exists()
    before = file.read_bytes()
    code, said = run(app, file, "--mapping", mapping, "--rejects", file)
    assert (code, "--rejects: is the file that is read" in said) == (1, True)
    assert file.read_bytes() == before


WRONG = [
    ('time_zone = "America/Halifax"', 'time_zone = "Halifax"', "file.time_zone: 'Halifax' is not a time zone"),
    ('external_id = "number"', 'external_id = ""', "columns.external_id: is empty"),
    ('external_id = "number"', 'external_id = "no"', "columns.external_id: the file has no column 'no'"),
    ('prefix = "city"\ncreate = true\nlevel', 'prefix = "our city"\ncreate = true\nlevel', "unit.prefix: 'our city'"),
    ('source = "city"', 'source = "city', "city.toml: is not TOML"),
]


@pytest.mark.parametrize(("old", "new", "reason"), WRONG, ids=[reason[:25] for *_rest, reason in WRONG])
def test_a_mistake_in_the_mapping_ends_with_one_and_nothing_is_written(
    app: Flask, mapping: Path, write_file: Write, old: str, new: str, reason: str
) -> None:
    mapping.write_text(MAP.replace(old, new), encoding="utf-8")
    code, said = run(app, write_file(GOOD), "--mapping", mapping)
    assert (code, cases()) == (1, 0)
    assert f"Nothing was written. {reason}" in said


@pytest.mark.parametrize("ending", ["gz", "xz"])
def test_a_file_that_is_no_archive_or_a_broken_one_is_told(
    app: Flask, mapping: Path, write_file: Write, ending: str
) -> None:
    file = write_file(*[GOOD.replace("7;", f"{n};", 1) for n in range(300)], name=f"city.csv.{ending}")
    whole = bytearray(file.read_bytes())
    whole[len(whole) // 2 : len(whole) // 2 + 40] = b"\xff" * 40
    for data in (bytes(whole), b"number;came\n"):
        file.write_bytes(data)
        code, said = run(app, file, "--mapping", mapping)
        assert (code, "The file cannot be read on" in said) == (1, True)


def test_a_shipped_mapping_is_found_by_its_name(app: Flask, mapping: Path, write_file: Write) -> None:
    header = "unique_key,account,opendate,closedate,complaint_type,descriptor,zip,borough,city,community_board"
    row = "NYCC01,NYCC07,2018-12-30,2019-01-03,Parks,Tree Pruning,10031,Manhattan,New York,09 Manhattan"
    code, said = run(app, write_file(row, header=header), "--mapping", "nyc-casework")
    assert (code, "1 cases added" in said) == (0, True), said
    case = db.session.scalars(select(Case)).one()
    assert (case.title, case.unit.code) == ("Parks: Tree Pruning", "nyc.nycc07")
    assert case.category.code == "nyc.parks.tree-pruning"
