"""The fast way to a demo leaves the same rows as the real verbs."""

from __future__ import annotations

import random
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from app.cases.models import Case, Custody, Deadline, Person, Rating, SearchDocument
from app.demo import province
from app.demo.bulk import seed_bulk
from app.extensions import Model, db
from app.journal.models import ChainHead, Event, EventFacts, Notice
from app.journal.verify import verify
from app.units.models import Sequence
from tests.conftest import both_engines

from .conftest import END, appoint, nobody

TABLES: tuple[type[Model], ...] = (Case, Custody, Deadline, Rating, Event, EventFacts, Notice, SearchDocument, Sequence)
CHANCE = {"id", "salt", "hash", "previous", "commitment", "code_hash", "token_hash", "content_hash",
          "version"}  # fmt: skip
"""Random by nature or by the app's own key, or following from it; `version` counts the writes of a row, which is just
what differs."""
OF_THE_PAPER = {"document", "number", "sha256"}
"""Facts of a signature that name its paper: the fast way renders none."""
VERBS = {
    "submit", "register", "receive", "classify", "refuse", "mark_duplicate", "assign", "take", "forward", "ask",
    "reply", "remind", "note", "draft", "propose", "send_back", "approve", "close", "rate", "reopen", "withdraw",
    "write", "accept", "verify", "make_complex", "suspend", "resume", "hold_dialogue", "decide", "send", "publish",
    "enforce", "archive", "not_accept", "guide", "transfer_out", "terminate",
}  # fmt: skip
COUNT = 300


def rows_of(table: type[Model]) -> list[dict[str, Any]]:
    """All rows of a table as plain values, in an order that does not depend on ids."""
    found = []
    for row in db.session.execute(select(table.__table__)).mappings():
        plain = {key: value for key, value in row.items() if key not in CHANCE}
        found.append(_without_paper(plain) if table is EventFacts else plain)
    return sorted(found, key=repr)


def _without_paper(row: dict[str, Any]) -> dict[str, Any]:
    facts = row["facts"]
    left_out = {"paper", *(OF_THE_PAPER if "signed_by" in facts else ())}
    return {**row, "facts": {key: value for key, value in facts.items() if key not in left_out}}


def everything() -> dict[str, list[dict[str, Any]]]:
    """The rows that a demo writes, table by table, but for numbers of papers."""
    db.session.flush()
    tables = {table.__tablename__: rows_of(table) for table in TABLES}
    tables["person"] = sorted(
        ({"about": one.about, **one.said()} for one in db.session.scalars(select(Person))), key=repr
    )
    tables["sequence"] = [row for row in tables["sequence"] if not row["name"].startswith("document:")]
    return tables


def test_both_ways_leave_the_same_rows(empty: Any) -> None:
    with empty("actions"):
        province.seed(COUNT, END, nobody, seed_number=7, with_rare=False)
        through_actions = everything()
    with empty("bulk"):
        seed_bulk(province.world_until(END), COUNT, nobody, random.Random(7))
        at_once = everything()
        assert verify()[1] is None
    assert {row["action"] for row in through_actions["event"]} >= VERBS
    for name, rows in through_actions.items():
        assert len(at_once[name]) == len(rows), name
        for mine, theirs in zip(at_once[name], rows, strict=True):
            assert mine == theirs, name


@both_engines
def test_bulk_cases_stand_in_an_unbroken_chain_on_both_engines(app: Flask, write: None) -> None:
    appoint()
    seed_bulk(province.world_until(END), 60, nobody, random.Random(3))
    db.session.commit()
    assert verify() == (db.session.scalar(select(func.max(Event.seq))), None)
    head = db.session.scalars(select(ChainHead)).one()
    assert head.at == db.session.scalar(select(func.max(Event.at)))
    assert db.session.scalar(select(func.count()).select_from(Case)) == 60


@both_engines
def test_a_case_made_after_a_bulk_takes_the_next_numbers(app: Flask, write: None) -> None:
    from tests import factories

    appoint()
    seed_bulk(province.world_until(END), 30, nobody, random.Random(3))
    last = db.session.scalar(select(func.max(Case.id)))
    case = factories.make_case(now=END)
    assert case.id > last
    assert case.reference not in set(db.session.scalars(select(Case.reference).where(Case.id <= last)))
