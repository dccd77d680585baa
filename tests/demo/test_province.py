"""The demo is a province one can believe: people, queues, figures, no two cases alike, nothing of anybody real."""

from __future__ import annotations

import re
import stat
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import clock
from app.accounts import passwords as doors
from app.accounts.models import Official, Post
from app.accounts.queries import by_account
from app.cases.models import Case, Custody
from app.demo import passwords, province
from app.demo.content import situations
from app.documents.models import Document
from app.extensions import db
from app.journal.models import ChainHead, Event, Notice
from app.journal.verify import verify
from app.rules.workflow import BY_PAPER, OPEN, Kind
from app.units.models import Category, Unit
from app.units.queries import valid_units
from tests.conftest import both_engines

from .conftest import END

QUARTER = timedelta(days=90)


def _in_the_quarter(column: Any) -> Counter[int]:
    rows = db.session.execute(select(Custody.unit_id, func.count()).where(column >= END - QUARTER).group_by("unit_id"))
    return Counter(dict(tuple(row) for row in rows))


def test_a_province_of_two_thousand_cases_shows_figures_and_queues(whole: Flask) -> None:
    assert db.session.scalar(select(func.count()).select_from(Case)) == 2000
    finished, rated = _in_the_quarter(Custody.finished_at), _in_the_quarter(Custody.rated_at)
    assert sum(count >= 60 and rated[unit_id] >= 25 for unit_id, count in finished.items()) >= 8
    states = Counter(db.session.scalars(select(Case.status)))
    is_open = sum(states[status] for status in OPEN)
    assert 0.07 <= is_open / 2000 <= 0.115
    shown = ("received", "assigned", "verifying", "waiting", "pending_approval", "answered", "enforcing", "closed",
             "archived")  # fmt: skip
    assert all(states[status] >= 3 for status in shown), states
    late = [c.finished_at is not None and c.due_on is not None and clock.day_of(c.finished_at) > c.due_on
            for c in db.session.scalars(select(Custody))]  # fmt: skip
    assert 0.04 <= sum(late) / len(late) <= 0.2
    today = clock.day_of(END)
    open_rows = list(db.session.scalars(select(Case).where(Case.status.in_(["received", "assigned"]))))
    assert any(case.due_on == today for case in open_rows)
    assert any(case.due_on and case.due_on < today for case in open_rows)


def test_complaints_are_decided_by_papers_with_verdicts_one_can_believe(whole: Flask) -> None:
    complaints = list(db.session.scalars(select(Case).where(Case.kind == Kind.COMPLAINT)))
    verdicts = Counter(case.verdict for case in complaints if case.verdict)
    assert set(verdicts) == {"right", "partly_right", "wrong"}
    assert sum(verdicts.values()) >= len(complaints) * 0.55
    decided = [case for case in complaints if case.verdict]
    assert all(case.answer_text and case.accepted_on and case.reopen_until is None for case in decided)
    assert sum(case.sent_on is not None for case in decided) >= len(decided) * 0.8
    assert any(case.published_on for case in decided)
    assert any(case.outcome == "not_accepted" for case in complaints)
    assert any(case.outcome == "not_competent" for case in complaints)


def test_no_two_cases_read_alike_and_every_text_is_filled(whole: Flask) -> None:
    cases = list(db.session.scalars(select(Case)))
    assert len({case.title for case in cases}) == len(cases)
    for case in cases:
        for text in (case.title, case.body, case.place, case.answer_text, case.against, case.request):
            assert "{" not in text, text
        assert case.title[0] == case.title[0].upper()
        assert len(case.title) <= 200


def test_contacts_belong_to_nobody(whole: Flask) -> None:
    for case in db.session.scalars(select(Case)):
        assert not case.contact_phone or re.fullmatch(r"0900 000 \d{3}", case.contact_phone)
        assert not case.contact_email or case.contact_email.endswith("@example.vn")


def test_the_last_day_waits_at_the_desks_and_no_mail_waits_to_be_sent(whole: Flask) -> None:
    unread = list(db.session.scalars(select(Notice).where(Notice.channel == "desk", Notice.read_at.is_(None))))
    assert unread
    assert all(notice.created_at >= END - timedelta(days=1) for notice in unread)
    assert not db.session.scalar(select(func.count()).where(Notice.channel == "mail", Notice.sent_at.is_(None)))


def test_every_unit_has_its_people_and_some_serve_two(empty: Any) -> None:
    with empty("people"):
        for unit in valid_units(clock.day_of(END)):
            roles = Counter(db.session.scalars(select(Post.role).where(Post.unit_id == unit.id)))
            assert roles["clerk"] >= 1, unit.code
            assert roles["head"] >= 1, unit.code
            assert roles["officer"] >= 2, unit.code
        homes = Counter(db.session.scalars(select(Post.official_id)))
        assert sum(count == 2 for count in homes.values()) >= 5
        top = db.session.scalars(select(Post.role).join(Unit).where(Unit.parent_id.is_(None))).all()
        assert {"supervisor", "inspector", "registrar", "administrator"} <= set(top)
        names = list(db.session.scalars(select(Official.name)))
        assert len(set(names)) > len(names) * 0.9


def test_every_situation_fits_the_categories_and_units_of_the_province(empty: Any) -> None:
    with empty("content"):
        kinds = {row.code: row.kinds for row in db.session.scalars(select(Category))}
        codes = set(db.session.scalars(select(Unit.code)))
        assert len(situations()) >= 150
        assert {s.category.split(".")[0] for s in situations()} >= {
            "land", "social", "service", "procedures", "environment", "roads", "utilities", "construction",
            "education", "health", "agriculture", "security", "culture", "telecom", "ethnic", "border",
        }  # fmt: skip
        for situation in situations():
            assert situation.category in kinds, situation.title
            assert situation.level == "commune" or situation.level in codes, situation.title


@pytest.fixture
def bare(app: Flask) -> Flask:
    """A database with the small government, no officials and an empty journal."""
    assert db.session.scalar(select(func.count()).select_from(Official)) == 0
    return app


@both_engines
def test_the_first_start_makes_the_demo_and_the_second_finds_it(bare: Flask, capsys: Any) -> None:
    made = province.ensure_demo(bare, cases=8)
    assert set(made) == {*passwords.ACCOUNTS, passwords.OTHERS}
    assert province.ensure_demo(bare, cases=8) == {}
    assert db.session.scalar(select(func.count()).select_from(Case)) == 8
    assert verify()[1] is None
    for account in passwords.ACCOUNTS:
        official = by_account(account)
        assert official is not None
        assert not official.must_change_password
    clerk = by_account("can-bo-tiep-nhan")
    assert clerk is not None
    assert clerk.posts[0].unit.short_vi == "Xã Trùng Khánh"
    assert doors.verify(clerk, made["can-bo-tiep-nhan"])
    assert not doors.verify(clerk, made["lanh-dao"])


def test_passwords_are_long_random_and_kept_for_the_owner_only(bare: Flask) -> None:
    made = province.ensure_demo(bare, cases=1)
    path = Path(bare.config["DATA_DIR"]) / passwords.FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert all(password in path.read_text(encoding="utf-8") for password in made.values())
    assert len(set(made.values())) == len(made)
    assert all(len(password) >= 15 for password in made.values())
    official = by_account("lanh-dao")
    assert official is not None
    with bare.test_request_context():
        assert not [p for p in made.values() if doors.check_new(p, official)]


def test_a_journal_that_has_begun_is_left_alone(bare: Flask) -> None:
    from app.extensions import writing
    from app.journal.record import record
    from app.rules.workflow import THE_SYSTEM, Action

    with writing():
        record(Action.SETTING_CHANGED, None, THE_SYSTEM, clock.now(), about="setting:x")
        db.session.commit()
    ran = bare.test_cli_runner().invoke(args=["seed-demo", "--cases", "3"])
    assert ran.exit_code == 1
    assert "empty database" in ran.output
    assert province.ensure_demo(bare, cases=3)
    assert db.session.scalar(select(func.count()).select_from(Case)) == 0


@pytest.mark.parametrize("way", [[], ["--bulk"]], ids=["actions", "bulk"])
def test_the_command_says_how_to_sign_in(bare: Flask, way: list[str]) -> None:
    ran = bare.test_cli_runner().invoke(args=["seed-demo", "--cases", "5", *way])
    assert ran.exit_code == 0, ran.output
    assert "can-bo-xu-ly" in ran.output
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Case)) == 5
    signed = db.session.scalar(select(func.count()).where(Event.action.in_(["approve", *BY_PAPER])))
    papers = db.session.scalar(select(func.count()).select_from(Document))
    assert papers == (0 if way else signed)
    head = db.session.scalars(select(ChainHead)).one()
    assert head.at <= clock.now()
