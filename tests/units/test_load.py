"""A government loads its tree by command, once and again, and a file with mistakes changes nothing."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from app import clock
from app.extensions import db
from app.journal.models import Event
from app.rules.workflow import Action
from app.units import queries
from app.units.models import Category, GovernmentFact, Level, Unit
from tests.conftest import both_engines

DATA = Path(__file__).parent / "data"
CAO_BANG = Path(__file__).parents[2] / "app" / "units" / "data" / "cao-bang.toml"


def load(app: Flask, path: Path) -> tuple[int, str]:
    db.session.rollback()
    result = app.test_cli_runner().invoke(args=["load-units", str(path)])
    db.session.expire_all()
    return result.exit_code, result.output


def counts() -> list[int]:
    tables = (Level, Unit, Category, GovernmentFact)
    return [db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


@both_engines
def test_the_province_is_loaded_with_paths_from_the_top(app: Flask) -> None:
    code, said = load(app, CAO_BANG)
    assert code == 0, said
    units = queries.valid_units(clock.today())
    assert len([unit for unit in units if unit.is_area]) == 56
    by_id = {unit.id: unit for unit in units}
    for unit in units:
        above = by_id[unit.parent_id].path if unit.parent_id else "/"
        assert unit.path == f"{above}{unit.id}/"
    top = queries.root()
    assert top is not None
    assert top.code == "04"


def test_loading_again_changes_nothing(app: Flask) -> None:
    load(app, CAO_BANG)
    before, paths = counts(), set(db.session.scalars(select(Unit.path)))
    assert load(app, CAO_BANG)[0] == 0
    assert counts() == before
    assert set(db.session.scalars(select(Unit.path))) == paths


def test_names_come_in_vietnamese_order(app: Flask) -> None:
    load(app, CAO_BANG)
    names = [unit.short_vi for unit in queries.areas(clock.today()) if unit.level == "commune"]
    assert names.index("Xã Cốc Pàng") < names.index("Xã Đàm Thủy") < names.index("Xã Đức Long")
    assert names.index("Xã Độc Lập") < names.index("Xã Đông Khê")


def test_categories_keep_the_files_order_and_their_handler(app: Flask) -> None:
    load(app, CAO_BANG)
    rows = queries.categories()
    assert [row.position for row in rows] == sorted(row.position for row in rows)
    assert rows[0].code == "land"
    assert rows[1].parent is rows[0]
    assert rows[1].unit is not None


def test_another_government_has_other_levels_and_a_merged_unit(app: Flask, tmp_path: Path) -> None:
    code, said = load(app, DATA / "other-government.toml")
    assert code == 0, said
    merged = queries.unit_by_code("harbour")
    assert merged is not None
    assert merged.successor is not None
    assert merged.successor.code == "harbour-and-old-town"
    assert not merged.is_valid(clock.today())
    snow = queries.category_by_code("streets.snow")
    streets = queries.category_by_code("streets")
    assert snow is not None
    assert streets is not None
    assert (snow.handling_level, streets.handling_level) == ("department", "borough")
    assert queries.government()["languages"] == "en"


def test_a_changed_file_moves_a_unit_with_everything_below(app: Flask, tmp_path: Path) -> None:
    text = CAO_BANG.read_text(encoding="utf-8")
    load(app, CAO_BANG)
    before = queries.unit_by_code("01447")
    assert before is not None
    old_path = before.path
    start = text.index('code = "01447"')
    changed = text[:start] + text[start:].replace('parent = "04"', 'parent = "so-xay-dung"', 1)
    file = tmp_path / "changed.toml"
    file.write_text(changed, encoding="utf-8")
    assert load(app, file)[0] == 0
    moved, above = queries.unit_by_code("01447"), queries.unit_by_code("so-xay-dung")
    assert moved is not None
    assert above is not None
    assert moved.path == f"{above.path}{moved.id}/" != old_path


def test_a_file_with_mistakes_lists_them_by_line_and_changes_nothing(app: Flask) -> None:
    before = counts()
    code, said = load(app, DATA / "broken.toml")
    assert code == 1
    assert "line 52: unit \"w2\": successor 'w9' is not in this file" in said
    assert "nothing was changed" in said
    assert counts() == before


def test_loading_is_remembered(app: Flask) -> None:
    load(app, CAO_BANG)
    event = db.session.scalars(select(Event).where(Event.action == Action.UNIT_CHANGED)).one()
    assert event.facts == {"loaded": "cao-bang", "levels": 4, "units": 74, "categories": 75}
