"""No stored date moves silently: only recompute-deadlines moves dates, when told, with an event for each case."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.cases import actions
from app.cases.actions import clocks
from app.cases.actions.perform import custody_of
from app.cases.models import Case, Custody, Deadline
from app.cases.recount import count_moved
from app.extensions import db, writing
from app.journal.models import Event, Notice
from app.journal.verify import verify
from app.refusals import Invalid, NotAllowed, WrongStep
from app.rules.deadlines import Derivation, Rules
from app.rules.workflow import THE_SYSTEM, Action, Kind, Role, Status
from app.units import actions as house
from app.units import calendar
from tests.conftest import both_engines
from tests.factories import (
    MONDAY,
    accept,
    actor,
    assign,
    issue,
    make_case,
    make_denunciation,
    make_official,
    registered,
    staff,
)

STORM = "Bão số 13, cơ quan nghỉ"
COMMAND = "recompute-deadlines"


def at(day: int, month: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, 3, 0, tzinfo=UTC)


def storm(day: int = 20, month: int = 11) -> None:
    """The province closes its offices on a working day after the clocks had started."""
    house.override_day(date(2026, month, day), "off", STORM, "1245/QĐ-UBND", THE_SYSTEM, MONDAY)


@contextmanager
def another_file(**changed: Any) -> Iterator[None]:
    """The program was started again with a file in which some rules, named by id with dots as `__`, read otherwise."""
    shipped = calendar.shipped()
    rules = [replace(r, **changed[key]) if (key := r.id.replace(".", "__")) in changed else r for r in shipped.rules]
    calendar.use(replace(shipped, rules=tuple(rules)), count_moved)
    yield
    calendar.use(shipped, count_moved)


@contextmanager
def file_without(rule_id: str) -> Iterator[None]:
    shipped = calendar.shipped()
    calendar.use(Rules(tuple(r for r in shipped.rules if r.id != rule_id), shipped.calendar), count_moved)
    yield
    calendar.use(shipped, count_moved)


def stored() -> list[Any]:
    """Every date the database holds about clocks."""
    db.session.expire_all()
    rows: list[Any] = [
        (c.id, c.due_on, c.derivation) for c in db.session.scalars(select(Deadline).order_by(Deadline.id))
    ]
    rows += [(c.reference, c.due_on, c.due_stage) for c in db.session.scalars(select(Case).order_by(Case.id))]
    return rows + [(c.id, c.due_on) for c in db.session.scalars(select(Custody).order_by(Custody.id))]


def told(case: Case) -> list[Event]:
    statement = select(Event).where(Event.case_id == case.id, Event.action == Action.RECOMPUTE)
    return list(db.session.scalars(statement.order_by(Event.seq)))


def closing(case: Case) -> Deadline:
    statement = select(Deadline).where(Deadline.case_id == case.id, Deadline.is_closing, Deadline.ended_at.is_(None))
    return db.session.scalars(statement.order_by(Deadline.id.desc())).first()  # type: ignore[return-value]


def run(app: Flask, *words: str) -> Any:
    with clock.fixed(at(17, 11)):
        return app.test_cli_runner().invoke(args=[COMMAND, *words])


def rows(app: Flask, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run(app, *words, "--json").output)
    return found


def kept(app: Flask) -> dict[str, Case]:
    """A feedback that runs, one whose clocks were met, and a denunciation in its first check."""
    with writing():
        found = {"runs": make_case(), "answered": make_case(title="Đèn đường hỏng"), "sealed": make_denunciation()}
        clocks.meet(found["answered"], [row.stage for row in clocks.running(found["answered"])], at(17, 11))
        registered(found["sealed"], make_official(Role.REGISTRAR, "04"))
        db.session.commit()
    return found


# --- what stands as it was told


@both_engines
def test_an_override_moves_no_stored_date_until_the_command_is_told_to(app: Flask) -> None:
    cases = kept(app)
    before = stored()
    with writing():
        storm()
        db.session.commit()
    assert stored() == before
    assert run(app).exit_code == 1
    assert stored() == before
    assert run(app, "--do", "--reason", "Quyết định 1245").exit_code == 0
    assert stored() != before
    # Five working days from Monday 16/11: 17 18 19, 20 off now, 23, 24 off, 25.
    assert closing(cases["runs"]).due_on == cases["runs"].due_on == date(2026, 11, 25)


@both_engines
def test_another_rules_file_moves_no_stored_date_until_the_command_is_told_to(app: Flask) -> None:
    cases = kept(app)
    before = stored()
    with another_file(feedback__street__answer={"length": 3}):
        assert stored() == before
        with writing():
            fresh = make_case(title="Cống tắc")
            assert closing(fresh).due_on == date(2026, 11, 19), "new clocks run by the new file"
            db.session.rollback()
        assert run(app).exit_code == 1
        assert stored() == before
        assert run(app, "--do", "--reason", "Sửa thời hạn đề xuất").exit_code == 0
        assert closing(cases["runs"]).due_on == date(2026, 11, 19)
        assert run(app).exit_code == 0


def test_a_resumption_moves_a_date_by_the_pause_and_not_by_what_the_calendar_says_since(
    app: Flask, write: None
) -> None:
    clerk, officer, head = staff()
    case = make_case(Kind.COMPLAINT, category_code="land.dispute")
    actions.register(case, date(2026, 11, 16), actor(clerk), MONDAY)
    assign(case, officer, head)
    accept(case, head, at(16, 11))
    assert case.due_on == date(2026, 12, 16)
    issue(case, "suspension_decision", head, at(18, 11), {"reason": "Chờ kết quả đo đạc"}, on="2026-11-18")
    house.override_day(date(2026, 12, 19), "work", "Làm bù", "12/QĐ", THE_SYSTEM, MONDAY)
    house.override_day(date(2026, 12, 16), "off", "Lễ hội", "13/QĐ", THE_SYSTEM, MONDAY)
    # The pause keeps three days, 18 to 20/11: 16/12 becomes Saturday 19/12, worked by now: a day no count asked before.
    issue(case, "resumption_decision", head, at(21, 11), on="2026-11-21")
    assert case.due_on == date(2026, 12, 19)


def test_an_extension_is_counted_from_the_due_date_that_was_told(app: Flask, write: None) -> None:
    head, registrar = make_official(Role.HEAD, "04"), make_official(Role.REGISTRAR, "04")
    case = make_denunciation()
    registered(case, registrar)
    actions.name_handler(case, head, actor(registrar), MONDAY)
    accept(case, head, at(16, 11))
    house.override_day(date(2026, 12, 16), "off", "Lễ hội", "13/QĐ", THE_SYSTEM, MONDAY)
    # 30 days from 16/11 were 16/12 when it was told; 30 from there: Friday 15/01/2027.
    issue(case, "extension_decision", head, at(1, 12), variant="complex")
    assert case.due_on == date(2027, 1, 15)


# --- the command


def test_the_command_lists_dates_and_reasons_and_changes_nothing(app: Flask) -> None:
    cases = kept(app)
    with writing():
        storm()
        db.session.commit()
    listed = {(row["reference"], row["stage"]): row for row in rows(app)}
    runs = listed[cases["runs"].reference, "answer"]
    assert (runs["old"], runs["new"], runs["result"]) == ("2026-11-23", "2026-11-25", "would move")
    assert runs["why"] == [f"2026-11-20 is a day off now: {STORM}"]
    assert cases["answered"].reference not in {reference for reference, _stage in listed}
    sealed = next(row for (reference, _), row in listed.items() if reference == cases["sealed"].reference)
    assert (sealed["stage"], sealed["rule"], sealed["why"]) == ("", "", [])
    text = run(app).output
    assert "(sealed)" in text and "Nothing was changed" in text and "Cán bộ địa chính" not in text
    assert told(cases["runs"]) == []


@both_engines
def test_what_is_moved_has_an_event_a_derivation_and_no_letter(app: Flask) -> None:
    cases = kept(app)
    with writing():
        storm()
        db.session.commit()
    notices = db.session.scalars(select(Notice.id)).all()
    result = run(app, "--do", "--reason", "Quyết định 1245/QĐ-UBND")
    assert result.exit_code == 0 and "moved" in result.output
    db.session.expire_all()
    case = cases["runs"]
    (event,) = told(case)
    assert (event.due_on, event.actor_role, event.facts["reason"]) == (case.due_on, "system", "Quyết định 1245/QĐ-UBND")
    moved = {one["stage"]: (one["old"], one["new"]) for one in event.facts["clocks"]}
    assert moved["answer"] == ("2026-11-23", "2026-11-25")
    proof = Derivation.from_json(closing(case).derivation)
    assert proof.due_on == case.due_on == custody_of(case).due_on
    assert [skip.why for skip in proof.skipped if skip.on == date(2026, 11, 20)] == ["holiday"]
    assert closing(cases["answered"]).due_on == date(2026, 11, 23), "met clocks stay as they were judged"
    assert len(told(cases["sealed"])) == 1
    assert db.session.scalars(select(Notice.id)).all() == notices
    assert verify()[1] is None


def test_a_second_run_finds_nothing_and_writes_nothing(app: Flask) -> None:
    cases = kept(app)
    with writing():
        storm()
        db.session.commit()
    run(app, "--do", "--reason", "Quyết định 1245")
    again = run(app, "--do", "--reason", "Quyết định 1245")
    assert (again.exit_code, again.output.strip()) == (0, "No running clock would end on another day.")
    assert len(told(cases["runs"])) == 1


def test_a_run_that_breaks_off_keeps_whole_cases_and_is_finished_by_the_next(app: Flask) -> None:
    with writing():
        first, second = make_case(), make_case(title="Đèn đường hỏng")
        storm()
        db.session.commit()
    with writing():
        actions.recompute(first, "Quyết định 1245", THE_SYSTEM, MONDAY)
        db.session.commit()
    assert {row["reference"] for row in rows(app)} == {second.reference}
    assert {row["reference"] for row in rows(app, "--do", "--reason", "Nốt")} == {second.reference}
    assert [len(told(case)) for case in (first, second)] == [1, 1]


def test_a_decision_taken_back_brings_the_old_dates_back_on_purpose(app: Flask) -> None:
    with writing():
        case = make_case()
        storm()
        db.session.commit()
    run(app, "--do", "--reason", "Quyết định 1245")
    with writing():
        house.remove_override(date(2026, 11, 20), THE_SYSTEM, MONDAY)
        db.session.commit()
    assert rows(app)[0]["why"] == ["2026-11-20 is a working day now"]
    run(app, "--do", "--reason", "Hủy quyết định 1245")
    db.session.expire_all()
    assert (case.due_on, len(told(case))) == (date(2026, 11, 23), 2)


@pytest.mark.parametrize("words", [("--do",), ("--do", "--reason", "  ")])
def test_nothing_is_moved_without_a_reason(app: Flask, words: tuple[str, ...]) -> None:
    kept(app)
    before = stored()
    result = run(app, *words)
    assert result.exit_code == 2 and "--reason" in result.output
    assert stored() == before


def test_a_clock_whose_rule_the_file_has_lost_is_told_and_left(app: Flask) -> None:
    cases = kept(app)
    before = stored()
    with file_without("feedback.street.answer"):
        (row,) = [row for row in rows(app) if row["reference"] == cases["runs"].reference]
        assert (row["new"], row["result"]) == (None, "left")
        assert row["why"][0].startswith("rule feedback.street.answer: a clock was started by it")
        assert run(app, "--do", "--reason", "x").exit_code == 1
    assert stored() == before


def test_a_case_that_may_not_be_recomputed_any_more_is_left_with_the_reason(app: Flask) -> None:
    with writing():
        case = make_case()
        storm()
        case.status = Status.ARCHIVED
        db.session.commit()
    (row, *_) = rows(app, "--do", "--reason", "Quyết định 1245")
    assert row["result"] == "left" and row["problem"]
    db.session.expire_all()
    assert case.due_on == date(2026, 11, 23)


# --- the verb


def test_a_clock_that_stands_still_is_recounted_but_shows_no_date(app: Flask, write: None) -> None:
    clerk, officer, head = staff()
    case = make_case(Kind.COMPLAINT, category_code="land.dispute")
    actions.register(case, date(2026, 11, 16), actor(clerk), MONDAY)
    assign(case, officer, head)
    accept(case, head, at(16, 11))
    issue(case, "suspension_decision", head, at(18, 11), on="2026-11-18")
    house.override_day(date(2026, 12, 16), "off", "Lễ hội", "13/QĐ", THE_SYSTEM, MONDAY)
    assert actions.recompute(case, "Lễ hội", THE_SYSTEM, at(19, 11)) is not None
    row = closing(case)
    assert (row.due_on, row.paused_on) == (date(2026, 12, 17), date(2026, 11, 18))
    assert (case.due_on, custody_of(case).due_on) == (None, None)
    issue(case, "resumption_decision", head, at(21, 11), on="2026-11-21")
    assert case.due_on == date(2026, 12, 21), "three days kept: Saturday 19/12, so Monday 21/12"


def test_pauses_and_extensions_stay_when_a_clock_is_recounted(app: Flask, write: None) -> None:
    head, registrar = make_official(Role.HEAD, "04"), make_official(Role.REGISTRAR, "04")
    case = make_denunciation()
    registered(case, registrar)
    actions.name_handler(case, head, actor(registrar), MONDAY)
    accept(case, head, at(16, 11))
    issue(case, "suspension_decision", head, at(18, 11), on="2026-11-18")
    issue(case, "resumption_decision", head, at(23, 11), on="2026-11-23")
    issue(case, "extension_decision", head, at(1, 12), variant="complex")
    # 16/12 and the five days 18-22/11: Monday 21/12; 30 more: Wednesday 20/01/2027.
    assert case.due_on == date(2027, 1, 20)
    house.override_day(date(2027, 1, 20), "off", "Lễ hội", "13/QĐ", THE_SYSTEM, MONDAY)
    actions.recompute(case, "Lễ hội", THE_SYSTEM, at(2, 12))
    proof = Derivation.from_json(closing(case).derivation)
    assert (case.due_on, len(proof.pauses), len(proof.extensions)) == (date(2027, 1, 21), 1, 1)


def test_only_the_system_recomputes_and_only_with_a_reason(app: Flask, write: None) -> None:
    case, head = make_case(), make_official(Role.HEAD)
    storm()
    with pytest.raises(NotAllowed):
        actions.recompute(case, "Quyết định", actor(head), MONDAY)
    with pytest.raises(Invalid):
        actions.recompute(case, " ", THE_SYSTEM, MONDAY)
    case.status = Status.ARCHIVED
    with pytest.raises(WrongStep):
        actions.recompute(case, "Quyết định", THE_SYSTEM, MONDAY)
    case.status = Status.RECEIVED
    assert case.due_on == date(2026, 11, 23)


def test_a_correction_keeps_the_standing_of_a_clock_that_stands_still(app: Flask, write: None) -> None:
    clerk, officer, head = staff()
    case = make_case(Kind.COMPLAINT, category_code="land.dispute")
    actions.register(case, date(2026, 11, 16), actor(clerk), MONDAY)
    assign(case, officer, head)
    accept(case, head, at(16, 11))
    issue(case, "suspension_decision", head, at(18, 11), on="2026-11-18")
    case.is_complex = True
    clocks.restart_closing(case, custody_of(case), at(19, 11))
    row = closing(case)
    assert (row.rule_id, row.paused_on, case.due_on) == ("complaint1.settle.complex", date(2026, 11, 18), None)
    clocks.pause(case, custody_of(case), ["settlement_first"], date(2026, 11, 20))
    assert row.paused_on == date(2026, 11, 18), "a second suspension does not shorten the first"


def test_the_count_before_a_decision_asks_only_clocks_that_run_across_the_day(app: Flask, write: None) -> None:
    make_case()
    storm(20)
    assert count_moved(date(2026, 11, 20)) >= 1
    assert count_moved(date(2026, 11, 27)) == 0
