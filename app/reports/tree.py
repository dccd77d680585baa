"""The government tree as the figures see it: one small read, then every question is answered from memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import select

from ..extensions import db
from ..refusals import Missing
from ..rules.visibility import lies_in
from ..units.models import Level, Unit


@dataclass(frozen=True)
class Node:
    """A unit, with the names that pages show."""

    id: int
    code: str
    path: str
    parent_id: int | None
    name_vi: str
    name_en: str
    short_vi: str
    short_en: str
    level: str
    valid_to: date | None
    level_vi: str
    level_en: str

    def holds(self, other: Node) -> bool:
        """Whether another unit is this one or lies below it."""
        return lies_in(other.path, self.path)


@dataclass(frozen=True)
class Place:
    """One unit and where it stands: above it, below it, and the neighbourhood it is measured against."""

    unit: Node
    nodes: tuple[Node, ...]

    @cached_property
    def below(self) -> list[Node]:
        """All units under this one, at any depth."""
        return [n for n in self.nodes if self.unit.holds(n) and n.id != self.unit.id]

    @cached_property
    def children(self) -> list[Node]:
        """The units directly under this one."""
        return [n for n in self.nodes if n.parent_id == self.unit.id]

    @cached_property
    def above(self) -> list[Node]:
        """The units over this one, the top first."""
        return sorted((n for n in self.nodes if n.holds(self.unit) and n.id != self.unit.id), key=lambda n: n.path)

    @property
    def parent(self) -> Node | None:
        """The unit right above, against whose figures this one's are shown."""
        return self.above[-1] if self.above else None

    def ids(self, with_below: bool) -> list[int]:
        """The unit, and all below if asked."""
        return [self.unit.id, *(n.id for n in self.below)] if with_below else [self.unit.id]

    def ids_around(self) -> list[int]:
        """Everything under the parent, this unit included; empty at the top."""
        return [n.id for n in self.nodes if self.parent.holds(n)] if self.parent else []


COLUMNS = (Unit.id, Unit.code, Unit.path, Unit.parent_id, Unit.name_vi, Unit.name_en, Unit.short_vi, Unit.short_en,
           Unit.level, Unit.valid_to)  # fmt: skip


def nodes() -> tuple[Node, ...]:
    """All units, past ones too (they hold past custodies), by level and Vietnamese order."""
    rows: Any = db.session.execute(
        select(*COLUMNS, Level.name_vi.label("level_vi"), Level.name_en.label("level_en"))
        .join(Level, Level.code == Unit.level)
        .order_by(Level.rank, Unit.sort_key, Unit.id)
    )
    return tuple(Node(*row) for row in rows)


def place(code: str) -> Place:
    """The unit with that code, in its tree. Raises Missing."""
    return find(nodes(), code)


def find(all_nodes: Iterable[Node], code: str) -> Place:
    """The same, from nodes already at hand; an empty code means the top."""
    known = tuple(all_nodes)
    unit = next((n for n in known if n.code == code or (not code and n.parent_id is None)), None)
    if unit is None:
        raise Missing
    return Place(unit, known)
