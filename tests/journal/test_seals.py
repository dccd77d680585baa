"""Check 59: the application's own database user cannot change what happened, nor what a row began with."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.exc import DatabaseError

from app.cases import actions
from app.extensions import db
from app.journal.models import Event
from tests.conftest import both_engines
from tests.factories import MONDAY, actor, answer, make_case, staff, unit

from .tampered import run

LATER = MONDAY + timedelta(days=1)
REFUSED = [
    "UPDATE event SET action = 'rate' WHERE seq = 2",
    "DELETE FROM event WHERE seq = 2",
    "DELETE FROM event_facts WHERE seq = 1",
    'UPDATE event_facts SET facts = \'{"text": "x"}\' WHERE seq = 1',
    "UPDATE event_facts SET salt = 'x' WHERE seq = 1",
    "UPDATE chain_head SET seq = 1",
    "UPDATE chain_head SET hash = 'x'",
    "DELETE FROM chain_head",
    "DELETE FROM petition_case",
    "UPDATE petition_case SET reference = 'PA-2026-000099' WHERE id = 1",
    "UPDATE petition_case SET submitted_at = '2020-01-01 00:00:00' WHERE id = 1",
    "UPDATE petition_case SET received_at = '2020-01-01 00:00:00' WHERE id = 1",
    "UPDATE petition_case SET received_at = NULL WHERE id = 1",
    "UPDATE petition_case SET channel = 'letter' WHERE id = 1",
    "UPDATE petition_case SET content_hash = 'x' WHERE id = 1",
    "UPDATE petition_case SET first_answered_at = '2020-01-01 00:00:00' WHERE id = 1",
    "UPDATE custody SET began_at = '2020-01-01 00:00:00' WHERE id = 1",
    "UPDATE custody SET unit_id = 1 WHERE id = 1",
    "DELETE FROM custody",
    "UPDATE deadline SET start_on = '2020-01-01' WHERE id = 1",
    "UPDATE deadline SET rule_id = 'x' WHERE id = 1",
    "UPDATE deadline SET due_on = '2030-01-01'",
    "DELETE FROM deadline",
    "UPDATE document SET sha256 = 'x'",
    "UPDATE document SET number = '99/UBND'",
    "DELETE FROM document",
    "UPDATE notice SET event_seq = 1 WHERE event_seq = 3",
]
EMPTIED = ("event", "event_facts", "petition_case", "chain_head", "custody", "deadline", "document")


def _life() -> None:
    _clerk, officer, head = staff()
    case = make_case()
    actions.receive(case, actor(_clerk), MONDAY)
    answer(case, officer, head)
    db.session.commit()


@both_engines
def test_the_database_refuses_every_change_of_what_was_written_once(app: Flask, write: None) -> None:
    _life()
    taken = []
    statements = [*REFUSED]
    if db.engine.dialect.name == "postgresql":
        statements += [f"TRUNCATE {table} CASCADE" for table in EMPTIED]
    for statement in statements:
        if (answer := _refusal(statement)) == "" or "FOREIGN KEY" in answer:
            taken.append(f"{statement}: {answer}")
    assert taken == []


def _refusal(statement: str) -> str:
    """What the database says to it; nothing, where it does it."""
    try:
        with db.session.begin_nested():
            run(statement)
    except DatabaseError as error:
        return str(error)
    return ""


@both_engines
def test_what_may_change_still_changes(app: Flask, write: None) -> None:
    _life()
    for statement in (
        "UPDATE petition_case SET body = '', title = '', content_hash = ''",
        "UPDATE event_facts SET facts = '{}', salt = ''",
        "UPDATE notice SET sent_at = '2026-11-20 00:00:00'",
    ):
        run(statement)
    db.session.commit()


@both_engines
def test_a_unit_that_passes_a_case_on_leaves_the_next_one_to_receive_it(app: Flask, write: None) -> None:
    clerk, _officer, _head = staff()
    case = make_case()
    actions.receive(case, actor(clerk), MONDAY)
    actions.forward(case, unit("so-xay-dung"), "Đường tỉnh.", actor(clerk), LATER)
    assert (case.received_at, case.unit.code) == (None, "so-xay-dung")
    db.session.commit()


def test_a_swapped_case_of_an_event_is_a_changed_event(app: Flask, write: None) -> None:
    _life()
    event = db.session.get_one(Event, 1)
    event.case_id = None
    with pytest.raises(DatabaseError, match="append-only"):
        db.session.flush()
    db.session.rollback()
