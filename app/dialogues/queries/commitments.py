"""Questions to the commitments. visible_to() is the one door to rows for officials: lists, counts, pages, files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import joinedload

from ...cases.models import Case, DialogueRequest
from ...extensions import db
from ...refusals import Missing
from ...rules.dialogues.commitments import NOT_MADE, OPEN, State
from ...rules.visibility import Sight, promise_reach
from ...rules.workflow import Actor
from ...units.models import Unit
from ..actions.askers import askers_of
from ..models import Booking, Commitment, DialogueSession
from .visible import promises_for, sight_of_commitment

PAGE = 25
VIEWS = ("mine", "verify", "all")
"""The desk's groups: what my units owe, what my units are to look at, everything in sight."""
WORDS = ("open", "overdue", "reported", "kept", "kept_late", "broken", "replaced")
"""What a commitment is called (rules: `shown`), as lists filter by it."""
OPEN_STATES = sorted(OPEN)
_whole = (
    joinedload(Commitment.verifier), joinedload(Commitment.case), joinedload(Commitment.session),
    joinedload(Commitment.booking), joinedload(Commitment.responsible), joinedload(Commitment.replaced_by),
)  # fmt: skip


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Commitments that stand, of which this official sees anything."""
    return promises_for(actor)


def sight_of(commitment: Commitment, actor: Actor) -> Sight:
    """How much of a commitment an official sees."""
    return sight_of_commitment(commitment, actor)


def get_visible(number: str, actor: Actor) -> tuple[Commitment, Sight]:
    """The commitment with that number and how much of it is seen; Missing when out of sight or not there."""
    found = db.session.scalar(select(Commitment).options(*_whole).where(Commitment.number == number))
    seen = sight_of(found, actor) if found is not None else Sight.NOTHING
    if found is None or seen == Sight.NOTHING:
        raise Missing
    return found, seen


@dataclass(frozen=True)
class Filters:
    """What narrows a list; empty means all. `state` is one of WORDS, `unit` a code, `text` words of the promise."""

    view: str = "mine"
    state: str = ""
    unit: str = ""
    text: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out by choice."""
        return bool(self.state or self.unit or self.text)


def is_overdue(today: date) -> ColumnElement[bool]:
    """The SQL twin of rules.dialogues.commitments.is_overdue."""
    silent = (Commitment.state == State.OPEN) & (Commitment.due_on < today)
    late = func.coalesce(Commitment.reported_on, today) > Commitment.due_on
    return silent | ((Commitment.state == State.REPORTED) & late)


def is_called(word: str, today: date) -> ColumnElement[bool]:
    """The SQL twin of rules.dialogues.commitments.shown: which commitments go by that word."""
    is_late = Commitment.reported_on.is_not(None) & (Commitment.reported_on > Commitment.due_on)
    silent = (Commitment.state == State.OPEN) & (Commitment.due_on < today)
    twins: dict[str, ColumnElement[bool]] = {
        "open": (Commitment.state == State.OPEN) & (Commitment.due_on >= today), "overdue": silent,
        "kept": (Commitment.state == State.KEPT) & ~is_late, "kept_late": (Commitment.state == State.KEPT) & is_late,
    }  # fmt: skip
    return twins.get(word, Commitment.state == word)


def in_view(view: str, actor: Actor, today: date) -> ColumnElement[bool]:
    """Which commitments a group holds: open ones of my units; those my units look at, reported or past their date."""
    reach = promise_reach(actor)
    owed = Commitment.unit_id.in_(reach.own) & Commitment.state.in_(OPEN_STATES)
    asked = (Commitment.state == State.REPORTED) | ((Commitment.state == State.OPEN) & (Commitment.due_on < today))
    look = Commitment.verifier_id.in_(reach.looking) & asked
    clauses = {"mine": owed, "verify": look, "at_hand": owed | look}
    return clauses[view] if view in clauses else Commitment.id.is_not(None)


def count(actor: Actor, view: str, today: date) -> int:
    """How many commitments a group holds."""
    statement = select(func.count()).select_from(Commitment).where(visible_to(actor), in_view(view, actor, today))
    return db.session.scalar(statement) or 0


def listed(actor: Actor, filters: Filters, today: date, page: int = 1) -> tuple[list[Commitment], bool]:
    """One page of a group, overdue first, then by due date, ended ones last; and whether there is a next page."""
    statement = (
        select(Commitment).options(*_whole).where(visible_to(actor), in_view(filters.view, actor, today))
        .order_by(*_urgent_first(today)).offset((page - 1) * PAGE).limit(PAGE + 1)
    )  # fmt: skip
    rows = list(db.session.scalars(narrowed(statement, filters, today)))
    return rows[:PAGE], len(rows) > PAGE


def _urgent_first(today: date) -> tuple[Any, ...]:
    late, is_open = is_overdue(today), Commitment.state.in_(OPEN_STATES)
    return case((late, 0), (is_open, 1), else_=2), Commitment.due_on, Commitment.id


def narrowed(statement: Select[Commitment], filters: Filters, today: date) -> Select[Commitment]:
    """The same, by word, unit and text."""
    if filters.state:
        statement = statement.where(is_called(filters.state, today))
    if filters.unit:
        statement = statement.where(Commitment.unit_id.in_(select(Unit.id).where(Unit.code == filters.unit)))
    if filters.text:
        statement = statement.where(
            Commitment.what.icontains(filters.text, autoescape=True)
            | Commitment.number.icontains(filters.text, autoescape=True)
        )
    return statement


def units_in(actor: Actor) -> list[Unit]:
    """The units of which this official sees a commitment, for the filter."""
    ids = select(Commitment.unit_id).where(visible_to(actor)).distinct()
    return list(db.session.scalars(select(Unit).where(Unit.id.in_(ids)).order_by(Unit.sort_key, Unit.id)))


def made_in(source: Case | Booking | DialogueSession) -> list[Commitment]:
    """What was promised in one answer, reception or session, drafts too, in the order made.

    Whoever shows them was let in to the source; drafts only to those who write there.
    """
    column = Commitment.case_id
    if not isinstance(source, Case):
        column = Commitment.booking_id if isinstance(source, Booking) else Commitment.session_id
    statement = select(Commitment).options(*_whole).where(column == source.id)
    return list(db.session.scalars(statement.where(Commitment.state != State.DROPPED).order_by(Commitment.id)))


def promised_to(actor: Actor) -> list[Commitment]:
    """What was promised to the resident of one case or to one booker: in the answer, at the visit, in the session."""
    clauses: list[ColumnElement[bool]] = []
    if actor.booking_id is not None:
        clauses.append(Commitment.booking_id == actor.booking_id)
    if actor.case_id is not None:
        own = select(DialogueRequest.session_id).where(
            DialogueRequest.case_id == actor.case_id, DialogueRequest.session_id.is_not(None)
        )
        within = select(DialogueSession.id).where(DialogueSession.case_id == actor.case_id)
        clauses += [Commitment.case_id == actor.case_id, Commitment.session_id.in_(own),
                    Commitment.session_id.in_(within)]  # fmt: skip
    if not clauses:
        return []
    standing = Commitment.state.not_in(sorted(NOT_MADE))
    statement = select(Commitment).options(*_whole).where(or_(*clauses), standing).order_by(Commitment.id)
    return list(db.session.scalars(statement))


def get_promised(number: str, actor: Actor) -> Commitment:
    """One of these by its number; Missing for any other, as if it did not exist."""
    found = db.session.scalar(select(Commitment).where(Commitment.number == number))
    if found is None or found.state in NOT_MADE or not askers_of(found).has(actor):
        raise Missing
    return found


def is_published() -> ColumnElement[bool]:
    """Whether the public may read a commitment: allowed to, and made in a session or an answer that is published."""
    sessions = select(DialogueSession.id).where(DialogueSession.is_public, DialogueSession.published_on.is_not(None))
    answer = select(Case.id).where(Case.id == Commitment.case_id, Case.published_on.is_not(None))
    made = Commitment.session_id.in_(sessions) | answer.exists()
    return Commitment.is_public & Commitment.state.not_in(sorted(NOT_MADE)) & made


def published(filters: Filters, today: date, page: int = 1) -> tuple[list[Commitment], bool]:
    """One page of what the public reads, those still owed first."""
    statement = (
        select(Commitment).options(*_whole).where(is_published())
        .order_by(*_urgent_first(today)).offset((page - 1) * PAGE).limit(PAGE + 1)
    )  # fmt: skip
    rows = list(db.session.scalars(narrowed(statement, filters, today)))
    return rows[:PAGE], len(rows) > PAGE


def published_in(session: DialogueSession) -> list[Commitment]:
    """What the public reads of the promises made in one session, in their order."""
    statement = select(Commitment).options(*_whole).where(is_published(), Commitment.session_id == session.id)
    return list(db.session.scalars(statement.order_by(Commitment.id)))


def published_one(number: str) -> Commitment:
    """One of them; Missing for any that is not published, as if it did not exist."""
    found = db.session.scalar(select(Commitment).options(*_whole).where(is_published(), Commitment.number == number))
    if found is None:
        raise Missing
    return found


def units_published() -> list[Unit]:
    """The units of which the public reads a commitment, for the filter."""
    ids = select(Commitment.unit_id).where(is_published()).distinct()
    return list(db.session.scalars(select(Unit).where(Unit.id.in_(ids)).order_by(Unit.sort_key, Unit.id)))
