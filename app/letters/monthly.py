"""Owes the report of the month: on the first working day, one letter to each head and supervisor of a unit, once.

The event "report:<unit>:<month>" is written with its notices in one transaction behind the journal's lock, after a look
whether it stands there already: a worker that dies before the commit has owed nothing, two at once owe it once. The
paper is made when the letter goes out (report.py).
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, select

from .. import clock
from ..accounts.models import Official
from ..accounts.queries import standing
from ..cases.models import Custody
from ..extensions import db, writing
from ..journal.models import Event
from ..journal.record import Thing, Told, head_for_update, record
from ..rules.monthly import next_month, owed_month, readers, reported_on, year_before
from ..rules.workflow import THE_SYSTEM, Action, Kind, Role
from ..units.calendar import law
from ..units.models import Unit
from ..units.queries import setting
from .watch import is_office_time

ABOUT = "report:"
"""How events name a report."""


@dataclass(frozen=True)
class Owed:
    """The report of one unit that nobody was sent yet, and to whom it goes."""

    unit_id: int
    about: str
    official_ids: tuple[int, ...]


def about(code: str, month: date) -> str:
    """The name of a report in the journal."""
    return f"{ABOUT}{code}:{month:%Y-%m}"


def write_monthly(now: datetime, stop: threading.Event | None = None) -> int:
    """Owe what is due at `now`, if officials are written to at this hour; how many reports. Commits one by one."""
    if not is_office_time(now) or not setting("monthly_report"):
        return 0
    month = owed_month(clock.day_of(now), law().calendar)
    written = 0
    for one in owed(month, clock.day_of(now)) if month else ():
        if stop is not None and stop.is_set():
            break
        with writing():
            written += _owe(one, now)
    return written


def owed(month: date, today: date) -> list[Owed]:
    """The reports of a month that were not sent: units with readers, and with any case in the year. Few statements."""
    held = standing([Role.HEAD, Role.SUPERVISOR], today)
    units = db.session.execute(select(Unit.id, Unit.code, Unit.path).order_by(Unit.id)).all()
    to_whom = {unit.id: readers(unit.id, held[Role.HEAD], held[Role.SUPERVISOR]) for unit in units}
    named = {unit.id: about(unit.code, month) for unit in units if to_whom[unit.id]}
    gone = sent(named.values())
    waiting = {unit_id: name for unit_id, name in named.items() if name not in gone}
    lively = reported_on({unit.id: unit.path for unit in units}, _busy(month)) if waiting else set()
    return [Owed(i, name, tuple(to_whom[i])) for i, name in waiting.items() if i in lively]


def sent(names: Iterable[str]) -> set[str]:
    """Which of these reports were owed already."""
    return set(db.session.scalars(select(Event.subject).where(Event.subject.in_(sorted(names)))))


def _busy(month: date) -> list[int]:
    """Units at which a case came in the year before the month's end, or still lies; a denunciation betrays nothing."""
    here, after = (Custody.unit_id == Unit.id) & (Custody.kind != Kind.DENUNCIATION), next_month(month)
    came = exists().where(here, Custody.began_at >= clock.start_of(year_before(after)),
                          Custody.began_at < clock.start_of(after))  # fmt: skip
    return list(db.session.scalars(select(Unit.id).where(came | exists().where(here, Custody.is_open))))


def _owe(one: Owed, now: datetime) -> bool:
    """The event and its notices, unless another worker was first; by mail where there is an address, else the desk."""
    head_for_update(now)  # writers pass here one by one: what the other one wrote is seen below
    if sent([one.about]):
        db.session.rollback()
        return False
    record(Action.MONTHLY_REPORT, Thing(one.about, one.unit_id), THE_SYSTEM, now, told(one.official_ids),
           officials=len(one.official_ids))  # fmt: skip
    db.session.commit()
    return True


def told(official_ids: Iterable[int]) -> list[Told]:
    """The notices of these officials."""
    rows = db.session.execute(select(Official.id, Official.email).where(Official.id.in_(list(official_ids))))
    return [Told(Role.OFFICER, row.id, by_mail=bool(row.email.strip())) for row in rows]
