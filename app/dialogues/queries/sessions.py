"""Questions to the sessions: one as far as this reader sees it, the desk's list, what the public may know."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from ...cases.models import Case, DialogueRequest
from ...extensions import db
from ...refusals import Missing
from ...rules.dialogues import sessions
from ...rules.visibility import ROOM, Sight
from ...rules.workflow import Action, Actor, Kind, Status, why_not
from ...units.models import Unit
from ..models import ConferenceCall, DialogueSession
from .visible import sight_of_session, visible_to

GROUPS = ("coming", "to_write", "to_approve", "to_publish", "past")
"""The desk's list, in the order of the work."""
PAST_SHOWN = 50
__all__ = ["ROOM", "sight_of_session"]


def by_number(number: str) -> DialogueSession | None:
    """The session with that public number."""
    return db.session.scalar(
        select(DialogueSession)
        .options(selectinload(DialogueSession.attendees), selectinload(DialogueSession.questions),
                 joinedload(DialogueSession.case), joinedload(DialogueSession.document))
        .where(DialogueSession.number == number)
    )  # fmt: skip


def seen_by(number: str, actor: Actor) -> tuple[DialogueSession, Sight]:
    """The session and how much of it this official sees; Missing when out of sight or not there.

    One within a complaint is seen by those who see the complaint whole.
    """
    session = by_number(number)
    seen = Sight.NOTHING if session is None else sight_of_session(session, actor)
    if session is None or seen == Sight.NOTHING:
        raise Missing
    return session, seen


def group_of(session: DialogueSession) -> str:
    """In which part of the desk's list it stands."""
    stage = sessions.stage_of(session)
    if stage in sessions.COMING:
        return "coming"
    if stage == sessions.Stage.APPROVED and not session.is_public:
        return "past"
    return {sessions.Stage.HELD: "to_write", sessions.Stage.SUBMITTED: "to_approve",
            sessions.Stage.APPROVED: "to_publish"}.get(stage, "past")  # fmt: skip


def desk_list(actor: Actor) -> dict[str, list[DialogueSession]]:
    """All sessions in sight by group; what is done with is told by its last fifty."""
    found: dict[str, list[DialogueSession]] = {group: [] for group in GROUPS}
    statement = select(DialogueSession).options(joinedload(DialogueSession.case))
    statement = statement.where(visible_to(actor, DialogueSession))
    live = statement.where(_is_live()).order_by(DialogueSession.on, DialogueSession.starts, DialogueSession.id)
    past = statement.where(~_is_live()).order_by(DialogueSession.on.desc(), DialogueSession.id.desc()).limit(PAST_SHOWN)
    for session in (*db.session.scalars(live), *db.session.scalars(past)):
        found[group_of(session)].append(session)
    return found


def _is_live() -> ColumnElement[bool]:
    """Something is still to be done with it."""
    table = DialogueSession
    is_over = table.published_on.is_not(None) | (table.approved_at.is_not(None) & table.is_public.is_(False))
    return table.called_off_at.is_(None) & ~is_over


def requests_of(session: DialogueSession) -> list[Case]:
    """All requests this session answers or answered, those withdrawn meanwhile left out."""
    return list(db.session.scalars(
        select(Case)
        .join(DialogueRequest, DialogueRequest.case_id == Case.id)
        .options(joinedload(Case.asked_to_meet))
        .where(DialogueRequest.session_id == session.id, func.coalesce(Case.outcome, "") != "withdrawn")
        .order_by(Case.id)
    ))  # fmt: skip


def could_join(session: DialogueSession, actor: Actor, limit: int = 50) -> list[Case]:
    """Open requests of the unit that this official could let the session answer: of the same category first."""
    if sessions.stage_of(session) not in sessions.COMING or session.kind == sessions.SessionKind.COMPLAINT:
        return []
    rows = db.session.scalars(
        select(Case)
        .options(joinedload(Case.category), joinedload(Case.asked_to_meet))
        .where(Case.kind == Kind.DIALOGUE, Case.unit_id == session.unit_id,
               Case.status.in_([Status.RECEIVED, Status.ASSIGNED, Status.VERIFYING, Status.WAITING]))
        .order_by(Case.id)
    )  # fmt: skip
    able = [case for case in rows if why_not(actor, Action.SCHEDULE, case) is None]
    same = {case.category_id for case in requests_of(session)}
    return sorted(able, key=lambda case: (case.category_id not in same, case.id))[:limit]


def same_plan(unit: Unit, kind: str, title: str, on: date, starts: time, official_id: int | None,
              case_id: int | None) -> DialogueSession | None:  # fmt: skip
    """What the same form planned a moment ago: sent twice, it plans once."""
    table = DialogueSession
    return db.session.scalar(
        select(table)
        .where(table.unit_id == unit.id, table.kind == kind, table.title == title, table.on == on,
               table.starts == starts, table.planned_by_id == official_id, table.called_off_at.is_(None),
               table.case_id == case_id if case_id else table.case_id.is_(None))
        .limit(1)
    )  # fmt: skip


def of_complaint(case: Case) -> list[DialogueSession]:
    """The sessions held or planned within a complaint's settlement."""
    table = DialogueSession
    return list(db.session.scalars(select(table).where(table.case_id == case.id).order_by(table.on, table.id)))


def _public() -> Select[DialogueSession]:
    """What the public may know of: announced, or published; never one within a complaint."""
    table = DialogueSession
    return select(table).where(
        table.is_public.is_(True), table.kind != sessions.SessionKind.COMPLAINT,
        table.announced_on.is_not(None) | table.published_on.is_not(None),
    )  # fmt: skip


def public_session(number: str) -> DialogueSession:
    """A session on the public page; Missing for any other, as if there were none."""
    session = db.session.scalar(_public().where(DialogueSession.number == number))
    if session is None:
        raise Missing
    return session


def public_coming(today: date, commune: Unit | None = None, limit: int = 50) -> Sequence[DialogueSession]:
    """Announced and still to come, the next first; those called off stay until their day, so that nobody goes there."""
    table = DialogueSession
    statement = _public().where(table.on >= today, table.held_at.is_(None)).order_by(table.on, table.starts, table.id)
    return db.session.scalars(_near(statement, commune).limit(limit)).all()


def public_results(commune: Unit | None = None, limit: int = 50) -> Sequence[DialogueSession]:
    """Published results, the latest first."""
    statement = _public().where(DialogueSession.published_on.is_not(None))
    statement = _near(statement, commune).order_by(DialogueSession.on.desc(), DialogueSession.id.desc())
    return db.session.scalars(statement.limit(limit)).all()


def public_waiting(today: date, commune: Unit | None = None, limit: int = 50) -> Sequence[DialogueSession]:
    """Held, results still owed to the public: said plainly, with the day by which the law wants them."""
    table = DialogueSession
    statement = _public().where(table.held_at.is_not(None), table.published_on.is_(None), table.called_off_at.is_(None))
    return db.session.scalars(_near(statement, commune).order_by(table.on.desc(), table.id).limit(limit)).all()


def _near(statement: Select[DialogueSession], commune: Unit | None) -> Select[DialogueSession]:
    return statement if commune is None else statement.where(DialogueSession.unit_id == commune.id)


def calls_at(actor: Actor) -> list[ConferenceCall]:
    """Calls for a conference that run in the units this official sees, the most voices first."""
    table = ConferenceCall
    return list(db.session.scalars(
        select(table)
        .where(visible_to(actor, ConferenceCall), table.closed_on.is_(None))
        .order_by(table.reached_at.is_(None), table.counted.desc(), table.id)
    ))  # fmt: skip
