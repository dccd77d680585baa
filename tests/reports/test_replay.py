"""Events alone tell what the custodies and the cells hold, whatever people did; what does not fit is named."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from app import clock
from app.cases import actions
from app.cases.models import Case, Custody
from app.demo import province
from app.demo.bulk import seed_bulk
from app.extensions import db, writing
from app.journal.models import Event
from app.reports.cells import keep, prove
from app.reports.models import Cell
from app.rules.statistics.replay import replay
from app.rules.statistics.told import UNSAID, Happened, Stay
from app.rules.workflow import THE_SYSTEM, Action, Kind
from tests.cases.test_walks import walk
from tests.conftest import both_engines
from tests.demo.conftest import END, appoint
from tests.factories import MONDAY, actor, make_case, make_denunciation, staff, unit

EXACT = ("number", "unit_id", "kind", "began_at", "ended_at", "due_on", "is_open", "is_reopening", "first_response_at",
         "finished_at", "resolved_at", "reopened_at", "outcome", "waited_seconds", "rating_level",
         "rated_at")  # fmt: skip

SELDOM = (
    "note", "classify", "archive", "withdraw", "withdraw_part", "refuse", "guide", "transfer_out", "return_petition",
    "not_accept", "split", "write", "issue", "terminate", "hand_over", "succeed", "mark_duplicate", "publish_request",
    "request_report", "dismiss_handler", "request_part", "give_part", "draft", "remind", "receive", "escalate",
)  # fmt: skip
OFTEN = ("approve", "reopen", "insist", "accept", "suspend", "resume", "propose", "decide", "conclude", "ask",
         "choose_time", "offer_times", "close", "name_handler", "register", "extend", "make_complex")  # fmt: skip
LONG_LIVES = dict.fromkeys(map(Action, SELDOM), 0.05) | dict.fromkeys(map(Action, OFTEN), 4.0)
"""Cases are answered, reopened, suspended and passed on, and do not end early."""


def told(case_ids: list[int]) -> dict[tuple[int, int], Stay]:
    """Every custody of these cases as the events tell it."""
    found = prove.replayed(case_ids, {})
    return {(case_id, stay.number): stay for case_id, stays in found.items() for stay in stays}


@both_engines
@pytest.mark.parametrize("seed", range(6, 10))
def test_after_any_walk_the_events_tell_each_custody_to_the_microsecond(app: Flask, write: None, seed: int) -> None:
    walk(seed, 200, LONG_LIVES if seed % 2 else None)
    db.session.flush()
    kept = {(row.case_id, row.number): row for row in db.session.scalars(select(Custody))}
    stays = told(list(db.session.scalars(select(Case.id))))
    assert stays.keys() == kept.keys()
    for key, stay in stays.items():
        for name in EXACT:
            assert getattr(stay, name) == getattr(kept[key], name), (key, name)
    keep.rebuild()
    db.session.commit()
    assert list(prove.differences()) == []


@both_engines
def test_the_fast_demo_says_all_that_its_figures_need(app: Flask, write: None) -> None:
    appoint()
    seed_bulk(province.world_until(END), 120, lambda _n: None, random.Random(4))
    keep.rebuild()
    db.session.commit()
    assert list(prove.differences()) == []
    assert UNSAID not in {stay.category for stay in told(list(db.session.scalars(select(Case.id)))).values()}


def test_a_merged_unit_and_a_shielded_denunciation_are_told_too(app: Flask, write: None) -> None:
    sealed, case = make_denunciation(), make_case(Kind.FEEDBACK)
    denounced = sealed.denounced_unit
    assert denounced is not None
    actions.succeed(sealed, unit("01294"), THE_SYSTEM, MONDAY)
    actions.shield_successor(denounced, unit("01294"), MONDAY + timedelta(hours=1))
    clerk, officer, _head = staff()
    actions.assign(case, officer, actor(clerk), MONDAY)
    actions.ask(case, "Ở đâu?", actor(officer), MONDAY + timedelta(hours=2))
    actions.succeed(case, unit("01294"), THE_SYSTEM, MONDAY + timedelta(hours=5))
    keep.rebuild()
    db.session.commit()
    assert list(prove.differences()) == []
    stays = told([case.id])
    assert [stays[case.id, n].waited_seconds for n in (1, 2)] == [3 * 3600, 0]
    assert [stay.unit_id for stay in told([sealed.id]).values()] == [unit("04").id, unit("01294").id, unit("04").id]


def test_a_moment_before_the_event_written_last_is_kept(app: Flask, write: None) -> None:
    make_case(now=MONDAY + timedelta(minutes=1))
    late = make_case(now=MONDAY)
    event = db.session.scalars(select(Event).where(Event.case_id == late.id)).one()
    assert event.at > MONDAY and event.facts["happened_at"] == MONDAY.isoformat()
    assert told([late.id])[late.id, 1].began_at == MONDAY


def test_older_events_say_less_and_what_they_do_not_say_is_not_guessed() -> None:
    """Before kind, category and due dates stood in the facts: the date shown is the closing clock's while it runs."""
    due, later = MONDAY.date() + timedelta(days=5), MONDAY.date() + timedelta(days=30)
    events = [
        Happened(1, MONDAY, "submit", 5, "received", due, "resident", {"channel": "web", "text": "Đèn hỏng"}),
        Happened(2, MONDAY + timedelta(days=1), "correct", 5, "received", later, "clerk", {"changes": {}}),
        Happened(3, MONDAY + timedelta(days=2), "forward", 6, "received", later, "clerk", {}),
        Happened(4, MONDAY + timedelta(days=3), "approve", 6, "answered", later, "head", {"outcome": "resolved"}),
        Happened(5, MONDAY + timedelta(days=4), "rate", 6, "answered", later, "resident", {"level": 5}),
        Happened(6, MONDAY + timedelta(days=5), "reopen", 6, "assigned", due, "resident", {"reason": "Chưa xong"}),
    ]
    first, second = replay(events, Kind.FEEDBACK)
    assert (first.category, first.commune, first.due_on, second.due_on) == (UNSAID, UNSAID, later, later)
    assert (second.reopening_due_on, second.rating_level, second.is_open) == (due, 5, True)


def _tamper(what: str) -> None:
    """Change one number behind everybody's back."""
    if what == "cell":
        cell = db.session.scalars(select(Cell).limit(1)).one()
        rows = prove.unpacked(cell.facts).copy()
        rows["waited_seconds"][0] += 60
        cell.facts = rows.tobytes()
        return
    changes: dict[str, Any] = {"custody": {"waited_seconds": 60}, "both": {"outcome": "withdrawn"}}[what]
    stay = select(Custody.id).order_by(Custody.id).limit(1).scalar_subquery()
    db.session.execute(update(Custody).where(Custody.id == stay).values(**changes))
    if what == "both":
        keep.rebuild()


@both_engines
@pytest.mark.parametrize(
    ("what", "says"), [("cell", "waited_seconds: 60 is kept, 0 counted"),
                       ("custody", "waited_seconds: 60 is kept, 0 by the events"),
                       ("both", "outcome: withdrawn is kept,  by the events")],
)  # fmt: skip
def test_a_number_that_somebody_changed_is_named_with_unit_month_and_case(app: Flask, what: str, says: str) -> None:
    with clock.fixed(MONDAY), writing():
        case = make_case(Kind.FEEDBACK)
        reference = case.reference
        keep.rebuild()
        db.session.commit()
    run = app.test_cli_runner()
    assert run.invoke(args=["statistics", "verify"]).exit_code == 0
    with writing():
        _tamper(what)
        db.session.commit()
    found = run.invoke(args=["statistics", "verify"])
    assert found.exit_code == 1
    assert f"unit 01447, 2026-11, {reference}, {says}" in found.output


@both_engines
def test_a_custody_that_no_event_tells_of_is_named(app: Flask) -> None:
    with writing():
        case = make_case(Kind.FEEDBACK)
        row = {**vars(told([case.id])[case.id, 1]), "number": 2}
        names = {column.name for column in Custody.__table__.columns}
        db.session.add(Custody(case_id=case.id, category_id=case.category_id,
                               **{name: value for name, value in row.items() if name in names}))  # fmt: skip
        keep.rebuild()
        db.session.commit()
    assert "custody 2: the events tell of none" in "".join(prove.differences())


@both_engines
def test_an_imported_case_counts_from_when_it_came_to_when_it_ended_elsewhere(app: Flask, write: None) -> None:
    came, ended, now = MONDAY - timedelta(days=40), MONDAY - timedelta(days=30), MONDAY
    events = [
        Happened(1, now, "imported", 5, "received", None, "system", {
            "submitted_at": came.isoformat(), "channel": "other", "kind": "feedback", "category": "roads"}),
        Happened(2, now, "close", 5, "closed", None, "system", {"outcome": "resolved", "closed_at": ended.isoformat()}),
    ]  # fmt: skip
    (stay,) = replay(events)
    assert (stay.began_at, stay.finished_at, stay.resolved_at, stay.outcome) == (came, ended, ended, "resolved")
    assert (stay.dwell.spent["received"], stay.dwell.status) == (10 * 86400, "closed")
