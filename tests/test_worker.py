"""The worker: reminds once, tidies up, stops when told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock, worker
from app.accounts.models import SignIn
from app.cases import actions
from app.cases.models import Case, FollowLink
from app.extensions import db, writing
from app.journal.models import Event, Notice
from app.rules.workflow import Action
from app.units.models import Setting

from .conftest import both_engines
from .factories import MONDAY, actor, answer, assign, make_case, resident_of, staff, unit

DAY = timedelta(days=1)
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def asked(app: Flask) -> int:
    """A case of Trùng Khánh whose resident was asked something on Monday."""
    with writing():
        _clerk, officer, head = staff()
        case = assign(make_case(), officer, head)
        actions.ask(case, "Từ cây số nào?", actor(officer), MONDAY)
        db.session.commit()
        return case.id


def work(app: Flask, days: int) -> None:
    """One round of the worker so many days after Monday."""
    with clock.fixed(MONDAY + days * DAY):
        worker.run(app, once=True)


def reminders() -> list[Event]:
    db.session.rollback()
    return list(db.session.scalars(select(Event).where(Event.action == Action.REMIND)))


@both_engines
def test_a_silent_resident_is_reminded_once_after_the_window(app: Flask, asked: int) -> None:
    work(app, 15)
    assert reminders() == []
    work(app, 16)
    work(app, 17)
    work(app, 60)
    (event,) = reminders()
    assert (event.case_id, event.actor_role, event.at) == (asked, "system", MONDAY + 16 * DAY)


def test_the_reminder_leaves_in_the_same_round(app: Flask, asked: int, tmp_path: Path) -> None:
    work(app, 16)
    notice = db.session.scalars(select(Notice).where(Notice.action == Action.REMIND)).one()
    assert notice.sent_at == MONDAY + 16 * DAY
    assert (tmp_path / "outgoing-mail" / f"notice-{notice.id}.eml").exists()


def test_each_unit_waits_as_long_as_it_says(app: Flask, asked: int) -> None:
    with writing():
        db.session.add(Setting(key="answer_window_days", unit_id=unit().id, value=5))
        db.session.commit()
    work(app, 5)
    assert reminders() == []
    work(app, 6)
    assert len(reminders()) == 1


def test_who_replied_is_not_reminded(app: Flask, asked: int) -> None:
    with writing():
        case = db.session.get_one(Case, asked)
        actions.reply(case, "Cây số 2", resident_of(case), MONDAY + DAY)
        db.session.commit()
    work(app, 16)
    assert reminders() == []


def test_old_sign_ins_and_links_are_forgotten_and_fresh_ones_kept(app: Flask, asked: int) -> None:
    with writing():
        officer = staff()[1]
        for name, age in (("old", 40), ("fresh", 1)):
            at = MONDAY - age * DAY
            db.session.add(SignIn(key_hash=name, official_id=officer.id, began_at=at, seen_at=at))
            db.session.add(FollowLink(key_hash=name, case_id=asked, made_at=at))
        db.session.commit()
    work(app, 0)
    assert db.session.scalars(select(SignIn.key_hash)).all() == ["fresh"]
    kept = set(db.session.scalars(select(FollowLink.key_hash)))
    assert "fresh" in kept and "old" not in kept


def test_tidying_leaves_the_signed_papers_alone_and_removes_lost_files(app: Flask, tmp_path: Path) -> None:
    with writing():
        answer(make_case(), *staff()[1:])
        db.session.commit()
    (paper,) = (tmp_path / "files").glob("??/??/*.pdf")
    lost = tmp_path / "files" / "00" / "00" / ("0" * 32 + ".pdf")
    lost.parent.mkdir(parents=True)
    lost.write_bytes(b"left by a crash")
    long_ago = MONDAY.timestamp() - 1_000_000
    os.utime(paper, (long_ago, long_ago))
    os.utime(lost, (long_ago, long_ago))
    work(app, 0)
    assert paper.exists() and not lost.exists()


def test_a_chore_that_fails_stops_neither_worker_nor_next_chore(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []

    def breaks(_stop: threading.Event) -> None:
        raise OSError("the disk is away")

    stop = threading.Event()
    worker.guarded(app, breaks, stop)
    worker.guarded(app, lambda _stop: done.append("next"), stop)
    assert done == ["next"]
    assert "breaks failed" in caplog.text


def test_told_to_stop_the_worker_ends_by_itself(app: Flask, tmp_path: Path) -> None:
    with writing():
        make_case()
        db.session.commit()
    db.session.remove()
    environ = {**os.environ, "GAN_DAN_DEMO": "1", "DATA_DIR": str(tmp_path),
               "KEYS_DIR": str(app.config["KEYS_DIR"])}  # fmt: skip
    process = subprocess.Popen([sys.executable, "-m", "flask", "--app", "wsgi", "work"], cwd=ROOT, env=environ)
    try:
        _wait_for(lambda: any((tmp_path / "outgoing-mail").glob("*.eml")))
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 0
    finally:
        process.kill()


def _wait_for(happened: Callable[[], bool], seconds: float = 120) -> None:
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.1)
