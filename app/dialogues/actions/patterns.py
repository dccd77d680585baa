"""A unit's recurring calendar: kept as a rule, and days made from it ahead of time.

A day that falls on a day off moves to the next working day; one that would then meet another of the same host goes a
day further, so that the number of days that the law wants is not lost in a long holiday.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from ... import clock
from ...accounts.models import Official
from ...extensions import db
from ...journal.record import head_for_update
from ...refusals import Invalid, WrongStep
from ...rules.dialogues import recurrence
from ...rules.dialogues.reception import DayKind
from ...rules.dialogues.recurrence import Recurrence
from ...rules.workflow import N_, Action, Actor
from ...units.calendar import law
from ...units.models import Unit
from ..models import ReceptionDay, ReceptionPattern
from ..queries.hosts import heads, who_may_receive
from .days import FARTHEST, NewDay, check, clashing, open_day
from .perform import must_at, remember
from .texts import LINE, text


@dataclass(frozen=True)
class NewPattern:
    """What somebody typed about a recurring calendar."""

    recurrence: Recurrence
    from_on: date
    starts: time
    ends: time
    until_on: date | None = None
    slot_minutes: int = 30
    capacity: int = 1
    mode: str = "in_person"
    place: str = ""
    link: str = ""
    kind: str = DayKind.PERIODIC
    host: Official | None = field(default=None, repr=False)
    """None: whoever is head on each day."""


def save_pattern(new: NewPattern, unit: Unit, actor: Actor, now: datetime) -> ReceptionPattern:
    """Keep a recurring calendar; the same one twice is one. Its days are made by make_days.

    Invalid names the field, as for one day. A calendar of unscheduled days there cannot be.
    """
    must_at(Action.OPEN_DAY, unit, actor)
    head_for_update(now)
    _check(new, now)
    row = ReceptionPattern(
        unit_id=unit.id, rule=new.recurrence.rule(), from_on=new.from_on, until_on=new.until_on, starts=new.starts,
        ends=new.ends, slot_minutes=new.slot_minutes, capacity=new.capacity, mode=new.mode,
        place=text(new.place, "place", LINE), link=text(new.link, "link", LINE), kind=new.kind, is_active=True,
        host_id=new.host.id if new.host else None,
    )  # fmt: skip
    known = _known(row)
    if known is not None:
        return known
    row.unit, row.host = unit, new.host
    db.session.add(row)
    db.session.flush()
    remember(Action.SETTING_CHANGED, f"pattern:{row.id}", unit.id, actor, now, rule=row.rule, kind=row.kind,
             starts=f"{row.starts:%H:%M}", ends=f"{row.ends:%H:%M}", from_on=row.from_on)  # fmt: skip
    return row


def _check(new: NewPattern, now: datetime) -> None:
    refused = new.recurrence.why_not()
    if refused:
        raise Invalid(refused[1], refused[0])
    if new.kind not in (DayKind.REGULAR, DayKind.PERIODIC):
        raise Invalid(N_("Chọn một mục trong danh sách."), "kind")
    today = clock.day_of(now)
    if not today - timedelta(days=31) <= new.from_on <= today + FARTHEST:
        raise Invalid(N_("Ngày này xa quá. Kiểm tra lại giúp."), "from_on")
    if new.until_on is not None and new.until_on < new.from_on:
        raise Invalid(N_("Ngày cuối đứng trước ngày đầu."), "until_on")
    tomorrow = next(recurrence.working_from(today + timedelta(days=1), law().calendar))
    check(_day(new, tomorrow), now)


def _day(row: NewPattern | ReceptionPattern, on: date, host: Official | None = None) -> NewDay:
    return NewDay(on, row.starts, row.ends, row.slot_minutes, row.capacity, row.mode, row.place, row.link, row.kind,
                  host)  # fmt: skip


SAME = ("rule", "from_on", "until_on", "starts", "ends", "slot_minutes", "capacity", "mode", "place", "kind", "host_id")


def _known(row: ReceptionPattern) -> ReceptionPattern | None:
    rows = db.session.scalars(
        select(ReceptionPattern).where(ReceptionPattern.unit_id == row.unit_id, ReceptionPattern.is_active)
    )
    return next((old for old in rows if all(getattr(old, name) == getattr(row, name) for name in SAME)), None)


def stop_pattern(pattern: ReceptionPattern, actor: Actor, now: datetime) -> None:
    """No more days are made from it. Days that stand already stay: whoever booked there is expected."""
    must_at(Action.OPEN_DAY, pattern.unit, actor)
    if not pattern.is_active:
        raise WrongStep(N_("Lịch này đã dừng."))
    pattern.is_active = False
    remember(Action.SETTING_CHANGED, f"pattern:{pattern.id}", pattern.unit_id, actor, now, is_active=False)


def make_days(pattern: ReceptionPattern, until: date, actor: Actor, now: datetime) -> list[ReceptionDay]:
    """The days of a calendar up to and with a date, which were not made yet; made again, there are none to make.

    A day that was moved since is not made a second time. Days of a past hour are left out. Where nobody is head on a
    day that far ahead, the days end there: they are made once somebody is.
    """
    must_at(Action.OPEN_DAY, pattern.unit, actor)
    head_for_update(now)
    db.session.refresh(pattern)
    if not pattern.is_active:
        raise WrongStep(N_("Lịch này đã dừng."))
    last = min(until, pattern.until_on or until, clock.day_of(now) + FARTHEST)
    made = []
    for nominal in list(_nominal(pattern, clock.day_of(now), last)):
        new, is_known = _placed(pattern, nominal, now)
        if new is None and not is_known:
            last = nominal - timedelta(days=1)
            break
        if new is not None:
            made.append(open_day(new, pattern.unit, actor, now, pattern))
    pattern.made_until = max(last, pattern.made_until or last)
    db.session.flush()
    return made


def _nominal(pattern: ReceptionPattern, today: date, last: date) -> Iterator[date]:
    """The days that the rule names, from the first not made yet."""
    from dateutil.rrule import rrulestr

    since = max(pattern.from_on, today)
    if pattern.made_until is not None:
        since = max(since, pattern.made_until + timedelta(days=1))
    begin = datetime.combine(pattern.from_on, time())
    found = rrulestr(pattern.rule, dtstart=begin).between(
        datetime.combine(since, time()), datetime.combine(last, time()), inc=True
    )
    return (moment.date() for moment in found)


def _placed(pattern: ReceptionPattern, nominal: date, now: datetime) -> tuple[NewDay | None, bool]:
    """The day where it can stand; None and true where there is none to make: its hour has passed, it stands already."""
    wall = clock.local(now).replace(tzinfo=None)
    for on in recurrence.working_from(nominal, law().calendar):
        if datetime.combine(on, pattern.starts) <= wall:
            return None, True
        host = _host(pattern, on)
        if pattern.kind == DayKind.PERIODIC and host is None:
            return None, False
        other = clashing(pattern.unit_id, on, pattern.starts, pattern.ends, host)
        if other is None:
            return _day(pattern, on, host), False
        if on == nominal and other.pattern_id != pattern.id:
            return None, True  # opened by hand already
    return None, True


def _host(pattern: ReceptionPattern, on: date) -> Official | None:
    """The named host while head of the unit, else whoever is; of regular days the one named."""
    if pattern.kind != DayKind.PERIODIC:
        return pattern.host if pattern.host in who_may_receive(pattern.unit_id, on) else None
    holders = heads(pattern.unit_id, on)
    return pattern.host if pattern.host in holders else (holders[0] if holders else None)
