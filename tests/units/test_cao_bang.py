"""The tree of Cao Bằng as it is shipped: 56 communes and wards, the departments, and the subjects residents know."""

import unicodedata
from collections import Counter
from pathlib import Path

import pytest

import app.units
from app.units.sorting import sort_key_vi
from app.units.unit_file import UnitFile, read_unit_file

PATH = Path(app.units.__file__).parent / "data" / "cao-bang.toml"

DEPARTMENTS = [
    "vp-ubnd",
    "thanh-tra-tinh",
    "so-xay-dung",
    "so-nong-nghiep-moi-truong",
    "so-noi-vu",
    "so-y-te",
    "so-giao-duc",
    "so-tai-chinh",
    "so-tu-phap",
    "so-van-hoa",
    "so-khoa-hoc",
    "so-cong-thuong",
    "so-dan-toc",
    "cong-an-tinh",
    "ban-quan-ly-khu-kinh-te",
    "trung-tam-phuc-vu-hcc",
    "ban-tiep-cong-dan",
]
TOP_CATEGORIES = [
    "land",
    "social",
    "service",
    "procedures",
    "environment",
    "roads",
    "utilities",
    "construction",
    "education",
    "health",
    "agriculture",
    "security",
    "culture",
    "telecom",
    "ethnic",
    "border",
    "justice",
    "party",
    "corruption",
]
HEIRS = [
    ("xã Đại Tiến, huyện Hòa An", "01654"),
    ("xã Minh Long, huyện Hạ Lang", "01537"),
    ("xã Quang Vinh, huyện Trùng Khánh", "01456"),
    ("xã Ngọc Đào, huyện Hà Quảng", "01438"),
    ("xã Vũ Minh, huyện Nguyên Bình", "01726"),
    ("xã Nam Cao, huyện Bảo Lâm", "01297"),
    ("xã Mỹ Hưng, huyện Quảng Hòa", "01648"),
]


@pytest.fixture(scope="module")
def cao_bang() -> UnitFile:
    return read_unit_file(PATH)


def test_cao_bang_has_53_communes_and_3_wards(cao_bang: UnitFile) -> None:
    assert Counter(unit.level for unit in cao_bang.units) == {"province": 1, "department": 17, "commune": 53, "ward": 3}
    wards = {unit.code: unit.short_vi for unit in cao_bang.units if unit.level == "ward"}
    assert wards == {"01273": "Phường Thục Phán", "01279": "Phường Nùng Trí Cao", "01288": "Phường Tân Giang"}


def test_the_code_of_a_commune_is_its_official_area_code(cao_bang: UnitFile) -> None:
    local = [unit for unit in cao_bang.units if unit.level in ("commune", "ward")]
    assert all(unit.code == unit.area_code and len(unit.code) == 5 and unit.code.isdigit() for unit in local)
    assert all(unit.name_vi == f"Ủy ban nhân dân {unit.short_vi[0].lower()}{unit.short_vi[1:]}" for unit in local)


def test_every_department_that_residents_write_to_is_there(cao_bang: UnitFile) -> None:
    assert {unit.code for unit in cao_bang.units if unit.level == "department"} == set(DEPARTMENTS)


def test_all_161_former_communes_lead_to_a_commune_of_today(cao_bang: UnitFile) -> None:
    former = Counter(name.removesuffix(" (một phần)") for unit in cao_bang.units for name in unit.former)
    assert len(former) == 161
    assert [name for name, count in former.items() if count > 1] == ["xã Hồng Quang, huyện Quảng Hòa"]


@pytest.mark.parametrize(("former", "code"), HEIRS)
def test_a_former_commune_is_found_under_its_heir(cao_bang: UnitFile, former: str, code: str) -> None:
    assert [unit.code for unit in cao_bang.units if former in unit.former] == [code]


def test_centres_lie_inside_the_province(cao_bang: UnitFile) -> None:
    local = [unit for unit in cao_bang.units if unit.area_code]
    assert all(22.35 < (unit.latitude or 0) < 23.13 and 105.26 < (unit.longitude or 0) < 106.84 for unit in local)


def test_units_of_a_level_stand_in_vietnamese_order(cao_bang: UnitFile) -> None:
    for level in ("department", "commune", "ward"):
        names = [unit.short_vi for unit in cao_bang.units if unit.level == level]
        assert names == sorted(names, key=sort_key_vi)


def test_wards_are_never_remote(cao_bang: UnitFile) -> None:
    assert {unit.level for unit in cao_bang.units if unit.is_remote} == {"commune"}


def test_subjects_have_two_levels_and_each_top_one_has_some_below(cao_bang: UnitFile) -> None:
    assert [category.code for category in cao_bang.categories if not category.parent] == TOP_CATEGORIES
    assert {category.parent for category in cao_bang.categories if category.parent} == set(TOP_CATEGORIES)
    assert all(category.code.startswith(f"{category.parent}.") for category in cao_bang.categories if category.parent)


def test_corruption_is_for_denunciations_only(cao_bang: UnitFile) -> None:
    kinds = {category.kinds for category in cao_bang.categories if category.code.startswith("corruption")}
    assert kinds == {("denunciation",)}


def test_regulations_go_to_the_office_and_are_no_complaints(cao_bang: UnitFile) -> None:
    # Decree 20/2008/ND-CP: the Office of the provincial People's Committee receives them; complaints are excluded.
    [regulation] = [category for category in cao_bang.categories if category.code == "procedures.regulation"]
    assert (regulation.unit, regulation.kinds) == ("vp-ubnd", ("feedback", "dialogue"))
    assert regulation.variant == "administrative_regulation"


def test_every_category_has_a_department_that_handles_or_helps(cao_bang: UnitFile) -> None:
    assert {category.unit for category in cao_bang.categories} <= set(DEPARTMENTS)


def test_the_file_is_in_composed_unicode() -> None:
    text = PATH.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
