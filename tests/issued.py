"""Papers signed in one go, by their verb: how complaints move in tests."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.accounts.models import Official
from app.cases import actions
from app.cases.models import Case
from app.cases.receipts import code_of, new_token
from app.documents import paper_forms
from app.journal.models import Event
from app.rules.workflow import Action, Kind, Role

from . import factories
from .factories import MONDAY


def issue(case: Case, action: Action, head: Official, now: datetime = MONDAY, **cargo: Any) -> Event:
    """Write and sign the first form of that verb, its texts filled from the case; `body`, `on`, `verdict` are cargo."""
    form = paper_forms.forms_for(action, Kind(case.kind), case.instance)[0]
    texts = {field.id: "Nội dung kín của văn bản." for field in form.fields if field.is_required}
    return actions.issue(case, form.id, texts, factories.actor(head), now, **cargo)


def head_of(case: Case) -> Official:
    """A head of the unit that holds it."""
    return factories.make_official(Role.HEAD, case.unit.code)


def appeal(first: Case, now: datetime = MONDAY, **more: Any) -> Case:
    """The second complaint, sent by the resident of the first."""
    token = new_token()
    code = code_of(token, "test")
    new = factories.new_case(Kind.COMPLAINT, appeal_of=first.reference, **more)
    case = actions.submit(new, factories.resident_of(first), now, token=token, code=code)
    case.code = code  # type: ignore[attr-defined]
    return case


def accept(case: Case, now: datetime = MONDAY) -> Official:
    """Register the signed original and accept it; returns the head who signed."""
    clerk, head = factories.make_official(Role.CLERK, case.unit.code), head_of(case)
    actions.register(case, now.date(), factories.actor(clerk), now)
    issue(case, Action.ACCEPT, head, now)
    return head


def hand(case: Case, head: Official, now: datetime = MONDAY) -> Official:
    """Give it to an officer of its unit."""
    officer = factories.make_official(Role.OFFICER, case.unit.code)
    factories.assign(case, officer, head, now)
    return officer


def decide(case: Case, now: datetime = MONDAY, verdict: str = "partly_right") -> tuple[Official, Official]:
    """A fresh complaint registered, accepted, handed out and decided at once; its officer and head."""
    head = accept(case, now)
    officer = hand(case, head, now)
    if case.instance == 2:
        actions.hold_dialogue(case, now.date(), "Hai bên đã nói.", factories.actor(officer), now)
    issue(case, Action.DECIDE, head, now, verdict=verdict)
    return officer, head
