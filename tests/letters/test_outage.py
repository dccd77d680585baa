"""Checks 69 and 74: nothing is lost when the worker dies or the mail server is away, and it leaves soon after."""

from __future__ import annotations

import random
import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask, current_app
from sqlalchemy import func, select

from app.extensions import db, writing
from app.journal.models import Notice
from app.letters import deliver
from app.letters.deliver import LEASE, drain, lease
from app.letters.post import post_office
from app.letters.queries import depth

from ..conftest import both_engines
from ..factories import MONDAY, make_case
from .conftest import Mailbox, free_port

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def owe(number: int) -> None:
    """So many letters, each to an address of its own."""
    with writing():
        for n in range(number):
            make_case(title=f"Việc {n}", email=f"nguoi{n}@example.vn")
        db.session.commit()


def work(since: datetime, until: datetime, step: timedelta = SECOND * 10) -> datetime:
    """The worker's looks at the outbox from one moment to another, on a clock that is moved."""
    now = since
    while now < until:
        while drain(now) == deliver.BATCH:
            pass
        now += step
    return now


def unsent() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).where(Notice.sent_at.is_(None)).select_from(Notice)) or 0


@both_engines
def test_what_waited_for_a_server_away_for_an_hour_leaves_within_fifteen_minutes_of_its_return(
    app: Flask, mailbox: Mailbox
) -> None:
    owe(45)
    port, app.config["MAIL_PORT"] = app.config["MAIL_PORT"], free_port()
    now = work(MONDAY, MONDAY + timedelta(hours=1), MINUTE / 2)
    assert unsent() == 45
    tried = db.session.scalars(select(Notice.attempts)).all()
    assert sum(tried) < 130, "every letter was tried again and again, where one look now and then is enough"
    assert depth(now).waiting == 45 and depth(now).dead == 0
    app.config["MAIL_PORT"] = port
    now = work(now, now + MINUTE * 7)
    assert unsent() == 0 and len(mailbox.letters) == 45
    assert len({letter["Message-ID"] for letter in mailbox.letters}) == 45


@pytest.mark.parametrize("says", ["421 4.3.2 shutting down"])
def test_a_server_that_turns_everybody_away_is_as_good_as_gone(app: Flask, mailbox: Mailbox, says: str) -> None:
    owe(25)
    mailbox.refuse = says
    now = work(MONDAY, MONDAY + timedelta(hours=1), MINUTE / 2)
    mailbox.refuse = ""
    work(now, now + MINUTE * 12)
    assert unsent() == 0


def test_a_server_away_for_three_days_costs_no_letter(app: Flask, mailbox: Mailbox) -> None:
    owe(1)
    port, app.config["MAIL_PORT"] = app.config["MAIL_PORT"], free_port()
    now = work(MONDAY, MONDAY + timedelta(days=3), MINUTE * 20)
    assert depth(now).dead == 0
    app.config["MAIL_PORT"] = port
    work(now, now + MINUTE * 12, MINUTE)
    assert unsent() == 0


def test_a_letter_that_makes_the_server_hang_up_does_not_hold_up_the_others(app: Flask, mailbox: Mailbox) -> None:
    owe(6)
    mailbox.hang_up_on = "nguoi0@example.vn"
    work(MONDAY, MONDAY + MINUTE * 10)
    assert len(mailbox.letters) == 5 and unsent() == 1


class Killed(BaseException):
    """The worker is gone; nothing below catches it."""


def killed_after(sent: int, now: datetime) -> None:
    """A worker that leases a batch, hands over so many letters, and dies before it settles the last of them."""
    leased = lease(now, deliver.BATCH)
    with pytest.raises(Killed), post_office(dict(current_app.config)) as post:
        for number, item in enumerate(leased, 1):
            error = deliver._send(post, item)
            if number >= sent or number == len(leased):
                raise Killed
            deliver.settle(item, error, now)
        raise Killed
    db.session.rollback()


@both_engines
def test_twelve_kills_between_sent_and_settled_lose_nothing_and_double_at_most_one_letter_each(
    app: Flask, mailbox: Mailbox
) -> None:
    owe(100)
    now, dice = MONDAY, random.Random(69)
    for _kill in range(12):
        killed_after(dice.randint(1, 9), now)
        now += LEASE
    while unsent():
        drain(now)
        now += LEASE
    ids = [letter["Message-ID"] for letter in mailbox.letters]
    assert len(set(ids)) == 100
    assert len(ids) <= 112
    for one in set(ids):
        same = [letter for letter in mailbox.letters if letter["Message-ID"] == one]
        assert len({str(letter.get_content()) for letter in same}) == 1  # type: ignore[attr-defined]


@both_engines
def test_two_workers_send_each_sms_and_letter_once(app: Flask, mailbox: Mailbox) -> None:
    app.config["SMS_SENDER"] = "file"
    owe(8)
    with writing():
        for n in range(8):
            make_case(title=f"Tin {n}", email="", phone=f"0912 000 {n:03d}")
        db.session.commit()
    db.session.remove()
    seen: list[Any] = []

    def one() -> None:
        with app.app_context():
            while number := drain(MONDAY, 3):
                seen.append(number)

    workers = [threading.Thread(target=one) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(seen) == 16 and len(mailbox.letters) == 8 and unsent() == 0


@both_engines
def test_a_worker_hung_past_its_lease_is_taken_over_once(app: Flask, mailbox: Mailbox) -> None:
    owe(3)
    hung = lease(MONDAY, 20)
    assert drain(MONDAY + LEASE) == 3
    for item in hung:  # it wakes up and reports what it never sent
        deliver.settle(item, None, MONDAY + LEASE + MINUTE)
    assert drain(MONDAY + LEASE * 3) == 0
    assert len(mailbox.letters) == 3
    assert {notice.attempts for notice in db.session.scalars(select(Notice))} == {1}
