"""The dialogue takes place: who presided, who came, what it came to for each who asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from ...cases.actions import hold_dialogue, meet
from ...cases.models import Case
from ...journal.models import Event
from ...refusals import WrongStep
from ...rules.dialogues import sessions
from ...rules.workflow import Action, Actor, why_not
from ..models import DialogueSession
from .people import mark
from .stages import must_do, said, waiting
from .texts import needed

LONGEST_CONCLUSION = 5000


def hold_session(
    session: DialogueSession, presided_by: str, attended: int, conclusion: str, actor: Actor, now: datetime,
    version: int | None = None, *, came: Iterable[int] = (), texts: Mapping[int, str] | None = None,
) -> Event:  # fmt: skip
    """It was held. Each request it answers gets the text that concerns it (`texts` by case; else the conclusion), so
    that each asker can judge; a complaint gets the dialogue its settlement asks for (Law 02/2011/QH13 art. 30, 39).

    WrongStep before its day, and for a conference that was never announced; Invalid without chair, people, conclusion.
    """
    must_do(Action.HOLD_SESSION, session, actor, now, version)
    conclusion = needed(conclusion, "conclusion", LONGEST_CONCLUSION)
    presided_by = needed(presided_by, "presided_by", 200)
    asked = waiting(session)
    for case in (*asked, *([session.case] if session.case is not None else [])):
        _must_be_open(case, actor)
    own = {case.id: (texts or {}).get(case.id, "").strip() or conclusion for case in asked}
    for case in asked:
        needed(own[case.id], f"text_{case.id}", LONGEST_CONCLUSION)
    mark(session, came, attended)
    session.held_at, session.presided_by, session.conclusion = now, presided_by, conclusion
    event = said(Action.HOLD_SESSION, session, actor, now, on=session.on, attended=attended, text=conclusion,
                 presided_by=presided_by, requests=len(asked))  # fmt: skip
    for case in asked:
        meet(case, session.on, own[case.id], actor, now, session=session.number)
    if session.kind == sessions.SessionKind.COMPLAINT and session.case is not None:
        hold_dialogue(session.case, session.on, conclusion, actor, now)
    return event


def _must_be_open(case: Case, actor: Actor) -> None:
    refused = why_not(actor, Action.HOLD_DIALOGUE, case)
    if refused:
        raise WrongStep(refused)
