"""Questions to the journal, for inspectors: the newest events in reach, page by page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, literal, or_, select

from .. import clock
from ..accounts.models import Official
from ..cases.models import Case
from ..cases.queries import visible_to
from ..extensions import db
from ..journal.models import Event
from ..rules.visibility import journal_reach
from ..rules.workflow import Actor, Kind
from ..units.queries import ids_inside

PAGE = 50


@dataclass(frozen=True)
class Leaf:
    """One page of the journal: events newest first, the cases they speak of by id, and where the next page begins."""

    events: list[Event]
    references: Mapping[int, str]
    next_before: int | None


def in_reach(actor: Actor) -> ColumnElement[bool]:
    """Events at the units an inspector reaches; those of no unit (sign-ins, settings) only from the top of the tree."""
    paths, is_top = journal_reach(actor)
    inside = Event.unit_id.in_(ids_inside(paths))
    return or_(Event.unit_id.is_(None), inside) if is_top else inside


def _not_hidden(actor: Actor) -> ColumnElement[bool]:
    """Nothing of a denunciation that is out of this inspector's sight: of the own unit, or of one that holds it."""
    sealed = Case.kind == Kind.DENUNCIATION, ~visible_to(actor)
    hidden = select(Case.id).where(*sealed)
    named = select(literal("case:") + cast(Case.id, String)).where(*sealed)
    """Denials speak of their case by name only."""
    return and_(or_(Event.case_id.is_(None), Event.case_id.not_in(hidden)), Event.subject.not_in(named))


@dataclass(frozen=True)
class Sought:
    """What narrows the journal; empty means all."""

    action: str = ""
    reference: str = ""
    official: str = ""
    """An account, or part of a name."""
    first: date | None = None
    last: date | None = None

    @property
    def is_narrowed(self) -> bool:
        return self != Sought()


def journal(actor: Actor, sought: Sought, before: int | None = None, most: int = PAGE) -> Leaf:
    """A page of events, at most two statements."""
    statement = select(Event).where(in_reach(actor), _not_hidden(actor), *_narrowed(sought, actor))
    if before is not None:
        statement = statement.where(Event.seq < before)
    events = list(db.session.scalars(statement.order_by(Event.seq.desc()).limit(most + 1)))
    shown = events[:most]
    return Leaf(shown, _references(shown, actor), shown[-1].seq if len(events) > most else None)


def _narrowed(sought: Sought, actor: Actor) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if sought.action:
        found.append(Event.action == sought.action)
    if sought.reference:
        asked = Case.reference == sought.reference.strip().upper()
        found.append(Event.case_id == select(Case.id).where(asked, visible_to(actor)).scalar_subquery())
    if sought.official:
        words = sought.official.strip()
        who = or_(Official.account == words.lower(), Official.name.icontains(words, autoescape=True))
        found.append(Event.official_id.in_(select(Official.id).where(who)))
    if sought.first:
        found.append(Event.at >= clock.start_of(sought.first))
    if sought.last and sought.last < date.max:
        found.append(Event.at < clock.start_of(sought.last + timedelta(days=1)))
    return found


def _references(events: list[Event], actor: Actor) -> dict[int, str]:
    """The numbers of the cases spoken of that are in sight: of one that went on to another unit only the event."""
    ids = {event.case_id for event in events if event.case_id is not None}
    if not ids:
        return {}
    rows: Any = db.session.execute(select(Case.id, Case.reference).where(Case.id.in_(ids), visible_to(actor)))
    return dict(tuple(row) for row in rows)
