"""The desk's verbs: for each action of the workflow its form, what it does, and how its button looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ..accounts.models import Official
from ..cases import actions, queries
from ..cases.models import Case
from ..extensions import db
from ..journal.models import Event
from ..refusals import Invalid, Missing
from ..rules.workflow import N_, Action, Actor, Status
from ..units.queries import unit_by_code
from . import forms

Do = Callable[[Case, Any, Actor, datetime], Event]


@dataclass(frozen=True)
class Verb:
    """One verb at the desk. `key` is its letter on the keyboard; `stop` marks verbs that end a case."""

    form: type[forms.VerbForm]
    do: Do
    icon: str
    key: str = ""
    stop: bool = False


def _register(case: Case, form: Any, actor: Actor, now: datetime) -> Event:
    return actions.register(case, form.signed_on.data, actor, now, form.version.data)


def _receive(case: Case, form: Any, actor: Actor, now: datetime) -> Event:
    return actions.receive(case, actor, now, form.version.data)


def _correct(case: Case, form: Any, actor: Actor, now: datetime) -> Event:
    return actions.correct(case, form.changes(case), form.reason.data, actor, now, form.version.data)


def _refuse(case: Case, form: Any, actor: Actor, now: datetime) -> Event:
    return actions.refuse(case, form.ground.data, form.reason.data, actor, now, form.version.data)


def _mark_duplicate(case: Case, form: Any, actor: Actor, now: datetime) -> Event:
    try:
        other, _seen = queries.get_visible(form.reference.data.strip().upper(), actor, case.today or date.min)
    except Missing:
        raise Invalid(N_("Không thấy việc nào có số này trong phạm vi được xem."), "reference") from None
    return actions.mark_duplicate(case, other, actor, now, form.version.data)


def _assign(case: Case, form: Any, actor: Actor, now: datetime) -> Event:
    officer = db.session.get(Official, form.officer.data)
    if officer is None:
        raise Invalid(N_("Người này không phải cán bộ xử lý của đơn vị đang giữ việc."), "officer")
    return actions.assign(case, officer, actor, now, form.version.data)


def _take(case: Case, form: Any, actor: Actor, now: datetime) -> Event:
    return actions.take(case, actor, now, form.version.data)


def _forward(case: Case, form: Any, actor: Actor, now: datetime) -> Event:
    unit = unit_by_code(form.unit.data)
    if unit is None:
        raise Invalid(N_("Đơn vị này không còn trong danh sách. Chọn lại."), "unit")
    return actions.forward(case, unit, form.reason.data, actor, now, form.version.data)


def _ask(case: Case, form: Any, actor: Actor, now: datetime) -> Event:
    return actions.ask(case, form.text.data, actor, now, form.version.data)


def _note(case: Case, form: Any, actor: Actor, now: datetime) -> Event:
    return actions.note(case, form.text.data, actor, now)


def _draft(case: Case, form: Any, actor: Actor, now: datetime) -> Event:
    return actions.draft(case, form.text.data, form.outcome.data or "", actor, now, form.version.data)


def _propose(case: Case, form: Any, actor: Actor, now: datetime) -> Event:
    return actions.propose(case, form.text.data, form.outcome.data or "", actor, now, form.version.data)


def _send_back(case: Case, form: Any, actor: Actor, now: datetime) -> Event:
    return actions.send_back(case, form.reason.data, actor, now, form.version.data)


def _approve(case: Case, form: Any, actor: Actor, now: datetime) -> Event:
    return actions.approve(case, actor, now, form.version.data)


def _close(case: Case, form: Any, actor: Actor, now: datetime) -> Event:
    return actions.close(case, form.outcome.data or "", actor, now, form.version.data)


VERBS: dict[Action, Verb] = {
    Action.REGISTER: Verb(forms.RegisterForm, _register, "file"),
    Action.RECEIVE: Verb(forms.PlainForm, _receive, "check"),
    Action.TAKE: Verb(forms.PlainForm, _take, "hand", "T"),
    Action.ASSIGN: Verb(forms.AssignForm, _assign, "user", "G"),
    Action.ASK: Verb(forms.AskForm, _ask, "help", "H"),
    Action.NOTE: Verb(forms.NoteForm, _note, "note", "N"),
    Action.DRAFT: Verb(forms.DraftForm, _draft, "pen", "D"),
    Action.PROPOSE: Verb(forms.ProposeForm, _propose, "send"),
    Action.APPROVE: Verb(forms.ApproveForm, _approve, "pen"),
    Action.SEND_BACK: Verb(forms.SendBackForm, _send_back, "undo"),
    Action.CORRECT: Verb(forms.CorrectForm, _correct, "settings"),
    Action.FORWARD: Verb(forms.ForwardForm, _forward, "right", "C"),
    Action.MARK_DUPLICATE: Verb(forms.DuplicateForm, _mark_duplicate, "merge"),
    Action.CLOSE: Verb(forms.CloseForm, _close, "okc"),
    Action.REFUSE: Verb(forms.RefuseForm, _refuse, "x", stop=True),
}
"""Every action an official may do, in the order in which the page offers them."""

ALWAYS_MAIN = (Action.APPROVE, Action.PROPOSE, Action.REGISTER, Action.CLOSE)
TRIAGE_MAIN = (Action.ASSIGN, Action.TAKE)


def main_verb(allowed: list[Action], case: Case) -> Action | None:
    """What is most likely to be done now: it stands open on the case page with the one primary button."""
    order = (*ALWAYS_MAIN, *(TRIAGE_MAIN if case.status == Status.RECEIVED else ()))
    return next((action for action in order if action in allowed), None)


def said_in(form: forms.VerbForm) -> tuple[str, str]:
    """The name and the text of the field in which something was written, for the page of two versions."""
    name = next((name for name in ("text", "reason") if name in form), "")
    return name, str(form[name].data or "") if name else ""


def form_for(action: Action, case: Case, day: date) -> forms.VerbForm:
    """The verb's form as first shown: choices filled in, and what stands now."""
    form = VERBS[action].form(str(action), formdata=None)
    form.prepare(case, day)
    form.begin(case, day)
    form.version.data = case.version
    return form
