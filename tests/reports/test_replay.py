"""Events alone tell what the custodies and the cells hold, whatever people did; what does not fit is named."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from app.cases.models import Case, Custody
from app.extensions import db
from app.reports.cells import keep, prove
from app.rules.statistics.told import Stay
from app.rules.workflow import Action
from tests.cases.test_walks import walk
from tests.conftest import both_engines

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
