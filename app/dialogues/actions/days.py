"""A reception day is opened, moved with everybody who booked, recorded as held. Recurring calendars: patterns.py.

Law 42/2013/QH13 as amended by Law 136/2025/QH15: the head's own day is never given to somebody else (art. 15), an
unscheduled one has its reason (art. 18.3), and nobody who booked is left standing: a day is called off only with a
reason and a new date.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from ... import clock
from ...accounts.models import Official
from ...cases.folding import nfc
from ...extensions import db
from ...journal.record import head_for_update
from ...refusals import Invalid, WrongStep
from ...rules.dialogues import reception
from ...rules.dialogues.reception import DayKind
from ...rules.workflow import N_, Action, Actor
from ...units.calendar import law
from ...units.models import Unit
from ..models import ReceptionDay, ReceptionPattern
from ..queries.hosts import binding, heads, is_deputy, is_head, who_may_receive
from .perform import must_at, remember
from .texts import LINE, text

MODES = ("in_person", "online", "both")
FARTHEST = timedelta(days=730)
OLDEST = timedelta(days=366)
"""How long afterwards an unscheduled reception can still be written down."""


@dataclass(frozen=True)
class NewDay:
    """What somebody typed about a reception day; wall times of the town."""

    on: date
    starts: time
    ends: time
    slot_minutes: int = 30
    capacity: int = 1
    mode: str = "in_person"
    place: str = ""
    link: str = ""
    kind: str = DayKind.PERIODIC
    host: Official | None = field(default=None, repr=False)
    """None on the head's own day: the head; on others: whoever of the staff is there."""
    reason: str = ""


def open_day(new: NewDay, unit: Unit, actor: Actor, now: datetime,
             pattern: ReceptionPattern | None = None) -> ReceptionDay:  # fmt: skip
    """Put one reception day in the calendar; the very same day twice gives the same row.

    Invalid names the field: a day off or past (unless unscheduled, which wants its reason), times that make no slots,
    a host who is not the head, another day of the same host at the same time.
    """
    must_at(Action.OPEN_DAY, unit, actor)
    head_for_update(now)  # whoever opens a day passes here one by one: two clerks do not open two at one time
    check(new, now)
    host = host_of(new, unit)
    standing = clashing(unit.id, new.on, new.starts, new.ends, host)
    if standing:
        return _same(standing, new, host)
    day = ReceptionDay(
        unit_id=unit.id, pattern_id=pattern.id if pattern else None, on=new.on, starts=new.starts, ends=new.ends,
        slot_minutes=new.slot_minutes, capacity=new.capacity, mode=new.mode, place=text(new.place, "place", LINE),
        link=text(new.link, "link", LINE), kind=new.kind, host_id=host.id if host else None, made_at=now,
        state="open", reason=nfc(new.reason).strip() if new.kind == DayKind.UNSCHEDULED else "",
    )  # fmt: skip
    day.unit = unit
    db.session.add(day)
    db.session.flush()
    remember(Action.OPEN_DAY, day.about, unit.id, actor, now, status="open", **_when(day), kind=day.kind,
             host=day.host_id, pattern=day.pattern_id)  # fmt: skip
    return day


def check(new: NewDay, now: datetime) -> None:
    """Invalid, unless such a day can be."""
    if new.kind not in list(DayKind):
        raise Invalid(N_("Chọn một mục trong danh sách."), "kind")
    if new.mode not in MODES:
        raise Invalid(N_("Chọn một mục trong danh sách."), "mode")
    wrong = reception.wrong_times(new.starts, new.ends, new.slot_minutes, new.capacity)
    if wrong:
        raise Invalid(wrong[1], wrong[0])
    if new.mode != "online" and not new.place.strip():
        raise Invalid(N_("Ghi nơi tiếp công dân."), "place")
    if new.mode != "in_person" and not new.link.strip():
        raise Invalid(N_("Ghi đường dẫn để vào họp trực tuyến."), "link")
    if new.kind == DayKind.UNSCHEDULED:
        _check_unscheduled(new, clock.day_of(now))
    else:
        check_date(new.on, new.starts, now)


def _check_unscheduled(new: NewDay, today: date) -> None:
    """Law 42/2013/QH13 art. 18.3: urgent and complex, many people, or serious consequences; so it is said why."""
    if not new.reason.strip():
        raise Invalid(N_("Ghi vì sao tiếp đột xuất (Luật Tiếp công dân, điều 18 khoản 3)."), "reason")
    if not today - OLDEST <= new.on <= today + FARTHEST:
        raise Invalid(N_("Ngày này xa quá. Kiểm tra lại giúp."), "on")


def check_date(on: date, starts: time, now: datetime) -> None:
    """Invalid, unless the offices work on that day and its hour is still to come."""
    if datetime.combine(on, starts) <= clock.local(now).replace(tzinfo=None):
        raise Invalid(N_("Giờ này đã qua. Chọn giờ khác."), "on")
    if on > clock.day_of(now) + FARTHEST:
        raise Invalid(N_("Ngày này xa quá. Kiểm tra lại giúp."), "on")
    if not law().calendar.is_working(on):
        raise Invalid(N_("Ngày này cơ quan nghỉ. Chọn một ngày làm việc."), "on")


def host_of(new: NewDay, unit: Unit) -> Official | None:
    """Who is to receive: on the head's own day the head and nobody else; else anybody of the unit, or nobody named."""
    if new.kind == DayKind.PERIODIC:
        return _head_for(new, unit)
    if new.host is not None and new.host not in who_may_receive(unit.id, new.on):
        raise Invalid(N_("Người này không giữ vị trí nào ở đơn vị vào ngày đó."), "host")
    return new.host


def _head_for(new: NewDay, unit: Unit) -> Official:
    holders = heads(unit.id, new.on)
    if new.host is None and len(holders) == 1:
        return holders[0]
    if new.host is None:
        raise Invalid(N_("Chọn người đứng đầu sẽ tiếp buổi này."), "host")
    if new.host in holders:
        return new.host
    duty = binding(unit, new.on)
    if not is_deputy(new.host.id, unit.id, new.on):
        raise Invalid(N_("Buổi tiếp định kỳ do chính người đứng đầu tiếp (Luật Tiếp công dân, điều 12, 15, 18)."),
                      "host")  # fmt: skip
    if duty is not None and duty.no_deputy:
        raise Invalid(NO_DEPUTY, "host")
    return new.host


NO_DEPUTY = N_(
    "Buổi tiếp định kỳ ở đây không giao cho cấp phó: Luật Tiếp công dân, điều 15, sửa bởi Luật 136/2025/QH15."
)


def will_not_count(day: ReceptionDay) -> bool:
    """Whether a deputy is to receive on the head's own day, where the law lets it: it fills no duty."""
    return day.kind == DayKind.PERIODIC and day.host_id is not None and not is_head(day.host_id, day.unit_id, day.on)


def clashing(unit_id: int, on: date, starts: time, ends: time, host: Official | None,
             but: int | None = None) -> ReceptionDay | None:  # fmt: skip
    """Another day of this unit and host that shares some of these hours. A day without a host clashes with its like."""
    statement = select(ReceptionDay).where(
        ReceptionDay.unit_id == unit_id, ReceptionDay.on == on, ReceptionDay.state != "moved",
        ReceptionDay.host_id == host.id if host else ReceptionDay.host_id.is_(None),
    )  # fmt: skip
    for row in db.session.scalars(statement.order_by(ReceptionDay.id)):
        if row.id != but and reception.overlap(starts, ends, row.starts, row.ends):
            return row
    return None


def _same(row: ReceptionDay, new: NewDay, host: Official | None) -> ReceptionDay:
    """The day that this form made before; any other at the same hours is refused."""
    typed = (new.starts, new.ends, new.slot_minutes, new.capacity, new.mode, new.kind, nfc(new.place).strip())
    if row.state == "open" and typed == (
        row.starts, row.ends, row.slot_minutes, row.capacity, row.mode, row.kind, row.place,
    ):  # fmt: skip
        return row
    raise Invalid(N_("Vào giờ này đã có một buổi tiếp khác của cùng người tiếp."), "starts")


def must_be_open(day: ReceptionDay) -> None:
    """WrongStep once the day was moved or held."""
    if day.state == "moved":
        raise WrongStep(N_("Buổi tiếp này đã dời sang ngày khác."))
    if day.state != "open":
        raise WrongStep(N_("Buổi tiếp này đã ghi là đã diễn ra."))


def _when(day: ReceptionDay) -> dict[str, Any]:
    return {"on": day.on, "starts": f"{day.starts:%H:%M}", "ends": f"{day.ends:%H:%M}"}
