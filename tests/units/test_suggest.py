"""Which unit is suggested, and why: the same unit that a new petition goes to."""

from __future__ import annotations

import itertools

import pytest
from flask import Flask

from app.units.queries import category_by_code, first_unit, unit_by_code
from app.units.suggest import suggest_first, suggest_unit
from tests.factories import MONDAY_ON, unit


@pytest.mark.parametrize(
    ("category", "commune", "wanted", "without", "sentence"),
    [
        ("health.clinic", "01447", None, (),
         "Sở Y tế phụ trách lĩnh vực Trạm y tế, khám chữa bệnh (theo danh mục lĩnh vực)"),
        ("roads.surface", "01447", None, (),
         "Ủy ban nhân dân xã Trùng Khánh là nơi xảy ra việc; lĩnh vực Đường giao thông nông thôn do xã, phường xử lý"),
        ("roads.surface", "01447", None, ("01447",),
         "Sở Xây dựng phụ trách lĩnh vực Đường giao thông nông thôn (theo danh mục lĩnh vực)"),
        ("roads.surface", "01447", "01273", (), "Ủy ban nhân dân phường Thục Phán là nơi người gửi muốn gửi đến"),
        ("land.dispute", None, None, (), None),
        ("land.dispute", "01447", None, ("01447",), None),
    ],
)  # fmt: skip
def test_the_first_unit_pointed_to_is_suggested_with_its_reason(
    app: Flask, category: str, commune: str | None, wanted: str | None, without: tuple[str, ...], sentence: str | None
) -> None:
    with app.test_request_context():
        gone = [unit(code).id for code in without]
        place, wish = unit_by_code(commune or ""), unit_by_code(wanted or "")
        found = suggest_unit(category_by_code(category), place, wish, MONDAY_ON, gone)  # type: ignore[arg-type]
    assert (found.reason if found else None) == sentence


def test_a_new_petition_goes_to_the_unit_suggested(app: Flask) -> None:
    with app.test_request_context():
        for code, place, wish in itertools.product(("roads.surface", "health.clinic", "land.dispute"),
                                                   (None, "01447"), (None, "01294")):  # fmt: skip
            category = category_by_code(code)
            given = (category, unit_by_code(place or ""), unit_by_code(wish or ""), MONDAY_ON)
            assert suggest_first(*given).unit == first_unit(*given), (code, place, wish)  # type: ignore[arg-type]
