"""The day before a visit its booker is reminded, exactly once; never at night, never of what is off or sealed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.dialogues.actions.bookings import cancel_booking, change_slot
from app.dialogues.actions.patterns import NewPattern, save_pattern
from app.dialogues.actions.reminders import to_remind
from app.dialogues.models import Booking, BookingLink, ReceptionDay, ReceptionPattern
from app.extensions import db, end_write, writing
from app.journal.models import Event, Notice
from app.rules.dialogues.recurrence import Recurrence
from app.rules.workflow import Action, Role
from app.worker import chores

from ..conftest import both_engines
from ..dialogues.receptions import EIGHT, HALF_PAST, WEDNESDAY, booker_of, make_booking, make_day
from ..factories import MONDAY, actor, make_official, unit
from . import workers
from .conftest import Mailbox
from .test_digest import at, work


@contextmanager
def dying() -> Iterator[None]:
    """The worker dies with the reminder written and nothing committed."""
    try:
        with workers.dying():
            yield
    finally:
        end_write()
        db.session.rollback()


def reminded() -> list[str]:
    """The bookings that were reminded of, in order."""
    db.session.rollback()
    rows = db.session.scalars(select(Event).where(Event.action == Action.REMIND_BOOKING).order_by(Event.seq))
    return [row.subject for row in rows]


@pytest.fixture
def visit(app: Flask) -> int:
    """A visit on Wednesday 18 November at 8, booked on Monday."""
    with writing():
        booking_id = make_booking().id
        db.session.commit()
    return booking_id


@both_engines
def test_the_booker_is_reminded_on_the_day_before_and_then_no_more(app: Flask, visit: int, mailbox: Mailbox) -> None:
    work(app, at(16, 12), at(17, 7, 29))
    assert reminded() == []
    work(app, at(17, 7, 30), at(17, 7, 40), at(17, 15), at(18, 7, 35), at(18, 12), at(19))
    assert reminded() == [f"booking:{visit}"]
    letters = [letter for letter in mailbox.letters if "nhắc lịch hẹn" in str(letter.get_body(("plain",)))
               or "18/11/2026" in letter.get_body(("plain",)).get_content()]  # fmt: skip
    assert len(letters) == len(mailbox.letters) == 2
    assert "nhắc lịch hẹn của ông/bà: 08:00, thứ Tư, 18/11/2026" in mailbox.text()


@pytest.mark.parametrize(("hour", "minute", "is_told"), [
    (0, 5, False), (6, 0, False), (7, 29, False), (7, 30, True), (20, 59, True), (21, 0, False), (23, 59, False),
])  # fmt: skip
def test_nobody_is_reminded_at_night(app: Flask, visit: int, hour: int, minute: int, is_told: bool) -> None:
    work(app, at(17, hour, minute))
    assert bool(reminded()) == is_told


def test_a_worker_that_was_away_reminds_on_the_morning_itself_while_the_visit_is_ahead(app: Flask, visit: int) -> None:
    work(app, at(18, 7, 45))
    assert reminded() == [f"booking:{visit}"]


def test_once_the_hour_has_come_there_is_nothing_to_remind_of(app: Flask, visit: int) -> None:
    work(app, at(18, 8))
    assert reminded() == []


def test_who_cancelled_left_no_address_denounces_or_books_for_tomorrow_is_not_reminded(app: Flask) -> None:
    with writing():
        day = make_day(capacity=5)
        off = make_booking(day, phone="0912 1")
        make_booking(day, phone="0912 2", email="")
        make_booking(day, is_sealed=True)
        make_booking(day, phone="0912 3", now=at(17, 8))
        make_booking(day, phone="0912 4", slot=HALF_PAST, channel="phone", actor=actor(make_official(Role.CLERK)))
        cancel_booking(off, booker_of(off), MONDAY)
        last = make_booking(day, phone="0912 5").id
        db.session.commit()
    work(app, at(17, 9))
    assert reminded() == [f"booking:{last}", f"booking:{last - 1}"]  # by slot: 8:00, 8:30


def test_a_visit_that_moved_to_a_later_day_is_reminded_of_for_that_day_once(app: Flask, visit: int) -> None:
    work(app, at(17, 9))
    with writing():
        booking, later = db.session.get_one(Booking, visit), make_day(date(2026, 11, 26))
        change_slot(booking, later, EIGHT, booker_of(booking), at(17, 10))
        db.session.commit()
    work(app, at(17, 11), at(18, 9), at(25, 9), at(25, 10), at(26, 7, 40))
    assert reminded() == [f"booking:{visit}"] * 2
    days = db.session.scalars(select(Event.due_on).where(Event.action == Action.REMIND_BOOKING).order_by(Event.seq))
    assert list(days) == [WEDNESDAY, date(2026, 11, 26)]


@both_engines
def test_a_worker_killed_before_its_commit_reminded_nobody_and_the_next_does_it_once(app: Flask, visit: int) -> None:
    with clock.fixed(at(17)), dying(), pytest.raises(SystemExit):
        chores.remind_bookers(threading.Event())
    assert reminded() == []
    work(app, at(17), at(17, 10))
    assert reminded() == [f"booking:{visit}"]
    notices = db.session.scalars(select(Notice).where(Notice.action == Action.REMIND_BOOKING)).all()
    assert len(notices) == 1


@both_engines
def test_two_workers_at_once_remind_each_of_thirty_once(app: Flask) -> None:
    with writing():
        day = make_day(capacity=30)
        for number in range(30):
            make_booking(day, phone=f"0912 000 {number:03d}")
        db.session.commit()
    db.session.remove()

    def remind() -> None:
        with app.app_context():
            chores.remind_bookers(threading.Event())
            end_write()
            db.session.remove()

    with clock.fixed(at(17)):
        workers = [threading.Thread(target=remind) for _ in range(3)]
        for one in workers:
            one.start()
        for one in workers:
            one.join()
        assert to_remind(at(17)) == []
    told = reminded()
    assert len(told) == len(set(told)) == 30
    assert len(db.session.scalars(select(Notice).where(Notice.action == Action.REMIND_BOOKING)).all()) == 30


def test_days_are_made_ahead_from_each_calendar_and_no_day_twice(app: Flask) -> None:
    with writing():
        clerk = make_official(Role.CLERK)
        make_official(Role.HEAD)
        new = NewPattern(Recurrence("days", days=(10, 25)), MONDAY.date(), time(7, 30), time(11, 30), place="Trụ sở xã")
        stuck = ReceptionPattern(unit_id=unit("01273").id, rule="FREQ=MONTHLY;BYMONTHDAY=10", from_on=MONDAY.date(),
                                 starts=time(8), ends=time(11), place="")  # fmt: skip
        db.session.add(stuck)
        save_pattern(new, unit(), actor(clerk), MONDAY)
        db.session.commit()
    work(app, at(16), at(16, 10))
    days = list(db.session.scalars(select(ReceptionDay.on).order_by(ReceptionDay.on)))
    assert days == [date(2026, 11, 25), date(2026, 12, 10), date(2026, 12, 25), date(2027, 1, 11), date(2027, 1, 25),
                    date(2027, 2, 11)]  # fmt: skip
    work(app, at(16 + 14))
    assert len(list(db.session.scalars(select(ReceptionDay.on)))) == 7


def test_links_of_letters_that_ended_long_ago_are_forgotten(app: Flask, visit: int) -> None:
    with writing():
        db.session.add(BookingLink(key_hash="a" * 64, booking_id=visit, made_at=MONDAY - timedelta(days=31)))
        db.session.commit()
    with clock.fixed(MONDAY):
        chores.forget_old_doors(threading.Event())
    assert db.session.scalars(select(BookingLink)).all() == []
