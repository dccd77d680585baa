"""When people or units leave: the verbs of accounts and units together with the cases they hold.

Cases are only handed on here: an administrator who does it sees their reference and status, nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from .. import clock
from ..accounts import actions as people
from ..accounts.models import Official, Post
from ..accounts.queries import held_on, holders
from ..cases.actions.house import hand_over, succeed
from ..cases.actions.places import one_above
from ..cases.actions.sealed import leave, shield_successor
from ..cases.models import Case
from ..extensions import db
from ..refusals import Invalid
from ..rules.visibility import lies_in
from ..rules.workflow import N_, OPEN, THE_SYSTEM, Actor, Kind, Role, Status
from ..units import actions as units
from ..units.models import Unit

OPEN_STATUSES = sorted(str(status) for status in OPEN | {Status.SCHEDULED})
"""What moves on with its unit and its officer: all that is owed, and meetings still to come."""


@dataclass(frozen=True)
class Choice:
    """Who takes the open cases, by official id; None puts a case back to the unit's unassigned ones.

    A case's own choice stands over its unit's, that over the one for all.
    """

    for_all: int | None = None
    by_unit: Mapping[int, int | None] = field(default_factory=dict)
    by_case: Mapping[int, int | None] = field(default_factory=dict)

    def taker_of(self, case: Case) -> int | None:
        """The id of who takes this case."""
        return self.by_case.get(case.id, self.by_unit.get(case.unit_id, self.for_all))


def cases_of(official: Official) -> list[Case]:
    """Open cases an official holds, by unit and due date."""
    statement = (
        select(Case)
        .options(joinedload(Case.unit))
        .where(Case.assigned_to_id == official.id, Case.status.in_(OPEN_STATUSES))
        .order_by(Case.unit_id, Case.due_on, Case.id)
    )
    return list(db.session.scalars(statement))


def cases_at(official: Official, post: Post) -> list[Case]:
    """Open cases nobody may work on any more once the official leaves that post."""
    today = clock.today()
    stays = any(
        other.id != post.id and other.unit_id == post.unit_id and other.role == Role.OFFICER
        for other in official.posts_on(today)
    )
    if post.role != Role.OFFICER or stays:
        return []
    return [case for case in cases_of(official) if case.unit_id == post.unit_id]


def takers(cases: Iterable[Case], leaver: Official, day: date) -> dict[int, list[Official]]:
    """For each unit of these cases the officers who may take them."""
    unit_ids = list(dict.fromkeys(case.unit_id for case in cases))
    return {
        unit_id: [officer for officer in holders(unit_id, (Role.OFFICER,), day) if officer.id != leaver.id]
        for unit_id in unit_ids
    }


def _hand_on(cases: list[Case], choice: Choice, leaver: Official, actor: Actor, now: datetime) -> int:
    able = takers(cases, leaver, clock.day_of(now))
    for case in cases:
        wanted = choice.taker_of(case)
        officer = next((officer for officer in able[case.unit_id] if officer.id == wanted), None)
        if wanted is not None and officer is None:
            raise Invalid(N_("Người nhận phải là cán bộ xử lý của đơn vị đang giữ việc."), f"unit_{case.unit_id}")
        hand_over(case, officer, actor, now)
    return len(cases)


def disable(official: Official, choice: Choice, actor: Actor, now: datetime) -> int:
    """Shut an official out and hand on the open cases; how many."""
    count = _hand_on(cases_of(official), choice, official, actor, now)
    people.disable(official, actor, now)
    leave(official, now)
    return count


def end_post(post: Post, choice: Choice, actor: Actor, now: datetime) -> int:
    """Relieve an official of a post and hand on the open cases of that unit; how many."""
    count = _end(post, choice, actor, now)
    leave(post.official, now)
    return count


def _end(post: Post, choice: Choice, actor: Actor, now: datetime) -> int:
    count = _hand_on(cases_at(post.official, post), choice, post.official, actor, now)
    people.end_post(post, actor, now)
    return count


def move(post: Post, unit: Unit, role: Role, choice: Choice, actor: Actor, now: datetime) -> int:
    """Move an official: the post here ends, its cases are handed on, one elsewhere (or in another role) begins."""
    if post.unit_id == unit.id and post.role == role:
        raise Invalid(N_("Cán bộ này đang giữ đúng vai trò đó ở đơn vị đó."), "unit")
    count = _end(post, choice, actor, now)
    people.begin_post(post.official, unit, role, actor, now)
    leave(post.official, now)
    return count


def open_cases_at(unit: Unit) -> list[Case]:
    """Open cases in a unit's hands, denunciations too: they move like the others, but are not counted aloud."""
    statement = select(Case).where(Case.unit_id == unit.id, Case.status.in_(OPEN_STATUSES)).order_by(Case.id)
    return list(db.session.scalars(statement))


def count_open(unit: Unit) -> int:
    """How many open cases a unit holds, denunciations left out: an administrator does not know of them."""
    statement = select(func.count()).where(
        Case.unit_id == unit.id, Case.status.in_(OPEN_STATUSES), Case.kind != Kind.DENUNCIATION
    )
    return db.session.scalar(statement) or 0


def posts_at(unit: Unit, day: date) -> list[Post]:
    """Posts held at a unit on a day."""
    return list(db.session.scalars(select(Post).where(Post.unit_id == unit.id, held_on(day)).order_by(Post.id)))


def follow_successors(now: datetime) -> int:
    """Open cases that still lie at a closed unit go to its successor: a late letter, an answer reopened; how many.

    The worker calls it every day, so that no case waits behind a door nobody opens any more. The caller commits.
    """
    day = clock.day_of(now)
    statement = (
        select(Case)
        .join(Unit, Unit.id == Case.unit_id)
        .where(Unit.valid_to < day, Unit.successor_id.is_not(None), Case.status.in_(OPEN_STATUSES))
        .order_by(Case.id)
    )
    cases = list(db.session.scalars(statement))
    for case in cases:
        succeed(case, home_of(case, heir_of(case.unit, day), day), THE_SYSTEM, now)
    return len(cases)


def home_of(case: Case, heir: Unit, day: date) -> Unit:
    """Where a case goes when its unit closes: the heir, but never a denunciation to where it is denounced."""
    if case.denounced_unit is not None and lies_in(heir.path, case.denounced_path):
        return one_above(case.denounced_unit, day)
    return heir


def heir_of(unit: Unit, day: date) -> Unit:
    """The unit that works in its place today: its successor, or the successor's own."""
    while unit.successor is not None and not unit.is_valid(day):
        unit = unit.successor
    return unit


def close(unit: Unit, successor: Unit, from_on: date, takes_people: bool, actor: Actor, now: datetime) -> int:
    """Close a unit or merge it into another: every open case moves with an event of its own; how many.

    Its people lose their posts there; with `takes_people` they get the same roles at the successor.
    """
    day = clock.day_of(now)
    units.close(unit, successor, from_on, actor, now)
    cases = open_cases_at(unit)
    for case in cases:
        by = THE_SYSTEM if case.is_sealed else actor
        succeed(case, home_of(case, successor, day), by, now)
    people_here = {post.official_id: post.official for post in posts_at(unit, day)}
    for post in posts_at(unit, day):
        people.end_post(post, actor, now)
        held = {(p.unit_id, p.role) for p in post.official.posts_on(day)}
        if takes_people and not post.official.is_disabled and (successor.id, post.role) not in held:
            people.begin_post(post.official, successor, Role(post.role), actor, now)
    shield_successor(unit, successor, now)
    for official in people_here.values():
        db.session.refresh(official)
        leave(official, now)
    return sum(not case.is_sealed for case in cases)
