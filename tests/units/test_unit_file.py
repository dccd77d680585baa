"""A government loads its own tree from one file, and every mistake in it is shown with its line."""

from datetime import date
from pathlib import Path

import pytest

from app.units.unit_file import LineError, UnitFileError, read_unit_file

DATA = Path(__file__).parent / "data"

BROKEN = [
    (1, 'government "broken town": responsible_en is missing'),
    (2, "government \"broken town\": code must be at most 40 letters a-z, digits, '.', '_' or '-', without spaces"),
    (4, 'government "broken town": name_en must not be empty'),
    (6, 'government "broken town": phone must be a text in quotes'),
    (7, "government \"broken town\": time_zone 'Asia/Hanoi' is not a time zone like Asia/Ho_Chi_Minh"),
    (8, "government \"broken town\": languages 'fr' is not one of vi, en"),
    (14, 'level "town": rank must be 1 or more'),
    (20, 'level "ward": rank must be a whole number without quotes'),
    (23, 'level "ward": code stands already on line 17'),
    (33, 'unit "town": valid_from must be a day like 2025-07-01, without quotes'),
    (35, 'unit "w1": valid_from is missing'),
    (39, "unit \"w1\": level 'wrad' is not one of town, ward (did you mean 'ward'?)"),
    (40, "unit \"w1\": parent 'tow' is not in this file (did you mean 'town'?)"),
    (41, "unit \"w1\": valid_form is not known here (did you mean 'valid_from'?)"),
    (49, "unit \"w2\": parent 'w3' stands further down; put parents before their children"),
    (51, 'unit "w2": valid_to 2025-06-30 is before valid_from 2025-07-01'),
    (52, "unit \"w2\": successor 'w9' is not in this file"),
    (53, 'unit "w2": is_remote must be true or false'),
    (54, 'unit "w2": latitude must lie between -90 and 90'),
    (57, 'unit "w3": latitude is missing; a place needs both'),
    (57, 'unit "w3": valid_to is missing; a unit with a successor has a last day'),
    (65, 'unit "w3": former must be a list of texts like ["a", "b"]'),
    (73, 'unit "w4": parent goes in a circle: w4 > w5 > w4'),
    (76, 'unit "w4": successor goes in a circle: w4 > w5 > w4'),
    (86, 'unit "w5": successor goes in a circle: w5 > w4 > w5'),
    (88, "unit \"w1\": parent is missing; only one unit stands at the top and that is 'town'"),
    (89, 'unit "w1": code stands already on line 36'),
    (95, 'category "roads": unit is missing'),
    (95, 'category "roads": variant is missing'),
    (
        100,
        (
            "category \"roads\": kinds 'complaints' is not one of feedback, complaint, denunciation, dialogue"
            " (did you mean 'complaint'?)"
        ),
    ),
    (107, "category \"roads.surface\": handling_level 'village' is not one of commune, department"),
    (108, "category \"roads.surface\": unit 'w0' is not in this file"),
    (109, 'category "roads.surface": kinds must not be empty'),
    (
        110,
        (
            "category \"roads.surface\": variant 'street-level' is not one of general_recommendation,"
            " administrative_regulation, street_level, street_level_complex, street_level_urgent"
            " (did you mean 'street_level'?)"
        ),
    ),
    (
        114,
        "category \"roads.surface.hole\": parent 'roads.surface' is itself below 'roads'; categories have two levels",
    ),
    (120, "unknown table or key 'subject'; the file knows government, level, unit, category"),
]

UNREADABLE = [
    (b'[government]\ncode = "a"\ncode = "b"\n', 3, "not valid TOML: Cannot overwrite a value"),
    (b'[government]\ncode = "a\n', 2, "not valid TOML: Illegal character '\\n'"),
    (b'[government]\nname_vi = """\nkh\xc3\xb4ng h\xe1\xba\xbft\n', 3, "not valid TOML: Unterminated string"),
    ('[government]\nname_vi = "Tỉnh"\n'.encode("utf-16"), 1, "not UTF-8 text; save the file as UTF-8"),
    (b'[government]\n# t\xe9st\nname_vi = "T\xc3"\n', 2, "not UTF-8 text; save the file as UTF-8"),
]


def errors_of(path: Path, **options: list[str]) -> list[LineError]:
    with pytest.raises(UnitFileError) as caught:
        read_unit_file(path, **options)
    return caught.value.errors


def test_every_mistake_of_a_file_is_told_at_once_with_its_line() -> None:
    assert [(error.line, error.message) for error in errors_of(DATA / "broken.toml")] == BROKEN


@pytest.mark.parametrize(("content", "line", "message"), UNREADABLE, ids=lambda value: str(value)[:30])
def test_a_file_that_is_not_toml_says_where(tmp_path: Path, content: bytes, line: int, message: str) -> None:
    path = tmp_path / "units.toml"
    path.write_bytes(content)
    [error] = errors_of(path)
    assert (error.line, error.message[: len(message)]) == (line, message)


def test_an_empty_file_names_all_that_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "units.toml"
    path.write_text("")
    assert [str(error) for error in errors_of(path)] == [
        f"line 1: a table [{name}] is missing" for name in ("category", "government", "level", "unit")
    ]


def test_the_message_of_the_error_lists_the_lines() -> None:
    with pytest.raises(UnitFileError, match='line 95: category "roads": unit is missing\nline 95: category'):
        read_unit_file(DATA / "broken.toml")


def test_variants_that_the_rules_do_not_know_are_refused() -> None:
    errors = errors_of(DATA / "other-government.toml", variants=["street_level"])
    assert [str(error) for error in errors] == [
        (
            "line 78: category \"streets.snow\": variant 'street_level_urgent' is not one of street_level"
            " (did you mean 'street_level'?)"
        )
    ]


def test_a_file_saved_on_windows_is_read_with_the_same_lines(tmp_path: Path) -> None:
    path = tmp_path / "units.toml"
    text = (DATA / "other-government.toml").read_text(encoding="utf-8")
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert read_unit_file(path) == read_unit_file(DATA / "other-government.toml")


def test_another_government_loads_its_own_tree() -> None:
    file = read_unit_file(DATA / "other-government.toml")
    assert (file.government.time_zone, file.government.languages) == ("America/Halifax", ("en",))
    assert [level.rank for level in file.levels] == [1, 2, 2]
    assert [(unit.code, unit.parent) for unit in file.units] == [
        ("council", ""),
        ("public-works", "council"),
        ("harbour", "council"),
        ("harbour-and-old-town", "council"),
    ]
    assert [category.variant for category in file.categories] == ["street_level", "street_level_urgent", ""]


def test_a_merged_unit_keeps_its_last_day_and_its_heir() -> None:
    harbour = read_unit_file(DATA / "other-government.toml").units[2]
    assert (harbour.valid_to, harbour.successor) == (date(2023, 12, 31), "harbour-and-old-town")


def test_a_language_the_government_does_not_speak_borrows_the_names_of_the_other() -> None:
    file = read_unit_file(DATA / "other-government.toml")
    assert file.units[0].short_vi == "City Council"
    assert file.units[2].short_vi == file.units[2].name_en == "Borough of Harbour"


def test_each_row_remembers_the_line_of_its_header() -> None:
    path = DATA / "other-government.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    file = read_unit_file(path)
    assert {lines[unit.line - 1] for unit in file.units} == {"[[unit]]"}
    assert {lines[category.line - 1] for category in file.categories} == {"[[category]]"}
    assert lines[file.government.line - 1] == "[government]"


def test_the_example_of_the_manual_can_be_loaded(tmp_path: Path) -> None:
    manual = Path(__file__).parents[2] / "docs" / "units-file.md"
    example = manual.read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]
    path = tmp_path / "units.toml"
    path.write_text(example, encoding="utf-8")
    assert [unit.code for unit in read_unit_file(path).units] == ["council", "harbour"]


def test_levels_say_as_whom_their_units_owe_duties_and_a_wrong_word_is_told(tmp_path: Path) -> None:
    text = (DATA / "other-government.toml").read_text()
    head = "rank = 1\n"
    path = tmp_path / "units.toml"
    path.write_text(text.replace(head, head + 'duties = ["commune_chairman"]\n', 1))
    levels = read_unit_file(path).levels
    assert levels[0].duties == ("commune_chairman",)
    assert all(level.duties == () for level in levels[1:])
    path.write_text(text.replace(head, head + 'duties = ["commune_chairmen"]\n', 1))
    [error] = errors_of(path)
    assert "duties 'commune_chairmen' is not one of provincial_chairman, agency_head" in error.message
    assert error.message.endswith("(did you mean 'commune_chairman'?)")
