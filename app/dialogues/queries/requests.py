"""Questions about requests for a dialogue: the session that answers one, those it could join, what the public sees."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from ...cases.models import Case, DialogueRequest
from ...extensions import db
from ...refusals import Missing
from ...rules.dialogues.sessions import SessionKind
from ..models import DialogueSession

MOST = 40
"""Sessions offered in a list."""


def session_of(case: Case) -> DialogueSession | None:
    """The session that answers this request, if one is planned."""
    request = case.asked_to_meet
    if request is None or request.session_id is None:
        return None
    return db.session.get(DialogueSession, request.session_id)


def sessions_of(case_ids: Sequence[int]) -> dict[int, DialogueSession]:
    """The sessions that answer these requests, by case, in one statement; none where none are asked for."""
    if not case_ids:
        return {}
    rows = db.session.execute(
        select(DialogueRequest.case_id, DialogueSession)
        .join(DialogueSession, DialogueSession.id == DialogueRequest.session_id)
        .where(DialogueRequest.case_id.in_(case_ids))
    )
    return {row[0]: row[1] for row in rows}


def coming_sessions(unit_id: int, today: date) -> list[DialogueSession]:
    """The unit's sessions to come that can answer a request too, the next first."""
    statement = (
        select(DialogueSession)
        .where(DialogueSession.unit_id == unit_id, DialogueSession.on >= today, DialogueSession.held_at.is_(None),
               DialogueSession.called_off_at.is_(None), DialogueSession.kind != SessionKind.COMPLAINT)
        .order_by(DialogueSession.on, DialogueSession.starts, DialogueSession.id)
        .limit(MOST)
    )  # fmt: skip
    return list(db.session.scalars(statement))


def coming_session(number: str, unit_id: int, today: date) -> DialogueSession | None:
    """The one of them with that number."""
    return next((one for one in coming_sessions(unit_id, today) if one.number == number), None)


def shared_case(reference: str) -> Case:
    """The request with that reference, where it was made public; Missing for any other, and where there is none."""
    case = db.session.scalar(
        select(Case)
        .join(DialogueRequest, DialogueRequest.case_id == Case.id)
        .where(Case.reference == reference.strip().upper()[:24], DialogueRequest.shared_on.is_not(None))
    )
    if case is None:
        raise Missing
    return case
