"""Checks 69 and 74: real workers, a real mail server: killed after the letter left, hung past their lease, in pairs."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app import clock
from app.extensions import db, writing
from app.journal.models import Notice
from app.letters.deliver import drain
from tests import factories

from .conftest import MakeHouse
from .house import ROOT, House, eventually
from .mail import PostOffice
from .test_kill import SEED

MINUTE = timedelta(minutes=1)
LEASE = "5"


def owing(house: House, letters: int) -> None:
    """So many petitions, each owing one letter to an address of its own."""
    with house.inside():
        for first in range(0, letters, 100):
            with writing():
                for number in range(first, min(first + 100, letters)):
                    factories.make_case(title=f"Việc {number}", email=f"nguoi-{number}@example.vn")
                db.session.commit()


def begin(house: House, lease: str = LEASE) -> subprocess.Popen[bytes]:
    """One worker, a process of its own."""
    program = "tests.faults.short_lease"
    with (house.folder / "house.log").open("ab") as log:
        return subprocess.Popen([sys.executable, "-m", program], cwd=ROOT, stdout=log, stderr=log,
                                env={**house.whole_environ, "LEASE_SECONDS": lease})  # fmt: skip


def unsent(house: House) -> int:
    """Letters that are still owed."""
    with house.inside():
        waiting = Notice.channel == "mail", Notice.sent_at.is_(None)
        return int(db.session.scalar(select(func.count()).where(*waiting)) or 0)


@pytest.fixture
def owed(make_house: MakeHouse, post: PostOffice) -> House:
    """A house that sends its mail to this test."""
    return make_house(MAIL_HOST="127.0.0.1", MAIL_PORT=str(post.port))


def test_two_workers_send_each_letter_once(owed: House, post: PostOffice) -> None:
    owing(owed, 60)
    workers = [begin(owed, "60"), begin(owed, "60")]
    try:
        eventually(lambda: unsent(owed) == 0, 300)
    finally:
        for worker in workers:
            worker.terminate()
        assert [worker.wait(30) for worker in workers] == [0, 0]
    assert len(post.taken) == 60 and post.doubles == 0


def test_a_worker_that_hangs_past_its_lease_is_followed_once(owed: House, post: PostOffice) -> None:
    owing(owed, 12)
    hung = begin(owed)

    def hang() -> None:
        if len(post.taken) == 4:
            post.on_taken = None
            os.kill(hung.pid, signal.SIGSTOP)

    post.on_taken = hang
    try:
        eventually(lambda: len(post.taken) >= 4, 200)
        time.sleep(float(LEASE) + 1)
        other = begin(owed)
        eventually(lambda: unsent(owed) == 0, 200)
        sent = post.doubles
        assert len(post.taken) == 12 and sent <= 1, "only the letter that was on its way may come twice"
        os.kill(hung.pid, signal.SIGCONT)
        time.sleep(4)
        assert (len(post.taken), post.doubles) == (12, sent), "it woke up, lost its lease, and sent nothing more"
    finally:
        os.kill(hung.pid, signal.SIGCONT)
        for worker in (hung, other):
            worker.terminate()
            worker.wait(30)


def kill_while_sending(house: House, post: PostOffice, letters: int, kills: int, lease: str = LEASE) -> None:
    """Kill the worker so often, each time when a letter was just taken and before it could be marked."""
    chance, done = random.Random(SEED), 0
    owing(house, letters)
    worker = begin(house, lease)

    def strike() -> None:
        nonlocal done
        if done < kills and chance.random() < 0.3:
            done += 1
            worker.kill()

    post.on_taken = strike
    until = time.monotonic() + 120 + 60 * kills
    while unsent(house):
        if worker.poll() is not None:
            worker = begin(house, lease)
        assert time.monotonic() < until, f"{unsent(house)} letters are still owed after {done} kills"
        time.sleep(0.5)
    worker.terminate()
    worker.wait(30)
    said = f"seed {SEED}: {letters} letters, worker killed {done} times, {post.doubles} doubled, {unsent(house)} lost\n"
    sys.stdout.write(said)
    if kills >= 50 and (folder := os.environ.get("SOAK_OUTPUT")):
        Path(folder).mkdir(parents=True, exist_ok=True)
        (Path(folder) / "kill-9-letters.txt").write_text(said)
    assert done == kills
    assert len(post.taken) == letters and post.doubles <= done
    assert len(set(post.recipients.values())) == letters, "one Message-ID for each letter, one letter for each address"


def test_a_worker_killed_after_the_letter_left_doubles_it_at_most(owed: House, post: PostOffice) -> None:
    kill_while_sending(owed, post, letters=30, kills=3)


@pytest.mark.soak
def test_fifty_kills_over_a_thousand_letters_lose_none(owed: House, post: PostOffice) -> None:
    kill_while_sending(owed, post, letters=1000, kills=50, lease="20")


def test_after_an_hour_without_a_mail_server_everything_is_out_in_a_quarter_of_an_hour(
    owed: House, post: PostOffice
) -> None:
    post.close()
    owing(owed, 20)
    with owed.inside():
        began = clock.now()
        for minute in range(60):
            if minute % 7 == 0:
                with writing():
                    factories.make_case(
                        title=f"Lúc {minute}", email=f"luc-{minute}@example.vn", now=began + minute * MINUTE
                    )
                    db.session.commit()
            _look(began + minute * MINUTE)
        assert len(post.taken) == 0
        post.open()
        for minute in range(60, 75):
            _look(began + minute * MINUTE)
    assert unsent(owed) == 0
    assert len(post.taken) == 29 and post.doubles == 0


def _look(now: object) -> None:
    """What the worker does within this minute."""
    for _turn in range(10):
        if drain(now) == 0:  # type: ignore[arg-type]
            return
