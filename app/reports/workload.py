"""What the officials of one unit have in hand and what they answered, read from cases and events: for their head.

Not from the cells: those know units, never people. Only the unit itself is read; those below have heads of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, or_, select

from .. import clock
from ..accounts.models import Official, Post
from ..cases.models import Case, Custody
from ..extensions import db
from ..journal.models import Event
from ..rules.statistics import CustodyFact, Period
from ..rules.statistics.formulas import answered
from ..rules.workflow import OPEN, Action, Kind, Role, Status
from .asked import Question, category_ids, commune_id
from .cells.keep import reopening_due_on
from .cells.pack import CHANNELS
from .facts import COPIED, fact_of

SOON = timedelta(days=7)
WAITING = (Status.WAITING, Status.SUSPENDED)
PROPOSING = (Action.PROPOSE, Action.SUBMIT_PAPER)
SIGNING = (Action.APPROVE, Action.REFUSE, Action.GUIDE, Action.TRANSFER_OUT, Action.RETURN_PETITION, Action.NOT_ACCEPT,
           Action.DECIDE, Action.CONCLUDE, Action.HOLD_DIALOGUE, Action.SCHEDULE, Action.INSIST)  # fmt: skip
"""Deeds with which a case is answered."""
NOBODY, OTHERS = 0, -1
"""In place of an official: assigned to no one; somebody who never held a post in this unit."""
WORKERS = (Role.CLERK, Role.OFFICER, Role.HEAD)


@dataclass(frozen=True)
class Held:
    """A case open now."""

    reference: str
    title: str
    status: str
    due_on: date | None
    official_id: int


@dataclass(frozen=True)
class Done:
    """A custody first answered in the period, and by whom."""

    fact: CustodyFact
    reference: str
    title: str
    official_id: int


@dataclass
class Load:
    """One official's work."""

    official_id: int
    name: str = ""
    title: str = ""
    has_left: bool = False
    held: list[Held] = field(default_factory=list)
    done: list[Done] = field(default_factory=list)

    def overdue(self, today: date) -> list[Held]:
        """In hand and past due."""
        return [h for h in self.held if h.due_on and h.due_on < today]

    def soon(self, today: date) -> list[Held]:
        """In hand and due today or within seven days."""
        return [h for h in self.held if h.due_on and today <= h.due_on <= today + SOON]

    def waiting(self) -> list[Held]:
        """In hand while the resident owes a reply or the law lets the clock stand still."""
        return [h for h in self.held if h.status in WAITING]


def loads(question: Question, unit_id: int, period: Period, now: datetime) -> list[Load]:
    """Everybody of the unit, those with most in hand first; then who holds no post there, and no one. Four statements
    (and one for each filter by subject or place)."""
    today = clock.day_of(now)
    found = _people(unit_id, today)
    for held in _held(question, unit_id):
        _of(found, held.official_id).held.append(held)
    for done in _done(question, unit_id, period):
        _of(found, done.official_id).done.append(done)
    people = [load for number, load in found.items() if number > 0 and (not load.has_left or load.held or load.done)]
    rest = [found[number] for number in (OTHERS, NOBODY) if found[number].held or found[number].done]
    return [*sorted(people, key=lambda x: (x.has_left, -len(x.held), x.name)), *rest]


def _of(found: Mapping[int, Load], official_id: int) -> Load:
    return found[official_id if official_id in found else OTHERS]


def _people(unit_id: int, today: date) -> dict[int, Load]:
    """Whoever holds or held a post in the unit; of those who only watch over it, none."""
    rows = db.session.execute(
        select(Official.id, Official.name, Official.title, Official.is_disabled, Post.began_on, Post.ended_on)
        .join(Post, Post.official_id == Official.id)
        .where(Post.unit_id == unit_id, Post.role.in_([str(role) for role in WORKERS]))
    )
    found = {number: Load(number) for number in (OTHERS, NOBODY)}
    for row in rows:
        is_here = row.began_on <= today and (row.ended_on is None or today <= row.ended_on) and not row.is_disabled
        load = found.setdefault(row.id, Load(row.id, row.name, row.title, has_left=True))
        load.has_left = load.has_left and not is_here
    return found


def _held(question: Question, unit_id: int) -> list[Held]:
    columns = (Case.reference, Case.title, Case.status, Case.due_on, Case.assigned_to_id)
    statement: Any = select(*columns).where(
        Case.unit_id == unit_id, Case.status.in_([str(s) for s in OPEN]), Case.kind != Kind.DENUNCIATION
    )
    narrowed = _narrowed(statement, question, Case)
    rows = db.session.execute(narrowed.order_by(Case.due_on.is_(None), Case.due_on, Case.id))
    return [Held(r.reference, r.title, r.status, r.due_on, r.assigned_to_id or NOBODY) for r in rows]


def _narrowed(statement: Select[Any], question: Question, of: Any) -> Select[Any]:
    """Kind, subject, place and channel, as the figures of the other pages are narrowed."""
    if question.kind:
        statement = statement.where(of.kind == question.kind)
    if question.category:
        statement = statement.where(of.category_id.in_(category_ids(question.category)))
    if question.channel:
        is_other = question.channel == CHANNELS[0]
        statement = statement.where(Case.channel.not_in(CHANNELS[1:]) if is_other else Case.channel == question.channel)
    if question.commune:
        number = commune_id(question.commune)
        statement = statement.where(of.commune_id == number if number else of.commune_id.is_(None))
    return statement


def _done(question: Question, unit_id: int, period: Period) -> list[Done]:
    """Custodies of the unit answered in the period, each with who proposed the answer, else who signed it."""
    columns = [getattr(Custody, name) for name in COPIED]
    statement = (
        select(Custody.id, *columns, reopening_due_on().label("reopening_due_on"), Case.reference, Case.title)
        .join(Case, Case.id == Custody.case_id)
        .where(*_finished(unit_id, period))
    )
    rows = db.session.execute(_narrowed(statement, question, Custody).order_by(Custody.finished_at.desc(), Custody.id))
    who = _who(unit_id, period)
    facts = [(row, fact_of(row)) for row in rows.mappings()]
    return [Done(fact, row["reference"], row["title"], who.get(row["id"], OTHERS))
            for row, fact in facts if answered(fact, period)]  # fmt: skip


def _finished(unit_id: int, period: Period) -> Sequence[Any]:
    return (Custody.unit_id == unit_id, Custody.finished_at >= period.start, Custody.finished_at < period.end,
            Custody.kind != Kind.DENUNCIATION)  # fmt: skip


def _who(unit_id: int, period: Period) -> dict[int, int]:
    """For each custody the official of the last proposal before its first answer, else of the deed that answered."""
    proposed = and_(Event.action.in_([str(a) for a in PROPOSING]), Event.at <= Custody.finished_at)
    signed = and_(Event.action.in_([str(a) for a in SIGNING]), Event.at >= Custody.finished_at)
    rows: Any = db.session.execute(
        select(Custody.id, Event.official_id, Event.action)
        .join(Event, Event.case_id == Custody.case_id)
        .where(*_finished(unit_id, period), Event.unit_id == unit_id, Event.official_id.is_not(None),
               Event.at >= Custody.began_at, or_(proposed, signed))
        .order_by(Event.seq)
    )  # fmt: skip
    proposers: dict[int, int] = {}
    signers: dict[int, list[int]] = defaultdict(list)
    for custody_id, official_id, action in rows:
        if action in PROPOSING:
            proposers[custody_id] = official_id
        else:
            signers[custody_id].append(official_id)
    return {**{number: first[0] for number, first in signers.items()}, **proposers}
