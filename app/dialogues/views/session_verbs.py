"""The verbs of a session at the desk: which form each has, what it does, how its button looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from ...cases.models import Case
from ...extensions import db
from ...rules.dialogues import may_at, sessions
from ...rules.workflow import Action, Actor
from ...words import VERBS as WORDS
from ..actions import holding, minutes, moving_session, people, questions
from ..actions import sessions as planning
from ..actions.requests import schedule_with
from ..actions.stages import waiting
from ..forms import held as forms
from ..forms import sessions as programme
from ..forms.session_fields import SessionForm
from ..models import DialogueSession

Do = Callable[[DialogueSession, Any, Actor, datetime], Any]


@dataclass(frozen=True)
class Verb:
    """One button: the verb it stands for in rights and events, its form, what it does."""

    action: Action
    form: type[SessionForm]
    do: Do
    icon: str
    words: Any = ""
    stop: bool = False

    @property
    def label(self) -> Any:
        """What the button says."""
        return self.words or WORDS[self.action]


def _change(session: DialogueSession, form: Any, actor: Actor, now: datetime) -> None:
    new = planning.Programme(form.title.data, form.agenda.data or "", form.area.data or "", form.chair.data or "",
                             form.is_public.data)  # fmt: skip
    planning.change_session(session, new, actor, now, form.version.data)


def _announce(session: DialogueSession, form: Any, actor: Actor, now: datetime) -> None:
    planning.announce(session, form.ways.data or [], actor, now, form.on.data, form.version.data)


def _move(session: DialogueSession, form: Any, actor: Actor, now: datetime) -> None:
    ways = form.ways.data or [] if "ways" in form else []
    moving_session.move_session(session, form.meeting(), form.reason.data, actor, now, form.version.data, ways)


def _call_off(session: DialogueSession, form: Any, actor: Actor, now: datetime) -> None:
    moving_session.call_off(session, form.reason.data, actor, now, form.version.data)


def _invite(session: DialogueSession, form: Any, actor: Actor, now: datetime) -> None:
    people.invite(session, form.role.data, form.name.data, actor, now, form.version.data)


def _strike(session: DialogueSession, form: Any, actor: Actor, now: datetime) -> None:
    people.strike_out(session, form.attendee, actor, now, form.version.data)


def _attach(session: DialogueSession, form: Any, actor: Actor, now: datetime) -> None:
    chosen = db.session.scalars(select(Case).where(Case.reference.in_(form.cases.data)).order_by(Case.id)).all()
    for case in chosen:
        schedule_with(case, session, actor, now)


def _question(session: DialogueSession, form: Any, actor: Actor, now: datetime) -> None:
    questions.put_question(session, form.text.data, form.asker.data or "", form.channel.data, actor, now)


def _answer(session: DialogueSession, form: Any, actor: Actor, now: datetime) -> None:
    words = form.answer.data, form.answered_by.data, form.public_text.data or ""
    questions.answer_question(form.question(session), session, *words, actor, now, form.version.data,
                              seen=form.seen.data)  # fmt: skip


def _hold(session: DialogueSession, form: Any, actor: Actor, now: datetime) -> None:
    holding.hold_session(session, form.presided_by.data, form.attended.data, form.conclusion.data, actor, now,
                         form.version.data, came=form.present(), texts=form.texts(waiting(session)))  # fmt: skip


def _submit(session: DialogueSession, form: Any, actor: Actor, now: datetime) -> None:
    minutes.submit_minutes(session, actor, now, form.version.data)


def _return(session: DialogueSession, form: Any, actor: Actor, now: datetime) -> None:
    minutes.return_minutes(session, form.remark.data, actor, now, form.version.data)


def _approve(session: DialogueSession, form: Any, actor: Actor, now: datetime) -> None:
    minutes.approve_minutes(session, actor, now, form.version.data)


def _publish(session: DialogueSession, form: Any, actor: Actor, now: datetime) -> None:
    minutes.publish_minutes(session, form.public_text.data, form.ways.data or [], actor, now, form.version.data,
                            seen=form.seen.data)  # fmt: skip


def _write(session: DialogueSession, form: Any, actor: Actor, now: datetime) -> None:
    minutes.write_minutes(session, form.minutes.data or "", form.conclusion.data, actor, now, form.version.data,
                          files=form.cleaned, came=form.present(), attended=form.attended.data)  # fmt: skip


A = Action
VERBS: dict[str, Verb] = {
    "announce": Verb(A.ANNOUNCE_SESSION, programme.AnnounceForm, _announce, "send"),
    "hold": Verb(A.HOLD_SESSION, forms.HoldForm, _hold, "okc"),
    "minutes": Verb(A.WRITE_MINUTES, forms.MinutesForm, _write, "pen"),
    "submit": Verb(A.SUBMIT_MINUTES, forms.SubmitForm, _submit, "send"),
    "approve": Verb(A.APPROVE_MINUTES, forms.ApproveForm, _approve, "pen"),
    "return": Verb(A.RETURN_MINUTES, forms.ReturnForm, _return, "undo"),
    "publish": Verb(A.PUBLISH_MINUTES, forms.PublishForm, _publish, "eye"),
    "attach": Verb(A.CHANGE_SESSION, programme.AttachForm, _attach, "plus", _l("Thêm đề nghị vào buổi này")),
    "invite": Verb(A.CHANGE_SESSION, programme.InviteForm, _invite, "users", _l("Mời thêm")),
    "question": Verb(A.PUT_QUESTION, forms.QuestionForm, _question, "chat"),
    "change": Verb(A.CHANGE_SESSION, programme.ProgrammeForm, _change, "note"),
    "move": Verb(A.MOVE_SESSION, programme.MoveForm, _move, "cal"),
    "call-off": Verb(A.CALL_OFF_SESSION, programme.CallOffForm, _call_off, "x", stop=True),
    "strike-out": Verb(A.CHANGE_SESSION, programme.StrikeForm, _strike, "x", _l("Bỏ khỏi danh sách")),
    "answer": Verb(A.ANSWER_QUESTION, forms.AnswerForm, _answer, "reply"),
}  # fmt: skip
"""By the last part of its address, in the order of the page."""
ABOUT_ONE = ("strike-out", "answer")
"""Verbs about one row of the page: their links stand there, not among the verbs."""


def why_not(slug: str, session: DialogueSession, actor: Actor, today: Any) -> str | None:
    """Why this verb cannot be done here now; "" where it is not this actor's to do."""
    verb = VERBS[slug]
    if not may_at(actor, verb.action, session.unit_id, session.unit.path):
        return ""
    if slug == "attach" and session.kind == sessions.SessionKind.COMPLAINT:
        return ""
    return sessions.why_not(verb.action, session, today)


def allowed(session: DialogueSession, actor: Actor, today: Any) -> list[str]:
    """The verbs this actor may do to the session now, in the page's order."""
    return [slug for slug in VERBS if why_not(slug, session, actor, today) is None]


def form_for(slug: str, session: DialogueSession) -> Any:
    """The verb's form: as it was sent, or as it begins."""
    is_sent = request.method == "POST"
    form: Any = VERBS[slug].form(slug) if is_sent else VERBS[slug].form(slug, formdata=None)
    form.prepare(session)
    if not is_sent:
        form.begin(session)
        form.version.data = session.version
    return form
