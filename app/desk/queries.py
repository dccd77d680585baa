"""What the desk asks beside the cases themselves: news, choices of a form, files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Integer, func, literal, or_, select, union_all

from .. import clock
from ..accounts.models import Official, Post
from ..accounts.queries import held_on
from ..attachments.models import Attachment
from ..cases.models import Case, Custody, Deadline, Person
from ..cases.models.person import mark
from ..cases.queries import in_view, visible_to
from ..cases.visible import KEPT, sealed_for
from ..dialogues.queries.visible import about_calls, about_promises, about_sessions
from ..extensions import db
from ..journal.models import Event, Notice
from ..rules.visibility import DESK, keeps_sealed, units_of
from ..rules.workflow import OPEN, Actor, Kind, Role, Status

OPEN_STATUSES = sorted(str(status) for status in OPEN)
NEWS_STATUSES = sorted(str(status) for status in OPEN | {Status.SCHEDULED})
"""Where something new can be said: whoever chose a time has answered, and the meeting is still to come."""
RECENT = timedelta(days=90)
"""How far back the counter looks for the same caller."""


TALKS = -1
"""Stands for the sessions among the numbers of cases in news()."""


def news(actor: Actor) -> tuple[dict[int, int], int, int]:
    """What is new at this official's desk, in one statement: unread notices of open cases in sight, by case; of how
    many commitments in sight something was told; of how many dialogue sessions and voters' calls in sight."""
    found = {row[0]: int(row[1]) for row in db.session.execute(_news(actor))}
    promised, talks = found.pop(None, 0), found.pop(TALKS, 0)
    return found, promised, talks


@lru_cache(maxsize=KEPT)
def _news(actor: Actor) -> Any:
    mine = Notice.official_id == actor.official_id, Notice.read_at.is_(None)
    # Counted first and by themselves: joined to all cases, the database would walk through those instead.
    unread = (
        select(Notice.case_id, func.count().label("count")).where(*mine, Notice.case_id.is_not(None))
        .group_by(Notice.case_id).subquery()
    )  # fmt: skip
    of_cases = (
        select(unread.c.case_id, unread.c.count)
        .join(Case, Case.id == unread.c.case_id)
        .where(Case.status.in_(NEWS_STATUSES), visible_to(actor))
    )
    of_promises = (
        select(literal(None, Integer), func.count(Event.subject.distinct()))
        .join(Notice, Notice.event_seq == Event.seq)
        .where(*mine, Notice.case_id.is_(None), Event.subject.in_(about_promises(actor)))
    )
    of_talks = (
        select(literal(TALKS, Integer), func.count(Event.subject.distinct()))
        .join(Notice, Notice.event_seq == Event.seq)
        .where(*mine, Notice.case_id.is_(None))
        .where(or_(Event.subject.in_(about_sessions(actor)), Event.subject.in_(about_calls(actor))))
    )
    return union_all(of_cases, of_promises, of_talks)


@dataclass(frozen=True)
class Colleague:
    """An officer who may be given a case, with how many open ones there are already."""

    id: int
    name: str
    title: str
    open_cases: int


def colleagues(unit_id: int, on: date) -> list[Colleague]:
    """Officers of a unit with their open cases there, those with least first: what they do elsewhere is not told."""
    held = select(func.count()).where(
        Case.assigned_to_id == Official.id, Case.unit_id == unit_id, Case.status.in_(OPEN_STATUSES),
        Case.kind != Kind.DENUNCIATION,
    )  # fmt: skip
    count = held.correlate(Official).scalar_subquery()
    rows = db.session.execute(
        select(Official.id, Official.name, Official.title, count.label("open_cases"))
        .join(Post, Post.official_id == Official.id)
        .where(Post.unit_id == unit_id, Post.role == str(Role.OFFICER), held_on(on), Official.is_disabled.is_(False))
        .distinct()
        .order_by(count, Official.name)
    )
    return [Colleague(**row) for row in rows.mappings()]


def history(case_id: int) -> tuple[list[Custody], list[Deadline], list[Attachment]]:
    """Custodies, clocks and files of one case, oldest first, in one statement: all three are few.

    The view asked cases.queries for sight of the case first.
    """
    rows = db.session.execute(
        select(Custody, Deadline, Attachment)
        .outerjoin(Deadline, Deadline.case_id == Custody.case_id)
        .outerjoin(Attachment, Attachment.case_id == Custody.case_id)
        .where(Custody.case_id == case_id)
        .order_by(Custody.number, Deadline.id, Attachment.id)
    ).all()
    found: tuple[dict[int, Any], ...] = ({}, {}, {})
    thing: Any
    for row in rows:
        for kept, thing in zip(found, row, strict=True):
            if thing is not None:
                kept[thing.id] = thing
    custodies, clocks, files = (list(kept.values()) for kept in found)
    return custodies, clocks, files


def sees_sealed(actor: Actor) -> bool:
    """Whether this official sees any denunciation, so that lists offer the word: by office, or named to handle one."""
    if keeps_sealed(actor):
        return True
    return db.session.scalar(select(Case.id).where(sealed_for(actor)).limit(1)) is not None


def next_due(actor: Actor, view: str, today: date) -> date | None:
    """The nearest due date from today on in a group of the queue: said where a group is empty."""
    return db.session.scalar(
        select(func.min(Case.due_on)).where(visible_to(actor), in_view(view, actor, today), Case.due_on >= today)
    )


def same_phone(actor: Actor, phone: str, today: date, limit: int = 5) -> Sequence[Case]:
    """Recent cases in sight from the same telephone, newest first; the counter asks before writing one more."""
    known = mark("phone", phone)
    if known is None:
        return []
    units = desk_units(actor)
    statement = (
        select(Case)
        .join(Person, Person.about == Case.reference)
        .where(visible_to(actor), Case.unit_id.in_(units), Case.submitted_at >= clock.start_of(today - RECENT))
        .where(Person.phone_hash == known)
        .order_by(Case.id.desc())
        .limit(limit)
    )
    return db.session.scalars(statement).all()


def desk_units(actor: Actor) -> list[int]:
    """Units at whose desk the actor works, each once, in the order of the posts."""
    return units_of(actor, DESK)


@dataclass(frozen=True)
class Kin:
    """A case that belongs to another: the first or second complaint, the letter it was split from, its parts."""

    reference: str
    words: str


def kin(case: Case, actor: Actor) -> list[Kin]:
    """The cases that belong to this one and are in sight, oldest first, in one statement."""
    above = [found for found in (case.appeal_of_id, case.split_from_id) if found is not None]
    rows = db.session.execute(
        select(Case.id, Case.reference, Case.appeal_of_id, Case.split_from_id)
        .where(or_(Case.id.in_(above), Case.appeal_of_id == case.id, Case.split_from_id == case.id))
        .where(Case.kind != Kind.DENUNCIATION, visible_to(actor))
        .order_by(Case.id)
    )
    return [Kin(row[1], _kinship(case, row)) for row in rows]


def _kinship(case: Case, row: Any) -> str:
    if row[0] == case.appeal_of_id:
        return _("Khiếu nại lần đầu")
    if row[2] == case.id:
        return _("Khiếu nại lần hai")
    return _("Tách ra từ") if row[0] == case.split_from_id else _("Phần đã tách")
