"""Telephone, mail and address of a resident are shown on demand, each time an event. Check 89: nothing is indexed."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.cases.models import Case
from app.extensions import db, writing
from app.journal.models import Event
from app.rules.masking import covered_mail, covered_phone
from app.rules.workflow import Action, Role
from tests import factories
from tests.dialogues.receptions import make_booking, make_day
from tests.factories import make_official, open_case, sign_in

PHONE, MAIL, ADDRESS = "0912 000 017", "sen@example.vn", "Xóm Bản Viết"


@pytest.fixture
def case(app: Flask) -> Case:
    with writing():
        case = factories.make_case(phone=PHONE, email=MAIL, address=ADDRESS)
        db.session.commit()
    return case


def official(client: FlaskClient, role: Role, at: str = "01447") -> FlaskClient:
    with writing():
        person = make_official(role, at)
        db.session.commit()
    sign_in(client, person)
    return client


def shows() -> list[Event]:
    return list(db.session.scalars(select(Event).where(Event.action == Action.CONTACT_SHOWN)))


def test_the_page_covers_them_and_the_button_shows_them_once(client: FlaskClient, case: Case) -> None:
    official(client, Role.CLERK)
    page = client.get(f"/desk/cases/{case.reference}").text
    assert "Nông Thị Sen" in page and "09•• ••• 017" in page and "s•••@example.vn" in page
    assert not any(text in page for text in (PHONE, MAIL, ADDRESS, PHONE.replace(" ", ""))) and shows() == []
    answer = client.post(f"/desk/cases/{case.reference}/contact/show")
    assert answer.status_code == 200 and all(text in answer.text for text in (PHONE, MAIL, ADDRESS))
    assert [(e.case_id, e.official_id is not None) for e in shows()] == [(case.id, True)]
    assert PHONE not in client.get(f"/desk/cases/{case.reference}").text and len(shows()) == 1


def test_whoever_sees_no_names_gets_no_button(client: FlaskClient, case: Case) -> None:
    official(client, Role.SUPERVISOR)
    assert "/contact/show" not in client.get(f"/desk/cases/{case.reference}").text
    assert client.post(f"/desk/cases/{case.reference}/contact/show").status_code == 403 and shows() == []


def test_the_resident_is_not_told_who_looked_and_the_inspector_is(client: FlaskClient, case: Case) -> None:
    official(client, Role.CLERK).post(f"/desk/cases/{case.reference}/contact/show")
    other = client.application.test_client()
    open_case(other, case)
    assert "Đã xem thông tin liên lạc" not in other.get("/follow/case").text
    inspector = official(client.application.test_client(), Role.INSPECTOR, "04")
    assert "Đã xem thông tin liên lạc" in inspector.get("/journal").text


def test_a_visitors_contact_is_covered_too(client: FlaskClient, app: Flask) -> None:
    with writing():
        visit = make_booking(make_day(), phone=PHONE, email=MAIL, address=ADDRESS)
        db.session.commit()
    official(client, Role.CLERK)
    url = f"/desk/reception/bookings/{visit.reference}"
    page = client.get(url).text
    assert "09•• ••• 017" in page and not any(text in page for text in (PHONE, MAIL, ADDRESS))
    assert PHONE in client.post(f"{url}/contact/show").text
    assert [event.subject for event in shows()] == [visit.about]


@pytest.mark.parametrize(("typed", "shown"), [("0912 000 017", "09•• ••• 017"), ("113", "•••"), ("", "")])
def test_a_number_keeps_its_ends(typed: str, shown: str) -> None:
    assert covered_phone(typed) == shown


@pytest.mark.parametrize(("typed", "shown"), [("sen@example.vn", "s•••@example.vn"), ("sen", "•••"), ("", "")])
def test_an_address_keeps_its_first_letter_and_its_domain(typed: str, shown: str) -> None:
    assert covered_mail(typed) == shown


def test_search_engines_are_kept_from_every_case(client: FlaskClient, case: Case) -> None:
    open_case(client, case)
    for url in ("/follow/case", "/follow", "/follow/case/my-data", "/submit/feedback", "/receipt", "/sign-in"):
        answer = client.get(url)
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow", url
        assert "no-store" in answer.headers["Cache-Control"] or url.startswith("/submit"), url
    assert "X-Robots-Tag" not in client.get("/").headers
    robots = client.get("/robots.txt")
    assert robots.mimetype == "text/plain" and "Disallow: /follow" in robots.text and "Sitemap" not in robots.text


def test_nothing_of_a_case_stands_on_a_page_that_may_be_indexed(client: FlaskClient, case: Case) -> None:
    from app import INDEXED

    with client.application.test_request_context():
        rules = [r for r in client.application.url_map.iter_rules() if r.endpoint in INDEXED and not r.arguments]
    assert len(rules) >= 6
    for rule in rules:
        page = client.get(rule.rule).text
        assert case.reference not in page and case.title not in page, rule.rule
