"""Check 25: a copy of database, its write log, free pages and logs names nobody without the key folder. Also 27, 31."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from app.cases import actions
from app.cases.links import of_address
from app.cases.models import Case, Person
from app.cases.models.person import mark
from app.dialogues.actions import people as invited
from app.dialogues.actions.visits import check_in
from app.extensions import db, writing
from app.journal.models import EventFacts
from app.rules.workflow import Kind, Role
from app.sealing import Unreadable
from tests import factories
from tests.conftest import both_engines
from tests.dialogues.receptions import make_booking, make_day
from tests.dialogues.sessions_of import plan
from tests.factories import MONDAY, actor, make_official
from tests.petitions.walk import COMPLAINT, FEEDBACK, Walk

from .traces import database_bytes, folder_bytes, found

NAME, PHONE, MAIL, CARD = "Lường Thị Ướt", "0987 123 450", "luong.uot@thu-rieng.vn", "004189009876"
ADDRESS, SPEAKER = "Nhà sàn số 7, Bản Giốc Thượng", "Đàm Quảng Uyên"
PERSON = (NAME, PHONE, PHONE.replace(" ", ""), MAIL, ADDRESS, CARD, SPEAKER)


def petition(client: FlaskClient, kind: str, pages: dict[str, dict[str, str]]) -> None:
    """Sent through the guided form, as a resident does it."""
    who = {"name": NAME, "phone": PHONE, "email": MAIL, **({"address": ADDRESS} if kind == "complaint" else {})}
    Walk(client, kind).to("review", {**pages, "you": {**pages["you"], **who}}).send()


def live(client: FlaskClient) -> None:
    """One person sends, asks, books and comes; officials answer, decide by a paper, invite."""
    petition(client, "feedback", FEEDBACK)
    petition(client, "complaint", COMPLAINT)
    with writing():
        _clerk, officer, head = factories.staff()
        case = db.session.scalars(select(Case).where(Case.kind == Kind.FEEDBACK)).one()
        factories.answer(factories.assign(case, officer, head), officer, head)
        who = {"name": NAME, "phone": PHONE, "email": MAIL, "address": ADDRESS}
        second = factories.make_case(Kind.COMPLAINT, **who)
        actions.register(second, MONDAY.date(), actor(make_official(Role.CLERK)), MONDAY)
        factories.accept(second, head)
        wish = actions.MeetingWish(people=6, representatives=(NAME, SPEAKER))
        factories.make_request(wish=wish, **who)
        booking = make_booking(make_day(), **who, people=6, representatives=(NAME, SPEAKER))
        check_in(booking, CARD, actor(make_official(Role.CLERK)), EIGHT_ON)
        db.session.commit()


EIGHT_ON = MONDAY.replace(day=18, hour=1)


def test_a_stolen_copy_names_nobody(app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    live(client)
    assert {one.said().get("name") for one in db.session.scalars(select(Person))} == {NAME}
    assert found(PERSON, database_bytes(app)) == []
    assert found(PERSON, caplog.text.encode()) == []
    assert found(PERSON, str([f.facts for f in db.session.scalars(select(EventFacts))]).encode()) == []


def test_beside_the_database_only_papers_name_anybody(app: Flask, client: FlaskClient) -> None:
    petition(client, "feedback", FEEDBACK)
    assert found(PERSON, folder_bytes(Path(app.config["DATA_DIR"]), Path(app.config["KEYS_DIR"]))) == []


def test_of_a_denunciation_nothing_is_kept_even_for_who_has_the_key(app: Flask) -> None:
    with writing():
        factories.make_denunciation(name=NAME, phone=PHONE, email=MAIL, address=ADDRESS)
        make_booking(make_day(), name=NAME, phone=PHONE, email=MAIL, is_sealed=True)
        db.session.commit()
    assert db.session.scalars(select(Person)).all() == []
    assert found(PERSON, database_bytes(app)) == []


@both_engines
def test_a_seal_opens_for_its_own_case_only(app: Flask) -> None:
    with writing():
        one, other = factories.make_case(name=NAME), factories.make_case(name="Ai khác")
        db.session.commit()
        stolen = db.session.get_one(Person, one.reference).sealed
        db.session.execute(update(Person).where(Person.about == other.reference).values(sealed=stolen))
        db.session.commit()
    with pytest.raises(Unreadable):
        _name = other.contact_name
    assert one.contact_name == NAME


@both_engines
def test_who_names_the_address_or_the_number_is_found_by_a_keyed_hash(app: Flask) -> None:
    with writing():
        case = factories.make_case(phone=PHONE, email=MAIL)
        db.session.commit()
    assert [c.id for c in of_address(MAIL.upper(), MONDAY)] == [case.id]
    row = db.session.scalars(select(Person)).one()
    assert row.phone_hash == mark("phone", "+84 987.123.450") and row.email_hash == mark("email", f" {MAIL} ")
    assert mark("phone", "113") is None and mark("email", "") is None


def test_the_length_of_a_seal_says_nothing_of_the_name(app: Flask) -> None:
    with writing():
        factories.make_case(name="An", phone="", email="")
        factories.make_case(name="Nguyễn Phúc Ưng Thị", phone="", email="")
        db.session.commit()
    assert len({len(one.sealed) for one in db.session.scalars(select(Person))}) == 1


def test_a_name_struck_off_a_list_is_in_no_event(app: Flask) -> None:
    with writing():
        officer = make_official(Role.HEAD)
        session, head = plan(officer), actor(officer)
        invited.invite(session, "guest", SPEAKER, head, MONDAY)
        [guest] = session.attendees
        invited.strike_out(session, guest.id, head, MONDAY)
        db.session.commit()
    assert SPEAKER not in str([f.facts for f in db.session.scalars(select(EventFacts))])
