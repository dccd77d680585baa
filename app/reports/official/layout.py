"""What an official form looks like: its columns and the sums printed on it, read from data/*.toml and checked.

A circular that changes a form is another file with a later `valid_from`; the code stays.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from .check import Check, columns_of, parsed
from .measures import MEASURES

FOLDER = Path(__file__).resolve().parent / "data"


@dataclass(frozen=True)
class Words:
    """A text in both languages."""

    vi: str
    en: str

    def said(self, is_vietnamese: bool) -> str:
        """The one that is asked for."""
        return self.vi if is_vietnamese else self.en


@dataclass(frozen=True)
class Column:
    """A numbered column: under which headings, and what it counts. No measure: the system keeps no such thing."""

    number: int
    head: Words
    under: tuple[Words, ...] = ()
    measure: str = ""
    less: tuple[int, ...] = ()
    """Columns whose figures are taken out of this one's count."""
    is_sealed: bool = False
    """Speaks of denunciations."""
    decimals: int = 0

    @property
    def is_counted(self) -> bool:
        """Whether the system counts it; else an official types it."""
        return bool(self.measure)


@dataclass(frozen=True)
class Layout:
    """One version of a form."""

    form: str
    slug: str
    facts: str
    """What it is counted from: petitions, denunciations or receptions."""
    title: Words
    about: Words
    law: str
    valid_from: date
    columns: tuple[Column, ...]
    checks: tuple[Check, ...]
    notes: tuple[Words, ...]

    def column(self, number: int) -> Column | None:
        """A column by its number."""
        return next((column for column in self.columns if column.number == number), None)

    @property
    def depth(self) -> int:
        """Rows of headings above the numbers."""
        return 1 + max(len(column.under) for column in self.columns)


class LayoutError(Exception):
    """A layout file says something that cannot be; names the file and the column."""


@cache
def layouts() -> tuple[Layout, ...]:
    """Every version of every form, in the order of their names, the latest version last."""
    found = [read(path) for path in sorted(FOLDER.glob("*.toml"))]
    return tuple(sorted(found, key=lambda layout: (ORDER.index(layout.facts), layout.form, layout.valid_from)))


ORDER = ("receptions", "petitions", "denunciations")


def layout_of(slug: str, day: date) -> Layout | None:
    """The version of a form in force on a day, the first one for days before it; None: no such form."""
    versions = [layout for layout in layouts() if layout.slug == slug]
    return next((layout for layout in reversed(versions) if layout.valid_from <= day), next(iter(versions), None))


def forms(day: date) -> list[Layout]:
    """Each form once, as it is in force on that day."""
    return [layout for slug in dict.fromkeys(one.slug for one in layouts()) if (layout := layout_of(slug, day))]


def read(path: Path) -> Layout:
    """One file. Raises LayoutError where it names a measure, a column or a heading that is not there."""
    with path.open("rb") as file:
        data = tomllib.load(file)
    groups = {key: Words(**words) for key, words in data.get("groups", {}).items()}
    try:
        columns = tuple(_column(one, groups) for one in data["column"])
        layout = Layout(
            data["form"], data["slug"], data["facts"], Words(data["vi"], data["en"]),
            Words(data["about_vi"], data["about_en"]), data["law"], data["valid_from"], columns,
            tuple(parsed(text) for text in data["checks"]), tuple(Words(**note) for note in data.get("note", ())),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as error:
        raise LayoutError(f"{path.name}: {error!r}") from error
    _must_fit(layout, path.name)
    return layout


def _column(one: Mapping[str, Any], groups: Mapping[str, Words]) -> Column:
    return Column(
        int(one["number"]), Words(one["vi"], one["en"]), tuple(groups[key] for key in one.get("under", ())),
        one.get("measure", ""), tuple(one.get("less", ())), bool(one.get("sealed")), int(one.get("decimals", 0)),
    )  # fmt: skip


def _must_fit(layout: Layout, name: str) -> None:
    numbers = [column.number for column in layout.columns]
    if numbers != list(range(1, len(numbers) + 1)):
        raise LayoutError(f"{name}: columns are numbered {numbers}")
    if layout.facts not in ORDER:
        raise LayoutError(f"{name}: nothing is counted from {layout.facts}")
    for column in layout.columns:
        if column.measure and column.measure not in MEASURES[layout.facts]:
            raise LayoutError(f"{name}: column {column.number} counts {column.measure!r}, which is no measure")
        if not set(column.less) <= set(numbers):
            raise LayoutError(f"{name}: column {column.number} leaves out a column that is not there")
    for check in layout.checks:
        if not columns_of(check) <= set(numbers):
            raise LayoutError(f"{name}: a sum names a column that is not there: {check.text}")


@dataclass(frozen=True)
class Heading:
    """One heading of the table: where it stands and over how many rows and columns (both from 0)."""

    words: Words
    row: int
    column: int
    rows: int
    columns: int
    leaf: Column | None = None


def headings(layout: Layout) -> list[list[Heading]]:
    """The headings row by row: neighbours under the same heading share it, a leaf reaches down to the numbers."""
    rows: list[list[Heading]] = [[] for _row in range(layout.depth)]
    open_to: dict[int, tuple[tuple[Words, ...], int]] = {}
    for place, column in enumerate(layout.columns):
        for level in range(len(column.under)):
            prefix = column.under[: level + 1]
            if level in open_to and open_to[level] == (prefix, place):
                last = rows[level].pop()
                rows[level].append(Heading(last.words, level, last.column, 1, last.columns + 1))
            else:
                rows[level].append(Heading(column.under[level], level, place, 1, 1))
            open_to[level] = (prefix, place + 1)
        top = len(column.under)
        rows[top].append(Heading(column.head, top, place, layout.depth - top, 1, column))
    return rows
