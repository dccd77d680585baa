"""The chain: whole after every verb, broken by every tampering; the outbox owes what was promised."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from app.extensions import db
from app.journal.models import Event, EventFacts
from app.journal.record import record
from app.journal.verify import verify
from app.rules.workflow import THE_SYSTEM, Action
from tests.conftest import both_engines
from tests.factories import MONDAY, answer, make_case, staff


def _walk() -> None:
    _clerk, officer, head = staff()
    answer(make_case(), officer, head)
    db.session.commit()


@both_engines
def test_the_chain_is_gapless_and_whole_after_a_walk(app: Flask, write: None) -> None:
    _walk()
    assert list(db.session.scalars(select(Event.seq).order_by(Event.seq))) == [1, 2, 3, 4]
    assert verify() == (4, None)


@both_engines
@pytest.mark.parametrize(
    "statement",
    ["UPDATE event SET action = 'rate' WHERE seq = 2", "DELETE FROM event WHERE seq = 2", "DELETE FROM event_facts",
     "UPDATE event_facts SET facts = '{\"text\": \"x\"}' WHERE seq = 1", "DELETE FROM petition_case",
     "UPDATE petition_case SET submitted_at = '2020-01-01 00:00:00'"],
)  # fmt: skip
def test_the_database_refuses_to_change_what_happened(app: Flask, write: None, statement: str) -> None:
    _walk()
    with pytest.raises(DatabaseError, match=r"append-only|erased|stand|kept"):
        db.session.execute(text(statement.replace(":", r"\:")))


TAMPERINGS = {
    "changed": ("UPDATE event SET unit_id = NULL WHERE seq = 2", "event 2 was changed"),
    "removed": ("DELETE FROM event WHERE seq = 3", "event 3 is missing"),
    "last removed": ("DELETE FROM event WHERE seq = 4", "events after 3 are missing"),
    "facts": ("UPDATE event_facts SET facts = '{}' WHERE seq = 2", "facts of event 2"),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_verify_names_the_first_broken_link(app: Flask, write: None, name: str) -> None:
    _walk()
    for trigger in ("event_unchanged", "event_kept", "event_facts_kept", "event_facts_unchanged"):
        db.session.execute(text(f"DROP TRIGGER {trigger}"))
    statement, found = TAMPERINGS[name]
    db.session.execute(text("PRAGMA defer_foreign_keys = ON"))
    db.session.execute(text(statement))
    _count, wrong = verify()
    assert wrong is not None
    assert found in wrong


@both_engines
def test_erasing_what_was_said_leaves_the_chain_whole(app: Flask, write: None) -> None:
    _walk()
    facts = db.session.get_one(EventFacts, 1)
    facts.salt, facts.facts = "", {}
    db.session.commit()
    assert verify() == (4, None)


def test_time_never_runs_backwards_in_the_chain(app: Flask, write: None) -> None:
    record(Action.SIGN_IN, None, THE_SYSTEM, MONDAY, about="official:1")
    later = record(Action.SIGN_OUT, None, THE_SYSTEM, MONDAY - timedelta(hours=2), about="official:1")
    assert later.at == MONDAY
