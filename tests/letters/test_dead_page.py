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
from app.journal.models import Event, Notice
from app.journal.queries import unread_things
from app.journal.record import Thing, Told, record
from app.letters.deliver import drain
from app.letters.queries import depth, masked
from app.rules.workflow import THE_SYSTEM, Action, Role

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
        told = db.session.scalars(select(Event).where(Event.action == "letter_retried")).one()
        assert told.subject == f"notice:{dead}"
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


def owe_dead(number: int, error: str, **more: str) -> None:
    """So many letters that were given up for one fault, with the tries they had."""
    before = set(db.session.scalars(select(Notice.id)))
    with writing():
        for n in range(number):
            make_case(title=f"Việc {error} {n}", **more)
        new = set(db.session.scalars(select(Notice.id))) - before
        values = {"dead_at": MONDAY, "last_error": error, "attempts": 20}
        db.session.execute(update(Notice).where(Notice.id.in_(new)).values(**values))
        db.session.commit()


def test_one_press_sends_again_everything_that_failed_for_the_same_reason(
    client: FlaskClient, dead: int, mailbox: Mailbox
) -> None:
    owe_dead(3, "SMTPDataError 554")
    assert "Gửi lại 3 thư lỗi SMTPDataError 554" in page(client)
    assert client.post("/admin/letters/retry", data={"error": "SMTPDataError 554"}).status_code == 303
    left = db.session.scalars(
        select(Notice).where(Notice.dead_at.is_not(None)).execution_options(populate_existing=True)
    )
    assert [notice.id for notice in left] == [dead]
    drain(clock.now() + timedelta(seconds=1))
    assert len(mailbox.letters) == 3
    assert client.post("/admin/letters/retry", data={"error": "no such fault"}).status_code == 303
    assert client.post("/admin/letters/retry").status_code == 303


def test_the_press_reaches_no_letter_of_another_unit(client: FlaskClient, dead: int) -> None:
    page(client, "01273")
    client.post("/admin/letters/retry", data={"error": "SMTPRecipientsRefused 550"})
    assert db.session.get(Notice, dead, populate_existing=True).dead_at is not None  # type: ignore[union-attr]


def test_the_list_is_narrowed_by_fault_and_channel_and_shows_sms_by_three_digits(
    client: FlaskClient, app: Flask, dead: int
) -> None:
    app.config["SMS_SENDER"] = "file"
    owe_dead(2, "OSError", email="")
    text = page(client)
    assert "*** 017" in text and "0912" not in text and "s***@example.vn" in text
    only = client.get("/admin/letters?error=OSError").get_data(as_text=True)
    assert only.count("*** 017") == 2 and "s***@example.vn" not in only
    assert "*** 017" not in client.get("/admin/letters?channel=mail").get_data(as_text=True)
    assert "Không có thư nào như vậy." in client.get("/admin/letters?channel=sms&error=x").get_data(as_text=True)


def test_the_page_counts_what_is_owed_waits_went_out_and_was_given_up(
    client: FlaskClient, dead: int, mailbox: Mailbox
) -> None:
    with writing():
        make_case(title="Gửi được", email="a@example.vn")
        db.session.commit()
    drain(MONDAY)
    with writing():
        make_case(title="Đang chờ", email="b@example.vn")
        make_case(title="Đang chờ", email="c@example.vn")
        last = max(db.session.scalars(select(Notice.id)))
        db.session.execute(update(Notice).where(Notice.id == last).values(not_before=MONDAY + timedelta(hours=3)))
        db.session.commit()
    found = depth(MONDAY + timedelta(hours=2))
    assert (found.waiting, found.held, found.sent_today, found.dead) == (2, 1, 1, 1)
    assert found.oldest == timedelta(hours=2)
    assert depth(MONDAY, ["/nowhere/"]).waiting == 0
    assert "Chờ lâu nhất" in page(client)


def test_an_official_who_lost_the_address_finds_the_report_at_the_desk(app: Flask, mailbox: Mailbox) -> None:
    with writing():
        head = make_official(Role.HEAD, "01447", email="head@example.vn")
        thing = Thing("report:01447:2026-10", head.posts[0].unit_id)
        record(Action.MONTHLY_REPORT, thing, THE_SYSTEM, MONDAY, [Told(Role.OFFICER, head.id, by_mail=True)])
        head.email = ""
        db.session.commit()
    drain(MONDAY)
    notice = db.session.scalars(select(Notice).where(Notice.official_id == head.id)).one()
    assert (notice.channel, notice.dead_at, notice.closed_at) == ("desk", None, None)
    assert unread_things(head.id, ("report:",), 5) == [("report:01447:2026-10", {})]
