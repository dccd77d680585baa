"""Check 62: the server's clock is set back or forward; order and dates hold, and the jump is one event."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy import func, select

from app import clock, worker
from app.cases.models import Case, Deadline
from app.extensions import db, writing
from app.journal.clockwork import AHEAD, Watch
from app.journal.models import Event, Notice
from app.journal.record import note_leap, record
from app.journal.verify import verify
from app.rules.workflow import THE_SYSTEM, Action, Role
from app.worker.chores import look_at_the_clock
from tests.conftest import both_engines
from tests.factories import MONDAY, assign, make_case, make_official, staff

WORKING = MONDAY + timedelta(days=1, hours=1)
"""Tuesday, 10 o'clock in the town: digests are written."""


def jumps() -> list[Event]:
    """Jumps of the clock in the journal."""
    return list(db.session.scalars(select(Event).where(Event.action == Action.CLOCK_JUMPED).order_by(Event.seq)))


def everything_due() -> tuple[int, list[object]]:
    """How many messages are owed, and all due dates."""
    dates = [*db.session.execute(select(Deadline.id, Deadline.due_on, Deadline.met_at).order_by(Deadline.id)),
             *db.session.execute(select(Case.id, Case.due_on, Case.status).order_by(Case.id))]  # fmt: skip
    return db.session.scalar(select(func.count()).select_from(Notice)) or 0, [tuple(row) for row in dates]


@both_engines
def test_set_back_two_hours_nothing_moves_nothing_repeats_and_the_jump_is_said_once(app: Flask) -> None:
    with writing():
        _clerk, officer, head = staff()
        make_official(Role.INSPECTOR, "04", email="thanh.tra@example.vn")
        for days in range(1, 9):
            assign(make_case(now=MONDAY - timedelta(days=9 - days)), officer, head, MONDAY - timedelta(days=9 - days))
        db.session.commit()
    stop = threading.Event()
    with clock.fixed(WORKING):
        worker.run(app, once=True)
    before = everything_due()
    for hours in (2, 2, 1):  # two rounds at the wrong time, one an hour later, still behind
        with clock.fixed(WORKING - timedelta(hours=hours)):
            look_at_the_clock(Watch(), stop)
            with writing():
                record(Action.SIGN_IN, None, THE_SYSTEM, clock.now(), about="official:1")
                db.session.commit()
            worker.run(app, once=True)
    assert everything_due() == before
    events = list(db.session.scalars(select(Event).order_by(Event.seq)))
    assert [e.seq for e in events] == list(range(1, len(events) + 1))
    assert [e.at for e in events] == sorted(e.at for e in events)
    assert [e.facts["clock"] for e in jumps()] == [(WORKING - timedelta(hours=2)).isoformat()]
    assert verify()[1] is None


def test_a_few_seconds_behind_is_another_writer_who_was_faster(app: Flask, write: None) -> None:
    record(Action.SIGN_IN, None, THE_SYSTEM, MONDAY, about="official:1")
    record(Action.SIGN_IN, None, THE_SYSTEM, MONDAY - timedelta(minutes=4), about="official:1")
    assert jumps() == []


def test_a_second_fall_is_a_second_event(app: Flask, write: None) -> None:
    for hours in (0, -2, -2, -5, -1):
        record(Action.SIGN_IN, None, THE_SYSTEM, MONDAY + timedelta(hours=hours), about="official:1")
    assert [e.facts["clock"] for e in jumps()] == [
        (MONDAY - timedelta(hours=2)).isoformat(), (MONDAY - timedelta(hours=5)).isoformat(),
    ]  # fmt: skip


def test_set_forward_by_days_it_is_said_once_by_whichever_process_sees_it(app: Flask, write: None) -> None:
    walls = iter([MONDAY, MONDAY + timedelta(seconds=2), MONDAY + timedelta(days=3)])
    steady = iter([10.0, 12.0, 14.0])
    watch = Watch(lambda: next(walls), lambda: next(steady))
    assert watch.leap() is None
    leap = watch.leap()
    assert leap == (MONDAY + timedelta(seconds=4), MONDAY + timedelta(days=3))
    assert leap[1] - leap[0] > AHEAD
    assert note_leap(*leap) is not None
    assert note_leap(*leap) is None
    assert [e.subject for e in jumps()] == ["clock:forward"]


def test_a_process_that_slept_with_its_machine_sees_no_leap_where_none_was() -> None:
    started = datetime(2026, 11, 16, tzinfo=UTC)
    walls, steady = iter([started, started + timedelta(days=4)]), iter([0.0, 4 * 86400.0])
    assert Watch(lambda: next(walls), lambda: next(steady)).leap() is None
