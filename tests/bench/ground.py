"""The ground of a measurement: a government of 180 units, its supervisor and head in one person, and the app."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select

from app import clock, config, create_app
from app.extensions import db, writing
from app.rules.workflow import Role
from app.units.load import load, set_paths, sort_key
from app.units.models import Category, Level, Unit
from app.units.unit_file import read_unit_file

from .. import factories

NOW = datetime(2026, 11, 26, 3, 30, tzinfo=UTC)
"""Thursday 26 November 2026, half past ten in the town: the day on which everything is measured."""
UNITS = 180
FILE = Path(config.__file__).parent / "units" / "data" / "cao-bang.toml"
WATCHER = "bench-supervisor"


@dataclass(frozen=True)
class Ground:
    """What cases are about and where they may lie, by id."""

    units: list[int]
    communes: list[int]
    categories: list[int]


def folder() -> Path:
    """Where planted databases and results are kept: BENCH_DIR, else below the system's temporary folder."""
    import tempfile

    found = Path(os.environ.get("BENCH_DIR") or Path(tempfile.gettempdir()) / "gan-dan-bench")
    found.mkdir(parents=True, exist_ok=True)
    return found


def app_on(url: str, data_dir: Path) -> Flask:
    """The app as a production server has it, on that database."""
    environ = {"SECRET_KEY": "a-key-for-measuring-only-not-used-anywhere", "BASE_URL": "http://localhost",
               "DATA_DIR": str(data_dir), "DATABASE_URL": url}  # fmt: skip
    settings: dict[str, Any] = {**config.settings(environ), "TESTING": True, "WTF_CSRF_ENABLED": False}
    return create_app(settings)


def settle(app: Flask) -> Ground:
    """Migrate an empty database, load a real province and as many invented units as make 180 with it."""
    from flask_migrate import upgrade

    upgrade()
    with clock.fixed(NOW), writing():
        load(read_unit_file(FILE), NOW)
        db.session.add(Level(code="division", name_vi="Phòng", name_en="Division", rank=4, duties=[]))
        db.session.flush()
        _divisions()
        watcher = factories.make_official(Role.SUPERVISOR, "04", "Nông Thị Soi", email="")
        watcher.account = WATCHER
        factories.add_post(watcher, Role.HEAD, "04")  # some views are for heads alone
        db.session.commit()
    return ground()


def _divisions() -> None:
    """Divisions below the departments, in turn, until there are enough units."""
    units = list(db.session.scalars(select(Unit).order_by(Unit.id)))
    departments = [unit for unit in units if unit.level == "department"]
    for number in range(UNITS - len(units)):
        above = departments[number % len(departments)]
        code, name = f"phong-{number}", f"Phòng {number}, {above.short_vi}"[:80]
        row = Unit(code=code, path=f"new:{code}", name_vi=name, name_en=name, short_vi=name, short_en=name,
                   level="division", parent_id=above.id, valid_from=date(2020, 1, 1))  # fmt: skip
        row.sort_key = sort_key(row)
        db.session.add(row)
        units.append(row)
    db.session.flush()
    set_paths(units)


def ground() -> Ground:
    """The same, read from the database."""
    rows = db.session.execute(select(Unit.id, Unit.area_code).order_by(Unit.id)).all()
    lower = select(Category.id).where(Category.parent_id.is_not(None)).order_by(Category.id)
    return Ground([row.id for row in rows], [row.id for row in rows if row.area_code], list(db.session.scalars(lower)))
