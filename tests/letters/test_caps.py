"""Check 55: how much one address and one case get within a day; what is over it waits, gathered, and is not lost."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from app.accounts.models import Attempt
from app.cases.links import send_links
from app.cases.models import Case
from app.extensions import db, writing
from app.journal.models import Notice
from app.letters.deliver import drain
from app.letters.outcome import LONGEST_WAIT

from ..conftest import both_engines
from ..factories import MONDAY, make_case
from .conftest import Mailbox, words_of

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def cases(number: int, **more: str) -> None:
    """So many cases of one resident, committed."""
    with writing():
        for n in range(number):
            make_case(title=f"Việc {n}", **more)
        db.session.commit()


def send_all(now) -> None:  # type: ignore[no-untyped-def]
    """As the worker does until nothing is due."""
    for _look in range(10):
        drain(now)


@both_engines
def test_the_twenty_first_letter_to_an_address_waits_for_the_next_day(app: Flask, mailbox: Mailbox) -> None:
    cases(26)
    with writing():
        make_case(title="Của người khác", email="lan@example.vn")
        db.session.commit()
    send_all(MONDAY)
    assert [letter["To"] for letter in mailbox.letters].count("sen@example.vn") == 20
    assert mailbox.letters[-1]["To"] == "lan@example.vn"
    waiting = db.session.scalars(select(Notice).where(Notice.sent_at.is_(None))).all()
    assert len(waiting) == 6
    assert {(n.attempts, n.dead_at, n.leased_until) for n in waiting} == {(0, None, None)}
    send_all(MONDAY + DAY - MINUTE)
    assert len(mailbox.letters) == 21
    send_all(MONDAY + DAY + MINUTE)
    assert len(mailbox.letters) == 27
    assert len({letter["Message-ID"] for letter in mailbox.letters}) == 27


def test_the_share_is_counted_by_a_keyed_hash_and_forgotten_after_a_day(app: Flask, mailbox: Mailbox) -> None:
    cases(3)
    send_all(MONDAY)
    counted = db.session.scalars(select(Attempt)).all()
    assert {row.door for row in counted} == {"letter:mail", "letter:case"} and len(counted) == 6
    assert not any("sen" in row.who or len(row.who) != 64 for row in counted)
    cases(1, now=MONDAY + DAY * 2)  # type: ignore[arg-type]
    send_all(MONDAY + DAY * 2)
    assert len(db.session.scalars(select(Attempt)).all()) == 2


def test_the_spelling_of_an_address_gives_no_second_share(app: Flask, mailbox: Mailbox) -> None:
    app.config["MAILS_PER_ADDRESS"] = 2
    cases(2)
    cases(2, email="Sen@Example.VN")
    send_all(MONDAY)
    assert len(mailbox.letters) == 2


def test_five_sms_a_day_go_to_a_number(app: Flask, mailbox: Mailbox) -> None:
    app.config["SMS_SENDER"] = "file"
    cases(7, email="")
    send_all(MONDAY)
    sent = db.session.scalars(select(Notice).where(Notice.sent_at.is_not(None))).all()
    assert [notice.channel for notice in sent] == ["sms"] * 5


def test_the_eleventh_letter_of_one_case_waits_though_others_go(app: Flask, mailbox: Mailbox) -> None:
    cases(2)
    with writing():
        for _n in range(6):
            send_links("sen@example.vn", MONDAY, "any")
        db.session.commit()
    app.config["MAILS_PER_ADDRESS"] = 0
    app.config["LETTERS_PER_CASE"] = 5
    send_all(MONDAY)
    assert len(mailbox.letters) == 10
    send_all(MONDAY + DAY + MINUTE)
    assert len(mailbox.letters) == 14


def test_a_try_that_failed_uses_nothing_up(app: Flask, mailbox: Mailbox) -> None:
    app.config["MAILS_PER_ADDRESS"] = 1
    cases(1)
    mailbox.refuse = "450 4.2.1 mailbox busy"
    drain(MONDAY)
    mailbox.refuse = ""
    drain(MONDAY + LONGEST_WAIT)
    assert len(mailbox.letters) == 1


def crowd(number: int) -> Case:
    """One case that so much happened to at once, committed; its letters were never tried."""
    with writing():
        case = make_case()
        from app.journal.record import Told, record
        from app.rules.workflow import THE_SYSTEM, Action, Role

        for _n in range(number - 1):
            record(Action.RECEIVE, case, THE_SYSTEM, MONDAY, [Told(Role.RESIDENT)])
        db.session.commit()
    return case


@both_engines
def test_many_letters_of_one_case_that_wait_at_once_become_one(app: Flask, mailbox: Mailbox) -> None:
    crowd(8)
    send_all(MONDAY)
    [letter] = mailbox.letters
    last = max(db.session.scalars(select(Notice.id)))
    assert letter["Message-ID"] == f"<notice-{last}@localhost>"
    text = words_of(letter)
    assert "Có 8 tin về việc của ông/bà" in text and text.count("Đã vào sổ tiếp nhận") == 7
    assert {notice.sent_at for notice in db.session.scalars(select(Notice))} == {MONDAY}


def test_a_few_letters_go_one_by_one(app: Flask, mailbox: Mailbox) -> None:
    crowd(5)
    send_all(MONDAY)
    assert len(mailbox.letters) == 5


def test_a_gathered_letter_is_the_same_on_every_try(app: Flask, mailbox: Mailbox) -> None:
    case = crowd(7)
    mailbox.refuse_data = "452 4.3.1 no room"
    drain(MONDAY)
    with writing():
        from app.journal.record import Told, record
        from app.rules.workflow import THE_SYSTEM, Action, Role

        record(Action.ACCEPT, db.session.get_one(Case, case.id), THE_SYSTEM, MONDAY, [Told(Role.RESIDENT)])
        db.session.commit()
    mailbox.refuse_data = ""
    send_all(MONDAY + timedelta(hours=1))
    assert len(mailbox.letters) == 2
    gathered = next(text for text in map(words_of, mailbox.letters) if "Có 7 tin" in text)
    assert "Đã thụ lý" not in gathered
    assert not db.session.scalars(select(Notice).where(Notice.sent_at.is_(None))).all()
