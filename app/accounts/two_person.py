"""Changes that take two: who supervises, inspects or administers is not in one administrator's hands alone.

One administrator asks, another approves within seven days, and only then it happens. Nobody approves what they asked
for themselves, or what is about themselves. The operator at the command line needs nobody: whoever holds the machine
holds it whole (README, Decisions), and leaves the same events.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from flask import current_app
from sqlalchemy import select

from .. import clock
from ..extensions import db
from ..journal.record import record
from ..refusals import Invalid, Missing, NotAllowed, WrongStep
from ..rules.workflow import N_, Action, Actor, Role
from ..units.models import Unit
from . import reach
from .models import ChangeRequest, Official

GUARDED = frozenset({Role.SUPERVISOR, Role.INSPECTOR, Role.ADMINISTRATOR})
"""Roles that watch or give power."""
GOOD_FOR = timedelta(days=7)
RECENT = 20
"""Decided requests shown."""
APPROVED, DECLINED = "approved", "declined"


class Verb(StrEnum):
    """What may be asked for."""

    CREATE = "create"
    BEGIN = "begin"
    END = "end"
    MOVE = "move"
    DISABLE = "disable"
    ENABLE = "enable"
    PASSWORD = "password"
    FACTOR = "factor"
    ADDRESS = "address"


def is_on() -> bool:
    """Whether this installation asks for two (setting TWO_PERSON)."""
    return bool(current_app.config["TWO_PERSON"])


def touches(roles: Iterable[Role | str]) -> bool:
    """Whether a change about these roles takes two."""
    return is_on() and not GUARDED.isdisjoint(Role(role) for role in roles)


def guards(official: Official, day: date) -> bool:
    """Whether changes about this official take two: one of the guarded roles is held that day."""
    return touches(post.role for post in official.posts_on(day))


def ask(verb: Verb, official: Official | None, unit: Unit, facts: dict[str, Any], actor: Actor,
        now: datetime) -> ChangeRequest:  # fmt: skip
    """One administrator asks; nothing changes yet. Invalid where the same is asked for already. The caller commits."""
    if official is not None:
        reach.must_not_be_self(actor, official)
    reach.must_reach_unit(actor, unit)
    number = official.id if official else None
    same = (row for row in _waiting(now) if (row.verb, row.official_id, row.facts) == (verb, number, facts))
    if next(same, None) is not None:
        raise Invalid(N_("Việc này đã được đề nghị, đang chờ quản trị thứ hai."))
    row = ChangeRequest(verb=str(verb), official_id=number, unit_id=unit.id, facts=facts, asked_by_id=actor.official_id,
                        asked_at=now)  # fmt: skip
    db.session.add(row)
    db.session.flush()
    _remember(Action.CHANGE_ASKED, row, actor, now, verb=str(verb), unit=unit.code, **_plain(facts))
    return row


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    return {key: facts[key] for key in ("account", "role", "post") if key in facts}


def _remember(action: Action, row: ChangeRequest, actor: Actor, now: datetime, **facts: Any) -> None:
    record(action, None, actor, now, about=f"request:{row.id}", official=row.official_id, **facts)


def _waiting(now: datetime) -> list[ChangeRequest]:
    statement = select(ChangeRequest).where(ChangeRequest.outcome == "", ChangeRequest.asked_at > now - GOOD_FOR)
    return list(db.session.scalars(statement.order_by(ChangeRequest.id)))


def waiting(actor: Actor, now: datetime) -> list[ChangeRequest]:
    """What waits in this administrator's units, the oldest first; the own requests too."""
    return [row for row in _waiting(now) if reach.reaches_path(actor, row.unit.path)]


def decided(actor: Actor) -> list[ChangeRequest]:
    """The last ones decided there."""
    statement = select(ChangeRequest).where(ChangeRequest.outcome != "").order_by(ChangeRequest.decided_at.desc())
    rows = [row for row in db.session.scalars(statement.limit(RECENT * 5)) if reach.reaches_path(actor, row.unit.path)]
    return rows[:RECENT]


def to_decide(request_id: int, actor: Actor, now: datetime) -> ChangeRequest:
    """A request this administrator may decide on, locked until the transaction ends.

    Missing out of reach; NotAllowed for the own one and for what is about oneself; WrongStep where it was decided, ran
    out, or whoever asked is no administrator any more.
    """
    row = db.session.scalar(select(ChangeRequest).where(ChangeRequest.id == request_id).with_for_update())
    if row is None or not reach.reaches_path(actor, row.unit.path):
        raise Missing
    if actor.official_id in (row.asked_by_id, row.official_id):
        raise NotAllowed(N_("Đề nghị của mình, hoặc về mình, thì một quản trị khác duyệt."))
    is_over = row.outcome != "" or row.asked_at <= now - GOOD_FOR
    asker = row.asked_by.actor(clock.day_of(now))
    if is_over or not any(post.role == Role.ADMINISTRATOR for post in asker.posts):
        raise WrongStep(N_("Đề nghị này đã xong hoặc đã quá hạn."))
    return row


def settle(row: ChangeRequest, outcome: str, actor: Actor, now: datetime) -> None:
    """Write down how it was decided, with an event. The caller commits."""
    row.outcome, row.decided_by_id, row.decided_at = outcome, actor.official_id, now
    db.session.flush()
    action = Action.CHANGE_APPROVED if outcome == APPROVED else Action.CHANGE_DECLINED
    _remember(action, row, actor, now, verb=row.verb, asked_by=row.asked_by_id)


def withdraw(request_id: int, actor: Actor, now: datetime) -> None:
    """Whoever asked takes it back. The caller commits."""
    row = db.session.get(ChangeRequest, request_id)
    if row is None or row.asked_by_id != actor.official_id:
        raise Missing
    if row.outcome:
        raise WrongStep(N_("Đề nghị này đã xong hoặc đã quá hạn."))
    settle(row, DECLINED, actor, now)
