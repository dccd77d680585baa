"""A town whose clock is held: the law's months pass in seconds, and each due date can be worked out by hand.

Only people live in it; the cases are made by the journeys. Every journey has a town of its own.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from playwright.sync_api import Page
from sqlalchemy import select

from app import clock, create_app
from app.cases.models import Case, Deadline
from app.extensions import db, writing
from app.rules.workflow import Role

from .. import factories, quick
from . import town as towns
from .planted import Planted
from .visitors import Visitors

START = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
"""Monday 16 November 2026, eight in the morning in the town."""
PEOPLE = [
    ("thom", "Lê Thị Thơm", Role.CLERK, "01447", "Cán bộ tiếp nhận"),
    ("mai", "Hoàng Thị Mai", Role.OFFICER, "01447", "Công chức địa chính"),
    ("khanh", "Nông Văn Khánh", Role.HEAD, "01447", "Chủ tịch UBND xã"),
    ("hoa", "Bế Thị Hoa", Role.CLERK, "01294", "Cán bộ tiếp nhận"),
    ("xuan", "Lý Thị Xuân", Role.CLERK, "so-xay-dung", "Văn thư"),
    ("duc", "Đinh Văn Đức", Role.OFFICER, "so-xay-dung", "Chuyên viên"),
    ("quan", "Hà Minh Quân", Role.HEAD, "so-xay-dung", "Giám đốc Sở"),
    ("lan", "Vi Thị Lan", Role.CLERK, "04", "Chuyên viên Ban Tiếp công dân"),
    ("binh", "Nông Thanh Bình", Role.OFFICER, "04", "Thanh tra viên"),
    ("chu", "Trần Văn Chu", Role.HEAD, "04", "Chủ tịch UBND tỉnh"),
    ("giu-so", "Hoàng Văn Sổ", Role.REGISTRAR, "04", "Người giữ sổ tố cáo"),
]


@contextmanager
def still(blank: Path, folder: Path) -> Iterator[towns.Town]:
    """A town with people and no cases, its clock held at START until `at` moves it."""
    made = folder / "made"
    made.mkdir()
    shutil.copy(blank, made / "gan-dan.db")
    app = create_app(towns.settings(made))
    with app.app_context(), clock.fixed(START):
        planted = _people()
        db.session.remove()
        db.engine.dispose()
    with clock.fixed(START), towns.serve(made, planted, folder / "runs") as running:
        yield running


def _people() -> Planted:
    planted, hashed = Planted(), quick.hashed(factories.PASSWORD)
    with writing():
        for account, name, role, unit, title in PEOPLE:
            official = factories.make_official(role, unit, name, password_hash=hashed, title=title)
            official.account = account
            planted.people[account] = official.id
        db.session.commit()
    return planted


class Days:
    """The town's calendar in the hands of a journey: `with days.on(25, 11): ...`, and who is at the desk that day."""

    def __init__(self, visitors: Visitors) -> None:
        self.visitors, self.town = visitors, visitors.town

    @contextmanager
    def on(self, day: int, month: int, year: int = 2026) -> Iterator[None]:
        """Nine in the morning of that day, for everybody."""
        with clock.fixed(datetime(year, month, day, 2, 0, tzinfo=UTC)):
            yield

    def desk(self, account: str) -> Page:
        """That official, signed in today, reading in this journey's language."""
        return self.visitors.page(account, self.visitors.manner.language)

    def resident(self) -> Page:
        """Somebody with a browser and nothing else."""
        return self.visitors.read(self.visitors.page(), "/")

    def case(self, *where: object) -> Case:
        """The one case that fits, detached, as the database holds it now."""
        with self.town.app.app_context():
            found = db.session.scalars(select(Case).where(*where)).one()  # type: ignore[arg-type]
            db.session.expunge(found)
            return found

    def due(self, case: Case) -> dict[str, date]:
        """The due date of each stage whose clock was not replaced."""
        with self.town.app.app_context():
            rows = db.session.scalars(select(Deadline).where(Deadline.case_id == case.id).order_by(Deadline.id))
            return {row.stage: row.due_on for row in rows if row.ended_at is None}
