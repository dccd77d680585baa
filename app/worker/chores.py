"""What the worker does, piece by piece: each in short writes of its own, each safe to break off and to begin again."""

from __future__ import annotations

import logging
import threading
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path

from flask import current_app
from sqlalchemy import delete, or_, select

from .. import clock
from ..accounts import door
from ..accounts.models import SignIn
from ..attachments import actions as files
from ..attachments.storage import default_storage
from ..cases import actions
from ..cases.models import Case, Erasure, FollowLink
from ..desk import house
from ..dialogues.actions import reminders
from ..dialogues.actions.patterns import make_days
from ..dialogues.models import Booking, BookingLink, ReceptionPattern, VisitErasure
from ..documents.queries import storage_keys
from ..extensions import db, empty_log, writing
from ..journal import checkpoint
from ..journal.clockwork import Watch
from ..journal.record import has_fallen, note_fall, note_leap
from ..keeping import terms, visits
from ..keeping.endings import approved
from ..letters.alerts import watch_thresholds
from ..letters.checkpoints import owe_checkpoint
from ..letters.deliver import BATCH, drain
from ..letters.digest import write_digests
from ..letters.monthly import write_monthly
from ..letters.watch import starts_at
from ..refusals import Refusal
from ..reports.cells import keep
from ..reports.cells.prove import is_proved
from ..rules.workflow import THE_SYSTEM, Status
from ..units.queries import setting

EVENING = clock_time(21, 0)
"""Later than this no reminder of a visit is written: the next morning does."""
DAYS_AHEAD = timedelta(days=92)
"""How far ahead reception days are made from their calendars."""
log = logging.getLogger("gan_dan.worker")


def look_at_the_clock(watch: Watch, _stop: threading.Event) -> None:
    """A clock that was set back or forward is said in the journal at once, not only when somebody next writes."""
    leap, now = watch.leap(), clock.now()
    if leap is None and not has_fallen(now):
        return
    with writing():
        if leap is not None:
            note_leap(*leap)
        else:
            note_fall(now)
        db.session.commit()


def keep_checkpoint(_stop: threading.Event) -> None:
    """Every hour the chain's length and last hash, signed, into a folder outside the data folder."""
    config, now = current_app.config, clock.now()
    folder = Path(config["CHECKPOINT_DIR"])
    if checkpoint.is_due(folder, now):
        made = checkpoint.make(config, now)
        db.session.rollback()
        checkpoint.keep(folder, made)


def mail_checkpoint(_stop: threading.Event) -> None:
    """Once a day the same to the inspectors of the top."""
    owe_checkpoint(clock.now())


def send_letters(stop: threading.Event) -> None:
    """Send until nothing more is due."""
    while not stop.is_set() and drain(clock.now()) == BATCH:
        pass


def count_figures(stop: threading.Event) -> None:
    """Bring the cells of the statistics up to the last event, in short writes; pages count what is still behind."""
    if keep.is_far_behind():
        _count_all(stop)
    while not stop.is_set() and keep.counted_until() < keep.latest():
        with writing():
            keep.catch_up()
            db.session.commit()


def _count_all(stop: threading.Event) -> None:
    """Everything anew, one unit in each write."""
    units = keep.rebuilding()
    while not stop.is_set():
        with writing():
            is_done = next(units, None) is None
            db.session.commit()
        if is_done:
            return


def remind_residents(stop: threading.Event) -> None:
    """One reminder for each question that stayed unanswered longer than its unit's window."""
    for case_id in silent_cases(clock.now()):
        if stop.is_set():
            return
        with writing():
            case = db.session.get(Case, case_id)
            try:
                if case is not None:
                    actions.remind(case, THE_SYSTEM, clock.now())
                    db.session.commit()
            except Refusal:  # answered in the meantime
                db.session.rollback()


def silent_cases(now: datetime) -> list[int]:
    """Cases whose resident owes a reply for longer than the unit's answer window, and was not reminded yet."""
    rows = db.session.execute(
        select(Case.id, Case.unit_id, Case.asked_at)
        .where(Case.status == Status.WAITING, Case.reminded_at.is_(None), Case.asked_at < now - timedelta(days=1))
        .order_by(Case.asked_at)
    ).all()
    windows = {unit_id: timedelta(days=int(setting("answer_window_days", unit_id))) for _id, unit_id, _at in rows}
    today = clock.day_of(now)
    return [case_id for case_id, unit_id, at in rows if at and today > clock.day_of(at) + windows[unit_id]]


def remind_bookers(stop: threading.Event) -> None:
    """The day before a visit, one reminder each, marked in the same transaction; nobody is written to at night."""
    now = clock.now()
    if not starts_at() <= clock.local(now).time() < EVENING:
        return
    for booking_id in reminders.to_remind(now):
        if stop.is_set():
            return
        with writing():
            booking = db.session.get(Booking, booking_id)
            try:
                if booking is not None:
                    reminders.remind_booking(booking, THE_SYSTEM, now)
                    db.session.commit()
            except Refusal:  # cancelled, moved or reminded in the meantime
                db.session.rollback()


def make_reception_days(stop: threading.Event) -> None:
    """Each unit's calendar reaches three months ahead, so that residents always find a day; one calendar at a time."""
    now = clock.now()
    until = clock.day_of(now) + DAYS_AHEAD
    for pattern_id in running_patterns(until):
        if stop.is_set():
            return
        with writing():
            pattern = db.session.get(ReceptionPattern, pattern_id)
            try:
                if pattern is not None:
                    make_days(pattern, until, THE_SYSTEM, now)
                    db.session.commit()
            except Refusal as refusal:  # stopped in the meantime, or its days cannot be: the other units' can
                db.session.rollback()
                log.info("the days of pattern %s were not made: %s", pattern_id, type(refusal).__name__)


def running_patterns(until: date) -> list[int]:
    """Calendars whose days are not all made up to that date."""
    last, made = ReceptionPattern.until_on, ReceptionPattern.made_until
    return list(db.session.scalars(
        select(ReceptionPattern.id)
        .where(ReceptionPattern.is_active, or_(made.is_(None), (made < until) & or_(last.is_(None), made < last)))
        .order_by(ReceptionPattern.id)
    ))  # fmt: skip


def report_monthly(stop: threading.Event) -> None:
    """On the first working day of a month each unit's heads and supervisors are owed the report of the month before."""
    write_monthly(clock.now(), stop)


def watch_figures(stop: threading.Event) -> None:
    """Each working morning, before the digests: what crossed the threshold set for its unit."""
    watch_thresholds(clock.now(), stop)


def tell_officials(stop: threading.Event) -> None:
    """The morning's digests: what nears its date, what is late, what goes up the tree; nothing outside of mornings."""
    write_digests(clock.now(), stop)


def sweep_files(stop: threading.Event) -> None:
    """Drop files that were held for a form nobody sent, then whatever on disk no row knows."""
    with writing():
        files.sweep(clock.now())
        db.session.commit()
    files.tidy(default_storage(), clock.now(), storage_keys())


def propose_erasures(stop: threading.Event) -> None:
    """Once a day: which cases and visits are past their term of keeping, for the head of the top unit to decide."""
    today = clock.today()
    if _PROPOSED.get("on") == today:
        return
    for of_what in (terms, visits):
        after: int | None = 0
        while after is not None and not stop.is_set():
            with writing():
                _new, after = of_what.propose(clock.now(), after)
                db.session.commit()
    _PROPOSED["on"] = today


_PROPOSED: dict[str, date] = {}
"""The day on which this worker looked last."""


def erase_approved(stop: threading.Event) -> None:
    """What the head approved, one case or visit in each write; its files after the commit, then SQLite's log goes."""
    cases = [case_id for case_id in approved(Erasure) if is_proved(case_id)]
    for case_id in cases:
        if stop.is_set():
            return
        with writing():
            keys = terms.carry_out(case_id, clock.now())
            db.session.commit()
        for key in keys:
            default_storage().delete(key)
    gone = approved(VisitErasure)
    for booking_id in gone:
        if stop.is_set():
            return
        with writing():
            visits.carry_out(booking_id, clock.now())
            db.session.commit()
    if cases or gone:
        empty_log()


def forget_old_doors(stop: threading.Event) -> None:
    """Remove sign-ins that open nothing any more, and mail links that ended long ago."""
    now = clock.now()
    with writing():
        old = now - timedelta(days=30)
        db.session.execute(delete(SignIn).where(or_(SignIn.ended_at < old, SignIn.began_at < old - door.LONGEST)))
        db.session.execute(delete(FollowLink).where(FollowLink.made_at < old))
        db.session.execute(delete(BookingLink).where(BookingLink.made_at < old))
        db.session.commit()


def follow_closed_units(stop: threading.Event) -> None:
    """An open case that still lies at a closed unit (an answer reopened there) goes to the unit's successor."""
    with writing():
        house.follow_successors(clock.now())
        db.session.commit()


CHORES = (
    keep_checkpoint,
    remind_residents,
    remind_bookers,
    make_reception_days,
    follow_closed_units,
    watch_figures,
    report_monthly,
    tell_officials,
    mail_checkpoint,
    sweep_files,
    forget_old_doors,
    propose_erasures,
    erase_approved,
)
