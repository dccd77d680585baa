"""Thresholds of a unit: told once when they are crossed, again only after the figures were well; never at night."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from app import clock, worker
from app.accounts.models import Official
from app.cases.models import Case, Custody
from app.extensions import db, writing
from app.journal.models import Event, Notice
from app.journal.record import record
from app.journal.verify import verify
from app.letters.alerts import watch_thresholds
from app.rules.alerts import ON_TIME, OVERDUE, Limits, crossing, is_bad
from app.rules.statistics import Share
from app.rules.workflow import THE_SYSTEM, Action, Role
from app.units.models import Level, Setting

from ..conftest import both_engines
from ..factories import make_case, make_official, sign_in, unit
from .conftest import Mailbox, words_of
from .workers import at_once


def at(day: int, hour: int = 9) -> datetime:
    """A moment of November 2026 on the town's clock (days after the 30th are of December)."""
    return clock.start_of(date(2026, 11, 1)) + timedelta(days=day - 1, hours=hour)


@pytest.mark.parametrize(("what", "limits", "share", "overdue", "bad"), [
    (OVERDUE, Limits(), Share(), 99, False), (OVERDUE, Limits(overdue_above=3), Share(), 3, False),
    (OVERDUE, Limits(overdue_above=3), Share(), 4, True), (OVERDUE, Limits(overdue_above=0), Share(), 1, True),
    (ON_TIME, Limits(), Share(1, 100), 0, False), (ON_TIME, Limits(80), Share(80, 100), 0, False),
    (ON_TIME, Limits(80), Share(79, 100), 0, True), (ON_TIME, Limits(80), Share(0, 19), 0, None),
    (ON_TIME, Limits(80), Share(), 0, None),
])  # fmt: skip
def test_what_lies_beyond_a_threshold(what: str, limits: Limits, share: Share, overdue: int, bad: bool | None) -> None:
    assert is_bad(what, limits, share, overdue, 20) is bad


@pytest.mark.parametrize(("before", "now", "told"), [
    (False, True, True), (True, True, None), (True, None, None), (True, False, False), (False, False, None),
    (False, None, None),
])  # fmt: skip
def test_only_a_crossing_is_told(before: bool, now: bool | None, told: bool | None) -> None:
    assert crossing(before, now) is told


class Commune:
    """Trùng Khánh with a head, a supervisor above who has no mail, and three cases that are overdue from the 24th."""

    def __init__(self) -> None:
        db.session.execute(update(Level).values(duties=[]))
        self.head = make_official(Role.HEAD, "01447", "Lý Thị Đầu", email="dau@example.vn").id
        self.top = make_official(Role.SUPERVISOR, "04", "Nông Thị Soi").id
        make_official(Role.OFFICER, "01447", email="viec@example.vn")
        self.cases = [make_case(now=at(16), title=f"Việc {n}").id for n in range(3)]


@pytest.fixture
def commune(app: Flask) -> Commune:
    with writing():
        made = Commune()
        db.session.commit()
    return made


def limit(key: str, value: int | None) -> None:
    """Set a threshold of the commune, or take it away."""
    with writing():
        for row in db.session.scalars(select(Setting).where(Setting.key == key)):
            db.session.delete(row)
        if value is not None:
            db.session.add(Setting(key=key, unit_id=unit().id, value=value))
        db.session.commit()


def finish(case_id: int, moment: datetime) -> None:
    """The case is answered: its custody says so, and an event."""
    with writing():
        db.session.execute(update(Custody).where(Custody.case_id == case_id).values(
            finished_at=moment, resolved_at=moment, is_open=False, outcome="resolved"))  # fmt: skip
        record(Action.NOTE, db.session.get_one(Case, case_id), THE_SYSTEM, moment)
        db.session.commit()


def work(app: Flask, *moments: datetime) -> None:
    """A round of the worker at each of these moments."""
    for moment in moments:
        with clock.fixed(moment):
            worker.run(app, once=True)
    db.session.rollback()


def said() -> list[tuple[str, str, int]]:
    """What was said of thresholds: action, subject, day of the month."""
    rows = db.session.scalars(select(Event).where(Event.action.in_([Action.ALERT, Action.ALERT_OVER]))
                              .order_by(Event.seq))  # fmt: skip
    return [(e.action, e.subject, clock.day_of(e.at).day) for e in rows]


ABOUT = "alert:01447:overdue"


@both_engines
def test_a_threshold_is_told_once_and_again_after_it_was_well(app: Flask, commune: Commune) -> None:
    limit("alert_overdue_above", 2)
    work(app, at(23), at(25, 6), at(25, 8), at(25, 10), at(26), at(27))
    assert said() == [("alert", ABOUT, 25)]
    told = db.session.execute(select(Notice.official_id, Notice.channel).where(Notice.action == "alert")).all()
    assert sorted(told) == [(commune.head, "mail"), (commune.top, "desk")]
    finish(commune.cases[0], at(27, 11))
    work(app, at(30), at(31))
    assert said()[1:] == [("alert_over", ABOUT, 30)]
    with writing():
        make_case(now=at(30, 10), title="Việc mới")
        db.session.commit()
    work(app, at(38), at(39), at(40), at(41))
    assert [action for action, _about, _day in said()] == ["alert", "alert_over", "alert"]
    assert verify()[1] is None


def test_the_letter_says_which_figure_crossed_which_threshold(app: Flask, commune: Commune, mailbox: Mailbox) -> None:
    limit("alert_overdue_above", 2)
    work(app, at(25))
    (letter,) = [x for x in mailbox.letters if "vượt ngưỡng" in str(x["Subject"])]
    assert letter["To"] == "dau@example.vn" and letter["Subject"] == "Số liệu vượt ngưỡng: Xã Trùng Khánh"
    assert "có 3 việc đang quá hạn, trên ngưỡng 2." in words_of(letter)
    assert "/statistics/01447" in words_of(letter)


def test_the_share_on_time_is_judged_only_where_there_are_enough(
    app: Flask, commune: Commune, mailbox: Mailbox
) -> None:
    limit("alert_on_time_below", 90)
    work(app, at(25))
    assert said() == []
    with writing():
        db.session.add(Setting(key="minimum_denominator", unit_id=None, value=3))
        db.session.commit()
    work(app, at(26))
    assert said() == [("alert", "alert:01447:on_time", 26)]
    assert "xong đúng hạn 0,0 % (0 trên 3 việc lẽ ra phải xong), dưới ngưỡng 90 %." in mailbox.text()


def test_without_a_threshold_nobody_is_told_and_one_taken_away_ends_what_was_told(app: Flask, commune: Commune) -> None:
    work(app, at(25))
    assert said() == []
    limit("alert_overdue_above", 1)
    work(app, at(26))
    limit("alert_overdue_above", None)
    work(app, at(27))
    assert [action for action, _about, _day in said()] == ["alert", "alert_over"]


def test_a_supervisor_without_mail_reads_it_beside_the_figures_until_it_is_over(app: Flask, commune: Commune) -> None:
    limit("alert_overdue_above", 2)
    work(app, at(25))
    with clock.fixed(at(26)):
        with writing():
            browser = sign_in(app.test_client(), db.session.get(Official, commune.top))
        assert "Xã Trùng Khánh: số việc quá hạn trên ngưỡng 2" in browser.get("/statistics/04").text
    finish(commune.cases[0], at(26, 11))
    work(app, at(27))
    with clock.fixed(at(27)):
        assert "trên ngưỡng 2" not in browser.get("/statistics/04").text


@both_engines
def test_two_workers_at_once_tell_it_once(app: Flask, commune: Commune) -> None:
    limit("alert_overdue_above", 2)
    at_once(app, lambda: watch_thresholds(at(25)))
    assert said() == [("alert", ABOUT, 25)]


@pytest.mark.parametrize(("hour", "day"), [(3, 25), (7, 25), (18, 25), (10, 28)])
def test_nobody_is_told_at_night_or_on_a_day_off(app: Flask, commune: Commune, hour: int, day: int) -> None:
    limit("alert_overdue_above", 2)
    work(app, at(day, hour))
    assert said() == []
