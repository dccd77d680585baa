"""The morning's digest: who is told what, once, whatever happens to the worker; never at night or on a day off."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select, update

from app import clock, worker
from app.accounts.models import Deputation, Official
from app.cases import actions
from app.cases.models import Case, Deadline
from app.cases.queries import events_for
from app.extensions import db, writing
from app.journal.models import Digest, Event, Morning, Notice, Warned
from app.journal.verify import verify
from app.letters.digest import write_digests, write_one
from app.letters.watch import due
from app.rules.visibility import Sight
from app.rules.workflow import Action, Actor, Kind, Role, Status
from app.units.models import CalendarOverride, Level, Setting

from ..conftest import both_engines
from ..factories import (
    MONDAY,
    accept,
    actor,
    add_post,
    answer,
    assign,
    decide,
    make_case,
    make_denunciation,
    make_official,
    registered,
    sign_in,
    staff,
    unit,
)
from .conftest import Mailbox, words_of
from .workers import at_once, dying

DAY = timedelta(days=1)
NINE = MONDAY
"""9 o'clock in the town, on Monday 16 November 2026. A street-level feedback of that day is due on Monday 23."""


def at(day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of November 2026 on the town's clock (days after the 30th are of December)."""
    start = clock.start_of(date(2026, 11, 1)) + (day - 1) * DAY
    return start + timedelta(hours=hour, minutes=minute)


def work(app: Flask, *moments: datetime) -> None:
    """A round of the worker at each of these moments."""
    for moment in moments:
        with clock.fixed(moment):
            worker.run(app, once=True)
    db.session.rollback()


def steps(official: Official | int | None = None) -> list[tuple[int, str, int]]:
    """What was told: official, step, day of the month."""
    statement = select(Warned).where(Warned.stage == "answer").order_by(Warned.on, Warned.id)
    rows = db.session.scalars(statement).all()
    wanted = official.id if isinstance(official, Official) else official
    return [(w.official_id, w.step, w.on.day) for w in rows if wanted in (None, w.official_id)]


def count(table: Any, *where: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(table).where(*where)) or 0


@pytest.fixture(autouse=True)
def no_duties(app: Flask) -> None:
    """These mornings are about cases: no head owes a reception day here (test_promises_digest.py)."""
    with writing():
        db.session.execute(update(Level).values(duties=[]))
        db.session.commit()


class Town:
    """Trùng Khánh with an officer and a head, the province's head above, and one case due on 23 November."""

    def __init__(self) -> None:
        _clerk, officer, head = staff()
        officer.email, head.email = "mai@example.vn", "khanh@example.vn"
        self.top = make_official(Role.HEAD, "04", email="tinh@example.vn").id
        self.case = assign(make_case(), officer, head).id
        self.officer, self.head = officer.id, head.id


@pytest.fixture
def town(app: Flask) -> Town:
    with writing():
        made = Town()
        db.session.commit()
    return made


@both_engines
def test_the_handler_is_warned_three_and_one_days_ahead_then_the_head_then_who_stands_above(
    app: Flask, town: Town
) -> None:
    work(app, *(at(day) for day in range(16, 41)))
    assert steps() == [
        (town.officer, "3", 18), (town.officer, "1", 20), (town.head, "late", 25), (town.top, "up1", 26),
    ]  # fmt: skip
    (escalated,) = db.session.scalars(select(Event).where(Event.action == Action.ESCALATE))
    assert (escalated.case_id, escalated.actor_role, escalated.at) == (town.case, "system", at(26))
    assert escalated.facts == {"unit": "04", "steps": ["answer:up1"]}
    told = db.session.scalars(select(Event).where(Event.action == Action.WARN).order_by(Event.seq)).all()
    assert {e.case_id for e in told} == {None} and told[0].subject == "digest:2026-11-18"
    assert verify()[1] is None


@both_engines
def test_a_round_after_the_first_tells_nothing_more(app: Flask, town: Town) -> None:
    work(app, *(at(18, hour, minute) for hour in range(24) for minute in (0, 20, 40)))
    assert steps() == [(town.officer, "3", 18)]
    assert count(Digest) == count(Event, Event.action == Action.WARN) == count(Notice, Notice.action == "warn") == 1


@pytest.mark.parametrize(("hour", "minute", "is_told"), [
    (0, 0, False), (3, 0, False), (7, 29, False), (7, 30, True), (12, 0, True), (17, 59, True), (18, 0, False),
    (23, 59, False),
])  # fmt: skip
def test_nobody_is_told_at_night(app: Flask, town: Town, hour: int, minute: int, is_told: bool) -> None:
    work(app, at(18, hour, minute))
    assert bool(steps()) == is_told


@pytest.mark.parametrize(
    ("typed", "hour", "is_told"),
    [("09:15", 9, False), ("09:15", 10, True), ("soon", 8, True), ("03:00", 4, False), ("22:00", 8, True)],
)
def test_the_government_sets_when_the_morning_begins(
    app: Flask, town: Town, typed: str, hour: int, is_told: bool
) -> None:
    with writing():
        db.session.add(Setting(key="digest_time", unit_id=None, value=typed))
        db.session.commit()
    work(app, at(18, hour))
    assert bool(steps()) == is_told


def test_nobody_is_told_on_a_weekend_or_a_holiday(app: Flask, town: Town) -> None:
    work(app, at(21), at(22), at(24))
    assert steps() == [] and count(Morning) == 0
    work(app, at(25))
    assert {(who, step) for who, step, _day in steps()} == {
        (town.officer, "3"), (town.officer, "1"), (town.head, "late"),
    }  # fmt: skip


def test_a_day_that_the_province_takes_off_has_no_digest_and_one_it_works_has(app: Flask, town: Town) -> None:
    with writing():
        db.session.add(CalendarOverride(on=date(2026, 11, 18), kind="off", reason="Bão"))
        db.session.add(CalendarOverride(on=date(2026, 11, 21), kind="work", reason="Làm bù"))
        db.session.commit()
    work(app, at(18))
    assert steps() == []
    work(app, at(20), at(21))
    assert [(step, day) for _who, step, day in steps()] == [("3", 20), ("1", 21)]


def test_a_worker_that_was_away_for_days_tells_what_it_missed_on_one_morning(
    app: Flask, town: Town, mailbox: Mailbox
) -> None:
    work(app, at(17), at(20, 20), at(23))
    assert steps() == [(town.officer, "3", 23), (town.officer, "1", 23)]
    assert len([x for x in mailbox.letters if "Nhắc hạn" in str(x["Subject"])]) == 1
    assert "hết hạn hôm nay" in mailbox.text()


@both_engines
def test_a_worker_killed_before_its_commit_has_told_nothing_and_the_next_tells_it_once(app: Flask, town: Town) -> None:
    with dying(), pytest.raises(SystemExit):
        write_digests(at(18))
    assert count(Warned) == count(Digest) == count(Event, Event.action == Action.WARN) == 0
    assert count(Notice, Notice.action == "warn") == 0
    write_digests(at(18, 10))
    write_digests(at(18, 10))
    assert steps() == [(town.officer, "3", 18)]
    assert count(Digest) == count(Notice, Notice.action == "warn") == 1


def test_a_worker_killed_between_two_officials_tells_the_second_later_and_the_first_no_more(
    app: Flask, town: Town
) -> None:
    with writing():
        officer, head = make_official(Role.OFFICER), db.session.get_one(Official, town.head)
        assign(make_case(title="Việc hai"), officer, head)
        db.session.commit()
        second = officer.id
    stop = threading.Event()

    def after_first(_session: Any) -> None:
        stop.set()

    event.listen(db.session, "after_commit", after_first)
    write_digests(at(18), stop)
    event.remove(db.session, "after_commit", after_first)
    assert count(Digest) == 1 and count(Morning) == 0
    write_digests(at(18, 11))
    assert steps() == [(town.officer, "3", 18), (second, "3", 18)] and count(Morning) == 1


@both_engines
def test_two_workers_at_once_tell_each_official_once(app: Flask) -> None:
    with writing():
        head = make_official(Role.HEAD)
        for number in range(6):
            assign(make_case(title=f"Việc {number}"), make_official(Role.OFFICER, email="a@example.vn"), head)
        db.session.commit()
    at_once(app, lambda: write_digests(at(18)))
    assert len(steps()) == len(set(steps())) == count(Digest) == count(Notice, Notice.action == "warn") == 6
    assert count(Event, Event.action == Action.WARN) == 6 and count(Morning) == 1 and verify()[1] is None


def test_a_case_that_nobody_holds_is_told_to_the_head_and_once_given_to_its_officer(app: Flask, town: Town) -> None:
    with writing():
        case = make_case(title="Việc chưa giao")
        db.session.commit()
        other = case.id
    work(app, at(18))
    mine = select(Warned.official_id, Warned.step).where(Warned.case_id == other, Warned.stage == "answer")
    assert db.session.execute(mine).all() == [(town.head, "3")]
    with writing():
        officer = db.session.get_one(Official, town.officer)
        assign(db.session.get_one(Case, other), officer, db.session.get_one(Official, town.head), at(18, 15))
        db.session.commit()
    work(app, at(19))
    assert db.session.execute(mine.order_by(Warned.id)).all() == [(town.head, "3"), (town.officer, "3")]


def test_a_handler_whose_account_is_closed_counts_as_none(app: Flask, town: Town) -> None:
    with writing():
        db.session.get_one(Official, town.officer).is_disabled = True
        db.session.commit()
    work(app, at(18))
    assert steps() == [(town.head, "3", 18)]


def test_where_the_unit_has_no_head_the_next_above_is_told_and_the_case_remembers_it(app: Flask, town: Town) -> None:
    with writing():
        db.session.get_one(Official, town.head).is_disabled = True
        db.session.commit()
    work(app, at(25))
    assert (town.top, "late", 25) in steps()
    assert [e.case_id for e in db.session.scalars(select(Event).where(Event.action == Action.ESCALATE))] == [town.case]


def test_where_nobody_is_head_administrators_learn_which_unit_lacks_one(
    app: Flask, town: Town, mailbox: Mailbox
) -> None:
    with writing():
        for who in (town.head, town.top):
            db.session.get_one(Official, who).is_disabled = True
        make_official(Role.ADMINISTRATOR, "04", email="quan-tri@example.vn")
        db.session.commit()
    work(app, at(25))
    text = next(str(m.get_content()) for m in mailbox.letters if m["To"] == "quan-tri@example.vn")
    assert "xã Trùng Khánh có việc đến hạn hoặc quá hạn mà chưa có lãnh đạo" in text
    assert db.session.get_one(Case, town.case).reference not in text


def test_deputies_stand_in_for_the_head(app: Flask, town: Town) -> None:
    with writing():
        deputy = make_official(Role.OFFICER)
        db.session.add(Deputation(unit_id=unit().id, head_id=town.head, deputy_id=deputy.id,
                                  from_on=date(2026, 11, 20), to_on=date(2026, 11, 30)))  # fmt: skip
        db.session.commit()
        deputy_id = deputy.id
    work(app, at(25))
    assert {who for who, step, _day in steps() if step == "late"} == {town.head, deputy_id}


def move(row: Deadline, due_on: date) -> None:
    """Another due date with the counting that led to it: one without the other the database refuses."""
    row.due_on, row.derivation = due_on, {**row.derivation, "moved_to": due_on.isoformat()}


def test_a_clock_that_stands_still_warns_nobody_and_after_it_moved_counts_anew(app: Flask, town: Town) -> None:
    with writing():
        row = db.session.scalars(select(Deadline).where(Deadline.stage == "answer")).one()
        row.paused_on = date(2026, 11, 17)
        db.session.commit()
    work(app, at(18), at(20), at(25))
    assert steps() == []
    with writing():
        row = db.session.scalars(select(Deadline).where(Deadline.stage == "answer")).one()
        row.paused_on = None
        move(row, date(2026, 12, 4))
        db.session.commit()
    work(app, *(at(day) for day in range(25, 37)))
    assert [(step, day) for _who, step, day in steps()] == [("3", 1), ("1", 3)]


def test_a_due_date_that_moves_starts_the_steps_again(app: Flask, town: Town) -> None:
    work(app, at(18), at(20))
    with writing():
        move(db.session.scalars(select(Deadline).where(Deadline.stage == "answer")).one(), date(2026, 11, 27))
        db.session.commit()
    work(app, at(23), at(25), at(26))
    assert [(step, day) for _who, step, day in steps()] == [("3", 18), ("1", 20), ("3", 23), ("1", 26)]


@pytest.mark.parametrize("status", [Status.ANSWERED, Status.CLOSED, Status.ARCHIVED, Status.ENFORCING])
def test_of_a_case_that_is_done_nobody_is_warned_even_if_a_clock_was_left_running(
    app: Flask, town: Town, status: Status
) -> None:
    with writing():
        db.session.get_one(Case, town.case).status = status
        db.session.commit()
    work(app, at(18), at(25))
    assert steps() == []


def test_what_is_owed_after_a_decision_is_warned_of_too(app: Flask, town: Town) -> None:
    with writing():
        officer, head = (db.session.get_one(Official, one) for one in (town.officer, town.head))
        case = make_case(Kind.COMPLAINT, at(17, 8), category_code="land.dispute")
        actions.register(case, at(17).date(), actor(make_official(Role.CLERK)), at(17, 8))
        assign(case, officer, head, at(17, 8))
        accept(case, head, at(17, 8))
        decide(case, head, at(18, 8))
        number = case.id
        db.session.commit()
    # Three working days from Wednesday 18/11 to send it: Monday 23/11. Nobody did.
    work(app, at(19), at(20), at(23), at(25))
    told = {(w.stage, w.step) for w in db.session.scalars(select(Warned).where(Warned.case_id == number))}
    assert {("send_decision_first", "1"), ("send_decision_first", "late")} <= told


def test_an_answered_case_is_quiet(app: Flask, town: Town) -> None:
    with writing():
        case = db.session.get_one(Case, town.case)
        answer(case, db.session.get_one(Official, town.officer), db.session.get_one(Official, town.head), at(17))
        db.session.commit()
    work(app, at(18), at(25))
    assert steps() == []


@both_engines
def test_a_case_answered_while_the_worker_made_up_its_list_is_left_out(app: Flask, town: Town) -> None:
    (one,) = due(at(18).date())
    db.session.rollback()
    with writing():
        case = db.session.get_one(Case, town.case)
        answer(case, db.session.get_one(Official, town.officer), db.session.get_one(Official, town.head), at(18, 8))
        db.session.commit()
    assert not write_one(one, at(18))
    assert count(Warned) == count(Digest) == 0


def test_the_resident_reads_nothing_of_it_and_officials_read_to_whom_it_went_up(
    app: Flask, town: Town, client: FlaskClient
) -> None:
    work(app, at(25), at(26))
    with clock.fixed(at(26, 10)):
        with writing():
            shown = sign_in(client, db.session.get_one(Official, town.head))
        page = shown.get(f"/desk/cases/{db.session.get_one(Case, town.case).reference}").text
        assert "Đã báo lên cấp trên" in page and "Đã báo Ủy ban nhân dân tỉnh Cao Bằng" in page
        case = db.session.get_one(Case, town.case)
        lines = events_for(case, Actor(Role.RESIDENT, case_id=case.id), Sight.FULL)
    assert lines and not {e.action for e in lines} & {"escalate", "warn"}


def test_the_desk_shows_this_mornings_digest_until_the_case_is_done_and_not_the_next_day(
    app: Flask, town: Town, client: FlaskClient
) -> None:
    work(app, at(18))
    with clock.fixed(at(18, 10)):
        with writing():
            sign_in(client, db.session.get_one(Official, town.officer))
        case = db.session.get_one(Case, town.case)
        page = client.get("/desk/").text
        box = page[page.index('data-testid="morning"') :].split("</section>")[0]
        assert "Nhắc hạn sáng nay" in box and case.reference in box and "Còn 3 ngày" in box
        with writing():
            case = db.session.get_one(Case, town.case)
            head = db.session.get_one(Official, town.head)
            answer(case, db.session.get_one(Official, town.officer), head, at(18, 9))
            db.session.commit()
        assert "Nhắc hạn sáng nay" not in client.get("/desk/").text
    with clock.fixed(at(19, 10)):
        assert "Nhắc hạn sáng nay" not in client.get("/desk/").text


def test_the_desk_shows_of_a_denunciation_only_that_there_is_one_more(
    app: Flask, town: Town, client: FlaskClient
) -> None:
    with writing():
        handler = make_official(Role.OFFICER, "04")
        case = denunciation(make_official(Role.REGISTRAR, "04"), handler, title="CANARY")
        db.session.commit()
        reference, handler_id = case.reference, handler.id
    work(app, at(25))
    with clock.fixed(at(25, 10)):
        with writing():
            sign_in(client, db.session.get_one(Official, handler_id))
        page = client.get("/desk/").text
    box = page[page.index('data-testid="morning"') :].split("</section>")[0]
    assert "1 việc khác cần xem tại bàn việc" in box and "CANARY" not in box and reference not in box


def test_the_unit_asked_for_its_part_is_warned_and_who_leads_is_told_when_it_is_late(
    app: Flask, town: Town, mailbox: Mailbox
) -> None:
    with writing():
        asked = make_official(Role.HEAD, "so-xay-dung", email="so@example.vn").id
        case, officer = db.session.get_one(Case, town.case), db.session.get_one(Official, town.officer)
        due_on = date(2026, 11, 19)
        actions.request_part(case, unit("so-xay-dung"), "Con đường này của ai?", due_on, actor(officer), at(16))
        db.session.commit()
    work(app, at(16), at(18), at(20), at(27))
    rows = db.session.scalars(select(Warned).where(Warned.stage.startswith("part:")).order_by(Warned.id))
    assert [(w.official_id, w.step, w.on.day) for w in rows if w.official_id == asked] == [
        (asked, "3", 16), (asked, "1", 18), (asked, "late", 20),
    ]  # fmt: skip
    assert count(Warned, Warned.official_id == town.officer, Warned.stage.startswith("part:")) == 1
    text = next(str(m.get_content()) for m in mailbox.letters if m["To"] == "so@example.vn")
    assert "phần việc đơn vị được hỏi" in text and "Con đường" not in text


def test_what_stays_late_is_summed_up_for_the_head_once_a_week(app: Flask, town: Town) -> None:
    work(app, *(at(day) for day in range(25, 48)))
    sums = select(Digest.on, Digest.late_open).where(Digest.official_id == town.head).order_by(Digest.on)
    assert [(on.isoformat(), n) for on, n in db.session.execute(sums)] == [
        ("2026-11-25", 0), ("2026-11-30", 1), ("2026-12-07", 1), ("2026-12-14", 1),
    ]  # fmt: skip


@both_engines
@pytest.mark.parametrize("seed", range(3))
def test_at_any_set_of_moments_no_step_is_told_twice_and_none_is_missed(app: Flask, town: Town, seed: int) -> None:
    chance = random.Random(seed)
    moments = sorted(at(chance.randrange(16, 34), chance.randrange(24), chance.randrange(60)) for _ in range(25))
    work(app, *moments)
    rows = [(w.official_id, w.case_id, w.stage, w.due_on, w.step) for w in db.session.scalars(select(Warned))]
    assert len(rows) == len(set(rows))
    mornings = {m.on.day for m in db.session.scalars(select(Morning)) if m.on.month == 11}
    for official_id, step, first in ((town.officer, "3", 18), (town.officer, "1", 20), (town.head, "late", 25)):
        expected = min((day for day in mornings if day >= first), default=None)
        assert [day for who, s, day in steps() if (who, s) == (official_id, step)] == ([expected] if expected else [])


def denunciation(registrar: Official, handler: Official | None, **more: Any) -> Case:
    """A denunciation against the health department, registered on Monday from its signed original."""
    case = registered(make_denunciation(denounced="so-y-te", **more), registrar)
    if handler is not None:
        actions.name_handler(case, handler, actor(registrar), MONDAY)
    return case


def test_nothing_of_a_denunciation_stands_in_a_letter_not_even_its_number_kind_or_unit(
    app: Flask, town: Town, mailbox: Mailbox
) -> None:
    with writing():
        registrar = make_official(Role.REGISTRAR, "04", email="so@example.vn")
        handler = make_official(Role.OFFICER, "04", email="thanh-tra@example.vn")
        denounced = make_official(Role.HEAD, "so-y-te", email="bi-to-cao@example.vn")
        keeper_there = add_post(
            make_official(Role.REGISTRAR, "04", email="hai-vai@example.vn"), Role.OFFICER, "so-y-te"
        )
        case = denunciation(registrar, handler, title="HOÀNG YẾN nhận tiền", body="CANARY", against="SÁO SẬU")
        db.session.commit()
        case_id, reference, knowing = case.id, case.reference, {handler.id, registrar.id}
        barred = {denounced.id, keeper_there.official_id}
    work(app, *(at(day) for day in range(16, 46)))
    told = db.session.scalars(select(Warned).where(Warned.case_id == case_id)).all()
    assert {w.official_id for w in told} == knowing and not knowing & barred
    assert {w.step for w in told if w.official_id == min(knowing)} and {"3", "1", "late"} <= {w.step for w in told}
    letters = [m for m in mailbox.letters if m["To"] in ("thanh-tra@example.vn", "so@example.vn")]
    assert {m["To"] for m in letters} == {"thanh-tra@example.vn", "so@example.vn"}
    canaries = (reference, "HOÀNG", "CANARY", "SÁO", "ố cáo", "Y tế", "Trùng Khánh", "xác minh", "26/11/2026. ")
    for letter in letters:
        whole = str(letter.get_content()) + str(letter["Subject"])
        assert "1 việc khác cần xem tại bàn việc" in whole
        assert [canary for canary in canaries if canary in whole] == []
    assert reference not in "".join(words_of(m) for m in mailbox.letters)
    assert not {m["To"] for m in mailbox.letters} & {"bi-to-cao@example.vn", "hai-vai@example.vn"}


def test_a_denunciation_that_nobody_handles_is_told_to_who_keeps_the_register(app: Flask, town: Town) -> None:
    with writing():
        registrar = make_official(Role.REGISTRAR, "04")
        case = denunciation(registrar, None)
        db.session.commit()
        case_id, registrar_id = case.id, registrar.id
    work(app, *(at(day) for day in range(16, 27)))
    rows = db.session.execute(select(Warned.official_id, Warned.step).where(Warned.case_id == case_id)).all()
    assert {tuple(row) for row in rows} == {(registrar_id, "3"), (registrar_id, "1")}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_letter_lists_references_and_dates_and_nothing_a_resident_wrote(
    app: Flask, town: Town, mailbox: Mailbox, language: str
) -> None:
    with writing():
        officer = db.session.get_one(Official, town.officer)
        officer.language, officer.name = language, "Mai\r\nBcc: all@example.vn"
        db.session.commit()
    work(app, at(18))
    letter = mailbox.letters[-1]
    text = str(letter.get_content())
    case = db.session.get_one(Case, town.case)
    expected = {
        "vi": ("Nhắc hạn sáng 18/11: 1 việc", f"- {case.reference}: Trả lời", "còn 3 ngày, hạn 23/11/2026. Xã Trùng"),
        "en": ("Due dates on the morning of 18/11: 1", f"- {case.reference}: ", "3 days left, due 23 Nov 2026. Xã"),
    }[language]
    assert letter["Subject"] == expected[0] and letter["To"] == "mai@example.vn" and letter["Bcc"] is None
    assert expected[1] in text and expected[2] in text and "http://localhost/desk/" in text
    assert "{" not in text and "None" not in text and "\n\n\n" not in text
    for secret in (case.title, case.body, case.contact_name, case.contact_phone, case.contact_email, "/link/"):
        assert secret not in text


def test_an_official_without_an_address_is_told_at_the_desk_only(app: Flask, town: Town) -> None:
    with writing():
        db.session.get_one(Official, town.officer).email = ""
        db.session.commit()
    work(app, at(18))
    assert steps() == [(town.officer, "3", 18)]
    assert count(Digest) == 1 and count(Notice, Notice.action == "warn") == 0


def test_a_digest_refused_for_good_lies_with_the_dead_letters_of_the_officials_unit(
    app: Flask, town: Town, mailbox: Mailbox
) -> None:
    from app.letters.actions import retry
    from app.letters.queries import dead, find_dead

    mailbox.refuse = "550 no such user"
    work(app, at(18))
    (letter,) = [d for d in dead([unit("04").path])[0] if d.action == "warn"]
    assert letter.address == "m***@example.vn"
    assert [d for d in dead([unit("01273").path])[0] if d.action == "warn"] == []
    mailbox.refuse = ""
    with writing():
        found = find_dead(letter.id, [unit().path])
        assert found is not None
        retry(found, at(18, 11))
        db.session.commit()
    work(app, at(18, 12))
    assert [m["To"] for m in mailbox.letters] == ["mai@example.vn"]


@contextmanager
def counted() -> Iterator[list[str]]:
    """Statements sent meanwhile."""
    said: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("PRAGMA", "BEGIN")):
            said.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def many(town: Town, number: int) -> None:
    """So many cases like the first, without walking each through its verbs."""
    with writing():
        case, row = (db.session.scalars(select(table)).first() for table in (Case, Deadline))
        row = db.session.scalars(select(Deadline).where(Deadline.stage == "answer")).one()
        columns = {c.key: getattr(case, c.key) for c in Case.__table__.columns}
        clocks = {c.key: getattr(row, c.key) for c in Deadline.__table__.columns if c.key != "id"}
        for n in range(number):
            made = columns | {"id": 1000 + n, "reference": f"X-{n}", "code_hash": None, "token_hash": None}
            db.session.execute(Case.__table__.insert().values(**made))
            db.session.execute(Deadline.__table__.insert().values(**clocks | {"case_id": 1000 + n}))
        db.session.commit()


@both_engines
def test_a_morning_of_500_cases_asks_few_statements(app: Flask, town: Town) -> None:
    many(town, 500)
    with counted() as ahead:
        assert write_digests(at(18)) == 1
    assert count(Warned) == 501
    with counted() as late:
        assert write_digests(at(27)) == 3
    assert count(Event, Event.action == Action.ESCALATE) == 501
    assert len(ahead) <= 41, "\n".join(ahead)
    assert len(late) <= 100, "\n".join(late)


def test_what_the_digests_would_say_is_shown_and_nothing_is_changed(app: Flask, town: Town) -> None:
    shown = app.test_cli_runner().invoke(args=["digest", "--show", "--on", "2026-11-18"])
    reference = db.session.get_one(Case, town.case).reference
    assert shown.exit_code == 0 and f"{reference}  answer  due 2026-11-23  left 3  01447  yours" in shown.output
    assert "day off" in app.test_cli_runner().invoke(args=["digest", "--show", "--on", "2026-11-22"]).output
    assert app.test_cli_runner().invoke(args=["digest"]).exit_code == 2
    db.session.rollback()
    assert count(Warned) == count(Digest) == count(Morning) == 0
