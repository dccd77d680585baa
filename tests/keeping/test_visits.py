"""Check 85 for visits: one that led to no case is proposed, approved, erased; the row of the register stays."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.cases.models import Person
from app.dialogues.models import Booking, VisitErasure
from app.extensions import db, writing
from app.journal.models import Event
from app.journal.verify import verify
from app.keeping import visits
from app.refusals import NotAllowed
from app.rules.dialogues.reception import BookingState
from app.rules.workflow import Action, Role
from app.worker import chores
from tests import factories
from tests.conftest import both_engines
from tests.dialogues.receptions import make_booking
from tests.factories import MONDAY, actor, make_official, sign_in

NAME, SAID = "Lường Thị Ướt", "Ruộng nhà tôi bị lấn từ năm ngoái"
LATER = MONDAY + timedelta(days=366 * 5 + 30)


def visited(state: BookingState = BookingState.DONE, case_id: int | None = None) -> Booking:
    """Somebody came, was heard, and no case came of it."""
    booking = make_booking(name=NAME)
    booking.state, booking.ended_at, booking.said, booking.case_id = state, MONDAY, SAID, case_id
    booking.direction, booking.entered_number = "explained", 7
    db.session.flush()
    return booking


def worked(now: datetime) -> None:
    chores._PROPOSED.clear()
    with clock.fixed(now):
        chores.propose_erasures(threading.Event())
        chores.erase_approved(threading.Event())
    db.session.expire_all()


@both_engines
def test_past_its_term_who_came_and_what_was_said_are_gone_and_the_row_of_the_register_stays(app: Flask) -> None:
    with writing():
        booking = visited()
        db.session.commit()
    worked(MONDAY + timedelta(days=365 * 4))
    assert db.session.scalars(select(VisitErasure)).all() == []
    worked(LATER)
    assert db.session.scalars(select(VisitErasure)).one().approved_at is None and booking.said == SAID
    with writing():
        head = actor(make_official(Role.HEAD, "04"))
        assert visits.approve([booking.id, 999], head, LATER) == 1
        assert visits.approve([booking.id], head, LATER) == 0
        db.session.commit()
    worked(LATER)
    assert (booking.said, booking.subject, booking.name) == ("", "", "")
    assert (booking.state, booking.direction, booking.entered_number) == ("done", "explained", 7)
    assert booking.erased_on == clock.day_of(LATER) and db.session.scalars(select(Person)).all() == []
    events = [event for event in db.session.scalars(select(Event)) if event.subject == booking.about and event.facts]
    assert [event.action for event in events] == [Action.ERASE] and verify()[1] is None
    before = db.session.query(Event).count()
    worked(LATER + timedelta(days=1))
    assert db.session.query(Event).count() == before


def test_a_visit_that_is_to_come_or_led_to_a_case_is_not_proposed(app: Flask) -> None:
    with writing():
        case = factories.make_case()
        coming, led = visited(BookingState.BOOKED), visited(case_id=case.id)
        db.session.commit()
        assert [visits.free_on(booking) for booking in (coming, led)] == [None, None]
    worked(LATER)
    assert db.session.scalars(select(VisitErasure)).all() == []


def test_what_led_to_a_case_after_it_was_approved_stays(app: Flask) -> None:
    with writing():
        booking = visited()
        db.session.commit()
    worked(LATER)
    with writing():
        visits.approve([booking.id], actor(make_official(Role.HEAD, "04")), LATER)
        booking.case_id = factories.make_case().id
        db.session.commit()
    worked(LATER)
    assert booking.said == SAID and db.session.scalars(select(VisitErasure)).all() == []


def test_the_head_of_the_top_unit_ticks_them_on_the_page_and_nobody_else_may(app: Flask) -> None:
    with writing():
        booking, head = visited(), make_official(Role.HEAD, "04")
        db.session.commit()
        with pytest.raises(NotAllowed):
            visits.approve([booking.id], actor(make_official(Role.HEAD, "01447")), LATER)
        db.session.rollback()
    worked(LATER)
    with clock.fixed(LATER):
        desk = app.test_client()
        sign_in(desk, head)
        page = desk.get("/desk/retention").text
        assert booking.reference in page and f'name="visit" value="{booking.id}"' in page
        assert desk.post("/desk/retention/approve", data={}).status_code == 303
        assert "Chưa duyệt hồ sơ nào" in desk.get("/desk/retention").text
        assert desk.post("/desk/retention/approve", data={"visit": booking.id}).status_code == 303
        assert booking.reference not in desk.get("/desk/retention").text
