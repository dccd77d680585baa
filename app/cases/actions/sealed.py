"""Denunciations: who may handle one is named, and every look at it is remembered (Law 25/2018/QH14 art. 8)."""

from __future__ import annotations

from datetime import datetime

from ... import clock
from ...accounts.models import Official
from ...extensions import db
from ...journal.models import Event
from ...journal.record import record
from ...refusals import Invalid
from ...rules.workflow import N_, Action, Actor, Role, Status
from ...units.queries import setting
from ..models import Case, Handler
from .perform import done, must, needed


def name_handler(case: Case, official: Official, actor: Actor, now: datetime, version: int | None = None) -> Event:
    """Name an officer or head, of the unit that holds it or of the inspectorate, to handle a denunciation."""
    step = must(Action.NAME_HANDLER, case, actor, now, version)
    if not may_handle(case, official, now):
        raise Invalid(
            N_("Chỉ định cán bộ xử lý hoặc lãnh đạo của đơn vị giữ việc hoặc cơ quan thanh tra, không thuộc nơi bị tố"
               " cáo."), "officer",
        )  # fmt: skip
    if official.id in case.handler_ids:
        raise Invalid(N_("Người này đã được chỉ định."), "officer")
    case.handlers.append(
        Handler(
            case_id=case.id, official_id=official.id, official=official, named_by_id=actor.official_id, named_at=now
        )
    )
    db.session.flush()
    to = Status.ASSIGNED if case.status == Status.RECEIVED else None
    return done(Action.NAME_HANDLER, case, actor, now, step, to=to, officer=official.name, officer_id=official.id)


def dismiss_handler(case: Case, official: Official, reason: str, actor: Actor, now: datetime,
                    version: int | None = None) -> Event:  # fmt: skip
    """A named handler handles it no longer; from the next request on it is out of that official's sight."""
    step = must(Action.DISMISS_HANDLER, case, actor, now, version)
    reason = needed(reason, "reason", 2000)
    handler = next((h for h in case.handlers if h.official_id == official.id and h.ended_at is None), None)
    if handler is None:
        raise Invalid(N_("Người này không được chỉ định."), "officer")
    handler.ended_at = now
    db.session.flush()
    return done(Action.DISMISS_HANDLER, case, actor, now, step, officer=official.name, officer_id=official.id,
                reason=reason)  # fmt: skip


def may_handle(case: Case, official: Official, now: datetime) -> bool:
    """Whether this official may be named: in post at the unit or the inspectorate, and not where it is denounced."""
    posts = official.posts_on(clock.day_of(now))
    if official.is_disabled or any(post.unit.path.startswith(case.denounced_path or "-") for post in posts):
        return False
    inspectorate = str(setting("inspectorate_unit"))
    return any(
        post.role in (Role.OFFICER, Role.HEAD) and (post.unit_id == case.unit_id or post.unit.code == inspectorate)
        for post in posts
    )


def look(case: Case, actor: Actor, now: datetime, what: str) -> Event:
    """Somebody read a denunciation: who, when, and which page or paper."""
    return record(Action.LOOK, case, actor, now, name=actor.name, what=what)
