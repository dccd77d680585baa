"""The one door to rows of receptions, sessions, calls and promises: SQL twins of rules/visibility/at_units.py.

tests/security/test_twins.py holds them to each other over random worlds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, false, literal, or_, select
from sqlalchemy.sql.elements import False_

from ...cases.models import Case
from ...cases.visible import sight_of as sight_of_case
from ...cases.visible import whole_for
from ...rules.dialogues import sessions
from ...rules.dialogues.commitments import NOT_MADE
from ...rules.visibility import (
    Sight,
    promise_reach,
    sight_at,
    sight_of_complaint_session,
    sight_of_promise,
    unit_reach,
)
from ...rules.workflow import Actor
from ...units.queries import ids_inside
from ..actions.commitments import source_unit
from ..models import Booking, Commitment, ConferenceCall, DialogueSession, ReceptionDay

Unitary = type[DialogueSession] | type[ConferenceCall] | type[ReceptionDay] | type[Booking]


def at_units_of(actor: Actor, column: Any) -> ColumnElement[bool]:
    """The SQL twin of rules.visibility.sight_at: rows whose unit (that column) lets this official see anything."""
    reach = unit_reach(actor)
    return or_(column.in_(reach.at), column.in_(ids_inside(reach.below))) if reach.at or reach.below else false()


def visible_to(actor: Actor, table: Unitary) -> ColumnElement[bool]:
    """Days, visits, sessions and calls of which this official sees anything. A session within a complaint: whoever
    sees the complaint whole."""
    here = at_units_of(actor, table.unit_id)
    if table is not DialogueSession:
        return here
    within, readable = DialogueSession.kind == sessions.SessionKind.COMPLAINT, whole_for(actor)
    if isinstance(readable, False_):
        return ~within & here
    # One row by its key for each session: as a list of ids the database would walk through all cases.
    whole = select(Case.id).where(Case.id == DialogueSession.case_id, readable).correlate(DialogueSession).exists()
    return (~within & here) | (within & whole)


def sight_of_session(session: DialogueSession, actor: Actor) -> Sight:
    """Whole, with the askers covered (a supervisor), or not at all."""
    if session.kind == sessions.SessionKind.COMPLAINT:
        return sight_of_complaint_session(sight_of_case(session.case, actor) if session.case else None)
    return sight_at(actor, session.unit_id, session.unit.path)


def sight_of_visit(visit: Booking, actor: Actor) -> Sight:
    """How much of a visit the official sees: as of its day."""
    return sight_at(actor, visit.unit_id, visit.unit.path)


def _made_at(unit_ids: Sequence[int]) -> ColumnElement[bool]:
    """Promised in an answer, at a reception or in a session of one of these units, whoever is to keep it."""
    return or_(
        Commitment.case_id.in_(select(Case.id).where(Case.unit_id.in_(unit_ids))),
        Commitment.booking_id.in_(select(Booking.id).where(Booking.unit_id.in_(unit_ids))),
        Commitment.session_id.in_(select(DialogueSession.id).where(DialogueSession.unit_id.in_(unit_ids))),
    )


def promises_for(actor: Actor) -> ColumnElement[bool]:
    """The SQL twin of `sight_of_commitment`: commitments that stand, of which this official sees anything."""
    reach = promise_reach(actor)
    clauses: list[ColumnElement[bool]] = []
    if reach.own:
        clauses += [Commitment.unit_id.in_(reach.own), _made_at(reach.own)]
    if reach.looking:
        clauses.append(Commitment.verifier_id.in_(reach.looking))
    if reach.above:
        clauses.append(Commitment.unit_id.in_(ids_inside(reach.above)))
    return Commitment.state.not_in(sorted(NOT_MADE)) & (or_(*clauses) if clauses else false())


def sight_of_commitment(commitment: Commitment, actor: Actor) -> Sight:
    """How much of a commitment an official sees (rules.visibility.sight_of_promise)."""
    return sight_of_promise(
        actor, source_unit(commitment).id, commitment.verifier_id, commitment.unit_id, commitment.unit.path,
        stands=commitment.state not in NOT_MADE,
    )  # fmt: skip


def about_promises(actor: Actor) -> Select[str]:
    """The journal's names of the commitments in sight ("commitment:7")."""
    return select(literal("commitment:").concat(cast(Commitment.id, String))).where(promises_for(actor))


def about_sessions(actor: Actor) -> Select[str]:
    """The journal's names of the sessions in sight."""
    seen = visible_to(actor, DialogueSession)
    return select(literal("session:").concat(cast(DialogueSession.id, String))).where(seen)


def about_calls(actor: Actor) -> Select[str]:
    """The journal's names of the voters' calls in sight."""
    return select(literal("call:").concat(cast(ConferenceCall.id, String))).where(visible_to(actor, ConferenceCall))
