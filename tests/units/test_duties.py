"""What each level owes, from the file to the page of its units."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from flask import Flask

import app.units
from app import clock
from app.extensions import db, writing
from app.rules.workflow import Role
from app.units.duties import duties_of
from app.units.load import load
from app.units.models import Level
from app.units.unit_file import read_unit_file
from tests.factories import MONDAY, make_official, sign_in, unit

CAO_BANG = Path(app.units.__file__).parent / "data" / "cao-bang.toml"


def owed(code: str, on: date) -> list[str]:
    return sorted(duty.id for duty in duties_of(unit(code)) if duty.in_force(on))


@pytest.mark.parametrize(
    ("code", "on", "ids"),
    [
        ("01447", date(2026, 6, 30), ["dialogue.commune.yearly", "reception.commune.chairman.2013"]),
        ("01447", date(2026, 7, 1), ["dialogue.commune.yearly", "reception.commune.chairman.2026"]),
        ("01273", date(2026, 7, 1), ["dialogue.commune.yearly", "reception.commune.chairman.2026"]),
        ("so-y-te", date(2026, 7, 1), ["reception.agency.head"]),
        ("04", date(2026, 7, 1), ["reception.province.chairman", "report.feedback_on_regulations"]),
    ],
)
def test_a_unit_owes_what_the_law_of_that_day_asks_of_its_level(
    app: Flask, write: None, code: str, on: date, ids: list[str]
) -> None:
    assert owed(code, on) == ids


def test_the_file_of_cao_bang_fills_the_duties_of_its_levels(app: Flask, write: None) -> None:
    for level in db.session.query(Level):
        level.duties = []
    load(read_unit_file(CAO_BANG), MONDAY)
    assert {level.code: level.duties for level in db.session.query(Level)} == {
        "province": ["provincial_chairman"],
        "department": ["agency_head"],
        "commune": ["commune_chairman", "commune_peoples_committee"],
        "ward": ["commune_chairman", "commune_peoples_committee"],
    }


def test_the_page_of_a_unit_shows_what_it_owes_and_by_which_law(app: Flask) -> None:
    with clock.fixed(MONDAY):
        with writing():
            browser = sign_in(app.test_client(), make_official(Role.ADMINISTRATOR, "04"))
        page = browser.get("/admin/units/01447").text
        assert "Tiếp công dân ít nhất 2 ngày mỗi tháng, người đứng đầu tự tiếp, không giao cấp phó" in page
        assert "Điều 15, sửa đổi bởi Luật 136/2025/QH15" in page
        assert "Hội nghị đối thoại ít nhất 1 lần mỗi năm, và khi từ 10" in page
        assert "mỗi tuần" not in page, "the duty that ended is not owed any more"
        assert "Tiếp công dân ít nhất 1 ngày mỗi tháng" in browser.get("/admin/units/so-y-te").text
