"""Sorting what came in: classified, put right, split into the matters it holds."""

from __future__ import annotations

from datetime import date, datetime

from ... import clock
from ...extensions import db
from ...journal.models import Event
from ...refusals import Invalid, WrongStep
from ...rules.workflow import N_, Action, Actor, Kind
from ..models import Case
from ..search import index
from . import clocks
from .arrive import NewCase, start_clocks
from .perform import custody_of, done, must, needed
from .places import category_of, unit_of

CHECKS = {
    Kind.FEEDBACK: ("in_vietnamese", "has_content", "is_decent", "is_new"),
    Kind.COMPLAINT: ("in_vietnamese", "has_date", "has_name", "is_signed", "has_against", "has_content", "has_request",
                     "in_time", "is_decent", "is_new"),
    Kind.DENUNCIATION: ("in_vietnamese", "has_date", "is_signed", "has_denounced", "has_content", "is_decent",
                        "is_new"),
    Kind.DIALOGUE: (),
}  # fmt: skip
"""What makes a petition eligible (Circular 05/2021/TT-TTCP art. 6.2), each to be ticked."""


def classify(case: Case, checks: dict[str, bool], remark: str, actor: Actor, now: datetime,
             version: int | None = None) -> Event:  # fmt: skip
    """Write down what was checked; anything that does not hold makes it ineligible, and then the remark says what."""
    step = must(Action.CLASSIFY, case, actor, now, version)
    known = {name: bool(checks.get(name)) for name in CHECKS[Kind(case.kind)]}
    is_eligible = all(known.values())
    if not is_eligible:
        remark = needed(remark, "remark", 2000)
    case.eligibility = {"is_eligible": is_eligible, "checks": known, "remark": remark.strip()}
    case.classified_at = now
    case.received_at = case.received_at or now
    return done(Action.CLASSIFY, case, actor, now, step, is_eligible=is_eligible, checks=known, remark=remark.strip())


def correct(case: Case, changes: dict[str, object], reason: str, actor: Actor, now: datetime,
            version: int | None = None) -> Event:  # fmt: skip
    """Put kind, category, place, deadline variant or public flag right; the clock keeps its start day.

    `changes` maps kind, category_code, commune_code, place, is_public, deadline_variant, is_discipline to their new
    values. A denunciation stays one and nothing becomes one: its writer's name must not stand beside it.
    """
    step = must(Action.CORRECT, case, actor, now, version)
    reason = needed(reason, "reason", 2000)
    if Kind.DENUNCIATION in (changes.get("kind"), case.kind) and changes.get("kind") not in (None, case.kind):
        raise Invalid(N_("Tố cáo không đổi sang loại khác được, và loại khác không đổi thành tố cáo."), "kind")
    if Kind.DIALOGUE in (changes.get("kind"), case.kind) and changes.get("kind") not in (None, case.kind):
        raise Invalid(N_("Đề nghị đối thoại không đổi sang loại khác được, cũng không loại nào đổi thành nó."), "kind")
    facts = _apply(case, changes, clock.day_of(now))
    if not facts:
        raise Invalid(N_("Chưa sửa gì."), "category")
    if "kind" in facts:
        raise_if_late_for_kind(case)
        clocks.end_all(case, now)
        case.due_on, case.due_stage = None, ""
        start_clocks(case, case.submitted_at)
    else:
        clocks.restart_closing(case, custody_of(case), now)
    custody = custody_of(case)
    custody.kind, custody.category_id, custody.commune_id = case.kind, case.category_id, case.commune_id
    if not case.is_sealed:
        index(case)
    return done(Action.CORRECT, case, actor, now, step, reason=reason, changes=facts)


def raise_if_late_for_kind(case: Case) -> None:
    """The kind may change only before the case was accepted or answered once."""
    if case.is_accepted or case.first_answered_at is not None:
        raise WrongStep(N_("Việc đã thụ lý hoặc đã trả lời, không đổi loại được nữa."))


def _apply(case: Case, changes: dict[str, object], day: date) -> dict[str, list[object]]:
    """Apply what differs; returns {field: [old, new]} for the event."""
    facts: dict[str, list[object]] = {}

    def put(field_name: str, old: object, new: object) -> bool:
        if new is None or new == old:
            return False
        facts[field_name] = [old, new]
        return True

    if put("kind", case.kind, changes.get("kind")):
        case.kind = str(changes["kind"])
    if put("category", case.category.code, changes.get("category_code")):
        case.category = category_of(NewCase(Kind(case.kind), "", "", str(changes["category_code"])))
    if put("commune", case.commune.code if case.commune else "", changes.get("commune_code")):
        case.commune = unit_of(str(changes["commune_code"]), day)
    for name in ("place", "is_public", "deadline_variant", "is_discipline"):
        if put(name, getattr(case, name), changes.get(name)):
            setattr(case, name, changes[name])
    db.session.flush()
    return facts
