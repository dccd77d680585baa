"""People are heard in the demo: receptions, dialogues, sessions and promises of every sort, and the rules hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import clock
from app.cases.models import Case, DialogueRequest
from app.demo import province
from app.demo.heard import LEAST, hand
from app.demo.people import HOME
from app.dialogues.models import (
    Booking,
    Commitment,
    ConferenceCall,
    DialogueSession,
    ReceptionDay,
    ReceptionPattern,
    Voice,
)
from app.dialogues.queries.hosts import heads
from app.extensions import db
from app.journal.models import Event
from app.journal.verify import verify
from app.rules.dialogues import commitments, groups, sessions
from app.rules.dialogues.sessions import Stage
from app.rules.workflow import Kind
from app.units.calendar import law
from app.units.models import Unit

from .conftest import END, nobody, opened

COUNT = 110
TODAY = clock.day_of(END)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, blank_sqlite: Any) -> Iterator[Flask]:
    """A small demo in which everything happens, to be looked at only."""
    with opened(tmp_path_factory.mktemp("heard") / "town", blank_sqlite) as app:
        province.seed(COUNT, END, nobody, seed_number=4)
        db.session.flush()
        yield app


def rows(model: Any) -> list[Any]:
    return list(db.session.scalars(select(model)))


def test_cases_that_come_of_being_heard_are_among_those_asked_for(town: Flask) -> None:
    assert db.session.scalar(select(func.count()).select_from(Case)) == COUNT
    assert verify()[1] is None
    assert sum(booking.case_id is not None for booking in rows(Booking)) == 3
    titles = [case.title for case in rows(Case)]
    assert len(set(titles)) == len(titles)


def test_every_calendar_fulfils_the_duty_of_its_time(town: Flask) -> None:
    patterns = rows(ReceptionPattern)
    weekly = [row for row in patterns if row.rule.startswith("FREQ=WEEKLY")]
    monthly = [row for row in patterns if row.rule.count(",") == 1 and row.unit.is_area]
    assert len(weekly) == len(monthly) >= 12
    assert {f"{row.until_on}" for row in weekly} == {"2026-06-30"}
    assert {f"{row.from_on}" for row in monthly} == {"2026-07-01"}
    once = [row for row in patterns if row not in weekly and row not in monthly]
    assert len(once) == 4, "three departments and the province"


def test_days_stand_on_working_days_and_no_slot_is_given_twice(town: Flask) -> None:
    calendar = law().calendar
    days = rows(ReceptionDay)
    assert all(calendar.is_working(day.on) for day in days)
    seats = Counter((b.day_id, b.slot, b.seat) for b in rows(Booking) if b.seat is not None)
    assert seats and max(seats.values()) == 1
    seen = Counter((day.unit_id, day.on, day.host_id) for day in days if day.state != "moved")
    assert max(seen.values()) == 1
    states = Counter((day.state, day.on < TODAY) for day in days)
    assert states["held", True] > 100
    assert states["moved", True] >= 1
    assert states["open", False] >= 10
    assert all(day.reason and day.moved_to for day in days if day.state == "moved")
    by_head = Counter(day.received_by in heads(day.unit_id, day.on) for day in days if day.state == "held")
    assert by_head[True] > by_head[False] > 0


def test_visits_end_in_every_way(town: Flask) -> None:
    visits = rows(Booking)
    assert {row.state for row in visits} == {"booked", "done", "refused", "no_show", "cancelled"}
    assert {row.direction for row in visits if row.direction} == {"accepted", "guided", "forwarded", "explained"}
    assert {row.channel for row in visits} == {"web", "phone", "counter", "walk_in"}
    assert all(row.ground and row.reason for row in visits if row.state == "refused")
    for row in visits:
        assert groups.why_not(row.people, row.representatives) is None
        assert "{" not in f"{row.subject}{row.said}{row.answer}{row.follow_up}"
        assert not row.phone or row.phone.startswith("0900 000 ")
    assert any(row.people >= 5 and row.state == "done" for row in visits)
    sealed = [row for row in visits if row.is_sealed]
    assert sealed
    assert not any(row.name or row.phone or row.email or row.subject or row.said for row in sealed)


def test_the_next_day_of_the_home_unit_is_full_and_others_are_not(town: Flask) -> None:
    home = db.session.scalars(select(Unit).where(Unit.short_vi == HOME)).one()
    coming = [day for day in rows(ReceptionDay) if day.unit_id == home.id and day.state == "open" and day.on > TODAY]
    taken = Counter(booking.day_id for booking in rows(Booking) if booking.state == "booked")
    first, second = sorted(coming, key=lambda day: day.on)[:2]
    assert taken[first.id] == 6, "every half hour of the morning"
    assert 0 <= taken[second.id] < 6


def test_requests_fare_in_every_way(town: Flask) -> None:
    asked = [case for case in rows(Case) if case.kind == Kind.DIALOGUE]
    assert {case.status for case in asked} == {"received", "assigned", "waiting", "scheduled", "answered", "closed"}
    assert {case.outcome for case in asked} >= {"resolved", "not_accepted", "withdrawn"}
    wishes = rows(DialogueRequest)
    assert any(wish.insisted_at and wish.session_id for wish in wishes)
    assert any(wish.people == 40 and 3 <= len(wish.representatives) <= 5 for wish in wishes)
    shared = [wish for wish in wishes if wish.shared_on]
    assert len(shared) == 2
    for wish in shared:
        voices = [voice for voice in rows(Voice) if voice.subject == f"case:{wish.case_id}"]
        assert wish.joined == len(voices) > 5
    together = Counter(wish.session_id for wish in wishes if wish.session_id)
    assert max(together.values()) == 3
    chosen = db.session.scalar(select(func.count()).where(Event.action == "choose_time"))
    assert chosen


def test_sessions_stand_at_every_stage_and_the_law_is_kept_but_once(town: Flask) -> None:
    held = rows(DialogueSession)
    conferences = [row for row in held if row.kind == "conference"]
    assert {sessions.stage_of(row) for row in conferences} == {
        Stage.PLANNED, Stage.ANNOUNCED, Stage.HELD, Stage.PUBLISHED,
    }  # fmt: skip
    told = [row for row in conferences if row.announced_on]
    assert all(row.announced_on <= row.on - timedelta(days=7) for row in told)
    published = [row for row in held if row.published_on and row.publish_due_on]
    assert sum(row.published_on > row.publish_due_on for row in published) == 1
    assert all(row.document and row.public_text for row in published)
    assert all(question.answer for row in published for question in row.questions)
    assert sum(row.kind == "theme" and row.published_on is not None for row in held) == 3
    assert sum(row.kind == "complaint" and not row.is_public for row in held) == 1


def test_promises_are_of_every_sort_and_verified_by_another_unit(town: Flask) -> None:
    made = rows(Commitment)
    assert {commitments.shown(row, TODAY) for row in made} == {
        "kept", "kept_late", "broken", "overdue", "open", "reported", "replaced",
    }  # fmt: skip
    assert all(row.verifier_id != row.unit_id for row in made)
    sources = Counter((row.case_id is not None, row.booking_id is not None, row.session_id is not None) for row in made)
    assert len(sources) == 3
    assert any(row.objections and row.state == "reported" for row in made)
    assert all("{" not in row.what for row in made)


def test_voters_of_one_commune_are_enough_and_of_another_not_yet(town: Flask) -> None:
    calls = rows(ConferenceCall)
    assert sorted(call.counted >= call.needed for call in calls) == [False, True]
    assert all(call.needed > 0 and (call.reached_at is not None) == (call.counted >= call.needed) for call in calls)


def test_the_same_seed_hears_the_same_people_and_refuses_none(town: Flask, empty: Any, caplog: Any) -> None:
    def told() -> list[Any]:
        visits = [(b.reference, b.subject, b.state, f"{b.booked_at}", b.said) for b in rows(Booking)]
        return visits + [(c.number, c.what, c.state, c.due_on) for c in rows(Commitment)]

    here = told()
    with empty("again"):
        province.seed(COUNT, END, nobody, seed_number=4)
        db.session.flush()
        assert told() == here
    assert not [record for record in caplog.records if "refused" in record.message]


def test_a_very_small_demo_and_the_fast_way_hear_nobody(empty: Any) -> None:
    with empty("small"):
        province.seed(LEAST // 10, END, nobody)
        assert not rows(ReceptionDay)
        assert not rows(DialogueSession)


def test_the_texts_are_whole() -> None:
    for name in ("reception", "requests", "sessions", "promises"):
        assert hand.words(name)
