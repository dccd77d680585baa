"""The verbs: what each changes, what it records, what it refuses."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.cases import actions, queries
from app.cases.models import Case, Custody
from app.extensions import db
from app.journal.models import Event, Notice
from app.journal.verify import verify
from app.refusals import Invalid, NotAllowed, Stale, WrongStep
from app.rules.workflow import Kind, Outcome, Role, Status
from tests.conftest import both_engines
from tests.factories import (
    MONDAY,
    accept,
    actor,
    answer,
    assign,
    decide,
    make_case,
    make_official,
    new_case,
    resident_of,
    staff,
    unit,
)

DAY = timedelta(days=1)


def events(case: Case) -> list[str]:
    return list(db.session.scalars(select(Event.action).where(Event.case_id == case.id).order_by(Event.seq)))


@both_engines
def test_a_petition_becomes_a_case_with_a_due_date_an_event_and_notices(app: Flask, write: None) -> None:
    clerk = make_official(Role.CLERK)
    case = make_case()
    assert (case.status, case.reference, case.unit.code) == (Status.RECEIVED, "PA-2026-000001", "01447")
    assert case.due_on == date(2026, 11, 23), "5 working days after Monday the 16th"
    assert events(case) == ["submit"]
    told = {(n.role, n.official_id) for n in db.session.scalars(select(Notice))}
    assert told == {("resident", None), ("clerk", clerk.id)}
    db.session.commit()
    assert verify() == (1, None)


@both_engines
def test_the_same_token_gives_the_same_case_and_another_text_is_refused(app: Flask, write: None) -> None:
    first = make_case(token="a" * 32)
    assert make_case(token="a" * 32).id == first.id
    with pytest.raises(Invalid):
        make_case(token="a" * 32, body="Một chuyện khác.")


@both_engines
def test_the_whole_walk_ends_in_a_rated_answer_on_time(app: Flask, write: None) -> None:
    _clerk, officer, head = staff()
    case = answer(make_case(), officer, head)
    assert (case.status, case.outcome) == (Status.ANSWERED, Outcome.RESOLVED)
    assert case.reopen_until == date(2026, 12, 3)
    actions.rate(case, 5, resident_of(case), MONDAY + 3 * DAY, reasons=["fast"], text="Nhanh lắm")
    custody = db.session.scalars(select(Custody)).one()
    assert (custody.rating_level, custody.is_open, custody.finished_at) == (5, False, MONDAY + 2 * DAY)
    assert events(case) == ["submit", "assign", "propose", "approve", "rate"]


def test_waiting_for_the_resident_does_not_move_the_due_date_of_feedback(app: Flask, write: None) -> None:
    _clerk, officer, head = staff()
    case = assign(make_case(), officer, head)
    due = case.due_on
    actions.ask(case, "Đoạn sạt dài bao nhiêu?", actor(officer), MONDAY + DAY)
    assert (case.status, case.due_on) == (Status.WAITING, due)
    actions.reply(case, "Khoảng 20 mét.", resident_of(case), MONDAY + 2 * DAY)
    custody = db.session.scalars(select(Custody)).one()
    assert (case.status, custody.waited_seconds) == (Status.ASSIGNED, 24 * 3600)
    assert custody.first_response_at == MONDAY + DAY


def test_a_forward_ends_a_custody_and_does_not_restart_the_clock(app: Flask, write: None) -> None:
    clerk, _officer, _head = staff()
    case = make_case()
    due = case.due_on
    actions.forward(case, unit("so-xay-dung"), "Thuộc thẩm quyền của Sở.", actor(clerk), MONDAY + DAY)
    stays = queries.custodies_of(case)
    assert [(c.unit_id, c.ended_at, c.due_on) for c in stays] == [
        (unit().id, MONDAY + DAY, due),
        (unit("so-xay-dung").id, None, due),
    ]
    assert (case.status, case.due_on, case.assigned_to_id) == (Status.RECEIVED, due, None)


def test_a_reopening_starts_a_new_closing_clock_within_the_window_only(app: Flask, write: None) -> None:
    _clerk, officer, head = staff()
    case = answer(make_case(), officer, head)
    late = MONDAY + 18 * DAY
    with pytest.raises(WrongStep, match="hết thời gian"):
        actions.reopen(case, "Vẫn sạt.", resident_of(case), late)
    actions.reopen(case, "Vẫn sạt.", resident_of(case), MONDAY + 10 * DAY)
    assert (case.status, case.reopened_count) == (Status.ASSIGNED, 1)
    numbers = [(d.number, d.met_at is not None) for d in queries.deadlines_of(case) if d.is_closing]
    assert numbers == [(1, True), (2, False)]


def test_a_complaint_sent_by_web_waits_for_its_signed_original(app: Flask, write: None) -> None:
    clerk, officer, head = staff()
    case = make_case(Kind.COMPLAINT, category_code="land.dispute")
    assert (case.due_on, queries.deadlines_of(case)) == (None, [])
    with pytest.raises(WrongStep, match="bản gốc"):
        accept(case, head, MONDAY)
    actions.register(case, date(2026, 11, 17), actor(clerk), MONDAY + 2 * DAY)
    assert case.due_stage in ("acceptance_first", "classify_and_process")
    accept(case, head, MONDAY + 3 * DAY)
    assert (case.due_stage, case.due_on) == ("settlement_first", date(2026, 12, 21)), "30 days from the 19th, rolled"
    assign(case, officer, head, MONDAY + 3 * DAY)
    assert decide(case, head, MONDAY + 9 * DAY).status == Status.ANSWERED


def test_a_remote_commune_has_45_days_for_a_complaint(app: Flask, write: None) -> None:
    clerk, _officer, head = staff("01294")
    case = make_case(Kind.COMPLAINT, category_code="land.dispute", commune_code="01294")
    actions.register(case, MONDAY.date(), actor(clerk), MONDAY)
    accept(case, head, MONDAY)
    assert queries.deadlines_of(case)[-1].rule_id == "complaint1.settle.remote"


def test_silence_is_reminded_once_and_then_may_be_closed_as_explained(app: Flask, write: None) -> None:
    from app.rules.workflow import THE_SYSTEM

    _clerk, officer, head = staff()
    case = assign(make_case(), officer, head)
    actions.ask(case, "Ở km nào?", actor(officer), MONDAY)
    with pytest.raises(WrongStep, match="Chưa nhắc"):
        actions.close(case, "explained", actor(officer), MONDAY + 40 * DAY)
    actions.remind(case, THE_SYSTEM, MONDAY + 16 * DAY)
    with pytest.raises(WrongStep):
        actions.remind(case, THE_SYSTEM, MONDAY + 17 * DAY)
    with pytest.raises(Invalid, match="Chưa hết thời gian"):
        actions.close(case, "explained", actor(officer), MONDAY + 20 * DAY)
    actions.close(case, "explained", actor(officer), MONDAY + 33 * DAY)
    assert (case.status, case.outcome) == (Status.CLOSED, Outcome.EXPLAINED)
    actions.reopen(case, "Tôi đi xa mới về.", resident_of(case), MONDAY + 35 * DAY)


def test_a_duplicate_follows_the_first_case(app: Flask, write: None) -> None:
    clerk, _officer, _head = staff()
    first, second = make_case(), make_case(body="Cũng chỗ sạt ấy.")
    actions.mark_duplicate(second, first, actor(clerk), MONDAY)
    assert (second.status, second.outcome, second.duplicate_of_id) == (Status.CLOSED, Outcome.DUPLICATE, first.id)
    with pytest.raises(Invalid):
        actions.mark_duplicate(first, second, actor(clerk), MONDAY)


def test_an_action_made_from_an_old_page_is_refused_and_changes_nothing(app: Flask, write: None) -> None:
    clerk, officer, head = staff()
    case = make_case()
    seen = case.version
    assign(case, officer, head)
    with pytest.raises(Stale):
        actions.receive(case, actor(clerk), MONDAY, version=seen)


def test_a_stranger_may_not_act_and_is_told_why(app: Flask, write: None) -> None:
    stranger = make_official(Role.OFFICER, "01273")
    case = make_case()
    with pytest.raises(NotAllowed):
        actions.take(case, actor(stranger), MONDAY)
    with pytest.raises(NotAllowed):
        actions.withdraw(case, "", resident_of(make_case()), MONDAY)


def test_an_unknown_category_or_an_empty_text_is_refused(app: Flask, write: None) -> None:
    with pytest.raises(Invalid):
        make_case(category_code="nothing")
    with pytest.raises(Invalid):
        make_case(body="  \n ")


def test_a_case_goes_first_where_category_and_place_point(app: Flask, write: None) -> None:
    assert make_case(category_code="health.clinic").unit.code == "so-y-te"
    assert make_case(commune_code="01273").unit.code == "01273"
    assert make_case(wanted_unit_code="so-y-te").unit.code == "so-y-te"
    assert new_case().fingerprint() != new_case(place="khác").fingerprint()
