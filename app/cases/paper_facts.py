"""What a paper is filled with from its case: plain facts, nothing of a denunciation's writer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from .. import clock
from ..documents.models import Document, Paper
from ..extensions import db
from ..rules import deadlines
from ..rules.deadlines import DeadlineError, Derivation
from ..rules.workflow import Action
from ..units.calendar import law
from .models import Case, Deadline
from .variants import closing_of, variant

PERSON = {"name": "contact_name", "address": "contact_address", "phone": "contact_phone"}


def facts_of(case: Case, action: Action, cargo: Mapping[str, Any]) -> dict[str, Any]:
    """The facts that documents.paper_forms fills a paper's texts with; days as dates, missing ones None or ''.

    Names are Vietnamese, as the papers are: an English name on a denunciation's would tell who reads English.
    """
    facts: dict[str, Any] = {
        "reference": case.reference, "kind": case.kind, "instance": case.instance, "language": case.language,
        "title": "" if case.is_sealed else case.title, "body": "" if case.is_sealed else case.body,
        "against": case.against, "request": case.request, "known_on": case.known_on,
        "submitted_on": clock.day_of(case.submitted_at), "registered_on": case.registered_on,
        "accepted_on": case.accepted_on, "suspended_on": case.suspended_on, "dialogue_on": case.dialogue_on,
        "due_on": case.due_on, "category": _named(case.category), "commune": _named(case.commune),
        "denounced": _named(case.denounced_unit), "paper_file": case.paper_file,
        "unit_name": case.unit.name_vi, "unit_name_en": case.unit.name_en, "body_name": str(cargo.get("body", "")),
        "variant": cargo.get("variant", ""), "verdict": cargo.get("verdict", ""), "reopen_until": case.reopen_until,
        **{fact: "" if case.is_sealed else getattr(case, column) for fact, column in PERSON.items()},
        **_first_decision(case), **_moved(case, action, cargo),
    }  # fmt: skip
    return facts


def _named(thing: Any) -> str:
    return "" if thing is None else str(thing.name_vi)


def _first_decision(case: Case) -> dict[str, Any]:
    """Second complaint: the number and day of the decision complained of again."""
    if case.appeal_of_id is None:
        return {"first_number": "", "first_signed_on": None}
    found = db.session.scalar(
        select(Document).join(Paper, Paper.document_id == Document.id)
        .where(Document.case_id == case.appeal_of_id, Document.form == "complaint_decision_first")
        .order_by(Document.id.desc()).limit(1)
    )  # fmt: skip
    return {"first_number": found.number if found else "",
            "first_signed_on": clock.day_of(found.signed_at) if found else None}  # fmt: skip


def _moved(case: Case, action: Action, cargo: Mapping[str, Any]) -> dict[str, date | None]:
    """The due date before and after what is about to be signed; None where nothing moves."""
    if action == Action.ACCEPT:
        return {"old_due_on": None, "new_due_on": _if_accepted(case, bool(cargo.get("is_complex")))}
    closing = _closing(case)
    if closing is None or action not in (Action.EXTEND, Action.MAKE_COMPLEX, Action.RESUME):
        return {"old_due_on": None, "new_due_on": None}
    try:
        return {"old_due_on": closing.due_on, "new_due_on": _after(case, closing, action, cargo)}
    except (DeadlineError, KeyError, ValueError):
        return {"old_due_on": closing.due_on, "new_due_on": None}


def _if_accepted(case: Case, is_complex: bool) -> date | None:
    """Where the closing clock would end if the case were accepted today."""
    stage, rules = closing_of(case), law()
    rule = rules.find(case.kind, stage, variant(case, stage, is_complex), case.today) if case.today else None
    return deadlines.due(rule, case.today, rules.calendar).due_on if rule and case.today else None


def _closing(case: Case) -> Deadline | None:
    return db.session.scalar(
        select(Deadline)
        .where(Deadline.case_id == case.id, Deadline.is_closing, Deadline.met_at.is_(None), Deadline.ended_at.is_(None))
        .order_by(Deadline.id.desc()).limit(1)
    )  # fmt: skip


def _after(case: Case, closing: Deadline, action: Action, cargo: Mapping[str, Any]) -> date | None:
    """Where the closing clock would stand once this paper is signed."""
    proof = Derivation.from_json(closing.derivation)
    rules = deadlines.as_told(law(), proof)
    rule, pauses = rules.by_id(closing.rule_id), [*proof.pauses, *proof.idle]
    granted = [found for one in proof.extensions if (found := rules.by_id(one.rule_id))]
    if action == Action.MAKE_COMPLEX and rule is not None:
        longer = {"normal": "complex", "remote": "remote_complex"}.get(rule.variant, rule.variant)
        rule = rules.find(case.kind, closing.stage, longer, closing.start_on)
    if action == Action.EXTEND:
        more = rules.find(case.kind, "extension", str(cargo["variant"]), closing.start_on)
        granted += [more] if more else []
    if action == Action.RESUME and closing.paused_on:
        pauses.append(deadlines.Pause(closing.paused_on, date.fromisoformat(str(cargo["on"]))))
    if rule is None:
        return None
    return deadlines.due(rule, closing.start_on, rules.calendar, pauses, granted).due_on
