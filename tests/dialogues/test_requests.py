"""A request for a dialogue: its clock by hand, its sessions, insisting once, joining counted once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from app.cases import actions, queries
from app.cases.models import Case
from app.dialogues.actions import requests, voices
from app.dialogues.actions.sessions import NewSession, plan_session
from app.dialogues.actions.voices import Joined
from app.dialogues.models import Attendee, DialogueSession, Voice
from app.dialogues.queries.requests import coming_sessions, session_of, shared_case
from app.extensions import db
from app.journal.models import Event
from app.journal.verify import verify
from app.refusals import Invalid, Missing, NotAllowed, Stale, WrongStep
from app.rules.workflow import RESIDENT_NOBODY, Action, Kind, Status
from tests.conftest import both_engines
from tests.factories import (
    MONDAY,
    actor,
    answer,
    make_case,
    make_request,
    meeting,
    resident_of,
    staff,
    unit,
)

DAY = timedelta(days=1)
# Monday 16 November 2026 is not counted. Ten working days: 17, 18, 19, 20; 21 and 22 are a weekend; 23; 24 is the
# Culture Day; 25, 26, 27; 28 and 29 a weekend; 30 November, 1 December.
DUE = date(2026, 12, 1)


def group(people: int = 40, *names: str) -> actions.MeetingWish:
    return actions.MeetingWish(with_level="head", people=people, representatives=names or ("Nông Thị Sen", "Hà Văn Đô"))


@both_engines
def test_the_clock_of_a_request_counts_working_days_past_a_weekend_and_a_holiday(app: Flask, write: None) -> None:
    case = make_request()
    assert (case.reference, case.status, case.due_on) == ("DN-2026-000001", Status.RECEIVED, DUE)
    assert case.unit.code == "01447"


@both_engines
def test_a_time_that_stands_meets_the_clock_and_finishes_the_stay(app: Flask, write: None) -> None:
    _clerk, officer, _head = staff()
    case, then = make_request(), MONDAY + 2 * DAY
    event = requests.schedule(case, meeting(), actor(officer), then)
    assert case.status == Status.SCHEDULED
    stay, closing = queries.custodies_of(case)[-1], queries.deadlines_of(case)[-1]
    assert (stay.finished_at, stay.is_open, stay.due_on, closing.met_at) == (then, False, DUE, then)
    session = session_of(case)
    assert session is not None
    assert (session.on, session.kind, session.is_public) == (date(2026, 11, 26), "request", False)
    assert (event.facts["session"], event.facts["place"]) == (session.number, "Trụ sở UBND xã")
    assert verify()[1] is None


def test_while_the_resident_chooses_the_clock_stands_still_and_resumes_with_the_choice(app: Flask, write: None) -> None:
    """Offered on Wednesday the 18th, chosen on Thursday the 26th: the 18th, 19th, 20th, 23rd and 25th do not count."""
    _clerk, officer, _head = staff()
    case = make_request()
    requests.offer_times(case, [meeting(12), meeting(14)], "Ông/bà chọn giúp.", actor(officer), MONDAY + 2 * DAY)
    assert (case.status, case.due_on) == (Status.WAITING, None)
    requests.choose_time(case, 1, resident_of(case), MONDAY + 10 * DAY)
    assert (case.status, case.asked_to_meet.offered_times) == (Status.SCHEDULED, [])
    assert session_of(case).on == date(2026, 11, 30)
    closing = queries.deadlines_of(case)[-1]
    # Counted: 17, then 26, 27, 30 November, 1, 2, 3, 4, 7 and 8 December.
    assert (closing.due_on, closing.met_at) == (date(2026, 12, 8), MONDAY + 10 * DAY)
    assert queries.custodies_of(case)[-1].waited_seconds == 8 * 86400


def test_none_suits_brings_the_request_back_with_its_clock_running_on(app: Flask, write: None) -> None:
    _clerk, officer, head = staff()
    case = make_request()
    actions.assign(case, officer, actor(head), MONDAY)
    requests.offer_times(case, [meeting(12)], "", actor(officer), MONDAY + DAY)
    actions.reply(case, "Hôm đó chợ phiên, xin ngày khác.", resident_of(case), MONDAY + 2 * DAY)
    assert (case.status, case.asked_to_meet.offered_times) == (Status.ASSIGNED, [])
    assert case.due_on == date(2026, 12, 2), "one working day, the 17th, stood still"
    with pytest.raises(WrongStep):
        requests.choose_time(case, 0, resident_of(case), MONDAY + 2 * DAY)


def test_a_question_stops_no_clock_of_a_request(app: Flask, write: None) -> None:
    _clerk, officer, head = staff()
    case = make_request()
    actions.assign(case, officer, actor(head), MONDAY)
    actions.ask(case, "Đoàn có người cao tuổi không?", actor(officer), MONDAY + DAY)
    assert case.due_on == DUE
    requests.schedule(case, meeting(), actor(officer), MONDAY + 2 * DAY)
    assert case.due_on == DUE


@both_engines
def test_insisting_starts_a_new_clock_once_and_no_answer_in_writing_is_enough_then(app: Flask, write: None) -> None:
    _clerk, officer, head = staff()
    case = answer(make_request(), officer, head)
    me, then = resident_of(case), MONDAY + 4 * DAY
    actions.insist(case, "Văn bản không nói gì về bể nước.", me, then)
    # From Friday 20 November: 23, 25, 26, 27, 30 November, 1, 2, 3, 4 and 7 December.
    assert (case.status, case.due_on) == (Status.ASSIGNED, date(2026, 12, 7))
    with pytest.raises(WrongStep):
        actions.propose(case, "Vẫn như trước.", "explained", actor(officer), then)
    requests.schedule(case, meeting(20), actor(officer), then)
    held = MONDAY + 21 * DAY
    actions.meet(case, date(2026, 12, 6), "Thống nhất sửa bể nước.", actor(head), held, session="DT-2026-000001")
    assert (case.status, case.answer_number, case.answer_text) == (Status.ANSWERED, 2, "Thống nhất sửa bể nước.")
    with pytest.raises(WrongStep):
        actions.insist(case, "Lần nữa.", me, held)
    stay = queries.custodies_of(case)[-1]
    assert stay.finished_at == MONDAY + 2 * DAY, "on time judges the first answer"


def test_the_window_for_insisting_closes(app: Flask, write: None) -> None:
    _clerk, officer, head = staff()
    case = answer(make_request(), officer, head)
    with pytest.raises(WrongStep):
        actions.insist(case, "Muộn.", resident_of(case), MONDAY + 18 * DAY)
    assert case.status == Status.ANSWERED


@both_engines
def test_requests_on_one_subject_share_one_session_and_each_asker_is_invited(app: Flask, write: None) -> None:
    _clerk, officer, head = staff()
    first, second = make_request(wish=group()), make_request(name="Hà Thị Ba", phone="0912 000 018")
    new = NewSession("theme", "Nước sạch toàn xã", meeting().on, meeting().starts, meeting().ends, place="Nhà văn hóa")
    session = plan_session(new, unit(), actor(officer), MONDAY)
    for case in (first, second):
        requests.schedule_with(case, session, actor(head), MONDAY + DAY)
    rows = db.session.query(Attendee).filter_by(session_id=session.id).order_by(Attendee.id)
    assert [(row.name, row.role) for row in rows] == [
        ("Nông Thị Sen", "asker"), ("Hà Văn Đô", "representative"), ("Hà Thị Ba", "asker"),
    ], "who asks and speaks for the group is invited once"  # fmt: skip
    assert session_of(first) is session_of(second) is session
    assert [first.status, second.status] == [Status.SCHEDULED] * 2


def test_a_session_of_another_unit_or_within_a_complaint_answers_no_request(app: Flask, write: None) -> None:
    _clerk, _officer, head = staff()
    stranger = staff("01273")[1]
    case = make_request()
    new = NewSession("theme", "Nước sạch", meeting().on, meeting().starts, meeting().ends, place="Nhà văn hóa")
    elsewhere = plan_session(new, unit("01273"), actor(stranger), MONDAY)
    with pytest.raises(Invalid):
        requests.schedule_with(case, elsewhere, actor(head), MONDAY)
    assert coming_sessions(unit().id, MONDAY.date()) == []
    assert case.status == Status.RECEIVED


@pytest.mark.parametrize(
    ("more", "field"),
    [({"days": -1}, "on"), ({"place": ""}, "place"), ({"mode": "online", "place": ""}, "link")],
)  # fmt: skip
def test_a_time_in_the_past_or_nowhere_is_refused_and_changes_nothing(app: Flask, write: None, more: Any,
                                                                      field: str) -> None:  # fmt: skip
    _clerk, officer, _head = staff()
    case = make_request()
    db.session.commit()
    for act in (lambda at: requests.schedule(case, at, actor(officer), MONDAY),
                lambda at: requests.offer_times(case, [at], "", actor(officer), MONDAY)):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            act(meeting(**more))
        assert refused.value.field == field
        db.session.rollback()
    assert (db.session.query(DialogueSession).count(), case.status) == (0, Status.RECEIVED)


def test_offers_are_one_to_five_and_none_twice(app: Flask, write: None) -> None:
    _clerk, officer, _head = staff()
    case = make_request()
    for offers in ([], [meeting(n) for n in range(1, 7)], [meeting(3), meeting(3)]):
        with pytest.raises(Invalid):
            requests.offer_times(case, offers, "", actor(officer), MONDAY)
    assert case.status == Status.RECEIVED


def test_strangers_and_old_pages_schedule_nothing(app: Flask, write: None) -> None:
    _clerk, officer, _head = staff()
    stranger = staff("01273")[1]
    case = make_request()
    db.session.commit()
    with pytest.raises(NotAllowed):
        requests.schedule(case, meeting(), actor(stranger), MONDAY)
    with pytest.raises(Stale):
        requests.schedule(case, meeting(), actor(officer), MONDAY, version=case.version - 1)
    assert db.session.query(DialogueSession).count() == 0


def test_a_group_without_representatives_is_refused(app: Flask, write: None) -> None:
    with pytest.raises(Invalid) as refused:
        make_request(wish=actions.MeetingWish(people=40))
    assert refused.value.field == "representatives"


def test_an_offer_whose_hour_has_passed_cannot_be_chosen_any_more(app: Flask, write: None) -> None:
    _clerk, officer, _head = staff()
    case = make_request()
    requests.offer_times(case, [meeting(1)], "", actor(officer), MONDAY)
    db.session.commit()
    with pytest.raises(Invalid):
        requests.choose_time(case, 0, resident_of(case), MONDAY + 2 * DAY)
    with pytest.raises(Invalid):
        requests.choose_time(case, 5, resident_of(case), MONDAY)
    db.session.rollback()
    assert case.status == Status.WAITING


# --- joining


def shared(**more: Any) -> Case:
    case = make_request(wish=group(), **more)
    _clerk, officer, _head = staff()
    actions.publish_request(case, "Nước sạch một xóm", "Xin gặp lãnh đạo xã về nước sạch.", actor(officer), MONDAY)
    return case


@both_engines
def test_each_number_counts_once_and_the_askers_own_not_at_all(app: Flask, write: None) -> None:
    case = shared()
    assert voices.join(case, "0987 654 321", RESIDENT_NOBODY, MONDAY) == Joined.COUNTED
    for again in ("0987654321", "+84 987 654 321", "(0987) 654.321"):
        assert voices.join(case, again, RESIDENT_NOBODY, MONDAY) == Joined.ALREADY
    assert voices.join(case, "+84912000017", RESIDENT_NOBODY, MONDAY) == Joined.OWN
    assert voices.join(case, "0977 000 111", RESIDENT_NOBODY, MONDAY) == Joined.COUNTED
    assert (case.asked_to_meet.joined, db.session.query(Voice).count()) == (2, 2)
    events = db.session.query(Event).filter_by(action=Action.JOIN).order_by(Event.seq).all()
    assert [event.facts for event in events] == [{"joined": 1}, {"joined": 2}], "no number in the journal"


def test_what_is_kept_of_a_voice_is_another_mark_for_each_request(app: Flask, write: None) -> None:
    first, second = shared(), shared(name="Hà Thị Ba", phone="")
    for case in (first, second):
        voices.join(case, "0987654321", RESIDENT_NOBODY, MONDAY)
    marks = [voice.person for voice in db.session.query(Voice)]
    assert len(set(marks)) == 2 and all(len(mark) == 64 and "987654321" not in mark for mark in marks)


def test_only_a_request_that_is_public_and_open_is_joined(app: Flask, write: None) -> None:
    hidden = make_request()
    with pytest.raises(Missing):
        voices.join(hidden, "0987654321", RESIDENT_NOBODY, MONDAY)
    case = shared()
    with pytest.raises(Invalid):
        voices.join(case, "không nhớ", RESIDENT_NOBODY, MONDAY)
    actions.withdraw(case, "", resident_of(case), MONDAY)
    with pytest.raises(WrongStep):
        voices.join(case, "0987654321", RESIDENT_NOBODY, MONDAY)
    assert db.session.query(Voice).count() == 0
    assert shared_case(case.reference) is case
    for reference in (hidden.reference, "DN-2026-009999", make_case(Kind.FEEDBACK).reference):
        with pytest.raises(Missing):
            shared_case(reference)


def test_only_who_agreed_to_be_public_is_made_public(app: Flask, write: None) -> None:
    _clerk, officer, _head = staff()
    case = make_request(is_public=False)
    with pytest.raises(WrongStep):
        actions.publish_request(case, "Nước sạch", "Xin gặp.", actor(officer), MONDAY)
    assert not case.is_shared


def test_a_scheduled_request_goes_to_the_successor_unit_as_it_stands(app: Flask, write: None) -> None:
    from app.rules.workflow import THE_SYSTEM

    _clerk, officer, _head = staff()
    case = make_request()
    requests.schedule(case, meeting(), actor(officer), MONDAY)
    actions.succeed(case, unit("01273"), THE_SYSTEM, MONDAY + DAY)
    assert (case.status, case.unit.code) == (Status.SCHEDULED, "01273")
    assert not queries.custodies_of(case)[-1].is_open


def test_hours_are_the_towns_whatever_zone_the_moment_is_written_in(app: Flask, write: None) -> None:
    """01:30 UTC is 08:30 in the town: an hour that has begun there is past, wherever the server stands."""
    _clerk, officer, _head = staff()
    case = make_request()
    morning = datetime(2026, 11, 17, 1, 30, tzinfo=UTC)
    with pytest.raises(Invalid):
        requests.schedule(case, meeting(1, hour=8), actor(officer), morning)
    requests.schedule(case, meeting(1, hour=9), actor(officer), morning)
    assert case.status == Status.SCHEDULED
