"""What is asked, and the facts that answer it: whose custodies, which days, which kind, category, channel, commune."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from ..extensions import db
from ..units.models import Category, Unit
from .cells.measures import Facts, chosen
from .cells.pack import CHANNELS, KINDS
from .cells.table import Table, current
from .span import Span

NOWHERE = "none"
"""Asked as a commune: the cases that name no place."""
UNKNOWN = 2**24
"""No row has it: what an unknown code stands for."""


@dataclass(frozen=True)
class Question:
    """Which days, which kind of case (empty: all), the unit alone or with all below; and what else narrows it.

    `category` is a code (with those below it), `channel` a word, `commune` a unit's code or NOWHERE; empty means all.
    """

    span: Span
    kind: str = ""
    with_below: bool = True
    category: str = ""
    channel: str = ""
    commune: str = ""
    by: str = ""
    """Trend: by day, month or year; empty: what suits the length. Changes no figure, only how they are cut."""


def facts_of(question: Question, rows: Mapping[int, int], size: int, table: Table | None = None) -> Facts:
    """The facts that the question is about: `rows` says for each unit in which row of the answer it counts.

    `table` spares reading what changed where one page asks several times.
    """
    return chosen(table or current(), rows, size, **_same(question))


def facts_of_units(question: Question, unit_ids: Sequence[int], table: Table | None = None) -> Facts:
    """The same, all units together."""
    return facts_of(question, dict.fromkeys(unit_ids, 0), 1, table)


def _same(question: Question) -> dict[str, Any]:
    """The values that the columns must have."""
    found: dict[str, Any] = {"kind": [KINDS.index(question.kind)]} if question.kind else {}
    if question.category:
        found["category_id"] = category_ids(question.category) or [0]
    if question.channel:
        found["channel"] = [CHANNELS.index(question.channel) if question.channel in CHANNELS else len(CHANNELS)]
    if question.commune:
        found["commune_id"] = [commune_id(question.commune)]
    return found


def commune_id(code: str) -> int:
    """The id that the facts hold for a commune: 0 where no place is named."""
    return 0 if code == NOWHERE else db.session.scalar(select(Unit.id).where(Unit.code == code)) or UNKNOWN


def category_ids(code: str) -> list[int]:
    """The category with that code and those below it."""
    top = select(Category.id).where(Category.code == code)
    return list(db.session.scalars(select(Category.id).where((Category.code == code) | Category.parent_id.in_(top))))
