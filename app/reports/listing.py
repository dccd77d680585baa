"""The cases behind a figure, exactly: as many rows as the figure says, each shown only as far as the reader may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select, true, union_all
from sqlalchemy.orm import aliased

from ..cases.models import Case, Custody
from ..cases.queries import visible_to
from ..extensions import db
from ..rules.statistics import CustodyFact, Period
from ..rules.workflow import Actor
from ..units.models import Category
from .conditions import MOMENTS, Condition, Conditions, aside, reopening_due_on
from .counts import Scope
from .facts import COPIED, fact_of

PAGE = 25
FAMILIES: dict[str, tuple[str, ...]] = {
    "received": ("received",),
    "finished": ("finished", "judged_finish"),
    "open": ("open", "overdue"),
    "judged": ("judged", "on_time", "late"),
    "rated": ("rated", "satisfied", "level_5", "level_4", "level_3", "level_2", "level_1"),
    "answered": ("answered", "reopened"),
    "responded": ("responded",),
    "resolved": ("resolved",),
}
"""Figures that belong together: the list of one offers the others."""
FIGURES = {figure: family for family, figures in FAMILIES.items() for figure in figures}


@dataclass(frozen=True)
class Row:
    """One custody of the list, with the case as far as it may be shown."""

    fact: CustodyFact
    reference: str
    title: str
    kind: str
    category_vi: str
    category_en: str
    is_visible: bool


@dataclass(frozen=True)
class Listing:
    """One page of the list and how many rows it has in all."""

    rows: list[Row]
    total: int


def listing(figure: str, scope: Scope, period: Period, actor: Actor, page: int, category: str = "") -> Listing:
    """Page `page` (from 1) of the custodies that a figure counts, latest first. Two statements."""
    found = union_all(*_ids(figure, scope, period, category)).subquery()
    total = db.session.scalar(select(func.count()).select_from(found)) or 0
    leaf = select(found).order_by(found.c.moment.desc(), found.c.id.desc()).offset((page - 1) * PAGE).limit(PAGE)
    rows = db.session.execute(_rows(leaf.subquery(), actor)).mappings()
    return Listing([_row(dict(row)) for row in rows], total)


def _ids(figure: str, scope: Scope, period: Period, category: str) -> list[Select[Any]]:
    """Ids of the custodies with the moment they are sorted by, one select for each piece of an index."""
    conditions = Conditions(period)
    sources = conditions.sources()
    return [
        select(Custody.id.label("id"), MOMENTS[source].label("moment"))
        .where(scope.condition(), piece, aside(condition), _about(category))
        for source, condition in _measure(figure, conditions).items()
        for piece in sources[source]
    ]  # fmt: skip


def _measure(figure: str, conditions: Conditions) -> dict[str, Condition]:
    measures = conditions.measures()
    if figure != "late":
        return measures[figure]
    late_finish = and_(conditions.judged_finish, ~conditions.on_time)
    return {**measures["judged"], "finished": late_finish}


def _about(category: str) -> Condition:
    """Only one top category and what lies under it."""
    if not category:
        return true()
    top = aliased(Category)
    ids = select(Category.id).join(top, top.id == func.coalesce(Category.parent_id, Category.id))
    return Custody.category_id.in_(ids.where(or_(top.code == category, Category.code == category)))


def _rows(leaf: Any, actor: Actor) -> Select[Any]:
    """The custodies of one page, with what may be shown of their cases."""
    return (
        select(
            *(getattr(Custody, name) for name in COPIED), reopening_due_on().label("reopening_due_on"), Case.reference,
            Case.title, Custody.kind, Category.name_vi.label("category_vi"), Category.name_en.label("category_en"),
            case((visible_to(actor), 1), else_=0).label("is_visible"),
        )
        .select_from(leaf)
        .join(Custody, Custody.id == leaf.c.id)
        .join(Case, Case.id == Custody.case_id)
        .join(Category, Category.id == Custody.category_id)
        .order_by(leaf.c.moment.desc(), leaf.c.id.desc())
    )  # fmt: skip


def _row(found: dict[str, Any]) -> Row:
    seen = bool(found["is_visible"])
    return Row(fact_of(found), found["reference"] if seen else "", found["title"] if seen else "", found["kind"],
               found["category_vi"], found["category_en"], seen)  # fmt: skip
