"""Lead and contributing units: the lead asks another unit for its part, and answers the resident alone."""

from __future__ import annotations

from datetime import date, datetime

from ... import clock
from ...accounts.queries import holder_ids
from ...extensions import db
from ...journal.models import Event
from ...journal.record import Told, record
from ...refusals import Invalid
from ...rules.workflow import N_, Action, Actor, Role
from ...units.models import Unit
from ..models import Case, Contribution
from .perform import _acting, done, must, needed


def request_part(case: Case, unit: Unit, question: str, due_on: date, actor: Actor, now: datetime,
                 version: int | None = None) -> Event:  # fmt: skip
    """Ask another unit for its part by a day of the lead's own; it sees everything but who sent the case."""
    step = must(Action.REQUEST_PART, case, actor, now, version)
    day = clock.day_of(now)
    question = needed(question, "text", 5000)
    if unit.id == case.unit_id or not unit.is_valid(day):
        raise Invalid(N_("Chọn một đơn vị khác đang hoạt động."), "unit")
    if unit.id in case.part_unit_ids:
        raise Invalid(N_("Đơn vị này đang được hỏi rồi, chưa trả lời."), "unit")
    if due_on < day:
        raise Invalid(N_("Ngày này đã qua. Chọn ngày từ hôm nay."), "due_on")
    if case.due_on and day <= case.due_on < due_on:
        raise Invalid(N_("Phải xin phần phối hợp trước hạn của vụ việc."), "due_on")
    case.contributions.append(Contribution(
        case_id=case.id, unit_id=unit.id, question=question, due_on=due_on, asked_at=now, asked_by_id=actor.official_id,
    ))  # fmt: skip
    db.session.flush()
    told = [Told(Role.HEAD, found) for found in holder_ids(unit.id, (Role.HEAD,), day)]
    told += [Told(Role.OFFICER, found) for found in holder_ids(unit.id, (Role.OFFICER,), day)]
    return record(Action.REQUEST_PART, case, _acting(actor, step, case), now, tell=told, text=question,
                  unit=unit.code, part_due_on=due_on)  # fmt: skip


def give_part(case: Case, text: str, actor: Actor, now: datetime) -> Event:
    """The asked unit gives its part; the lead reads it beside the case."""
    step = must(Action.GIVE_PART, case, actor, now)
    text = needed(text, "text")
    mine = {post.unit_id for post in actor.posts}
    part = next(part for part in case.contributions if part.is_open and part.unit_id in mine)
    part.answer, part.answered_at, part.answered_by_id = text, now, actor.official_id
    return done(Action.GIVE_PART, case, actor, now, step, text=text, before=part.unit.code)
