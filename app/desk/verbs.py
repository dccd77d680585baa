"""The desk's verbs: for each action of the workflow its form, what it does, where it stands and how it looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ..accounts.models import Official
from ..cases import actions, queries
from ..cases.models import Case
from ..dialogues.actions.commitments import stand
from ..extensions import db
from ..journal.models import Event
from ..refusals import Invalid, Missing
from ..rules.workflow import N_, Action, Actor, Kind, Status
from . import forms, meetings, settling

Do = Callable[[Case, Any, Actor, datetime], Event]


@dataclass(frozen=True)
class Verb:
    """One verb at the desk. `key` is its letter on the keyboard; `stop` marks verbs that end a case.

    `group` is where the case page lists it: sort, work or after.
    """

    form: type[forms.VerbForm]
    do: Do
    icon: str
    key: str = ""
    stop: bool = False
    group: str = "work"


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
    unit = settling.unit_named(form.unit.data)
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
    event = actions.approve(case, actor, now, form.version.data)
    stand(case, actor, now)  # what was promised in the answer is signed with it
    return event


def _close(case: Case, form: Any, actor: Actor, now: datetime) -> Event:
    outcome = form.outcome.data if "outcome" in form else ""
    return actions.close(case, outcome or "", actor, now, form.version.data)


SORT, WORK, AFTER = "sort", "work", "after"
VERBS: dict[Action, Verb] = {
    Action.REGISTER: Verb(forms.RegisterForm, _register, "file", group=SORT),
    Action.RECEIVE: Verb(forms.PlainForm, _receive, "check", group=SORT),
    Action.CLASSIFY: Verb(forms.ClassifyForm, settling.classify, "list", "P", group=SORT),
    Action.CORRECT: Verb(forms.CorrectForm, _correct, "settings", group=SORT),
    Action.SPLIT: Verb(forms.SplitForm, settling.split, "plus", group=SORT),
    Action.FORWARD: Verb(forms.ForwardForm, _forward, "right", "C", group=SORT),
    Action.MARK_DUPLICATE: Verb(forms.DuplicateForm, _mark_duplicate, "merge", group=SORT),
    Action.REFUSE: Verb(forms.RefuseForm, _refuse, "x", stop=True, group=SORT),
    Action.TAKE: Verb(forms.PlainForm, _take, "hand", "T"),
    Action.ASSIGN: Verb(forms.AssignForm, _assign, "user", "G"),
    Action.ASK: Verb(forms.AskForm, _ask, "help", "H"),
    Action.NOTE: Verb(forms.NoteForm, _note, "note", "N"),
    Action.REQUEST_PART: Verb(forms.RequestPartForm, settling.request_part, "send"),
    Action.GIVE_PART: Verb(forms.GivePartForm, settling.give_part, "send"),
    Action.SCHEDULE: Verb(forms.ScheduleForm, meetings.schedule, "cal"),
    Action.OFFER_TIMES: Verb(forms.OfferForm, meetings.offer_times, "clock"),
    Action.PUBLISH_REQUEST: Verb(forms.ShareForm, meetings.share, "users"),
    Action.HOLD_DIALOGUE: Verb(forms.DialogueForm, meetings.hold, "user"),
    Action.WITHDRAW_PART: Verb(forms.WithdrawPartForm, settling.dated(actions.withdraw_part), "undo"),
    Action.WITHDRAW: Verb(forms.WithdrawalForm, settling.dated(actions.record_withdrawal), "undo", stop=True),
    Action.DRAFT: Verb(forms.DraftForm, _draft, "pen", "D"),
    Action.PROPOSE: Verb(forms.ProposeForm, _propose, "send"),
    Action.APPROVE: Verb(forms.ApproveForm, _approve, "pen"),
    Action.SEND_BACK: Verb(forms.SendBackForm, _send_back, "undo"),
    Action.SEND: Verb(forms.SendForm, settling.dated(actions.send), "send", group=AFTER),
    Action.PUBLISH: Verb(forms.PublishForm, settling.dated(actions.publish), "eye", group=AFTER),
    Action.ENFORCE: Verb(forms.EnforceForm, settling.dated(actions.enforce), "flag", group=AFTER),
    Action.CLOSE: Verb(forms.CloseForm, _close, "okc", group=AFTER),
    Action.ARCHIVE: Verb(forms.ArchiveForm, settling.archive, "lock", group=AFTER),
}
"""Every action an official may do with a form, in the order in which the page offers them."""

ALWAYS_MAIN = (Action.APPROVE, Action.PROPOSE, Action.REGISTER)
TRIAGE_MAIN = (Action.ASSIGN, Action.TAKE)
PLAIN = (Kind.FEEDBACK, Kind.DIALOGUE)
"""Kinds that no law has checked for eligibility first, nor sent and published after."""


def main_verb(allowed: list[Action], case: Case) -> Action | None:
    """What is most likely to be done now: it stands open on the case page with the one primary button."""
    order = (*_of_meeting(case), *ALWAYS_MAIN, *_of_sorting(case), *_after(case))
    return next((action for action in order if action in allowed), None)


def _of_meeting(case: Case) -> tuple[Action, ...]:
    """A request to be heard is granted a time first, unless an answer in writing has been begun."""
    is_ours = case.kind == Kind.DIALOGUE and case.status == Status.ASSIGNED and not case.draft_text
    return (Action.SCHEDULE,) if is_ours else ()


def _of_sorting(case: Case) -> tuple[Action, ...]:
    """A complaint or denunciation is checked first (Circular 05/2021/TT-TTCP art. 6), then given to somebody."""
    if case.kind not in PLAIN and case.status in (Status.RECEIVED, Status.ASSIGNED) and not case.is_accepted:
        check = (Action.CLASSIFY,) if case.is_registered and case.eligibility is None else ()
        return (*check, *(TRIAGE_MAIN if case.status == Status.RECEIVED and not case.is_ineligible else ()))
    return TRIAGE_MAIN if case.status == Status.RECEIVED else ()


def _after(case: Case) -> tuple[Action, ...]:
    """Once a decision or conclusion is signed it is sent, then made public, then filed; feedback is filed at once."""
    if case.status == Status.WAITING:
        return (Action.CLOSE,)
    if case.status not in (Status.ANSWERED, Status.ENFORCING):
        return ()
    if case.kind in PLAIN:
        return (Action.CLOSE,)
    owed = [(Action.SEND, case.is_sent), (Action.PUBLISH, case.is_published)]
    return (*(action for action, is_done in owed if not is_done), Action.CLOSE)


def said_in(form: forms.VerbForm) -> tuple[str, str]:
    """The name and the text of the field in which something was written, for the page of two versions."""
    name = next((name for name in ("text", "body", "remark", "reason") if name in form), "")
    return name, str(form[name].data or "") if name else ""


def form_for(action: Action, case: Case, day: date) -> forms.VerbForm:
    """The verb's form as first shown: choices filled in, and what stands now."""
    form = VERBS[action].form(str(action), formdata=None)
    form.prepare(case, day)
    form.begin(case, day)
    form.version.data = case.version
    return form
