"""Voters who ask for a conference: counted once each, on the web and on paper, up to a tenth of the commune."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.dialogues.actions import calls, moving_session
from app.dialogues.actions.voices import person_key
from app.dialogues.models import ConferenceCall, Voice
from app.extensions import db
from app.journal.models import Event, Notice
from app.refusals import Invalid, Missing, NotAllowed
from app.rules.workflow import RESIDENT_NOBODY, Action, Role
from app.units.actions import set_setting
from tests import factories
from tests.conftest import both_engines
from tests.factories import MONDAY, actor, make_official, unit

from .sessions_of import plan

pytestmark = pytest.mark.usefixtures("write")
SECRET = "a-key-for-tests"


def voice(phone: str, at: str = "01447", about: str = "") -> tuple[ConferenceCall, bool]:
    return calls.ask_for_conference(unit(at), phone, about, SECRET, MONDAY, RESIDENT_NOBODY)


def phone(number: int) -> str:
    return f"0912 000 {number:03d}"


def voters_are(count: int) -> None:
    administrator = make_official(Role.ADMINISTRATOR, "04")
    set_setting("voters", unit(), count, actor(administrator), MONDAY)


def notices() -> int:
    return db.session.scalar(select(func.count()).select_from(Notice).where(Notice.action == "call_conference")) or 0


@both_engines
def test_one_telephone_is_one_voice_however_it_is_written(app: Flask) -> None:
    call, is_new = voice("0912 000 017")
    assert is_new
    for again in ("0912000017", "+84 912 000 017", "84912000017", "0912.000.017"):
        assert voice(again) == (call, False)
    assert call.counted == 1
    assert voice("0912 000 018")[1] and call.counted == 2


def test_nobody_can_be_read_off_a_voice_nor_followed_to_another_call(app: Flask) -> None:
    call, _new = voice("0912 000 017")
    kept = db.session.scalars(select(Voice)).one()
    assert len(kept.person) == 64 and "912" not in kept.person[:0] + str(kept.note)
    assert kept.person == person_key(call.about, "0912000017", SECRET) != person_key("case:1", "0912000017", SECRET)
    assert kept.person != person_key(call.about, "0912000017", "another key")
    said = db.session.scalars(select(Event).where(Event.subject == call.about)).all()
    assert all("0912" not in str(event.facts) and kept.person not in str(event.facts) for event in said)


@pytest.mark.parametrize("typed", ["", "113", "0000000000", "không có", "0912 000 0177777", "+1 202 555 0100"])
def test_what_is_no_telephone_opens_no_call(app: Flask, typed: str) -> None:
    with pytest.raises(Invalid) as caught:
        voice(typed)
    assert caught.value.field == "phone"
    assert db.session.scalar(select(func.count()).select_from(ConferenceCall)) == 0


@both_engines
def test_at_a_tenth_of_the_voters_the_head_is_told_once(app: Flask) -> None:
    make_official(Role.HEAD)
    voters_are(25)
    for number in range(2):
        call, _new = voice(phone(number))
    assert (call.needed, call.reached_at, notices()) == (3, None, 0)
    voice(phone(2))
    assert (call.reached_at, notices()) == (MONDAY, 1)
    voice(phone(3))
    assert notices() == 1
    reached = [e for e in db.session.scalars(select(Event).where(Event.subject == call.about)) if e.facts["reached"]]
    assert [(e.facts["counted"], e.facts["needed"]) for e in reached] == [(3, 3)]


def test_without_the_number_of_voters_voices_are_counted_and_nothing_is_owed_until_it_is_known(app: Flask) -> None:
    make_official(Role.HEAD)
    for number in range(5):
        call, _new = voice(phone(number))
    assert (call.counted, call.needed, call.reached_at) == (5, 0, None)
    voters_are(50)
    voice(phone(9))
    assert (call.needed, call.reached_at, notices()) == (5, MONDAY, 1)


@both_engines
def test_a_paper_list_counts_its_signatures_once(app: Flask) -> None:
    clerk, stranger = make_official(Role.CLERK), make_official(Role.CLERK, "01273")
    voters_are(1000)
    call = calls.enter_list(unit(), "DS-01", 60, "Tủ A, cặp 3", actor(clerk), MONDAY)
    for number, count, where, field in (("DS-01", 5, "Tủ A", "number"), ("", 5, "Tủ A", "number"),
                                        ("DS-02", 0, "Tủ A", "count"), ("DS-02", 5, " ", "where"),
                                        ("DS-02", 941, "Tủ A", "count")):  # fmt: skip
        with pytest.raises(Invalid) as caught:
            calls.enter_list(unit(), number, count, where, actor(clerk), MONDAY)
        assert caught.value.field == field
    with pytest.raises(NotAllowed):
        calls.enter_list(unit(), "DS-02", 5, "Tủ A", actor(stranger), MONDAY)
    voice("0912 000 017")
    assert (call.counted, call.needed) == (61, 100)


def test_only_a_commune_is_asked_for_a_conference(app: Flask) -> None:
    for code in ("04", "so-y-te"):
        with pytest.raises(Missing):
            voice("0912 000 017", code)


@both_engines
def test_the_conference_that_answers_a_call_closes_it_and_calling_it_off_owes_it_again(app: Flask) -> None:
    officer, head = make_official(), make_official(Role.HEAD)
    voters_are(10)
    call, _new = voice("0912 000 017")
    session = plan(officer, on_request=True)
    assert (call.session_id, call.closed_on) == (session.id, MONDAY.date())
    moving_session.call_off(session, "Lũ", actor(head), MONDAY)
    assert calls.open_call(factories.unit()) is call and call.session_id is None


def test_the_actions_own_word_is_the_event(app: Flask) -> None:
    call, _new = voice("0912 000 017", about="Nước sạch")
    event = db.session.scalars(select(Event).where(Event.subject == call.about)).one()
    assert (event.action, event.actor_role) == (str(Action.CALL_CONFERENCE), "resident")
    assert "Nước sạch" not in str(event.facts)


def test_a_share_that_is_not_whole_is_rounded_up(app: Any) -> None:
    from app.rules.dialogues import voters

    assert [voters.needed(n, 0.1) for n in (0, 1, 30, 31, 4521)] == [0, 1, 3, 4, 453]
    assert (voters.reached(3, 3), voters.reached(5, 0), voters.percent(1, 0)) == (True, False, None)
