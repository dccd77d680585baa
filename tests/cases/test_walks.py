"""Random walks through the workflow: whatever people do, the row is what its events say, and the chain is whole."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.accounts.models import Official
from app.cases import actions, queries
from app.cases.models import Case, Custody
from app.extensions import db
from app.journal.models import Event
from app.journal.queries import timeline
from app.journal.verify import verify
from app.refusals import Invalid, Refusal
from app.rules.workflow import OPEN, THE_SYSTEM, Action, Actor, Kind, allowed_actions
from tests.conftest import both_engines
from tests.factories import MONDAY, actor, make_case, resident_of, staff, unit

CODES = ("01447", "01294", "so-xay-dung")


def _do(action: Action, case: Case, who: Actor, now: datetime, other: Case, chance: random.Random) -> None:
    """Do one allowed verb with a believable cargo."""
    subjects = ["land.dispute", "roads.lighting"]
    officers = db.session.scalars(select(Official).where(Official.account.startswith("officer"))).all()
    here = [o for o in officers if any(p.unit_id == case.unit_id for p in o.posts)]
    elsewhere = [u for u in map(unit, CODES) if u.id != case.unit_id]
    verbs = {
        Action.REGISTER: lambda: actions.register(case, clock.day_of(now), who, now),
        Action.ACCEPT: lambda: actions.accept(case, who, now, is_complex=chance.random() < 0.5),
        Action.CORRECT: lambda: actions.correct(case, {"category_code": chance.choice(subjects)}, "Sai.", who, now),
        Action.REFUSE: lambda: actions.refuse(case, "not_competent", "Không thuộc thẩm quyền.", who, now),
        Action.MARK_DUPLICATE: lambda: actions.mark_duplicate(case, other, who, now),
        Action.ASSIGN: lambda: actions.assign(case, here[0], who, now),
        Action.FORWARD: lambda: actions.forward(case, chance.choice(elsewhere), "Thuộc nơi kia.", who, now),
        Action.PROPOSE: lambda: actions.propose(case, "Đã làm xong.", "resolved", who, now),
        Action.DRAFT: lambda: actions.draft(case, "Đang soạn.", "", who, now),
        Action.SEND_BACK: lambda: actions.send_back(case, "Nói rõ hơn.", who, now),
        Action.RATE: lambda: actions.rate(case, chance.randint(1, 5), who, now),
        Action.CLOSE: lambda: actions.close(case, "explained", who, now),
        Action.WITHDRAW: lambda: actions.withdraw(case, "", who, now),
        Action.REOPEN: lambda: actions.reopen(case, "Chưa xong.", who, now),
        Action.HAND_OVER: lambda: actions.hand_over(case, None, who, now),
        Action.SUCCEED: lambda: actions.succeed(case, elsewhere[0], who, now),
    }  # fmt: skip
    plain = {Action.RECEIVE: actions.receive, Action.TAKE: actions.take, Action.APPROVE: actions.approve,
             Action.REMIND: actions.remind}  # fmt: skip
    spoken = {Action.ASK: actions.ask, Action.REPLY: actions.reply, Action.NOTE: actions.note}
    if action in plain:
        plain[action](case, who, now)
    elif action in spoken:
        spoken[action](case, "Một câu.", who, now)
    else:
        verbs[action]()


@both_engines
@pytest.mark.parametrize("seed", range(6))
def test_after_any_walk_the_row_is_what_its_events_say(app: Flask, write: None, seed: int) -> None:
    chance = random.Random(seed)
    people = [actor(person) for code in CODES for person in staff(code)]
    cases = [make_case(kind) for kind in (Kind.FEEDBACK, Kind.COMPLAINT, Kind.FEEDBACK)]
    now = MONDAY
    for _ in range(60):
        case, now = chance.choice(cases), now + timedelta(hours=chance.randint(1, 60))
        case.today = clock.day_of(now)
        who = chance.choice([*people, *people, resident_of(case), THE_SYSTEM])
        possible = allowed_actions(who, case)
        if not possible:
            continue
        try:
            _do(chance.choice(possible), case, who, now, chance.choice(cases), chance)
        except Invalid:
            continue
    for case in cases:
        _agrees_with_its_events(case)
    assert verify()[1] is None


def _agrees_with_its_events(case: Case) -> None:
    events = timeline(case.id)
    last = events[-1]
    assert (case.status, case.unit_id, case.due_on) == (last.status, last.unit_id, last.due_on)
    stays = queries.custodies_of(case)
    moves = [e for e in events if e.action in (Action.FORWARD, Action.SUCCEED)]
    assert len(stays) == len(moves) + 1
    assert [s.ended_at is None for s in stays] == [False] * len(moves) + [True]
    assert stays[-1].is_open == (case.status in OPEN)
    answers = [e for e in events if e.action == Action.APPROVE]
    assert case.answer_number == len(answers)
    assert case.reopened_count == len([e for e in events if e.action == Action.REOPEN])
    assert all(s.waited_seconds >= 0 for s in stays)
    closing = [d for d in queries.deadlines_of(case) if d.is_closing and d.met_at is None and d.ended_at is None]
    assert len(closing) <= 1


def test_what_is_not_allowed_is_refused_and_leaves_no_trace(app: Flask, write: None) -> None:
    clerk, officer, head = staff()
    case = make_case()
    db.session.commit()
    chance = random.Random(1)
    for who in map(actor, (clerk, officer, head)):
        case.today = MONDAY.date()
        for action in set(Action) - set(allowed_actions(who, case)):
            if action in (Action.SUBMIT, *list(Action)[list(Action).index(Action.SIGN_IN):]):  # fmt: skip
                continue
            before = db.session.query(Event).count()
            with pytest.raises((Refusal, IndexError)):
                _do(action, case, who, MONDAY, case, chance)
            assert db.session.query(Event).count() == before
            assert not db.session.dirty
    assert db.session.scalars(select(Custody)).one().is_open
