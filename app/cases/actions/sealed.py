"""Denunciations: who may handle one is named, and every look at it is remembered (Law 25/2018/QH14 art. 8)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from ... import clock
from ...accounts.models import Official
from ...extensions import db
from ...journal.models import Event
from ...journal.record import record
from ...refusals import Invalid
from ...rules.visibility import WORKERS, lies_in
from ...rules.workflow import N_, THE_SYSTEM, Action, Actor, Role
from ...units.models import Unit
from ...units.queries import setting
from ..models import Case, Handler
from . import clocks
from .perform import _people, done, must, needed
from .places import one_above
from .triage import move


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
    return done(Action.NAME_HANDLER, case, actor, now, step, officer=official.name, officer_id=official.id)


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


def request_report(case: Case, text: str, actor: Actor, now: datetime, version: int | None = None) -> Event:
    """It is late: the level above asks the handlers why, and they report within 5 working days (art. 38)."""
    step = must(Action.REQUEST_REPORT, case, actor, now, version)
    text = needed(text, "text", 2000)
    for stage in step.starts:
        clocks.start(case, stage, clock.day_of(now))
    return done(Action.REQUEST_REPORT, case, actor, now, step, text=text)


def give_report(case: Case, text: str, actor: Actor, now: datetime, version: int | None = None) -> Event:
    """The handlers say why it is late and until when it will be done."""
    step = must(Action.GIVE_REPORT, case, actor, now, version)
    return done(Action.GIVE_REPORT, case, actor, now, step, text=needed(text, "text", 5000))


def leave(official: Official, now: datetime) -> int:
    """Somebody left a post or was shut out: the namings they may hold no longer end, and the registrar is told.

    How many ended. The case stays where it is; who handles it next is for the registrar to name.
    """
    namings = db.session.scalars(
        select(Handler).where(Handler.official_id == official.id, Handler.ended_at.is_(None)).order_by(Handler.id)
    ).all()
    lost = [(one, case) for one in namings
            if not may_handle(case := db.session.get_one(Case, one.case_id), official, now)]  # fmt: skip
    for one, case in lost:
        one.ended_at = now
        db.session.flush()
        db.session.expire(case, ["handlers"])
        told = _people(Action.DISMISS_HANDLER, Role.REGISTRAR, case, now)
        record(Action.DISMISS_HANDLER, case, THE_SYSTEM, now, told, officer=official.name, officer_id=official.id)
    return len(lost)


def shield_successor(unit: Unit, successor: Unit, now: datetime) -> None:
    """A unit was closed: what was denounced in it stays hidden from the unit that takes its people and its work.

    Where that unit is the one that holds the case, the case goes one level further up. The top has nothing above it:
    there the closed unit stays named and its handlers stay.
    """
    day = clock.day_of(now)
    if successor.parent_id is None:
        return
    cases = db.session.scalars(select(Case).where(Case.denounced_unit_id == unit.id).order_by(Case.id)).all()
    for case in cases:
        case.denounced_unit = successor
        if lies_in(case.unit.path, successor.path):
            move(case, one_above(successor, day), now)
        db.session.flush()
        record(Action.CORRECT, case, THE_SYSTEM, now, changes={"denounced_unit": [unit.code, successor.code]})


def may_handle(case: Case, official: Official, now: datetime) -> bool:
    """Whether this official may be named: in post at the unit or the inspectorate, and not where it is denounced."""
    posts = official.posts_on(clock.day_of(now))
    if official.is_disabled or _served_there(case, official):
        return False
    inspectorate = str(setting("inspectorate_unit"))
    return any(
        post.role in WORKERS and (post.unit_id == case.unit_id or post.unit.code == inspectorate) for post in posts
    )


def _served_there(case: Case, official: Official) -> bool:
    """Whether they serve where it is denounced, or did on the day it came in or since: who moved on stays out."""
    since = clock.day_of(case.submitted_at)
    return any(
        lies_in(post.unit.path, case.denounced_path or "-")
        for post in official.posts if post.ended_on is None or post.ended_on >= since
    )  # fmt: skip


def look(case: Case, actor: Actor, now: datetime, what: str) -> Event:
    """Somebody read a denunciation: who, when, and which page or paper."""
    return record(Action.LOOK, case, actor, now, name=actor.name, what=what)
