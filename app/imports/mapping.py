"""What a mapping file says: which columns of a table mean what. The format is explained in docs/import-mapping.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from string import Formatter
from zoneinfo import ZoneInfo

from ..rules.workflow import Outcome
from .keys import MappingError


@dataclass(frozen=True)
class Form:
    """How the file is written: letters, separator, and how and where its times are told."""

    encoding: str
    delimiter: str
    zone: ZoneInfo
    date_formats: tuple[str, ...]
    language: str


@dataclass(frozen=True)
class States:
    """How a row says that its case is over. Without a column, a closing time says so."""

    column: str
    open: frozenset[str]
    closed: Mapping[str, Outcome]
    outcome: Outcome | None


@dataclass(frozen=True)
class Subjects:
    """How a row names its subject, in one or two levels, and whether unknown ones are created."""

    column: str
    sub_column: str
    default: str
    prefix: str
    values: Mapping[str, str]
    create: bool
    offered: bool
    handling_level: str
    variant: str


@dataclass(frozen=True)
class Units:
    """How a row names the unit that had it, and whether unknown ones are created, and where in the tree."""

    column: str
    default: str
    prefix: str
    values: Mapping[str, str]
    names: Mapping[str, str]
    create: bool
    level: str
    parent: str
    parent_name: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class Plan:
    """A whole mapping."""

    source: str
    form: Form
    external_id: str
    submitted_at: str
    closed_at: str
    latitude: str
    longitude: str
    title: str
    body: str
    place: str
    states: States
    subjects: Subjects
    units: Units
    channel_column: str
    channels: Mapping[str, str]

    def columns(self) -> dict[str, str]:
        """Every column the mapping reads, by the key that names it."""
        named = {
            "columns.external_id": self.external_id, "columns.submitted_at": self.submitted_at,
            "columns.closed_at": self.closed_at, "columns.latitude": self.latitude,
            "columns.longitude": self.longitude, "status.column": self.states.column,
            "category.column": self.subjects.column, "category.sub_column": self.subjects.sub_column,
            "unit.column": self.units.column, "channel.column": self.channel_column,
        }  # fmt: skip
        texts = {"texts.title": self.title, "texts.body": self.body, "texts.place": self.place}
        for key, template in texts.items():
            named.update({f"{key} {{{column}}}": column for column in placeholders(template)})
        return {key: column for key, column in named.items() if column}

    def check_columns(self, header: list[str]) -> None:
        """Raise MappingError for a column that the file does not have."""
        for key, column in self.columns().items():
            if column not in header:
                raise MappingError(key, f"the file has no column {column!r}; it has {', '.join(header)}")


def placeholders(template: str) -> list[str]:
    """The columns that a text is made from."""
    return [name for _text, name, _spec, _conversion in Formatter().parse(template) if name is not None]
