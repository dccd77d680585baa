"""Reads a unit file table by table; the rows are looked at one by one here, and together in `checks`."""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import TypeVar
from zoneinfo import available_timezones

from app.rules.deadlines import RULES_FILE, load_rules
from app.units.unit_file import checks
from app.units.unit_file.keys import Keys
from app.units.unit_file.rows import CategoryRow, Government, LevelRow, UnitFile, UnitRow
from app.units.unit_file.tables import LineError, Table, read_tables

TABLES = ("government", "level", "unit", "category")
LANGUAGES = ("vi", "en")
KINDS = ("feedback", "complaint", "denunciation", "dialogue")
# "commune": the local unit of the place a case is about; "department": the unit that the category names.
HANDLING_LEVELS = ("commune", "department")
VARIANTS = (
    "general_recommendation",
    "administrative_regulation",
    "street_level",
    "street_level_complex",
    "street_level_urgent",
)
R = TypeVar("R")


class UnitFileError(Exception):
    """The file cannot be loaded; `errors` says what to correct, in the order of the lines."""

    def __init__(self, errors: Iterable[LineError]) -> None:
        self.errors = sorted(set(errors))
        super().__init__("\n".join(str(error) for error in self.errors))


@cache
def owing() -> tuple[str, ...]:
    """Who owes a recurring duty: every `who` of the shipped deadlines.toml."""
    return tuple(dict.fromkeys(str(row["who"]) for row in load_rules(RULES_FILE).duties))


def read_unit_file(path: str | Path, variants: Collection[str] = VARIANTS,
                   owers: Collection[str] | None = None) -> UnitFile:  # fmt: skip
    """The government, levels, units and categories of a file.

    `variants` are the deadline variants the rules in force know for feedback, `owers` who owes a duty by them. Raises
    UnitFileError with everything that is wrong with the file, and OSError when it cannot be opened.
    """
    tables, errors = read_tables(Path(path).read_bytes(), TABLES)
    if not tables:
        raise UnitFileError(errors)
    government = _government(tables["government"], errors)
    languages = government.languages if government else LANGUAGES
    levels = _rows(tables["level"], errors, partial(_level, languages=languages, owers=owers or owing()))
    codes = list(dict.fromkeys(row.code for row, _ in levels))
    units = _rows(tables["unit"], errors, partial(_unit, languages=languages, levels=codes))
    categories = _rows(tables["category"], errors, partial(_category, languages=languages, variants=variants))
    _check(levels, units, categories)
    if errors or government is None:
        raise UnitFileError(errors)
    return UnitFile(government, [r for r, _ in levels], [r for r, _ in units], [r for r, _ in categories])


def _check(
    levels: list[tuple[LevelRow, Keys]], units: list[tuple[UnitRow, Keys]], categories: list[tuple[CategoryRow, Keys]]
) -> None:
    checks.check_codes(levels)
    checks.check_codes(units)
    checks.check_codes(categories)
    checks.check_parents(units)
    checks.check_parents(categories)
    checks.check_one_top(units)
    checks.check_successors(units)
    checks.check_categories(categories, units)


def _rows(tables: list[Table], errors: list[LineError], make: Callable[[Keys], R]) -> list[tuple[R, Keys]]:
    """Each table as a row, with the keys it came from for later complaints."""
    rows = []
    for table in tables:
        keys = Keys(table, errors)
        rows.append((make(keys), keys))
        keys.done()
    return rows


def _names(keys: Keys, name: str, languages: Collection[str], *, required: bool = True) -> tuple[str, str]:
    """A name in Vietnamese and English; a language the government does not speak borrows the other's."""
    vi = keys.text(f"{name}_vi", required=required and "vi" in languages)
    en = keys.text(f"{name}_en", required=required and "en" in languages)
    return vi or en, en or vi


def _government(tables: list[Table], errors: list[LineError]) -> Government | None:
    if not tables:
        return None
    errors += [table.error("code", "belongs to a second [government]; a file has one") for table in tables[1:]]
    return _rows(tables[:1], errors, _one_government)[0][0]


def _one_government(keys: Keys) -> Government:
    languages = keys.texts("languages", LANGUAGES)
    name_vi, name_en = _names(keys, "name", languages)
    responsible_vi, responsible_en = _names(keys, "responsible", languages)
    above_vi, above_en = _names(keys, "above", languages, required=False)
    time_zone = keys.text("time_zone")
    if time_zone and time_zone not in available_timezones():
        keys.wrong("time_zone", f"'{time_zone}' is not a time zone like Asia/Ho_Chi_Minh")
    return Government(
        code=keys.code("code"),
        name_vi=name_vi,
        name_en=name_en,
        responsible_vi=responsible_vi,
        responsible_en=responsible_en,
        phone=keys.text("phone"),
        time_zone=time_zone,
        languages=languages,
        line=keys.table.line,
        above_vi=above_vi,
        above_en=above_en,
        inspectorate=keys.code("inspectorate", required=False),
    )


def _level(keys: Keys, languages: Collection[str], owers: Collection[str]) -> LevelRow:
    name_vi, name_en = _names(keys, "name", languages)
    rank = keys.whole("rank")
    if rank < 1 and "rank" not in keys.failed:
        keys.wrong("rank", "must be 1 or more")
    duties = keys.texts("duties", owers, required=False)
    return LevelRow(keys.code("code"), name_vi, name_en, rank, keys.table.line, duties)


def _unit(keys: Keys, languages: Collection[str], levels: Collection[str]) -> UnitRow:
    name_vi, name_en = _names(keys, "name", languages)
    short_vi, short_en = _names(keys, "short", languages, required=False)
    valid_from, valid_to = _validity(keys)
    latitude, longitude = _centre(keys)
    return UnitRow(
        code=keys.code("code"),
        name_vi=name_vi,
        name_en=name_en,
        short_vi=short_vi or name_vi,
        short_en=short_en or name_en,
        level=keys.choice("level", levels),
        parent=keys.code("parent", required=False),
        valid_from=valid_from,
        valid_to=valid_to,
        successor=keys.code("successor", required=False),
        is_remote=keys.flag("is_remote"),
        area_code=keys.code("area_code", required=False),
        latitude=latitude,
        longitude=longitude,
        former=keys.texts("former", required=False),
        line=keys.table.line,
    )


def _validity(keys: Keys) -> tuple[date, date | None]:
    """First and last day of a unit; both days count."""
    valid_from = keys.day("valid_from")
    valid_to = keys.day("valid_to", required=False)
    if valid_from and valid_to and valid_to < valid_from:
        keys.wrong("valid_to", f"{valid_to} is before valid_from {valid_from}")
    return valid_from or date.min, valid_to


def _centre(keys: Keys) -> tuple[float | None, float | None]:
    """The middle of a unit's area in degrees, both numbers or neither."""
    latitude, longitude = keys.degrees("latitude", 90), keys.degrees("longitude", 180)
    if (latitude is None) != (longitude is None) and not {"latitude", "longitude"} & keys.failed:
        keys.wrong("latitude" if latitude is None else "longitude", "is missing; a place needs both")
    return latitude, longitude


def _category(keys: Keys, languages: Collection[str], variants: Collection[str]) -> CategoryRow:
    name_vi, name_en = _names(keys, "name", languages)
    kinds = keys.texts("kinds", KINDS)
    handling_level = keys.choice("handling_level", HANDLING_LEVELS)
    return CategoryRow(
        code=keys.code("code"),
        parent=keys.code("parent", required=False),
        name_vi=name_vi,
        name_en=name_en,
        handling_level=handling_level,
        unit=keys.code("unit", required=handling_level == "department"),
        kinds=kinds,
        # Only feedback has deadline variants; the law itself sets the clocks of the other kinds.
        variant=keys.choice("variant", variants, required="feedback" in kinds),
        line=keys.table.line,
    )
