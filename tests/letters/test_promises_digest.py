"""The morning's digest of what is no case: sessions, promises, findings, reception days, voters; once each step."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from app import clock
from app.accounts.models import Official
from app.dialogues.actions import findings
from app.dialogues.actions.sessions import NewSession, plan_session
from app.dialogues.models import Commitment, ConferenceCall, DialogueSession, ReceptionDay
from app.extensions import db, writing
from app.journal.models import Digest, Event, WarnedOf
from app.journal.verify import verify
from app.letters.digest import write_digests, write_one
from app.letters.watch import due
from app.rules.workflow import Action, Role
from app.units.models import Level

from ..conftest import both_engines
from ..dialogues.promised import People, heard, people, promised
from ..factories import actor, make_official, sign_in, unit
from .conftest import Mailbox, words_of
from .test_digest import at, count, dying, work


@pytest.fixture
def who(app: Flask) -> People:
    """The people of Trùng Khánh and of the province, with addresses; no level owes a reception day yet."""
    with writing():
        db.session.execute(update(Level).values(duties=[]))
        made = people()
        made.officer.email, made.head.email, made.looker.email = "mai@example.vn", "khanh@example.vn", "xem@example.vn"
        made.extra["top"] = make_official(Role.HEAD, "04", email="tinh@example.vn")
        db.session.commit()
    return made


def owe(**duties: list[str]) -> None:
    """Levels owe duties from now on."""
    with writing():
        for level, whos in duties.items():
            db.session.execute(update(Level).where(Level.code == level).values(duties=whos))
        db.session.commit()


def told(stage: str = "") -> list[tuple[int, str, int]]:
    """What was told: official, step, day of the month."""
    db.session.rollback()
    rows = db.session.scalars(select(WarnedOf).order_by(WarnedOf.on, WarnedOf.id)).all()
    return [(w.official_id, w.step, w.on.day) for w in rows if stage in ("", w.stage)]


def a_promise(who: People, **more: object) -> Commitment:
    """Promised on Monday at a reception, due on Wednesday 25 November."""
    with writing():
        commitment = promised(who, heard(), at(16), due_on=date(2026, 11, 25), **more)
        db.session.commit()
    return commitment


def a_session(who: People, kind: str = "theme") -> DialogueSession:
    """Planned on Monday for Tuesday 1 December: announced by 24 November, a day off that the law lets stand."""
    with writing():
        session = plan_session(
            NewSession(kind=kind, title="Nước sạch ở xóm Bản Viết", on=date(2026, 12, 1), starts=time(8), ends=time(11),
                       agenda="Nước sạch", place="Nhà văn hóa"), unit(), actor(who.officer), at(16),
        )  # fmt: skip
        db.session.commit()
    return session


def days(first: int, last: int) -> list[datetime]:
    return [at(day) for day in range(first, last + 1)]


@both_engines
def test_a_promise_is_told_to_who_must_keep_it_then_the_head_then_above_once_each(app: Flask, who: People) -> None:
    promise = a_promise(who, responsible=who.officer)
    work(app, *days(16, 40), *days(40, 44))
    assert told("promise") == [
        (who.officer.id, "3", 20), (who.officer.id, "1", 23), (who.head.id, "late", 26),
        (who.extra["top"].id, "up1", 27),
    ]  # fmt: skip
    (up,) = db.session.scalars(select(Event).where(Event.action == Action.ESCALATE))
    assert (up.subject, up.case_id, up.due_on) == (promise.about, None, promise.due_on)
    assert up.facts == {"unit": "04", "steps": ["promise:up1"]}
    assert verify()[1] is None


def test_a_promise_that_names_nobody_is_told_to_everybody_who_works_there(app: Flask, who: People) -> None:
    a_promise(who)
    work(app, at(20))
    assert {official for official, _step, _day in told()} == {who.officer.id, who.head.id}


def test_a_promise_reported_done_is_quiet_for_its_unit_and_waits_five_working_days_for_the_other(
    app: Flask, who: People
) -> None:
    commitment = a_promise(who)
    with writing():
        findings.report_done(commitment, "Đã thông xe", actor(who.officer), at(17))
        db.session.commit()
    # Tuesday 24 November is a day off: five working days after the 17th end on the 25th.
    work(app, *days(18, 26))
    found = told()
    assert {(official, step, day) for official, step, day in found} == {
        (who.looker.id, "late", 26), (who.extra["top"].id, "late", 26),
    }  # fmt: skip
    with writing():
        findings.confirm_kept(commitment, "Đã đi xem", actor(who.looker), at(26, 10))
        db.session.commit()
    work(app, *days(27, 40))
    assert told() == found


@both_engines
def test_a_session_not_announced_in_time_is_told_to_who_planned_it_and_to_the_head(app: Flask, who: People) -> None:
    session = a_session(who)
    due_on = session.announce_due_on
    assert due_on is not None
    work(app, *days(16, 28))
    announce = told("announce")
    both = {who.officer.id, who.head.id}
    assert {official for official, step, _day in announce if step == "3"} == both
    assert {official for official, step, _day in announce if step == "1"} == both
    assert {official for official, step, _day in announce if step == "late"} == {who.head.id}
    assert (who.extra["top"].id, "up1") in {(official, step) for official, step, _day in announce}
    assert len(announce) == len(set(announce))


def test_a_session_that_was_announced_or_called_off_is_quiet(app: Flask, who: People) -> None:
    for values in ({"announced_on": date(2026, 11, 16)}, {"called_off_at": at(16)}):
        session = a_session(who)
        with writing():
            db.session.execute(update(DialogueSession).where(DialogueSession.id == session.id).values(**values))
            db.session.commit()
    work(app, *days(17, 28))
    assert told() == []


def test_results_not_published_in_time_are_told(app: Flask, who: People) -> None:
    session = a_session(who)
    with writing():
        values = {"announced_on": date(2026, 11, 16), "held_at": at(31)}
        db.session.execute(update(DialogueSession).where(DialogueSession.id == session.id).values(**values))
        db.session.commit()
    work(app, *days(31, 46))
    assert {step for _who, step, _day in told("publish_results")} >= {"3", "1", "late"} and told("announce") == []


def day_of_head(who: People, on: date, state: str = "open", received_by: int | None = None) -> None:
    with writing():
        db.session.add(ReceptionDay(unit_id=unit().id, on=on, starts=time(8), ends=time(11), made_at=at(1), state=state,
                                    kind="periodic", host_id=who.head.id, received_by_id=received_by))  # fmt: skip
        db.session.commit()


@both_engines
def test_the_head_hears_five_working_days_before_the_month_ends_that_a_reception_day_lacks(
    app: Flask, who: People
) -> None:
    owe(commune=["commune_chairman"])
    day_of_head(who, date(2026, 11, 10), "held", who.head.id)
    day_of_head(who, date(2026, 11, 12), "held", who.officer.id)  # somebody else received: it does not count
    day_of_head(who, date(2026, 11, 13))  # planned, and never held
    work(app, *days(16, 30))
    rows = db.session.scalars(select(WarnedOf)).all()
    assert [(w.official_id, w.subject, w.stage, w.due_on, w.step) for w in rows] == [
        (who.head.id, f"duty:{unit().id}", "reception_day", date(2026, 11, 30), "5"),
    ]  # fmt: skip
    assert rows[0].on in (date(2026, 11, 20), date(2026, 11, 23))


def test_with_enough_days_held_or_planned_the_head_hears_nothing(app: Flask, who: People) -> None:
    owe(commune=["commune_chairman"])
    day_of_head(who, date(2026, 11, 10), "held", who.head.id)
    day_of_head(who, date(2026, 11, 30))
    work(app, *days(16, 30))
    assert told() == []


def test_the_yearly_conference_that_nobody_planned_is_told_before_the_year_ends(app: Flask, who: People) -> None:
    owe(commune=["commune_peoples_committee"])
    work(app, at(30), *(clock.start_of(date(2026, 12, day)) + (at(1) - clock.start_of(date(2026, 11, 1)))
                        for day in range(20, 32)))  # fmt: skip
    assert {(official, step) for official, step, _day in told("dialogue_conference")} == {(who.head.id, "5")}


def test_a_threshold_reached_is_told_to_the_head_once(app: Flask, who: People) -> None:
    with writing():
        db.session.add(ConferenceCall(unit_id=unit().id, subject="", voters=100, needed=10, counted=10,
                                      opened_on=date(2026, 11, 2), reached_at=at(16)))  # fmt: skip
        db.session.commit()
    work(app, *days(16, 20))
    assert told("conference_call") == [(who.head.id, "reached", 16)]


@both_engines
def test_a_worker_killed_before_its_commit_has_told_nothing_and_the_next_tells_it_once(app: Flask, who: People) -> None:
    a_promise(who, responsible=who.officer)
    with dying(), pytest.raises(SystemExit):
        write_digests(at(20))
    assert count(WarnedOf) == count(Digest) == 0
    write_digests(at(20, 10))
    write_digests(at(20, 10))
    assert told() == [(who.officer.id, "3", 20)] and count(Digest) == 1


def test_a_promise_reported_while_the_worker_made_up_its_list_is_left_out(app: Flask, who: People) -> None:
    commitment = a_promise(who, responsible=who.officer)
    (one,) = due(at(20).date())
    db.session.rollback()
    with writing():
        findings.report_done(commitment, "Đã thông xe", actor(who.officer), at(20, 8))
        db.session.commit()
    assert not write_one(one, at(20))
    assert count(WarnedOf) == count(Digest) == 0


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_letter_names_number_and_date_and_nothing_that_was_promised(
    app: Flask, who: People, mailbox: Mailbox, language: str
) -> None:
    owe(commune=["commune_chairman"])
    commitment, session = a_promise(who), a_session(who)
    with writing():
        db.session.get_one(Official, who.head.id).language = language
        db.session.commit()
    work(app, at(23))
    text = next(words_of(m) for m in mailbox.letters if m["To"] == "khanh@example.vn" and "/desk" in words_of(m))
    expected = {
        "vi": (f"- {commitment.number}: thực hiện cam kết, còn 2 ngày, hạn 25/11/2026. Xã Trùng Khánh.",
               f"- {session.number}: thông báo buổi đối thoại cho dân, còn 1 ngày, hạn 24/11/2026.",
               "- chưa đủ buổi tiếp công dân định kỳ của kỳ này, còn 4 ngày, hạn 30/11/2026. Xã Trùng Khánh."),
        "en": (f"- {commitment.number}: keep the commitment, 2 days left, due 25 Nov 2026.",
               f"- {session.number}: announce the dialogue to the public, 1 day left, due 24 Nov 2026.",
               "- this period's reception days of the head are not all held or planned, 4 days left, due 30 Nov"),
    }[language]  # fmt: skip
    for line in expected:
        assert line in text, text
    assert "{" not in text and "None" not in text and "\n\n\n" not in text
    for secret in ("đất đá", "Bản Viết", "Páo", "/link/"):
        assert secret not in text


def test_the_desk_shows_the_lines_with_their_pages_until_they_are_done(
    app: Flask, who: People, client: FlaskClient
) -> None:
    owe(commune=["commune_chairman"])
    commitment, session = a_promise(who), a_session(who)
    work(app, at(23))
    with clock.fixed(at(23, 10)):
        with writing():
            sign_in(client, db.session.get_one(Official, who.head.id))
        page = client.get("/desk/").text
        box = page[page.index('data-testid="morning"') :].split("</section>")[0]
        for path in (f"/desk/commitments/{commitment.number}", f"/desk/sessions/{session.number}", "/desk/reception"):
            assert f'href="{path}"' in box
        assert "Thực hiện cam kết: Dọn hết đất đá" in box and "Còn 1 ngày" in box
        with writing():
            done = db.session.get_one(Commitment, commitment.id)
            findings.report_done(done, "Đã thông xe", actor(who.officer), at(23, 9))
            db.session.commit()
        page = client.get("/desk/").text
    assert f"/desk/commitments/{commitment.number}" not in page and session.number in page


def test_what_the_digests_would_say_names_things_too(app: Flask, who: People) -> None:
    commitment = a_promise(who, responsible=who.officer)
    shown = app.test_cli_runner().invoke(args=["digest", "--show", "--on", "2026-11-20"])
    assert shown.exit_code == 0, shown.output
    assert f"{commitment.number}  promise  due 2026-11-25" in shown.output and "1 digests, 1 steps" in shown.output


def test_a_hundred_promises_ask_no_more_statements_than_one(app: Flask, who: People) -> None:
    from .test_digest import counted

    a_promise(who, responsible=who.officer)
    with counted() as few:
        found = due(at(20).date())
    assert len(found) == 1
    with writing():
        for _ in range(100):
            promised(who, heard(), at(16), due_on=date(2026, 11, 25), responsible=who.officer)
        db.session.commit()
    with counted() as many:
        (one,) = due(at(20).date())
    assert len(one.things) == 101 and len(many) == len(few)
