"""Where a case goes: to a person, to another unit, or nowhere further."""

from __future__ import annotations

from datetime import datetime

from ... import clock
from ...accounts.models import Official
from ...accounts.queries import holder_ids
from ...extensions import db
from ...journal.models import Event
from ...refusals import Invalid
from ...rules.workflow import N_, Action, Actor, Kind, Outcome, Role
from ...units.models import Unit
from ..models import Case, Custody
from . import clocks
from .merged import rebind, tell_duplicates
from .perform import custody_of, done, must, needed

REFUSALS = {"spam": Outcome.NOT_ACCEPTED, "abuse": Outcome.NOT_ACCEPTED, "not_competent": Outcome.NOT_COMPETENT,
            "declined": Outcome.NOT_ACCEPTED}  # fmt: skip
"""Why a petition is refused, and the outcome each ground leads to."""


def refuse(case: Case, ground: str, reason: str, actor: Actor, now: datetime, version: int | None = None) -> Event:
    """Refuse as spam, abuse or out of competence, with the reason that the resident reads."""
    step = must(Action.REFUSE, case, actor, now, version)
    if ground not in REFUSALS or (ground == "declined") > (case.kind == Kind.DIALOGUE):
        raise Invalid(N_("Chọn lý do không tiếp nhận."), "ground")
    reason = needed(reason, "reason", 2000)
    finish(case, REFUSALS[ground], now)
    tell_duplicates(Action.CLOSE, case, actor, now, outcome=case.outcome)
    return done(Action.REFUSE, case, actor, now, step, ground=ground, reason=reason, outcome=case.outcome)


def mark_duplicate(case: Case, other: Case, actor: Actor, now: datetime, version: int | None = None) -> Event:
    """The same matter came before: this one closes and follows the other; both receipts stay alive."""
    step = must(Action.MARK_DUPLICATE, case, actor, now, version)
    main = other.duplicate_of or other
    if main.id == case.id:
        raise Invalid(N_("Một việc không thể trùng với chính nó."), "reference")
    if main.is_sealed != case.is_sealed:
        raise Invalid(N_("Tố cáo chỉ ghép được với tố cáo."), "reference")
    if main.kind == Kind.DIALOGUE:
        raise Invalid(N_("Đơn không ghép vào một đề nghị đối thoại được."), "reference")
    case.duplicate_of = main
    finish(case, Outcome.DUPLICATE, now)
    event = done(Action.MARK_DUPLICATE, case, actor, now, step, of=main.reference, outcome=case.outcome)
    rebind(case, main, actor, now)
    return event


def assign(case: Case, officer: Official, actor: Actor, now: datetime, version: int | None = None) -> Event:
    """Give the case to an officer of this unit."""
    step = must(Action.ASSIGN, case, actor, now, version)
    if officer.is_disabled or officer.id not in holder_ids(case.unit_id, (Role.OFFICER,), clock.day_of(now)):
        raise Invalid(N_("Người này không phải cán bộ xử lý của đơn vị đang giữ việc."), "officer")
    case.assigned_to = officer
    case.received_at = case.received_at or now
    db.session.flush()
    return done(Action.ASSIGN, case, actor, now, step, officer=officer.name, officer_id=officer.id)


def take(case: Case, actor: Actor, now: datetime, version: int | None = None) -> Event:
    """An officer takes a case of the own unit that nobody holds."""
    step = must(Action.TAKE, case, actor, now, version)
    case.assigned_to_id = actor.official_id
    case.received_at = case.received_at or now
    return done(Action.TAKE, case, actor, now, step, officer=actor.name, officer_id=actor.official_id)


def forward(case: Case, unit: Unit, reason: str, actor: Actor, now: datetime, version: int | None = None) -> Event:
    """Pass the case to another unit; its custody here ends, the closing clock runs on."""
    step = must(Action.FORWARD, case, actor, now, version)
    reason = needed(reason, "reason", 2000)
    if unit.id == case.unit_id:
        raise Invalid(N_("Việc đang ở chính đơn vị này."), "unit")
    if not unit.is_valid(clock.day_of(now)):
        raise Invalid(N_("Đơn vị này không còn trong danh sách. Chọn lại."), "unit")
    before = case.unit
    move(case, unit, now)
    return done(Action.FORWARD, case, actor, now, step, reason=reason, unit=unit.code, before=before.code)


def move(case: Case, unit: Unit, now: datetime) -> Custody:
    """End the custody here, begin one at the other unit with the due date as it stands."""
    last = custody_of(case)
    last.ended_at, last.is_open = now, False
    case.unit, case.assigned_to, case.received_at = unit, None, None
    drop_parts(case, now)
    fresh = Custody(
        case_id=case.id, number=last.number + 1, unit_id=unit.id, kind=case.kind, category_id=case.category_id,
        commune_id=case.commune_id, began_at=now, due_on=last.due_on if not last.is_reopening else None,
        is_reopening=case.first_answered_at is not None,
    )  # fmt: skip
    db.session.add(fresh)
    db.session.flush()
    return fresh


def finish(case: Case, outcome: Outcome, now: datetime) -> None:
    """The case ends without an answer being approved now: custody finished, clocks ended, closing stamped."""
    custody = custody_of(case)
    custody.finished_at = custody.finished_at or now
    custody.resolved_at, custody.is_open, custody.outcome = now, False, outcome
    stop_waiting(case, custody, now)
    drop_parts(case, now)
    clocks.end_all(case, now)
    case.outcome, case.closed_at, case.suspended_on = outcome, now, None


def drop_parts(case: Case, now: datetime) -> None:
    """What other units were asked is no longer needed: the case has ended or left its lead."""
    for part in case.contributions:
        if part.is_open:
            part.dropped_at = now


def stop_waiting(case: Case, custody: Custody, now: datetime) -> None:
    """The resident no longer owes a reply; the time waited is kept aside for the net figures."""
    if case.asked_at is not None:
        custody.waited_seconds += int((now - case.asked_at).total_seconds())
    case.asked_at = case.reminded_at = None
