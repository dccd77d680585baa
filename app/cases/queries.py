"""Questions to the cases. visible_to() is the one door to rows: lists, counts, search, files and exports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from ..documents.models import Paper
from ..extensions import db
from ..journal.models import Event
from ..journal.queries import timeline
from ..refusals import Missing
from ..rules.visibility import TRIAGE, Sight, is_inside, sight
from ..rules.workflow import OPEN, Action, Actor, Kind, Role, Status
from ..units.models import Unit
from ..units.queries import ids_inside
from .models import Case, Contribution, Custody, Deadline, Handler
from .receipts import hashed
from .windows import made_ready

PAGE = 25
"""Rows on a queue page."""
_SIGHT = (
    joinedload(Case.denounced_unit), joinedload(Case.asked_to_meet), selectinload(Case.contributions),
    selectinload(Case.handlers),
)  # fmt: skip
"""What sight and permission look at in a case besides its row: fetched with it, not one by one."""


def visible_to(actor: Actor, *, by_words: bool = False) -> ColumnElement[bool]:
    """The SQL twin of rules.visibility.sight: rows of which the actor sees anything at all.

    `by_words` is for searching what was written: a unit that passed a case on does not search the answer that came
    after it.
    """
    if actor.role == Role.RESIDENT:
        return Case.id == actor.case_id
    clauses: list[ColumnElement[bool]] = []
    officer, clerk = _unit_ids(actor, Role.OFFICER), _unit_ids(actor, Role.CLERK)
    below = [p.unit_path for p in actor.posts if p.role in (Role.HEAD, Role.SUPERVISOR, Role.INSPECTOR)]
    past = sorted({p.unit_id for p in actor.posts if p.role in (Role.CLERK, Role.OFFICER, Role.HEAD)})
    if officer:
        clauses.append(Case.unit_id.in_(officer))
    if clerk:
        clauses.append(Case.unit_id.in_(clerk) & Case.status.in_([str(s) for s in TRIAGE]))
    if below:
        clauses.append(Case.unit_id.in_(ids_inside(below)))
    if helping := sorted({p.unit_id for p in actor.posts if p.role in (Role.OFFICER, Role.HEAD)}):
        clauses.append(Case.id.in_(_asked_for_part(helping)))
    if past:
        gone = select(Custody.case_id).where(Custody.unit_id.in_(past), Custody.ended_at.is_not(None))
        clauses.append(Case.id.in_(gone) & (Case.answer_number == 0) if by_words else Case.id.in_(gone))
    open_to_all = Case.kind != Kind.DENUNCIATION
    seen = open_to_all & or_(*clauses) if clauses else false()
    return seen if by_words else or_(seen, _sealed_for(actor))


def _asked_for_part(unit_ids: list[int]) -> Select[int]:
    return select(Contribution.case_id).where(
        Contribution.unit_id.in_(unit_ids), Contribution.answered_at.is_(None), Contribution.dropped_at.is_(None)
    )


def _sealed_for(actor: Actor) -> ColumnElement[bool]:
    """Denunciations this actor may know of: named handlers, the inspectorate and the registrar, but never whoever
    serves in the unit denounced or below it. Twin of rules.visibility._sealed."""
    if not actor.posts:
        return false()
    named = select(Handler.case_id).where(Handler.official_id == actor.official_id, Handler.ended_at.is_(None))
    clauses: list[ColumnElement[bool]] = [Case.id.in_(named)]
    above = [p.unit_path for p in actor.posts if p.role in (Role.INSPECTOR, Role.REGISTRAR)]
    if above:
        clauses.append(Case.unit_id.in_(ids_inside(above)))
    own = sorted({int(part) for post in actor.posts for part in post.unit_path.strip("/").split("/")})
    is_ours = Case.denounced_unit_id.is_not(None) & Case.denounced_unit_id.in_(own)
    return (Case.kind == Kind.DENUNCIATION) & ~is_ours & or_(*clauses)


def _unit_ids(actor: Actor, role: Role) -> list[int]:
    return sorted({post.unit_id for post in actor.posts if post.role == role})


def past_units(case: Case) -> list[int]:
    """Units whose custody of the case has ended."""
    return list(db.session.scalars(
        select(Custody.unit_id).where(Custody.case_id == case.id, Custody.ended_at.is_not(None))
    ))  # fmt: skip


def sight_of(case: Case, actor: Actor) -> Sight:
    """How much of the case the actor sees."""
    direct = sight(actor, case)
    return direct if direct != Sight.NOTHING else sight(actor, case, past_units(case))


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


def deadlines_of(case: Case) -> list[Deadline]:
    """All clocks of a case, oldest first."""
    return list(db.session.scalars(select(Deadline).where(Deadline.case_id == case.id).order_by(Deadline.id)))


def custodies_of(case: Case) -> list[Custody]:
    """All stays of a case, oldest first."""
    return list(db.session.scalars(select(Custody).where(Custody.case_id == case.id).order_by(Custody.number)))


def events_for(case: Case, actor: Actor, seen: Sight) -> list[Event]:
    """The events this reader may see, oldest first: a resident no inside ones, a past unit those up to its forward."""
    events = timeline(case.id)
    if actor.role == Role.RESIDENT:
        return [event for event in events if not is_inside(event)]
    if seen == Sight.PAST:
        units = {post.unit_id for post in actor.posts}
        moves = [event.seq for event in events if event.action in (Action.FORWARD, Action.SUCCEED)]
        left = [seq for stay, seq in zip(custodies_of(case), moves, strict=False) if stay.unit_id in units]
        return [event for event in events if left and event.seq <= max(left)]
    return events


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
    units = [p.unit_id for p in actor.posts if p.role in (Role.CLERK, Role.OFFICER, Role.HEAD)]
    head_of = _unit_ids(actor, Role.HEAD)
    helping = [p.unit_id for p in actor.posts if p.role in (Role.OFFICER, Role.HEAD)]
    is_open = Case.status.in_([str(s) for s in OPEN])
    in_units = Case.unit_id.in_(sorted(set(units))) & (Case.kind != Kind.DENUNCIATION)
    in_head = Case.unit_id.in_(head_of) & (Case.kind != Kind.DENUNCIATION)
    named = Case.id.in_(
        select(Handler.case_id).where(Handler.official_id == actor.official_id, Handler.ended_at.is_(None))
    )
    clauses: dict[str, ColumnElement[bool]] = {
        "mine": (Case.assigned_to_id == actor.official_id) & in_units & is_open,
        "approve": or_(
            Case.unit_id.in_(head_of) & (Case.status == Status.PENDING_APPROVAL),
            Case.id.in_(_papers_waiting(head_of)),
        )
        & (in_head | named),
        "part": Case.id.in_(_asked_for_part(sorted(set(helping)))) & is_open,
        "sealed": (Case.kind == Kind.DENUNCIATION) & _sealed_for(actor) & (Case.status != Status.ARCHIVED),
        "unit": in_units & is_open,
        "unassigned": in_units & (Case.status == Status.RECEIVED),
        "waiting": in_units & (Case.status == Status.WAITING),
        "scheduled": in_units & (Case.status == Status.SCHEDULED),
        "suspended": in_units & (Case.status == Status.SUSPENDED),
        "today": in_units & is_open & (Case.due_on == today),
        "overdue": in_units & is_open & (Case.due_on < today),
    }
    return clauses[view]


def _papers_waiting(unit_ids: list[int]) -> Select[int]:
    """Cases with a paper submitted for the signature of these units' heads."""
    return select(Paper.case_id).where(Paper.unit_id.in_(unit_ids), Paper.state == "submitted")


def is_overdue(today: date) -> ColumnElement[bool]:
    """The SQL twin of rules.deadlines.is_late for open cases."""
    return Case.status.in_([str(s) for s in OPEN]) & (Case.due_on < today)


def counts(actor: Actor, today: date) -> dict[str, int]:
    """How many cases each group of the queue holds, in one statement."""
    sums = [
        func.coalesce(func.sum(db.case((in_view(view, actor, today), 1), else_=0)), 0).label(view) for view in VIEWS
    ]
    helping = sorted({p.unit_id for p in actor.posts if p.role in (Role.OFFICER, Role.HEAD)})
    units = sorted({p.unit_id for p in actor.posts if p.role in (Role.CLERK, Role.OFFICER, Role.HEAD)})
    at_hand = or_(
        Case.unit_id.in_(units) & Case.status.in_([str(s) for s in OPEN | {Status.SCHEDULED}]),
        Case.id.in_(_asked_for_part(helping)),
        Case.id.in_(_papers_waiting(_unit_ids(actor, Role.HEAD))),
        (Case.kind == Kind.DENUNCIATION) & (Case.status != Status.ARCHIVED),
    )
    statement = select(*sums).where(visible_to(actor), at_hand)
    return dict(db.session.execute(statement).mappings().one())


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


def similar(title: str, commune_id: int | None, limit: int = 5) -> Sequence[Case]:
    """Recent cases of the same place that share words with a title: shown before a duplicate is written."""
    from .search import resembles

    clause = resembles(title)
    if clause is None or commune_id is None:
        return []
    statement = select(Case).where(clause, Case.commune_id == commune_id).order_by(Case.id.desc()).limit(limit)
    return list(db.session.scalars(statement))
