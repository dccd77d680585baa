"""Questions to the cases. visible_to() (visible.py) is the one door to rows: lists, counts, search and exports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, union_all
from sqlalchemy.orm import joinedload, selectinload

from ..documents.models import Paper
from ..extensions import db
from ..refusals import Missing
from ..rules.visibility import DESK, WORKERS, Sight, keeps_sealed, units_of
from ..rules.workflow import OPEN, Actor, Kind, Role, Status
from ..units.models import Unit
from .models import Case, Deadline, Handler
from .models.case import SEALED
from .receipts import hashed
from .visible import (
    KEPT,
    asked_for_part,
    custodies_of,
    events_for,
    named_to,
    past_units,
    sealed_for,
    sight_of,
    visible_to,
    whole_for,
)
from .windows import made_ready

__all__ = [
    "PAGE", "VIEWS", "Filters", "by_code", "counts", "custodies_of", "deadlines_of", "events_for", "get_own",
    "get_visible", "in_view", "is_overdue", "past_units", "queue", "read_the_same", "search", "sight_of", "similar",
    "visible_to",
]  # fmt: skip

PAGE = 25
"""Rows on a queue page."""
_SIGHT = (
    joinedload(Case.denounced_unit), joinedload(Case.asked_to_meet), selectinload(Case.contributions),
    selectinload(Case.handlers),
)  # fmt: skip
"""What sight and permission look at in a case besides its row: fetched with it, not one by one."""


def get_visible(reference: str, actor: Actor, today: date) -> tuple[Case, Sight]:
    """The case with that reference and how much of it is seen; Missing when out of sight or not there."""
    case = db.session.scalar(_whole().where(Case.reference == reference))
    seen = sight_of(case, actor) if case is not None else Sight.NOTHING
    if case is None or seen == Sight.NOTHING:
        raise Missing
    return made_ready(case, today), seen


def get_own(actor: Actor, today: date) -> Case:
    """The resident's own case."""
    case = db.session.scalar(_whole().where(Case.id == actor.case_id))
    if case is None:
        raise Missing
    return made_ready(case, today)


def _whole() -> Select[Case]:
    """A case with the units, category and people its pages name, in one statement."""
    return select(Case).options(
        joinedload(Case.unit), joinedload(Case.commune), joinedload(Case.wanted_unit),
        joinedload(Case.category), joinedload(Case.duplicate_of), joinedload(Case.person), *_SIGHT,
    )  # fmt: skip


def by_code(code: str) -> Case | None:
    """The case a receipt code opens."""
    return db.session.scalar(select(Case).where(Case.code_hash == hashed(code)))


RECENT = 300
"""Cases looked through for one that reads the same: more than come in ten minutes."""


def read_the_same(kind: Kind, body: str, since: datetime) -> str:
    """Reference of the newest case of this kind and wording that came since then; "" where there is none."""
    last = select(func.max(Case.id)).scalar_subquery()
    found = db.session.scalar(
        select(Case.reference)
        .where(Case.id > last - RECENT, Case.kind == kind, Case.submitted_at >= since, Case.body == body)
        .order_by(Case.id.desc())
        .limit(1)
    )
    return found or ""


def deadlines_of(case: Case) -> list[Deadline]:
    """All clocks of a case, oldest first."""
    return list(db.session.scalars(select(Deadline).where(Deadline.case_id == case.id).order_by(Deadline.id)))


@dataclass(frozen=True)
class Filters:
    """What narrows a queue; empty means all. `status` may also be open, overdue, due_today."""

    view: str = "mine"
    kind: str = ""
    category: str = ""
    commune: str = ""
    status: str = ""
    text: str = ""


VIEWS = ("mine", "approve", "part", "sealed", "unit", "unassigned", "waiting", "scheduled", "suspended", "today",
         "overdue")  # fmt: skip
"""The queue's groups, in the order they are shown."""


def in_view(view: str, actor: Actor, today: date) -> ColumnElement[bool]:
    """Which open cases a group of the queue holds for this actor."""
    return _groups(actor, today)[view]


@lru_cache(maxsize=KEPT)
def _groups(actor: Actor, today: date) -> dict[str, ColumnElement[bool]]:
    """Every group of the queue; made once for all that a page counts."""
    units, head_of = units_of(actor, DESK), units_of(actor, (Role.HEAD,))
    is_open = Case.status.in_([str(s) for s in OPEN])
    in_units = Case.unit_id.in_(units) & (Case.kind != Kind.DENUNCIATION)
    in_head = Case.unit_id.in_(head_of) & (Case.kind != Kind.DENUNCIATION)
    named = named_to(actor)
    return {
        "mine": (Case.assigned_to_id == actor.official_id) & in_units & is_open,
        "approve": or_(
            Case.unit_id.in_(head_of) & (Case.status == Status.PENDING_APPROVAL),
            Case.id.in_(_papers_waiting(head_of)),
        )
        & (in_head | named),
        "part": Case.id.in_(asked_for_part(units_of(actor, WORKERS))) & is_open,
        "sealed": (Case.kind == Kind.DENUNCIATION) & sealed_for(actor) & (Case.status != Status.ARCHIVED),
        "unit": in_units & is_open,
        "unassigned": in_units & (Case.status == Status.RECEIVED),
        "waiting": in_units & (Case.status == Status.WAITING),
        "scheduled": in_units & (Case.status == Status.SCHEDULED),
        "suspended": in_units & (Case.status == Status.SUSPENDED),
        "today": in_units & is_open & (Case.due_on == today),
        "overdue": in_units & is_open & (Case.due_on < today),
    }


def _papers_waiting(unit_ids: list[int]) -> Select[int]:
    """Cases with a paper submitted for the signature of these units' heads."""
    return select(Paper.case_id).where(Paper.unit_id.in_(unit_ids), Paper.state == "submitted")


def is_overdue(today: date) -> ColumnElement[bool]:
    """The SQL twin of rules.deadlines.is_late for open cases."""
    return Case.status.in_([str(s) for s in OPEN]) & (Case.due_on < today)


def counts(actor: Actor, today: date) -> dict[str, int]:
    """How many cases each group of the queue holds, in one statement."""
    return dict(db.session.execute(_counted(actor, today)).mappings().one())


@lru_cache(maxsize=KEPT)
def _counted(actor: Actor, today: date) -> Select[Any]:
    groups = _groups(actor, today)
    sums = [func.coalesce(func.sum(db.case((groups[view], 1), else_=0)), 0).label(view) for view in VIEWS]
    return select(*sums).where(visible_to(actor), Case.id.in_(union_all(*_grouped(actor))))


def _grouped(actor: Actor) -> list[Select[int]]:
    """Cases that may stand in a group of the queue, each part found by an index of its own."""
    busy = [str(s) for s in OPEN | {Status.SCHEDULED}]
    parts = [
        select(Case.id).where(Case.unit_id.in_(units_of(actor, DESK)), Case.status.in_(busy)),
        asked_for_part(units_of(actor, WORKERS)),
        _papers_waiting(units_of(actor, (Role.HEAD,))),
        select(Handler.case_id).where(Handler.official_id == actor.official_id, Handler.ended_at.is_(None)),
    ]
    if keeps_sealed(actor):
        parts.append(select(Case.id).where(SEALED, Case.status != Status.ARCHIVED))
    return parts


def _narrowed(statement: Select[Any], filters: Filters, today: date) -> Select[Any]:
    from ..units.models import Category
    from .search import matches

    if filters.kind:
        statement = statement.where(Case.kind == filters.kind)
    if filters.category or filters.commune:
        statement = statement.where(Case.kind != Kind.DENUNCIATION)  # what it is about is nobody's filter
    if filters.category:
        codes = select(Category.id).where(
            (Category.code == filters.category) | Category.code.startswith(filters.category + ".", autoescape=True)
        )
        statement = statement.where(Case.category_id.in_(codes))
    if filters.commune:
        place = select(Unit.id).where(Unit.code == filters.commune).scalar_subquery()
        statement = statement.where(Case.commune_id == place)
    if filters.status == "overdue":
        statement = statement.where(is_overdue(today))
    elif filters.status:
        statement = statement.where(Case.status == filters.status)
    clause = matches(filters.text) if filters.text else None
    return statement if clause is None else statement.where(clause)


def _listed() -> tuple[Any, ...]:
    """What a row of a list names and what sight asks of it, in few statements however many rows."""
    return (
        joinedload(Case.category), joinedload(Case.commune), joinedload(Case.unit), joinedload(Case.denounced_unit),
        joinedload(Case.assigned_to).lazyload("*"), selectinload(Case.contributions), selectinload(Case.handlers),
    )  # fmt: skip


def queue(actor: Actor, filters: Filters, today: date, page: int = 1) -> tuple[list[Case], bool]:
    """One page of a queue group, most urgent first, and whether there is a next page; the world is not counted."""
    statement = (
        select(Case)
        .options(*_listed())
        .where(visible_to(actor), in_view(filters.view, actor, today))
        .order_by(Case.due_on.is_(None), Case.due_on, Case.id)
        .offset((page - 1) * PAGE)
        .limit(PAGE + 1)
    )  # fmt: skip
    rows = list(db.session.scalars(_narrowed(statement, filters, today)))
    return rows[:PAGE], len(rows) > PAGE


def search(actor: Actor, filters: Filters, today: date, page: int = 1) -> tuple[list[Case], bool]:
    """Cases within the actor's sight that match the words, newest first, open or not."""
    statement = (
        select(Case)
        .options(*_listed())
        .where(visible_to(actor, by_words=bool(filters.text)))
        .order_by(Case.id.desc())
        .offset((page - 1) * PAGE)
        .limit(PAGE + 1)
    )  # fmt: skip
    rows = list(db.session.scalars(_narrowed(statement, filters, today)))
    return rows[:PAGE], len(rows) > PAGE


def similar(actor: Actor, title: str, commune_id: int | None, limit: int = 5) -> Sequence[Case]:
    """Recent cases in sight of the same place that share words with a title: shown before a duplicate is written."""
    from .search import resembles

    clause = resembles(title)
    if clause is None or commune_id is None:
        return []
    statement = (
        select(Case)
        .where(clause, Case.commune_id == commune_id, whole_for(actor))
        .order_by(Case.id.desc())
        .limit(limit)
    )
    return list(db.session.scalars(statement))
