"""Checks 58, 61 and 64: whatever is done to the tables behind the program's back, verify names the first bad event."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.cases.models import Case
from app.extensions import db
from app.journal import checkpoint
from app.journal.models import EventFacts
from app.journal.record import record
from app.journal.verify import examine
from app.journal.witnesses import checkpoints
from app.petitions.proofs import proof_of
from app.rules.workflow import THE_SYSTEM, Action
from tests.conftest import both_engines
from tests.factories import MONDAY, answer, make_case, make_denunciation, staff

from .tampered import cut_tail, disarm, rewrite_everything, run, verified


@pytest.fixture
def town(app: Flask, write: None) -> Flask:
    """Seven events: two cases, one answered, one received and a sign-in; a checkpoint after the fifth."""
    _clerk, officer, head = staff()
    first = make_case()
    make_case(title="Đèn đường tắt")
    answer(first, officer, head)
    db.session.commit()
    checkpoint.keep(Path(app.config["CHECKPOINT_DIR"]), checkpoint.make(app.config, MONDAY))
    record(Action.SIGN_IN, None, THE_SYSTEM, MONDAY + timedelta(days=3), about="official:1")
    make_denunciation(now=MONDAY + timedelta(days=3))
    db.session.commit()
    return app


TAMPERINGS = {
    "an event changed": ("UPDATE event SET action = 'rate' WHERE seq = 2", "event 2 was changed"),
    "an event's time": ("UPDATE event SET at = '2020-01-01 00:00:00' WHERE seq = 3", "event 3 was changed"),
    "an event deleted": ("DELETE FROM event WHERE seq = 4", "event 4 is missing"),
    "facts changed": ('UPDATE event_facts SET facts = \'{"text": "x"}\' WHERE seq = 2', "facts of event 2"),
    "facts changed, salt emptied": ("UPDATE event_facts SET facts = '{\"a\": 1}', salt = '' WHERE seq = 3", "event 3"),
    "facts deleted": ("DELETE FROM event_facts WHERE seq = 4", "facts of event 4"),
    "day of arrival": ("UPDATE petition_case SET submitted_at = '2026-10-01 00:00:00' WHERE id = 1", "event 1"),
    "day of receipt": ("UPDATE petition_case SET received_at = '2026-10-01 00:00:00' WHERE id = 1", "event 5"),
    "due date": ("UPDATE petition_case SET due_on = '2027-12-31' WHERE id = 2", "event 2: the due date"),
    "stage": ("UPDATE petition_case SET status = 'closed' WHERE id = 2", "event 2: the stage"),
    "unit": ("UPDATE petition_case SET unit_id = 2 WHERE id = 2", "event 2: the unit"),
}


@both_engines
def test_verify_fails_and_names_the_first_bad_event(town: Flask) -> None:
    assert verified(town.test_cli_runner())[0] == 0
    disarm()
    for name, (statement, named) in TAMPERINGS.items():
        with db.session.begin_nested() as attempt:
            run(statement)
            wrong = examine(checkpoints(town.config)).wrong
            attempt.rollback()
        assert wrong is not None, name
        assert named in wrong, name


def test_the_command_exits_non_zero_and_says_which_event(town: Flask) -> None:
    disarm()
    run(TAMPERINGS["an event changed"][0])
    db.session.commit()
    code, words = verified(town.test_cli_runner())
    assert (code, words) == (1, "1 events, then: event 2 was changed\n")


def test_two_events_that_changed_places_are_found(town: Flask) -> None:
    disarm()
    for old, new in ((2, 99), (3, 2), (99, 3)):
        run(f"UPDATE event SET seq = {new} WHERE seq = {old}")
        run(f"UPDATE event_facts SET seq = {new} WHERE seq = {old}")
        run(f"UPDATE notice SET event_seq = {new} WHERE event_seq = {old}")
    db.session.commit()
    code, words = verified(town.test_cli_runner())
    assert code == 1
    assert "event 2 was changed" in words


def test_an_event_that_was_put_in_is_found_before_and_behind_the_head(town: Flask) -> None:
    columns = "at, action, actor_role, official_id, case_id, subject, unit_id, status, due_on, commitment, previous"
    disarm()
    run(f"INSERT INTO event (seq, hash, {columns}) SELECT 8, 'x', {columns} FROM event WHERE seq = 7")
    run("INSERT INTO event_facts (seq, salt, facts) SELECT 8, salt, facts FROM event_facts WHERE seq = 7")
    db.session.commit()
    assert "event 8 was changed" in verified(town.test_cli_runner())[1]
    rewrite_everything(0)
    run("UPDATE chain_head SET seq = 7, hash = (SELECT hash FROM event WHERE seq = 7)")
    db.session.commit()
    assert "event 8 was put in behind the chain's head" in verified(town.test_cli_runner())[1]


@both_engines
def test_a_tail_cut_off_is_caught_by_the_last_checkpoint(town: Flask) -> None:
    disarm()
    cut_tail(4)
    db.session.commit()
    code, words = verified(town.test_cli_runner())
    assert code == 1
    assert "events after 4 are missing" in words


def test_a_chain_recomputed_without_the_key_fails_against_the_checkpoints(town: Flask) -> None:
    disarm()
    rewrite_everything(2)
    db.session.commit()
    code, words = verified(town.test_cli_runner())
    assert code == 1
    assert "event 5 is not what checkpoint" in words


def test_with_the_key_too_it_fails_against_an_older_checkpoint_or_any_receipt(town: Flask, tmp_path: Path) -> None:
    folder, kept = Path(town.config["CHECKPOINT_DIR"]), tmp_path / "kept"
    kept.mkdir()
    receipts = {}
    for case in db.session.scalars(select(Case)):
        receipts[case.kind] = tmp_path / f"{case.kind}.json"
        receipts[case.kind].write_text(proof_of(case, town.config))
    assert verified(town.test_cli_runner(), *(f"--receipt={path}" for path in receipts.values()))[0] == 0
    disarm()
    rewrite_everything(2)
    db.session.commit()
    for path in folder.glob("*.txt"):
        path.rename(kept / path.name)
    checkpoint.keep(folder, checkpoint.make(town.config, MONDAY))  # the key was stolen too
    runner = town.test_cli_runner()
    assert verified(runner)[0] == 0  # nothing inside contradicts itself
    assert verified(runner, f"--checkpoints={kept}")[0] == 1
    for path in receipts.values():
        code, words = verified(runner, f"--receipt={path}")
        assert code == 1
        assert f"receipt {path.name}" in words


def test_a_checkpoint_that_another_key_signed_is_named(town: Flask) -> None:
    path = next(Path(town.config["CHECKPOINT_DIR"]).glob("*.txt"))
    path.write_text(path.read_text().replace("\n5\n", "\n4\n"))
    code, words = verified(town.test_cli_runner())
    assert code == 1
    assert f"cannot be trusted: {path.name}" in words


@both_engines
def test_erasing_what_was_said_leaves_verify_at_0(town: Flask) -> None:
    for facts in db.session.scalars(select(EventFacts)):
        facts.salt, facts.facts = "", {}
    db.session.commit()
    code, words = verified(town.test_cli_runner())
    assert (code, "facts of 7 erased" in words) == (0, True)
