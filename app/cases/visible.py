"""The one door to rows of cases: the SQL twin of rules.visibility.sight, and sight of a case with its past.

Lists, counts, search, suggestions, files, exports and letters all ask here. tests/security/test_twins.py holds both
to each other over random worlds.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import ColumnElement, Select, false, or_, select

from ..extensions import db
from ..journal.models import Event
from ..journal.queries import timeline
from ..rules.visibility import TRIAGE, CaseReach, Sight, case_reach, is_inside, sight
from ..rules.workflow import Action, Actor, Kind, Role
from ..units.queries import ids_inside
from .models import Case, Contribution, Custody, Handler

KEPT = 256
"""Conditions kept for the officials who asked last. They follow from the actor alone, posts and all, so that a change
of posts asks for another; and making one takes longer than the database needs to answer with it."""


@lru_cache(maxsize=KEPT)
def visible_to(actor: Actor, *, by_words: bool = False) -> ColumnElement[bool]:
    """The SQL twin of rules.visibility.sight: rows of which the actor sees anything at all.

    `by_words` is for searching what was written: a unit that passed a case on does not search the answer that came
    after it.
    """
    if actor.role == Role.RESIDENT:
        return Case.id == actor.case_id
    reach = case_reach(actor)
    clauses = _at_hand(reach)
    if reach.below:
        clauses.append(Case.unit_id.in_(ids_inside(reach.below)))
    if reach.helping_at:
        clauses.append(Case.id.in_(asked_for_part(reach.helping_at)))
    if reach.past_at:
        gone = select(Custody.case_id).where(Custody.unit_id.in_(reach.past_at), Custody.ended_at.is_not(None))
        clauses.append(Case.id.in_(gone) & (Case.answer_number == 0) if by_words else Case.id.in_(gone))
    seen = _open_to_all(clauses)
    return seen if by_words else or_(seen, sealed_for(actor))


@lru_cache(maxsize=KEPT)
def whole_for(actor: Actor) -> ColumnElement[bool]:
    """The SQL twin of `sight(...) == FULL`, of cases that are no denunciations."""
    reach = case_reach(actor)
    clauses = _at_hand(reach)
    if reach.whole_below:
        clauses.append(Case.unit_id.in_(ids_inside(reach.whole_below)))
    return _open_to_all(clauses)


def _at_hand(reach: CaseReach) -> list[ColumnElement[bool]]:
    clauses: list[ColumnElement[bool]] = []
    if reach.officer_at:
        clauses.append(Case.unit_id.in_(reach.officer_at))
    if reach.clerk_at:
        clauses.append(Case.unit_id.in_(reach.clerk_at) & Case.status.in_([str(s) for s in TRIAGE]))
    return clauses


def _open_to_all(clauses: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    return (Case.kind != Kind.DENUNCIATION) & or_(*clauses) if clauses else false()


def asked_for_part(unit_ids: Sequence[int]) -> Select[int]:
    """Cases that wait for the part of one of these units."""
    return select(Contribution.case_id).where(
        Contribution.unit_id.in_(unit_ids), Contribution.answered_at.is_(None), Contribution.dropped_at.is_(None)
    )


@lru_cache(maxsize=KEPT)
def sealed_for(actor: Actor) -> ColumnElement[bool]:
    """Denunciations this actor may know of: named handlers, the inspectorate and the registrar, but never whoever
    serves in the unit denounced or below it."""
    reach = case_reach(actor)
    return sealed_below(actor, named_to(actor)) if reach.named else false()


def named_to(actor: Actor) -> ColumnElement[bool]:
    """Denunciations this official is named to handle."""
    return Case.id.in_(
        select(Handler.case_id).where(Handler.official_id == actor.official_id, Handler.ended_at.is_(None))
    )


def sealed_below(actor: Actor, *more: ColumnElement[bool]) -> ColumnElement[bool]:
    """Those of the registers this actor keeps or inspects (and `more`), never one of the own line of units."""
    reach = case_reach(actor)
    below = [Case.unit_id.in_(ids_inside(reach.sealed_below))] if reach.sealed_below else []
    if not (below or more):
        return false()
    is_ours = Case.denounced_unit_id.is_not(None) & Case.denounced_unit_id.in_(reach.never_about)
    return (Case.kind == Kind.DENUNCIATION) & ~is_ours & or_(*more, *below)


def past_units(case: Case) -> list[int]:
    """Units whose custody of the case has ended."""
    return list(db.session.scalars(
        select(Custody.unit_id).where(Custody.case_id == case.id, Custody.ended_at.is_not(None))
    ))  # fmt: skip


def sight_of(case: Case, actor: Actor) -> Sight:
    """How much of the case the actor sees."""
    direct = sight(actor, case)
    return direct if direct != Sight.NOTHING else sight(actor, case, past_units(case))


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
