"""The outbox: sent once, tried again with patience, taken over when a worker dies, given up with a reason."""

from __future__ import annotations

import threading
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.cases.models import FollowLink
from app.extensions import db, writing
from app.journal.models import Notice
from app.journal.record import Told, record
from app.letters import deliver
from app.letters.deliver import LEASE, drain, lease, settle
from app.letters.outcome import GIVE_UP_AFTER, LONGEST_WAIT, wait
from app.letters.post import TIMEOUT
from app.rules.workflow import THE_SYSTEM, Action, Role

from ..conftest import both_engines
from ..factories import MONDAY, make_case
from .conftest import Mailbox, free_port

MINUTE = timedelta(minutes=1)


@pytest.fixture
def owed(app: Flask) -> int:
    """One letter owed: the receipt of a feedback."""
    with writing():
        make_case()
        db.session.commit()
    return notice().id


def notice() -> Notice:
    """The one mail notice, read afresh."""
    db.session.rollback()
    return db.session.scalars(select(Notice).where(Notice.channel == "mail")).one()


@both_engines
def test_a_letter_is_sent_once_and_then_no_more(app: Flask, owed: int, mailbox: Mailbox) -> None:
    assert drain(MONDAY) == 1
    assert drain(MONDAY + timedelta(days=1)) == 0
    assert len(mailbox.letters) == 1
    sent = notice()
    assert (sent.sent_at, sent.attempts, sent.leased_until, sent.last_error) == (MONDAY, 1, None, "")


def test_a_letter_is_not_sent_before_its_time(app: Flask, owed: int, mailbox: Mailbox) -> None:
    assert drain(MONDAY - MINUTE) == 0


def test_a_server_that_is_away_costs_patience_and_no_letter(app: Flask, owed: int, mailbox: Mailbox) -> None:
    port, app.config["MAIL_PORT"] = app.config["MAIL_PORT"], free_port()
    drain(MONDAY)
    failed = notice()
    assert failed.last_error == "ConnectionRefusedError"
    assert failed.attempts == 1 and failed.dead_at is None and failed.leased_until is None
    assert MONDAY + MINUTE / 2 < failed.not_before <= MONDAY + MINUTE * 1.25
    app.config["MAIL_PORT"] = port
    assert drain(MONDAY + MINUTE / 2) == 0
    assert drain(MONDAY + MINUTE * 2) == 1
    assert len(mailbox.letters) == 1


def test_every_try_has_the_same_message_id_and_the_same_link(app: Flask, owed: int, mailbox: Mailbox) -> None:
    drain(MONDAY)
    with writing():
        db.session.execute(update(Notice).values(sent_at=None))
        db.session.commit()
    drain(MONDAY + MINUTE)
    first, second = mailbox.letters
    assert first["Message-ID"] == second["Message-ID"] == f"<notice-{owed}@localhost>"
    assert first.get_content() == second.get_content()
    assert len(db.session.scalars(select(FollowLink)).all()) == 1


def test_a_recipient_refused_for_good_is_given_up_at_once(app: Flask, owed: int, mailbox: Mailbox) -> None:
    mailbox.refuse = "550 5.1.1 sen@example.vn: no such user"
    drain(MONDAY)
    dead = notice()
    assert dead.dead_at == MONDAY
    assert dead.last_error == "SMTPRecipientsRefused 550"


@pytest.mark.parametrize(("rcpt", "data"), [("450 4.2.1 try later", ""), ("", "452 4.3.1 no room for it now")])
def test_other_refusals_are_tried_again(app: Flask, owed: int, mailbox: Mailbox, rcpt: str, data: str) -> None:
    mailbox.refuse, mailbox.refuse_data = rcpt, data
    drain(MONDAY)
    assert notice().dead_at is None
    mailbox.refuse = mailbox.refuse_data = ""
    drain(MONDAY + timedelta(hours=1))
    assert notice().sent_at is not None


def test_a_letter_refused_for_good_is_given_up_at_once(app: Flask, owed: int, mailbox: Mailbox) -> None:
    mailbox.refuse_data = "554 5.7.1 looks odd to me"
    drain(MONDAY)
    assert (notice().dead_at, notice().last_error) == (MONDAY, "SMTPDataError 554")


def test_after_twenty_tries_a_letter_is_given_up(app: Flask, owed: int, mailbox: Mailbox) -> None:
    mailbox.refuse = "450 4.2.1 mailbox busy"
    now, tries = MONDAY, 0
    while notice().dead_at is None:
        tries += drain(now)
        now = max(now, notice().not_before)
    assert tries == GIVE_UP_AFTER == notice().attempts
    assert timedelta(days=2) < now - MONDAY < timedelta(days=5)


def test_the_waits_grow_from_a_minute_to_six_hours() -> None:
    waits = [wait(tries) for tries in range(1, GIVE_UP_AFTER + 1)]
    assert MINUTE * 0.75 <= waits[0] <= MINUTE * 1.25
    growing = [wait for wait in waits if wait < LONGEST_WAIT * 0.7]
    assert growing == sorted(growing)
    assert max(waits) <= LONGEST_WAIT and waits[-1] >= LONGEST_WAIT * 0.75


def test_what_is_kept_of_a_failure_holds_no_address(app: Flask, owed: int, mailbox: Mailbox) -> None:
    mailbox.refuse = "450 4.2.1 sen@example.vn is away, see https://example.vn"
    drain(MONDAY)
    assert "example" not in notice().last_error


@both_engines
def test_a_worker_that_died_is_followed_by_another_after_its_lease(app: Flask, owed: int, mailbox: Mailbox) -> None:
    assert len(lease(MONDAY, 20)) == 1
    assert drain(MONDAY + MINUTE) == 0
    assert drain(MONDAY + LEASE) == 1
    assert len(mailbox.letters) == 1


def test_whoever_lost_the_lease_writes_nothing_down(app: Flask, owed: int, mailbox: Mailbox) -> None:
    (slow,) = lease(MONDAY, 20)
    (quick,) = lease(MONDAY + LEASE, 20)
    settle(slow, OSError(), MONDAY + LEASE)
    assert notice().leased_until == quick.until and notice().attempts == 0
    settle(quick, None, MONDAY + LEASE)
    assert notice().sent_at == MONDAY + LEASE


@both_engines
def test_two_workers_at_once_send_each_letter_once(app: Flask, mailbox: Mailbox) -> None:
    with writing():
        for number in range(12):
            make_case(title=f"Việc {number}")
        db.session.commit()
    db.session.remove()

    def work() -> None:
        with app.app_context():
            while drain(MONDAY, 3):
                pass

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    ids = [letter["Message-ID"] for letter in mailbox.letters]
    assert len(ids) == len(set(ids)) == 12


def test_a_letter_that_cannot_be_written_does_not_hold_up_the_others(app: Flask, mailbox: Mailbox) -> None:
    with writing():
        note = record(Action.NOTE, make_case(), THE_SYSTEM, MONDAY, [Told(Role.RESIDENT)])  # has no letter
        first = db.session.scalars(select(Notice.id).where(Notice.event_seq == note.seq)).one()
        db.session.commit()
    assert drain(MONDAY) == 2
    assert len(mailbox.letters) == 1
    failed = db.session.get(Notice, first, populate_existing=True)
    assert failed is not None and failed.last_error == "TemplateNotFound" and failed.dead_at is None


def test_without_a_mail_server_letters_become_files_for_their_owner_only(app: Flask, owed: int, tmp_path: Path) -> None:
    assert app.config["MAIL_HOST"] == ""
    drain(MONDAY)
    file = tmp_path / "outgoing-mail" / f"notice-{owed}.eml"
    letter = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert letter["Subject"] == "Tin về việc số PA-2026-000001"
    assert "Nông Thị Sen" in letter.get_content()  # type: ignore[attr-defined]
    assert file.stat().st_mode & 0o077 == 0 and file.parent.stat().st_mode & 0o077 == 0
    assert notice().sent_at == MONDAY


def test_a_lease_outlasts_a_batch_on_the_slowest_server() -> None:
    assert LEASE.total_seconds() > deliver.BATCH * TIMEOUT
