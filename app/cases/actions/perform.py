"""What every verb does in the same way: ask the workflow, remember the event, tell whom the row names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from ... import clock
from ...accounts.queries import holder_ids
from ...extensions import db
from ...journal.models import Event
from ...journal.record import Told, record
from ...refusals import Invalid, NotAllowed, Stale, WrongStep
from ...rules.workflow import N_, STEPS, Action, Actor, Role, Status, Step, find_step, reaches
from ...units.models import Unit
from ..contact import told_of
from ..models import Case, Custody
from ..windows import made_ready
from . import clocks


def must(action: Action, case: Case, actor: Actor, now: datetime, version: int | None = None) -> Step:
    """The workflow's row for this verb, or the refusal with its reason; nothing has changed yet."""
    made_ready(case, clock.day_of(now))
    case.aimed = None
    if version is not None and version != case.version:
        raise Stale(N_("Người khác vừa sửa vụ việc này. Cả hai bản đều còn, chọn cách ghép."))
    found = find_step(actor, action, case)
    if isinstance(found, Step):
        return found
    holds = any(s.action == action and _holds_hat(actor, s, case) for s in _rows(case))
    raise (WrongStep if holds else NotAllowed)(found)


def _rows(case: Case) -> list[Step]:
    return [s for s in STEPS if case.kind in s.kinds]


def _holds_hat(actor: Actor, step: Step, case: Case) -> bool:
    return any(reaches(actor, role, reach, case) for role, reach in step.who)


def needed(text: str, field: str, longest: int = 20_000) -> str:
    """A text that the step must carry, composed and trimmed, or Invalid."""
    from ..folding import nfc

    tidy = nfc(text).strip()
    if not tidy:
        raise Invalid(N_("Chưa ghi nội dung."), field)
    if len(tidy) > longest:
        raise Invalid(N_("Nội dung dài quá. Rút gọn lại hoặc gửi kèm tệp."), field)
    return tidy


def custody_of(case: Case) -> Custody:
    """The stay in which the case is now."""
    custody = db.session.scalar(
        select(Custody).where(Custody.case_id == case.id).order_by(Custody.number.desc()).limit(1)
    )
    assert custody is not None, "a case is always in somebody's custody"
    return custody


def done(action: Action, case: Case, actor: Actor, now: datetime, step: Step, *, to: Status | None = None,
         **facts: Any) -> Event:  # fmt: skip
    """The verb's ending: move the status, start and meet clocks, record the event, owe the notices.

    `to` stands over the row where nobody holds the case that would go back to its officer.
    """
    row = step
    if to or row.to:
        case.status = to or row.to or case.status
    clocks.meet(case, row.meets, now)
    facts |= clocks.said(case)
    return record(action, case, _acting(actor, row, case), now, tell=_told(row, case, now), **facts)


def _acting(actor: Actor, row: Step, case: Case) -> Actor:
    """The actor, marked with the head in whose name a deputy acts."""
    own = [p for p in actor.posts if p.in_name_of is None]
    if any(reaches(replace(actor, posts=tuple(own)), role, reach, case) for role, reach in row.who):
        return actor
    lent = next((p.in_name_of for p in actor.posts if p.in_name_of and p.unit_id == case.unit_id), None)
    return replace(actor, in_name_of=lent, role=Role.HEAD) if lent else actor


def _keepers(role: Role, case: Case, day: date) -> list[int]:
    """Of a denunciation: its named handlers; its registrars at the unit and above."""
    if role != Role.REGISTRAR:
        return sorted(case.handler_ids)
    unit: Unit | None = case.unit
    found: list[int] = []
    while unit is not None:
        found += holder_ids(unit.id, (Role.REGISTRAR,), day)
        unit = unit.parent
    return found


def _told(row: Step, case: Case, now: datetime) -> list[Told]:
    return [told for role in row.tells for told in _people(row.action, role, case, now)]


def _people(action: str, role: Role, case: Case, now: datetime) -> list[Told]:
    """Who stands behind a role for this case: its resident, its officer, the unit's clerks or heads.

    Of a denunciation only those who may read it are told, at the desk; nothing leaves by mail (design: denunciations).
    """
    if role == Role.RESIDENT:
        return told_of(case, action)
    if case.is_sealed:
        return [Told(role, official_id) for official_id in _keepers(role, case, clock.day_of(now))]
    if role == Role.OFFICER and case.assigned_to_id is not None:
        return [Told(role, case.assigned_to_id)]
    day = clock.day_of(now)
    roles = (Role.HEAD,) if role == Role.HEAD else (Role.CLERK,)
    ids = holder_ids(case.unit_id, roles, day) or holder_ids(case.unit_id, (Role.HEAD,), day)
    return [Told(role, official_id) for official_id in ids]
