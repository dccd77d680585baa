"""Small files of another city, and the shipped real ones where they are at hand."""

from __future__ import annotations

import gzip
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest

from app.imports import parse
from app.imports.load import Rejects, Tally, load
from app.imports.mapping import Plan
from app.imports.read import opened

DATA = Path(__file__).resolve().parent.parent.parent.parent / "shared" / "data"
MAP = """
source = "city"

[file]
delimiter = ";"
time_zone = "America/Halifax"
date_formats = ["%Y-%m-%d %H:%M", "%Y-%m-%d"]

[columns]
external_id = "number"
submitted_at = "came"
closed_at = "ended"
latitude = "lat"
longitude = "lon"

[texts]
title = "{subject}, {street}"
body = "{subject}. {street}"
place = "{street}"

[status]
column = "state"
open = ["Open"]

[status.closed]
Done = "resolved"
Void = "terminated"

[category]
column = "subject"
sub_column = "detail"
default = "Other"
prefix = "city"
create = true
handling_level = "department"

[category.values]
Lamps = "roads.lighting"

[unit]
column = "office"
prefix = "city"
create = true
level = "department"
valid_from = 2019-01-01

[unit.values]
Works = "so-xay-dung"

[unit.names]
PK = "Parks"
"""
HEADER = "number;came;ended;state;subject;detail;office;street;lat;lon"
GOOD = "7;2020-03-02 09:30;2020-03-05 14:00;Done;Trees;Fallen;PK;Elm St;44.6;-63.5"


@pytest.fixture
def plan(tmp_path: Path) -> Callable[..., Plan]:
    """Reads the small mapping, with words replaced."""

    def made(*changes: tuple[str, str]) -> Plan:
        text = MAP
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / "map.toml"
        path.write_text(text, encoding="utf-8")
        return parse.read(path)

    return made


@pytest.fixture
def write_file(tmp_path: Path) -> Callable[..., Path]:
    """Writes rows under the small header, packed by the name's ending."""

    def made(*rows: str, name: str = "city.csv", header: str = HEADER) -> Path:
        data = "\n".join([header, *rows]).encode()
        path = tmp_path / name
        packed = gzip.compress(data) if name.endswith(".gz") else lzma.compress(data) if name.endswith(".xz") else data
        path.write_bytes(packed)
        return path

    return made


def take_in(file: Path, plan: Plan, rejects: Path | None = None) -> Tally:
    """Import a file as the command does."""
    tally = Tally()
    with opened(file, plan.form) as table:
        plan.check_columns(table.header)
        left_out = Rejects(rejects or file.with_suffix(".rejected.csv"), table.header, tally)
        try:
            load(table, plan, left_out, tally, lambda: None)
        finally:
            left_out.close()
    return tally


def real(name: str) -> Path:
    """A real file, or a skip with its reason."""
    path = DATA / name
    if not path.exists():
        pytest.skip(f"the real file {name} is not at hand (../shared/data)")
    return path
