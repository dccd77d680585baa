"""Watches the clocks: who has to be told of what this morning, and has not been. Reads only; few statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from .. import clock
from ..accounts.models import Official
from ..accounts.queries import post_paths, standing
from ..cases.models import Case, Contribution, Deadline, Handler
from ..extensions import db
from ..journal.models import Digest, Morning, Warned
from ..rules.deadlines import Rules
from ..rules.warnings import (
    OVERDUE,
    Clock,
    Ladder,
    People,
    Telling,
    horizon,
    tellings,
    wants_summary,
)
from ..rules.workflow import DUTIES, DUTY_STATUSES, OPEN, SHOWN, Kind, Role
from ..units.calendar import law
from ..units.models import Unit
from ..units.queries import DEFAULTS, setting
from .watch_promises import untold

DAY_BEGINS = time(6, 0)
"""Earlier than this is night, whatever the setting says."""
OFFICES_CLOSE = time(18, 0)
"""A worker that comes later than this leaves the digest to the next working morning."""
OPEN_STATUSES = sorted(str(status) for status in OPEN)
WORKED_STATUSES = sorted(str(status) for status in DUTY_STATUSES)
"""Where something may still be owed: while it is open, and after the decision while papers are to be sent."""
PART = "part:"
"""How the clock of a contribution is named: with its id."""


@dataclass
class Due:
    """What one official has to be told; `late_open` sums up the head's late cases in the week's first digest.

    `things` are told of what is no case: sessions, promises, days owed (watch_promises.py).
    """

    official_id: int
    tellings: list[Telling] = field(default_factory=list)
    things: list[Telling] = field(default_factory=list)
    late_open: int = 0


def is_time(now: datetime) -> bool:
    """Whether digests go out at this moment: a working day's morning or later, before the offices close, not done."""
    return is_office_time(now) and db.session.get(Morning, clock.day_of(now)) is None


def is_office_time(now: datetime) -> bool:
    """Whether officials are written to at this moment: on a working day, from the morning until the offices close."""
    local = clock.local(now)
    return starts_at() <= local.time() < OFFICES_CLOSE and law().calendar.is_working(local.date())


def starts_at() -> time:
    """The time of day before which no digest goes out (setting digest_time); a time at night counts as unset."""
    try:
        said = time.fromisoformat(str(setting("digest_time")))
    except ValueError:
        said = time.min
    return said if DAY_BEGINS <= said < OFFICES_CLOSE else time.fromisoformat(DEFAULTS["digest_time"])


def due(today: date) -> list[Due]:
    """Everybody who has to be told something today and has no digest of today, by official."""
    rules = law()
    ladder = Ladder(rules.warn_before_days, rules.escalate_after_days)
    clocks = running(rules, horizon(ladder, rules.calendar, today))
    people = who_holds_what(clocks, today)
    told, had, carried = told_already(), digests_on(today), carried_this_week(today)
    found: dict[int, Due] = {}
    late: dict[int, set[int]] = defaultdict(set)
    for telling in (t for c in clocks for t in tellings(c, people, rules.calendar, today, ladder)):
        if telling.why == OVERDUE and not telling.clock.is_sealed:
            late[telling.official_id].add(telling.clock.case_id)
        if telling.key not in told:
            found.setdefault(telling.official_id, Due(telling.official_id)).tellings.append(telling)
    for telling in untold(rules, ladder, people, today):
        found.setdefault(telling.official_id, Due(telling.official_id)).things.append(telling)
    for official_id, cases in late.items():
        one = found.get(official_id) or Due(official_id)
        new = {t.clock.case_id for t in one.tellings if t.why == OVERDUE}
        if cases - new and wants_summary(carried.get(official_id, ()), today):
            found[official_id], one.late_open = one, len(cases)
    return [found[i] for i in sorted(found) if i not in had]


def running(rules: Rules, until: date) -> list[Clock]:
    """The clocks of open cases that run and end by that day, and the parts asked of other units. Three statements."""
    units_of_count = {rule.id: rule.unit for rule in rules.rules}
    handlers = _handlers()
    return [
        *(_of_case(row, units_of_count, handlers) for row in db.session.execute(case_clocks(until))),
        *(_of_part(row, handlers) for row in db.session.execute(part_clocks(until))),
    ]


def case_clocks(until: date) -> Any:
    """Running clocks up to the answer and of the duties beside and after it, with what the rules ask of their cases."""
    denounced = aliased(Unit)
    return (
        select(Case.id, Case.kind, Deadline.stage, Deadline.due_on, Deadline.rule_id, Unit.path,
               Official.id.label("officer"), denounced.path.label("denounced"))
        .join(Deadline, Deadline.case_id == Case.id)
        .join(Unit, Unit.id == Case.unit_id)
        .outerjoin(Official, (Official.id == Case.assigned_to_id) & Official.is_disabled.is_(False))
        .outerjoin(denounced, denounced.id == Case.denounced_unit_id)
        .where(Case.status.in_(WORKED_STATUSES), Deadline.due_on <= until, or_(
            Case.status.in_(OPEN_STATUSES) & Deadline.stage.in_(sorted(SHOWN)), Deadline.stage.in_(sorted(DUTIES)),
        ))
        .where(Deadline.met_at.is_(None), Deadline.ended_at.is_(None), Deadline.paused_on.is_(None))
        .order_by(Deadline.due_on, Case.id, Deadline.id)
    )  # fmt: skip


def part_clocks(until: date) -> Any:
    """Parts of open cases that were asked for, and neither came nor were dropped."""
    denounced = aliased(Unit)
    return (
        select(Case.id, Case.kind, Contribution.id.label("part"), Contribution.due_on, Unit.path,
               Official.id.label("officer"), denounced.path.label("denounced"))
        .join(Contribution, Contribution.case_id == Case.id)
        .join(Unit, Unit.id == Contribution.unit_id)
        .outerjoin(Official, (Official.id == Case.assigned_to_id) & Official.is_disabled.is_(False))
        .outerjoin(denounced, denounced.id == Case.denounced_unit_id)
        .where(Case.status.in_(OPEN_STATUSES), Contribution.due_on <= until)
        .where(Contribution.answered_at.is_(None), Contribution.dropped_at.is_(None))
        .order_by(Contribution.due_on, Contribution.id)
    )  # fmt: skip


def still_running(case_ids: Iterable[int]) -> set[tuple[int, str, date]]:
    """The clocks and parts of these cases that run at this moment: case, stage, due date. Two statements."""
    ids = sorted(case_ids)
    cases = db.session.execute(case_clocks(date.max).where(Case.id.in_(ids)))
    parts = db.session.execute(part_clocks(date.max).where(Case.id.in_(ids)))
    return {(row.id, row.stage, row.due_on) for row in cases} | {
        (row.id, f"{PART}{row.part}", row.due_on) for row in parts
    }


def _handlers() -> dict[int, frozenset[int]]:
    """The named handlers of open denunciations, by case."""
    rows = db.session.execute(
        select(Handler.case_id, Handler.official_id)
        .join(Case, Case.id == Handler.case_id)
        .join(Official, Official.id == Handler.official_id)
        .where(Handler.ended_at.is_(None), Official.is_disabled.is_(False), Case.status.in_(WORKED_STATUSES))
    )
    found: dict[int, set[int]] = defaultdict(set)
    for case_id, official_id in rows:
        found[case_id].add(official_id)
    return {case_id: frozenset(ids) for case_id, ids in found.items()}


def _of_case(row: Any, units_of_count: dict[str, str], handlers: dict[int, frozenset[int]]) -> Clock:
    return Clock(
        row.id, row.stage, row.due_on, units_of_count.get(row.rule_id, "calendar_days"), row.path,
        _working_on(row, handlers), row.kind == Kind.DENUNCIATION, row.denounced or "",
    )  # fmt: skip


def _of_part(row: Any, handlers: dict[int, frozenset[int]]) -> Clock:
    # A date inside the house, set by the lead: counted as offices work.
    return Clock(
        row.id, f"{PART}{row.part}", row.due_on, "working_days", row.path, frozenset(),
        row.kind == Kind.DENUNCIATION, row.denounced or "", is_part=True, leads=_working_on(row, handlers),
    )  # fmt: skip


def _working_on(row: Any, handlers: dict[int, frozenset[int]]) -> frozenset[int]:
    """Of a denunciation its named handlers only; else the official it is assigned to."""
    if row.kind == Kind.DENUNCIATION:
        return handlers.get(row.id, frozenset())
    return frozenset({row.officer} if row.officer else ())


def who_holds_what(clocks: Iterable[Clock], today: date) -> People:
    """The people of the tree on that day; the posts of those who may hear of a denunciation too."""
    held = standing([Role.HEAD, Role.REGISTRAR, Role.INSPECTOR, Role.ADMINISTRATOR], today)
    keepers: dict[int, frozenset[int]] = {}
    for role in (Role.REGISTRAR, Role.INSPECTOR):
        for unit_id, ids in held[role].items():
            keepers[unit_id] = keepers.get(unit_id, frozenset()) | ids
    people = People(_frozen(held[Role.HEAD]), keepers, _frozen(held[Role.ADMINISTRATOR]))
    sealed = [c for c in clocks if c.is_sealed]
    if not sealed:
        return people
    knowing = {i for ids in keepers.values() for i in ids} | {i for c in sealed for i in c.handlers}
    return replace(people, paths=post_paths(knowing, today))


def _frozen(by_unit: dict[int, set[int]]) -> dict[int, frozenset[int]]:
    return {unit_id: frozenset(ids) for unit_id, ids in by_unit.items()}


def told_already() -> set[tuple[int, int, str, date, str]]:
    """The keys of everything that was told of cases still open."""
    rows = db.session.execute(
        select(Warned.official_id, Warned.case_id, Warned.stage, Warned.due_on, Warned.step)
        .join(Case, Case.id == Warned.case_id)
        .where(Case.status.in_(WORKED_STATUSES))
    )
    return {(row[0], row[1], row[2], row[3], row[4]) for row in rows}


def digests_on(today: date) -> set[int]:
    """Officials who have today's digest already."""
    return set(db.session.scalars(select(Digest.official_id).where(Digest.on == today)))


def carried_this_week(today: date) -> dict[int, list[date]]:
    """On which days of the last week each official's digest told of late cases."""
    rows = db.session.execute(
        select(Digest.official_id, Digest.on).where(Digest.on > today - timedelta(days=7), Digest.tells_late)
    )
    found: dict[int, list[date]] = defaultdict(list)
    for official_id, on in rows:
        found[official_id].append(on)
    return found
