"""What an administrator sees of letters that were given up, and sending them again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from app import clock
from app.cases.models import Case
from app.extensions import db, writing
from app.journal.models import Notice
from app.letters.deliver import drain
from app.letters.queries import masked
from app.rules.workflow import Role

from ..factories import MONDAY, make_case, make_official, sign_in
from .conftest import Mailbox


@pytest.fixture
def dead(app: Flask, mailbox: Mailbox) -> int:
    """One letter of Trùng Khánh that its recipient's server refused for good."""
    mailbox.refuse = "550 no such user"
    with writing():
        make_case()
        db.session.commit()
    drain(MONDAY)
    mailbox.refuse = ""
    return db.session.scalars(select(Notice.id).where(Notice.dead_at.is_not(None))).one()


def page(client: FlaskClient, at: str = "04") -> str:
    """The page as an administrator of that unit sees it."""
    with writing():
        sign_in(client, make_official(Role.ADMINISTRATOR, at))
    return client.get("/admin/letters").get_data(as_text=True)


def test_the_page_names_template_masked_address_tries_and_fault(client: FlaskClient, dead: int) -> None:
    text = page(client)
    assert "s***@example.vn" in text
    assert "SMTPRecipientsRefused 550" in text


def test_the_page_shows_nothing_of_the_case(client: FlaskClient, dead: int) -> None:
    text = page(client)
    case = db.session.scalars(select(Case)).one()
    for secret in (case.reference, case.title, case.contact_name, case.contact_phone, case.contact_email):
        assert secret not in text


def test_letters_of_other_units_are_out_of_reach(client: FlaskClient, dead: int) -> None:
    assert "example.vn" not in page(client, "01273")
    assert client.post(f"/admin/letters/{dead}/retry").status_code == 404


OTHERS = [role for role in Role if role not in (Role.ADMINISTRATOR, Role.RESIDENT, Role.SYSTEM)]


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_enters(client: FlaskClient, dead: int, role: Role) -> None:
    with writing():
        sign_in(client, make_official(role, "04"))
    assert client.get("/admin/letters").status_code == 403
    assert client.post(f"/admin/letters/{dead}/retry").status_code == 403


def test_sending_again_owes_the_letter_anew(client: FlaskClient, dead: int, mailbox: Mailbox) -> None:
    page(client)
    with writing():
        db.session.scalars(select(Case)).one().contact_email = "sen.moi@example.vn"
        db.session.commit()
    with clock.fixed(clock.now()):
        now = clock.now()
        assert client.post(f"/admin/letters/{dead}/retry").status_code == 303
        assert drain(now + timedelta(seconds=1)) == 1
    assert mailbox.letters[0]["To"] == "sen.moi@example.vn"
    assert client.post(f"/admin/letters/{dead}/retry").status_code == 404


def test_an_empty_page_says_that_all_is_well(client: FlaskClient, app: Flask) -> None:
    assert "Mọi thư đều đã gửi" in page(client)


@pytest.mark.parametrize(("address", "shown"), [("a@b.vn", "a***@b.vn"), ("", "***"), ("khong phai", "***")])
def test_addresses_are_masked(address: str, shown: str) -> None:
    assert masked(address) == shown


def test_many_dead_letters_fill_pages_of_25(client: FlaskClient, dead: int) -> None:
    with writing():
        for number in range(30):
            make_case(title=f"Việc {number}")
        db.session.execute(update(Notice).where(Notice.channel == "mail").values(dead_at=MONDAY, last_error="x"))
        db.session.commit()
    assert page(client).count("s***@example.vn") == 25
    assert "page=2" in client.get("/admin/letters").get_data(as_text=True)
