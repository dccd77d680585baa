"""Cases like this one, beside the text: open ones may be the same matter, answered ones say how it was answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from ..cases.models import Case
from ..cases.queries import visible_to
from ..cases.search import resembles
from ..extensions import db
from ..journal.models import Event
from ..rules.visibility import Sight, sight
from ..rules.workflow import OPEN, Actor, Kind
from .rows import state_of

OPEN_STATUSES = sorted(str(status) for status in OPEN)
MOST = 3
"""Cases shown of each sort."""
FIRST_LINES = 220
"""Letters of an answer that are shown."""


@dataclass(frozen=True)
class Alike:
    """One case beside the text; a past custodian is told neither state nor answer."""

    case: Case
    state: dict[str, str] | None
    answer: str = ""


def alike(case: Case, actor: Actor) -> list[Alike]:
    """Cases in sight that share most words of the title: the open ones of the same commune, and answered ones, those
    of the same commune first. Denunciations are never like anything, nor is anything like them."""
    clause = None if case.is_sealed else resembles(case.title, case.place)
    if clause is None:
        return []
    is_open, is_here = Case.status.in_(OPEN_STATUSES), Case.commune_id == case.commune_id
    number = func.row_number().over(partition_by=db.case((is_open, 1), else_=0),
                                    order_by=(db.case((is_here, 0), else_=1), Case.id.desc()))  # fmt: skip
    ranked = (
        select(Case.id, number.label("number"))
        .where(clause, Case.id != case.id, Case.kind != Kind.DENUNCIATION, visible_to(actor, by_words=True))
        .where((is_open & is_here) | (~is_open & (Case.answer_text != "")))
        .subquery()
    )
    rows = db.session.scalars(
        select(Case)
        .options(joinedload(Case.unit), selectinload(Case.contributions))
        .join(ranked, ranked.c.id == Case.id)
        .where(ranked.c.number <= MOST)
        .order_by(ranked.c.number)
    ).all()
    found = [_shown(row, actor) for row in rows]
    return sorted(found, key=lambda one: bool(one.answer))


@dataclass(frozen=True)
class Twin:
    """The case that read the same and came from the same network minutes before; None where it is out of sight."""

    case: Case | None


def twin(case: Case, events: Sequence[Event], actor: Actor) -> Twin | None:
    """Whether this case was marked at its arrival as perhaps sent twice, and as the second of which."""
    named = events[0].facts.get("same_as") if events and case.status in OPEN else None
    if not named:
        return None
    return Twin(db.session.scalar(select(Case).where(Case.reference == named, visible_to(actor))))


def _shown(case: Case, actor: Actor) -> Alike:
    if sight(actor, case) == Sight.NOTHING:
        return Alike(case, None)
    return Alike(case, state_of(case), first_lines(case.answer_text) if case.status not in OPEN else "")


def first_lines(text: str, most: int = FIRST_LINES) -> str:
    """The beginning of an answer on one line, cut between words."""
    plain = " ".join(text.split())
    return plain if len(plain) <= most else plain[:most].rsplit(" ", 1)[0].rstrip(",.;:") + "…"
