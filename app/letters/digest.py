"""Writes the morning's digests: for each official, in one transaction, what was told, the events and the letter owed.

A worker that dies before the commit has told nothing and another begins again; after it nothing is told twice: the
keys of `warned` and `digest` are unique, and two workers at once meet there.
"""

from __future__ import annotations

import json
import logging
import threading
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from .. import clock
from ..accounts.models import Official
from ..cases.models import Case
from ..extensions import db, writing
from ..journal.models import Digest, Morning, Warned, WarnedOf
from ..journal.record import Thing, Told, record, record_each
from ..rules.deadlines import days_left
from ..rules.warnings import ABOVE, GRAVITY, LEAD, NOBODY, OVERDUE, VERIFY, YOURS, Telling, gravest, line_up
from ..rules.workflow import THE_SYSTEM, Action, Role
from ..units.calendar import law
from ..units.models import Unit
from ..units.queries import by_ids
from .watch import Due, due, is_time, still_running
from .watch_promises import escalated_before, still_owed

SEALED = "sealed"
"""What a line says of a denunciation, whatever the step: one more to look at."""
log = logging.getLogger("gan_dan.letters")


def write_digests(now: datetime, stop: threading.Event | None = None) -> int:
    """Write what is due at `now`, if this is a time for it; returns how many digests. Commits one by one."""
    if not is_time(now):
        return 0
    written = 0
    for one in due(clock.day_of(now)):
        if stop is not None and stop.is_set():
            return written
        written += write_one(one, now)
    with writing():
        if db.session.get(Morning, clock.day_of(now)) is None:
            db.session.add(Morning(on=clock.day_of(now), done_at=now))
            _commit()
    return written


def write_one(one: Due, now: datetime) -> bool:
    """One official's digest; False where another worker was first, or nothing of it holds any more."""
    with writing():
        try:
            return _write(one, now) and _commit()
        except IntegrityError:
            log.info("the digest of official %s was written by another worker", one.official_id)
            return False


def _commit() -> bool:
    """Commit; False where another worker committed the same in the meantime."""
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        return False
    return True


def _write(one: Due, now: datetime) -> bool:
    today = clock.day_of(now)
    same = select(Digest.id).where(Digest.official_id == one.official_id, Digest.on == today)
    if db.session.scalar(same) is not None:
        return False
    row = Digest(official_id=one.official_id, on=today, lines=[], late_open=one.late_open, tells_late=False)
    db.session.add(row)
    db.session.flush()  # on PostgreSQL another worker with the same official waits here
    running = still_running({t.clock.case_id for t in one.tellings})
    told = [t for t in one.tellings if (t.clock.case_id, t.clock.stage, t.clock.due_on) in running]
    things = still_owed(law(), one.things, today)
    if not told and not things and not one.late_open:
        return False
    row.lines = lines_of([*told, *things], today)
    row.tells_late = bool(row.late_open) or any(t.why in (OVERDUE, ABOVE) for t in told)
    _owe(db.session.get_one(Official, one.official_id), [*told, *things], row, now)
    _escalate([t for t in told if t.goes_up], now)
    escalate_things([t for t in things if t.goes_up], now)
    if told:
        db.session.execute(insert(Warned), [_warned(t, today) for t in told])
    if things:
        db.session.execute(insert(WarnedOf), [_warned_of(t, today) for t in things])
    return True


def _owe(official: Official, told: Sequence[Telling], row: Digest, now: datetime) -> None:
    """The event of the digest, and its letter where there is an address; the desk shows the row itself."""
    tell = [Told(_role(told), official.id, by_mail=True)] if official.email.strip() else []
    record(Action.WARN, None, THE_SYSTEM, now, tell, about=f"digest:{row.on}", official=official.id,
           lines=len(row.lines), late_open=row.late_open)  # fmt: skip


def _role(told: Sequence[Telling]) -> Role:
    """As whom the official is told."""
    whys = {t.why for t in told}
    if NOBODY in whys:
        return Role.ADMINISTRATOR
    return Role.OFFICER if whys and whys <= {YOURS, LEAD, VERIFY} else Role.HEAD


def _escalate(told: Sequence[Telling], now: datetime) -> None:
    """Remember with each case that it went up the tree, once for each unit and step, however many are told there.

    Asked after the digest's own event, whose link of the chain lets writers pass one by one.
    """
    if not told:
        return
    ids = {t.clock.case_id for t in told}
    before = set(db.session.execute(
        select(Warned.case_id, Warned.stage, Warned.due_on, Warned.step, Warned.unit_id)
        .where(Warned.case_id.in_(ids))
    ))  # fmt: skip
    new: dict[tuple[int, int], list[Telling]] = defaultdict(list)
    for t in told:
        if (t.clock.case_id, t.clock.stage, t.clock.due_on, t.step, t.unit_id) not in before:
            new[t.clock.case_id, t.unit_id].append(t)
    cases = {row.id: row for row in db.session.execute(_subjects(ids))}
    codes = dict(db.session.execute(select(Unit.id, Unit.code).where(Unit.id.in_({u for _c, u in new}))).all())
    record_each(Action.ESCALATE, [
        (cases[case_id], {"unit": codes[unit_id], "steps": sorted({f"{t.clock.stage}:{t.step}" for t in some})})
        for (case_id, unit_id), some in new.items()
    ], THE_SYSTEM, now)  # fmt: skip


def _subjects(ids: Iterable[int]) -> Any:
    return select(Case.id, Case.unit_id, Case.status, Case.due_on).where(Case.id.in_(ids))


def _warned(t: Telling, today: date) -> dict[str, Any]:
    return {"case_id": t.clock.case_id, "stage": t.clock.stage, "due_on": t.clock.due_on, "step": t.step,
            "official_id": t.official_id, "unit_id": t.unit_id, "on": today}  # fmt: skip


def escalate_things(told: Sequence[Telling], now: datetime) -> None:
    """The same for what is no case, with the event about the session or the promise."""
    before = escalated_before(t.clock.about for t in told) if told else set()
    new: dict[tuple[str, int], list[Telling]] = defaultdict(list)
    for t in told:
        if (t.clock.about, t.clock.stage, t.clock.due_on, t.step, t.unit_id) not in before:
            new[t.clock.about, t.unit_id].append(t)
    codes = {unit.id: unit.code for unit in by_ids([unit_id for _about, unit_id in new]).values()} if new else {}
    for (about, unit_id), some in new.items():
        clock_ = some[0].clock
        record(Action.ESCALATE, Thing(about, line_up(clock_.unit_path)[0], due_on=clock_.due_on), THE_SYSTEM, now,
               unit=codes[unit_id], steps=sorted({f"{t.clock.stage}:{t.step}" for t in some}))  # fmt: skip


def _warned_of(t: Telling, today: date) -> dict[str, Any]:
    return {"subject": t.clock.about, "stage": t.clock.stage, "due_on": t.clock.due_on, "step": t.step,
            "official_id": t.official_id, "unit_id": t.unit_id, "on": today}  # fmt: skip


def lines_of(told: Iterable[Telling], today: date) -> list[dict[str, Any]]:
    """The digest's lines, the gravest and oldest first: one a clock, whatever the steps; codes and dates, no words."""
    calendar = law().calendar
    clocks: dict[tuple[int, str, str], list[Telling]] = defaultdict(list)
    for t in told:
        clocks[t.clock.case_id, t.clock.about, t.clock.stage].append(t)
    merged = sorted(clocks.values(), key=lambda some: (GRAVITY.index(_why(some)), some[0].clock.due_on))
    lines: list[dict[str, Any]] = []
    for some in merged:
        c, why = some[0].clock, _why(some)
        if why == NOBODY:
            unit = next(t.unit_id for t in some if t.why == NOBODY)
            lines.append({"why": NOBODY, "unit": None if c.is_sealed else unit})
        elif c.is_sealed:
            lines.append({"why": SEALED, "case": c.case_id})
        else:
            left = days_left(c.due_on, today, calendar, c.counted_in)
            which = {"about": c.about} if c.about else {"case": c.case_id}
            lines.append({"why": why, **which, "stage": c.stage.partition(":")[0], "left": left,
                          "due_on": c.due_on.isoformat(), "unit": line_up(c.unit_path)[0]})  # fmt: skip
    return list({json.dumps(line): line for line in lines}.values())


def _why(some: Iterable[Telling]) -> str:
    return gravest(t.why for t in some)
