"""Random walks through the workflow: whatever people do, the row is what its events say, and the chain is whole."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.accounts.models import Official
from app.cases import actions, queries
from app.cases.actions.sort import CHECKS
from app.cases.models import Case, Custody
from app.cases.windows import made_ready
from app.dialogues.actions import requests
from app.documents.paper_forms import forms_for
from app.extensions import db
from app.journal.models import Event
from app.journal.queries import timeline
from app.journal.verify import verify
from app.refusals import Invalid, Refusal
from app.rules.workflow import BY_PAPER, OPEN, STEPS, THE_SYSTEM, Action, Actor, Kind, Role, Verdict, allowed_actions
from tests.conftest import both_engines
from tests.factories import (
    MONDAY,
    actor,
    make_case,
    make_denunciation,
    make_official,
    make_request,
    meeting,
    resident_of,
    staff,
    unit,
)

CODES = ("01447", "01294", "so-xay-dung")


def _do(action: Action, case: Case, who: Actor, now: datetime, other: Case, chance: random.Random) -> None:
    """Do one allowed verb with a believable cargo."""
    subjects = ["land.dispute", "roads.lighting"]
    here = [o for o in _officials("officer") if any(p.unit_id == case.unit_id for p in o.posts)]
    elsewhere = [u for u in map(unit, CODES) if u.id != case.unit_id]
    day, part = clock.day_of(now), actions.Part(Kind.FEEDBACK, "Việc thứ hai", "Một phần của đơn.", "land.dispute")
    verbs = {
        Action.REGISTER: lambda: actions.register(case, day, who, now, paper_file="Tủ 2"),
        Action.CLASSIFY: lambda: actions.classify(case, _checks(case, chance), "Thiếu ngày.", who, now),
        Action.CORRECT: lambda: actions.correct(case, {"category_code": chance.choice(subjects)}, "Sai.", who, now),
        Action.SPLIT: lambda: actions.split(case, part, "Đơn có hai việc.", who, now),
        Action.REFUSE: lambda: actions.refuse(case, "not_competent", "Không thuộc thẩm quyền.", who, now),
        Action.MARK_DUPLICATE: lambda: actions.mark_duplicate(case, other, who, now),
        Action.NAME_HANDLER: lambda: actions.name_handler(case, chance.choice(_officials("")), who, now),
        Action.DISMISS_HANDLER: lambda: actions.dismiss_handler(case, _handler(case), "Đổi người.", who, now),
        Action.ASSIGN: lambda: actions.assign(case, here[0], who, now),
        Action.FORWARD: lambda: actions.forward(case, chance.choice(elsewhere), "Thuộc nơi kia.", who, now),
        Action.REQUEST_PART: lambda: actions.request_part(case, elsewhere[0], "Ý kiến?", day, who, now),
        Action.PROPOSE: lambda: actions.propose(case, "Đã làm xong.", "resolved", who, now),
        Action.DRAFT: lambda: actions.draft(case, "Đang soạn.", "", who, now),
        Action.SEND_BACK: lambda: actions.send_back(case, "Nói rõ hơn.", who, now),
        Action.RATE: lambda: actions.rate(case, chance.randint(1, 5), who, now),
        Action.CLOSE: lambda: actions.close(case, "explained", who, now),
        Action.WITHDRAW: lambda: actions.withdraw(case, "", who, now),
        Action.REOPEN: lambda: actions.reopen(case, "Chưa xong.", who, now),
        Action.ARCHIVE: lambda: actions.archive(case, "Đã xong.", who, now),
        Action.HAND_OVER: lambda: actions.hand_over(case, None, who, now),
        Action.SUCCEED: lambda: actions.succeed(case, elsewhere[0], who, now),
        Action.SCHEDULE: lambda: requests.schedule(case, _hour(now, chance), who, now),
        Action.OFFER_TIMES: lambda: requests.offer_times(case, [_hour(now, chance)], "Chọn giúp.", who, now),
        Action.CHOOSE_TIME: lambda: requests.choose_time(case, 0, who, now),
        Action.RESCHEDULE: lambda: actions.reschedule(case, _hour(now, chance), "Mưa lũ.", who, now),
        Action.INSIST: lambda: actions.insist(case, "Vẫn muốn gặp.", who, now),
        Action.PUBLISH_REQUEST: lambda: actions.publish_request(case, "Nước sạch", "Xin gặp.", who, now),
    }  # fmt: skip
    plain = {Action.RECEIVE: actions.receive, Action.TAKE: actions.take, Action.APPROVE: actions.approve,
             Action.REMIND: actions.remind}  # fmt: skip
    spoken = {Action.ASK: actions.ask, Action.REPLY: actions.reply, Action.NOTE: actions.note,
              Action.REQUEST_REPORT: actions.request_report, Action.GIVE_REPORT: actions.give_report,
              Action.GIVE_PART: actions.give_part}  # fmt: skip
    dated = {Action.HOLD_DIALOGUE: actions.hold_dialogue, Action.WITHDRAW_PART: actions.withdraw_part,
             Action.SEND: actions.send, Action.PUBLISH: actions.publish, Action.ENFORCE: actions.enforce}  # fmt: skip
    if action in plain:
        plain[action](case, who, now)
    elif action in spoken:
        spoken[action](case, "Một câu.", who, now)
    elif action == Action.HOLD_DIALOGUE and case.kind == Kind.DIALOGUE:
        actions.meet(case, day, "Một câu.", who, now)
    elif action in dated:
        dated[action](case, day, "Một câu.", who, now)
    elif action in BY_PAPER:
        _issue(action, case, who, now, chance)
    else:
        verbs[action]()


ELSEWHERE = {Action.WRITE, Action.SUBMIT_PAPER, Action.RETURN_PAPER, Action.DROP_PAPER, Action.APPEAL, Action.RECOMPUTE,
             Action.WARN, Action.ESCALATE}  # fmt: skip
"""Verbs that are tried on papers, on a new case, or by the worker, in tests of their own."""


def _officials(kind: str) -> list[Official]:
    return list(db.session.scalars(select(Official).where(Official.account.startswith(kind)).order_by(Official.id)))


def _hour(now: datetime, chance: random.Random) -> actions.Meeting:
    return meeting(chance.randint(1, 30), now)


def _handler(case: Case) -> Official:
    return db.session.get_one(Official, min(case.handler_ids))


def _checks(case: Case, chance: random.Random) -> dict[str, bool]:
    return {check: chance.random() < 0.98 for check in CHECKS[Kind(case.kind)]}


def _issue(action: Action, case: Case, who: Actor, now: datetime, chance: random.Random) -> None:
    """Sign one of the verb's papers, with every text filled in."""
    found = forms_for(action, Kind(case.kind), case.instance)
    form = chance.choice(found)
    cargo = {"is_complex": chance.random() < 0.5, "on": clock.day_of(now).isoformat(), "body": "Tòa án"} | {
        "variant": chance.choice(["complex", "specially_complex"]), "verdict": chance.choice(list(Verdict)),
    }  # fmt: skip
    actions.issue(case, form.id, {field.id: "Một câu." for field in form.fields}, who, now, **cargo)


def walk(seed: int, steps: int = 160, weights: Mapping[Action, float] | None = None) -> list[Case]:
    """Cases of every kind to which random people did what they may, one thing after another.

    With weights (1 for what they do not name) somebody does something in every step, and lives become long.
    """
    chance = random.Random(seed)
    people = [actor(person) for code in (*CODES, "04") for person in staff(code)]
    people += [actor(make_official(Role.REGISTRAR, "04"))] * 3
    cases = [make_case(kind) for kind in (Kind.FEEDBACK, Kind.COMPLAINT, Kind.FEEDBACK)]
    cases += [make_request(), make_request(name="Hà Thị Ba")]
    cases.append(make_denunciation())
    now = MONDAY
    for _ in range(steps):
        case, now = chance.choice(cases), now + timedelta(hours=chance.randint(1, 60))
        made_ready(case, clock.day_of(now))
        able = [*people, *people, resident_of(case), THE_SYSTEM]
        some = [chance.choice(able)] if weights is None else able
        possible = [(who, action) for who in some for action in allowed_actions(who, case) if action not in ELSEWHERE]
        if not possible:
            continue
        likely = [(weights or {}).get(action, 1.0) for _who, action in possible]
        who, action = chance.choices(possible, likely)[0]
        try:
            with db.session.begin_nested():
                _do(action, case, who, now, chance.choice(cases), chance)
        except Invalid:
            db.session.expire_all()
    return cases


@both_engines
@pytest.mark.parametrize("seed", range(6))
def test_after_any_walk_the_row_is_what_its_events_say(app: Flask, write: None, seed: int) -> None:
    for case in walk(seed):
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
    is_talk = case.kind == Kind.DIALOGUE
    ends = {Action.APPROVE, Action.DECIDE, Action.CONCLUDE} | ({Action.HOLD_DIALOGUE} if is_talk else set())
    answers = [e for e in events if e.action in ends]
    assert case.answer_number == len(answers)
    again = [e for e in events if e.action in (Action.REOPEN, Action.INSIST) and not e.facts.get("of")]
    assert case.reopened_count == len(again), "set free by another case is no reopening"
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
            if action == Action.SUBMIT or action in ELSEWHERE or action not in {step.action for step in STEPS}:
                continue
            before = db.session.query(Event).count()
            with pytest.raises((Refusal, IndexError, ValueError)):
                _do(action, case, who, MONDAY, case, chance)
            assert db.session.query(Event).count() == before
            assert not db.session.dirty
    assert db.session.scalars(select(Custody)).one().is_open
