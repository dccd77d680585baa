"""A mapping that cannot be meant is refused with its key, before anything is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.cases.models import Case
from app.extensions import db
from app.imports import parse
from app.imports.keys import MappingError
from app.imports.mapping import Plan
from app.journal.models import Event

from .conftest import GOOD, take_in

MISTAKES = [
    ('time_zone = "America/Halifax"', 'time_zone = "Halifax"', "file.time_zone"),
    ('time_zone = "America/Halifax"', "", "file.time_zone"),
    ('delimiter = ";"', 'delimiter = ";;"', "file.delimiter"),
    ('delimiter = ";"', 'encoding = "utf-9"', "file.encoding"),
    ('["%Y-%m-%d %H:%M", "%Y-%m-%d"]', '["%H:%M"]', "file.date_formats"),
    ('["%Y-%m-%d %H:%M", "%Y-%m-%d"]', "[]", "file.date_formats"),
    ('["%Y-%m-%d %H:%M", "%Y-%m-%d"]', "[1]", "file.date_formats"),
    ('source = "city"', 'source = ""', "source"),
    ('source = "city"', "source = 5", "source"),
    ('source = "city"', 'source = "city"\ncolour = "red"', "colour"),
    ('external_id = "number"', 'external_ids = "number"', "columns.external_id"),
    ('closed_at = "ended"', "", "columns.closed_at"),
    ('title = "{subject}, {street}"', 'title = "{subject!r}"', "texts.title"),
    ('title = "{subject}, {street}"', 'title = "{subject"', "texts.title"),
    ('Done = "resolved"', 'Done = "fine"', "status.closed.Done"),
    ('open = ["Open"]', 'open = ["Done"]', "status.open"),
    ('column = "state"', "", "status.column"),
    ('handling_level = "department"', "", "category.handling_level"),
    ('prefix = "city"\ncreate = true\nlevel', "create = true\nlevel", "unit.prefix"),
    ("valid_from = 2019-01-01", 'valid_from = "2019"', "unit.valid_from"),
    ("valid_from = 2019-01-01", "", "unit.valid_from"),
    ("create = true\nlevel", 'create = "yes"\nlevel', "unit.create"),
    ('Works = "so-xay-dung"', "Works = 3", "unit.values"),
]


@pytest.mark.parametrize(
    ("old", "new", "key"), MISTAKES, ids=[f"{key}-{i}" for i, (_o, _n, key) in enumerate(MISTAKES)]
)
def test_a_mistake_is_named_by_its_key(plan: Callable[..., Plan], old: str, new: str, key: str) -> None:
    with pytest.raises(MappingError) as error:
        plan((old, new))
    assert error.value.key == key
    assert error.value.reason


HERE = [
    ('level = "department"\nvalid', 'level = "bureau"\nvalid', "unit.level"),
    ('handling_level = "department"', 'handling_level = "bureau"', "category.handling_level"),
    ('level = "department"\nvalid', 'level = "department"\nparent = "nowhere"\nvalid', "unit.parent"),
    ('Works = "so-xay-dung"', 'Works = "so-khong-co"', "unit.values.Works"),
    ('Lamps = "roads.lighting"', 'Lamps = "roads.moon"', "category.values.Lamps"),
    ('external_id = "number"', 'external_id = "nummer"', "columns.external_id"),
    ("{subject}. {street}", "{subject}. {road}", "texts.body {road}"),
]


@pytest.mark.parametrize(("old", "new", "key"), HERE, ids=[key for *_rest, key in HERE])
def test_what_file_or_government_lack_is_refused_before_anything_is_written(
    app: Flask, plan: Callable[..., Plan], write_file: Callable[..., Path], old: str, new: str, key: str
) -> None:
    before = db.session.scalar(select(func.count()).select_from(Event))
    with pytest.raises(MappingError) as error:
        take_in(write_file(GOOD), plan((old, new)))
    assert error.value.key == key
    assert db.session.scalar(select(func.count()).select_from(Case)) == 0
    assert db.session.scalar(select(func.count()).select_from(Event)) == before


@pytest.mark.parametrize("path", sorted(parse.SHIPPED.glob("*.toml")), ids=lambda path: path.stem)
def test_shipped_mappings_can_be_read_and_found_by_name(path: Path) -> None:
    assert parse.read(parse.find(path.stem)).source == path.stem


def test_the_example_of_the_documentation_can_be_read(tmp_path: Path) -> None:
    docs = Path(__file__).resolve().parent.parent.parent / "docs" / "import-mapping.md"
    example = docs.read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]
    path = tmp_path / "example.toml"
    path.write_text(example, encoding="utf-8")
    assert parse.read(path).units.values == {"UBND Trùng Khánh": "01477"}


def test_an_unknown_mapping_names_those_that_are_shipped() -> None:
    with pytest.raises(MappingError, match="la311, nyc-casework"):
        parse.find("chicago")
