"""Reads a mapping file, strictly: a key nobody knows or a value that cannot be meant is refused with its reason."""

from __future__ import annotations

import codecs
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from string import Formatter
from zoneinfo import ZoneInfo

from ..rules.workflow import Outcome
from .keys import NEEDED, Keys, MappingError
from .mapping import Form, Plan, States, Subjects, Units

SHIPPED = Path(__file__).parent / "mappings"
CHANNELS = ("web", "counter", "phone", "letter", "other")
VARIANTS = ("general_recommendation", "street_level", "street_level_complex", "street_level_urgent",
            "administrative_regulation", "government_portal")  # fmt: skip


def find(name: str) -> Path:
    """The mapping's file: a path, or the name of one that is shipped. Raises MappingError."""
    for path in (Path(name), SHIPPED / f"{name}.toml"):
        if path.is_file():
            return path
    shipped = ", ".join(sorted(path.stem for path in SHIPPED.glob("*.toml")))
    raise MappingError("--mapping", f"there is no file {name!r}, and the shipped mappings are {shipped}")


def read(path: Path) -> Plan:
    """The mapping in a file. Raises MappingError with the key and the reason."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MappingError(path.name, f"is not TOML: {error}") from None
    return _mapping(Keys(values))


def _mapping(keys: Keys) -> Plan:
    columns, texts, channel = keys.table("columns", True), keys.table("texts", True), keys.table("channel")
    found = Plan(
        source=_source(keys), form=_form(keys.table("file")),
        external_id=columns.text("external_id"), submitted_at=columns.text("submitted_at"),
        closed_at=columns.text("closed_at", ""), latitude=columns.text("latitude", ""),
        longitude=columns.text("longitude", ""),
        title=_template(texts, "title"), body=_template(texts, "body"), place=_template(texts, "place", ""),
        states=_states(keys.table("status")), subjects=_subjects(keys.table("category", True)),
        units=_units(keys.table("unit", True)),
        channel_column=channel.text("column", ""), channels=channel.pairs("values"),
    )  # fmt: skip
    for value, known in found.channels.items():
        if known not in CHANNELS:
            raise channel.wrong(f"values.{value}", f"{known!r} is none of {', '.join(CHANNELS)}")
    for table in (columns, texts, channel, keys):
        table.end()
    if found.states.closed and not found.closed_at:
        raise keys.wrong("columns.closed_at", "is missing: the statuses say that cases were closed")
    return found


def _source(keys: Keys) -> str:
    source = keys.text("source")
    if not 1 <= len(source) <= 40:
        raise keys.wrong("source", "must have 1 to 40 characters")
    return source


def _template(keys: Keys, key: str, default: str | None = None) -> str:
    """A text with {column} in it; no other tricks of format strings."""
    text = keys.text(key) if default is None else keys.text(key, default)
    try:
        parts = list(Formatter().parse(text))
    except ValueError as error:
        raise keys.wrong(key, str(error)) from None
    if any(name == "" or spec or conversion for _text, name, spec, conversion in parts):
        raise keys.wrong(key, "names columns as {column}, nothing more")
    return text


def _form(keys: Keys) -> Form:
    encoding, delimiter = keys.text("encoding", "utf-8"), keys.sign("delimiter", ",")
    try:
        codecs.lookup(encoding)
    except LookupError:
        raise keys.wrong("encoding", f"{encoding!r} is not an encoding") from None
    found = Form(encoding, delimiter, _zone(keys), _formats(keys), keys.one_of("language", ("vi", "en"), "vi"))
    keys.end()
    return found


def _zone(keys: Keys) -> ZoneInfo:
    name = keys.text("time_zone")
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise keys.wrong("time_zone", f"{name!r} is not a time zone (Asia/Ho_Chi_Minh)") from None


def _formats(keys: Keys) -> tuple[str, ...]:
    formats = keys.texts("date_formats")
    if not formats:
        raise keys.wrong("date_formats", "must name at least one format (%Y-%m-%d)")
    for text in formats:
        if not _tells_the_day(text):
            raise keys.wrong("date_formats", f"{text!r} does not tell year, month and day")
    return formats


def _tells_the_day(text: str) -> bool:
    """Whether a format that writes a day down also reads the same day back."""
    sample = datetime(2001, 2, 3, 4, 5, 6, tzinfo=UTC)
    try:
        return datetime.strptime(sample.strftime(text), text).date() == sample.date()  # noqa: DTZ007
    except ValueError:
        return False


def _states(keys: Keys) -> States:
    column = keys.text("column", "")
    closed = {value: _outcome(keys, f"closed.{value}", name) for value, name in keys.pairs("closed").items()}
    opened = frozenset(keys.texts("open", []))
    outcome = _outcome(keys, "outcome", keys.text("outcome")) if keys.has("outcome") else None
    if column and not closed and not opened:
        raise keys.wrong("closed", "is missing: say which statuses are open and which closed")
    if not column and (closed or opened):
        raise keys.wrong("column", "is missing: which column holds these statuses")
    if twice := opened & closed.keys():
        raise keys.wrong("open", f"{min(twice)!r} cannot be open and closed")
    keys.end()
    return States(column, opened, closed, outcome)


def _outcome(keys: Keys, key: str, name: str) -> Outcome:
    if name not in list(Outcome):
        raise keys.wrong(key, f"{name!r} is none of {', '.join(Outcome)}")
    return Outcome(name)


def _subjects(keys: Keys) -> Subjects:
    create = keys.flag("create", False)
    found = Subjects(
        keys.text("column"), keys.text("sub_column", ""), keys.text("default", ""),
        keys.code("prefix", NEEDED if create else ""), keys.pairs("values"), create, keys.flag("offered", False),
        keys.text("handling_level", NEEDED if create else ""),
        keys.one_of("variant", VARIANTS, "general_recommendation"),
    )  # fmt: skip
    keys.end()
    return found


def _units(keys: Keys) -> Units:
    create = keys.flag("create", False)
    found = Units(
        keys.text("column"), keys.text("default", ""), keys.code("prefix", NEEDED if create else ""),
        keys.pairs("values"), keys.pairs("names"), create, keys.text("level", NEEDED if create else ""),
        keys.code("parent", ""), keys.text("parent_name", ""),
        keys.day("valid_from", NEEDED if create else date.min),
        keys.day("valid_to") if keys.has("valid_to") else None,
    )  # fmt: skip
    keys.end()
    return found
