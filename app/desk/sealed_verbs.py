"""Verbs that only denunciations have, or have otherwise: registered, handlers named and dismissed, lateness reported.

None of their pages shows what a denunciation says.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..accounts.models import Official
from ..cases import actions
from ..cases.models import Case
from ..extensions import db
from ..journal.models import Event
from ..refusals import Invalid
from ..rules.workflow import N_, Action, Actor
from .forms import VerbForm
from .forms.sealed import DismissHandlerForm, NameHandlerForm, ReportForm, SealedRegisterForm

Do = Callable[[Case, Any, Actor, datetime], Event]


@dataclass(frozen=True)
class SealedVerb:
    """A verb that only denunciations have, or have otherwise."""

    form: type[VerbForm]
    do: Do
    icon: str
    stop: bool = False


def _register(case: Case, form: Any, actor: Actor, now: datetime) -> Event:
    return actions.register(case, form.signed_on.data, actor, now, form.version.data, paper_file=form.paper_file.data)


def _official(form: Any) -> Official:
    found = db.session.get(Official, form.officer.data)
    if found is None:
        raise Invalid(N_("Người này không được chỉ định."), "officer")
    return found


def _name(case: Case, form: Any, actor: Actor, now: datetime) -> Event:
    return actions.name_handler(case, _official(form), actor, now, form.version.data)


def _dismiss(case: Case, form: Any, actor: Actor, now: datetime) -> Event:
    return actions.dismiss_handler(case, _official(form), form.reason.data, actor, now, form.version.data)


def _request_report(case: Case, form: Any, actor: Actor, now: datetime) -> Event:
    return actions.request_report(case, form.text.data, actor, now, form.version.data)


def _give_report(case: Case, form: Any, actor: Actor, now: datetime) -> Event:
    return actions.give_report(case, form.text.data, actor, now, form.version.data)


SEALED_VERBS = {
    Action.REGISTER: SealedVerb(SealedRegisterForm, _register, "file"),
    Action.NAME_HANDLER: SealedVerb(NameHandlerForm, _name, "user"),
    Action.DISMISS_HANDLER: SealedVerb(DismissHandlerForm, _dismiss, "x"),
    Action.REQUEST_REPORT: SealedVerb(ReportForm, _request_report, "help"),
    Action.GIVE_REPORT: SealedVerb(ReportForm, _give_report, "send"),
}
IN_REGISTER = frozenset({Action.CLASSIFY, Action.MARK_DUPLICATE, Action.ARCHIVE, *SEALED_VERBS})
"""What whoever keeps only the register may do: none of it shows what a denunciation says."""
