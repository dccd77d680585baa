"""Sight in Python and its SQL twins agree over random worlds, on both engines (checks 12, 13, 15, 19).

Posts with first and last days, deputations, cases that went on, parts asked and given, denunciations of any unit with
handlers named and dismissed; days, visits, sessions (within complaints too), calls and promises of any unit.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from app.accounts.models import Deputation, Official
from app.cases import actions
from app.cases.actions.sealed import may_handle
from app.cases.models import Case
from app.cases.visible import past_units, sight_of, visible_to, whole_for
from app.dialogues.models import Booking, Commitment, ConferenceCall, DialogueSession, ReceptionDay
from app.dialogues.queries import visible
from app.extensions import db, writing
from app.rules.visibility import Sight, sight, sight_at
from app.rules.workflow import Actor, Kind, Role
from tests import factories
from tests.conftest import both_engines
from tests.dialogues import promised, receptions, sessions_of
from tests.factories import MONDAY, actor, unit

CODES = ("04", "so-xay-dung", "so-y-te", "01447", "01273", "01294")
LOW = ("01447", "01273", "01294")
ROLES = [role for role in Role if role not in (Role.RESIDENT, Role.SYSTEM)]
TODAY = MONDAY.date()
SEED = 7


def _desk(code: str) -> tuple[Official, Official]:
    return factories.make_official(Role.OFFICER, code), factories.make_official(Role.HEAD, code)


Desks = dict[str, tuple[Official, Official]]


def _cases(chance: random.Random, desks: Desks) -> list[Case]:
    """Cases at every stage of moving about: here, assigned, asked for a part, gone on once or twice."""
    made = []
    for number in range(24):
        kind = Kind.FEEDBACK if number % 3 else Kind.COMPLAINT
        case = factories.make_case(kind, now=MONDAY, commune_code=chance.choice(LOW), category_code="land.dispute")
        for _move in range(chance.choice((0, 0, 1, 2))):
            other = chance.choice([code for code in CODES if code != case.unit.code])
            actions.forward(case, unit(other), "Không thuộc phần này.", actor(desks[case.unit.code][1]), MONDAY)
        officer, head = desks[case.unit.code]
        if kind == Kind.FEEDBACK and chance.random() < 0.6:
            actions.assign(case, officer, actor(head), MONDAY)
            if chance.random() < 0.6:
                _ask_for_part(case, chance, desks)
        made.append(case)
    return made


def _ask_for_part(case: Case, chance: random.Random, desks: Desks) -> None:
    officer, _head = desks[case.unit.code]
    other = chance.choice([code for code in CODES if code != case.unit.code])
    actions.request_part(case, unit(other), "Ý kiến?", TODAY + timedelta(days=3), actor(officer), MONDAY)
    if chance.random() < 0.4:
        actions.give_part(case, "Đồng ý.", actor(desks[other][0]), MONDAY)


def _denunciations(chance: random.Random, people: list[Official]) -> list[Case]:
    registrar = factories.make_official(Role.REGISTRAR, "04")
    made = []
    for code in CODES[1:]:
        for _number in range(2):
            case = factories.make_denunciation(denounced=code)
            for official in chance.sample(people, chance.randint(0, 3)):
                if may_handle(case, official, MONDAY):
                    actions.name_handler(case, official, actor(registrar), MONDAY)
            for handler in [h for h in case.handlers if chance.random() < 0.3]:
                actions.dismiss_handler(case, handler.official, "Đổi người.", actor(registrar), MONDAY)
            made.append(case)
    return made


def _people(chance: random.Random) -> list[Official]:
    """Officials with one to three posts, some over, some not begun, some deputising for a head."""
    found = []
    for _number in range(60):
        one = factories.make_official(chance.choice(ROLES), chance.choice(CODES))
        one.posts[0].began_on, one.posts[0].ended_on = _days(chance)
        for _post in range(chance.choice((0, 0, 1, 2))):
            post = factories.add_post(one, chance.choice(ROLES), chance.choice(CODES))
            post.began_on, post.ended_on = _days(chance)
        found.append(one)
    return found


def _days(chance: random.Random) -> tuple[date, date | None]:
    began = TODAY + timedelta(days=chance.choice((-400, -400, -10, 0, 1)))
    return began, chance.choice((None, None, began + timedelta(days=chance.choice((0, 9, 399, 400, 401)))))


def _deputies(chance: random.Random, people: list[Official], desks: Desks) -> None:
    for one in chance.sample(people, 12):
        code, first = chance.choice(CODES), TODAY + timedelta(days=chance.choice((-2, -1, 0, 1)))
        db.session.add(Deputation(unit_id=unit(code).id, head_id=desks[code][1].id, deputy_id=one.id, from_on=first,
                                  to_on=first + timedelta(days=1)))  # fmt: skip


def _world(chance: random.Random) -> tuple[list[Case], list[Official]]:
    with writing():
        desks = {code: _desk(code) for code in CODES}
        people = _people(chance)
        _deputies(chance, people, desks)
        handlers = [one for desk in desks.values() for one in desk]
        cases = _cases(chance, desks) + _denunciations(chance, [*people, *handlers])
        db.session.commit()
    db.session.expire_all()
    return cases, [*people, *handlers]


def _listed(statement: Any) -> set[int]:
    return set(db.session.scalars(statement))


@both_engines
def test_sight_of_cases_and_its_twin_agree_whoever_looks_and_on_whatever_day(app: Flask) -> None:
    chance = random.Random(SEED)
    cases, people = _world(chance)
    pasts = {case.id: past_units(case) for case in cases}
    seen_at_all = dict.fromkeys(Sight, 0)
    for official in people:
        for day in (TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1)):
            who = official.actor(day)
            judged = {case.id: sight(who, case, pasts[case.id]) for case in cases}
            assert _listed(select(Case.id).where(visible_to(who))) == {
                number for number, level in judged.items() if level != Sight.NOTHING
            }, (who.posts, day)
            assert _listed(select(Case.id).where(whole_for(who))) == {
                case.id for case in cases if judged[case.id] == Sight.FULL and case.kind != Kind.DENUNCIATION
            }, (who.posts, day)
            by_words = _listed(select(Case.id).where(visible_to(who, by_words=True)))
            assert by_words <= {number for number, level in judged.items() if level != Sight.NOTHING}
            for level in judged.values():
                seen_at_all[level] += 1
    assert all(seen_at_all.values()), f"the random world shows no {seen_at_all}"


@both_engines
def test_a_disabled_official_and_one_without_a_post_see_nothing_in_either(app: Flask) -> None:
    cases, people = _world(random.Random(SEED + 1))
    people[0].is_disabled = True
    for who in (people[0].actor(TODAY), Actor(Role.OFFICER, official_id=people[1].id)):
        assert all(sight_of(case, who) == Sight.NOTHING for case in cases)
        assert _listed(select(Case.id).where(visible_to(who))) == set()


def _heard(desks: Desks) -> None:
    """Days, visits, sessions, calls and promises at every unit; a session within a complaint at the low ones."""
    clerk = factories.make_official(Role.CLERK, "01447")
    for code in CODES:
        officer, head = desks[code]
        receptions.make_booking(receptions.make_day(at=code))
        sessions_of.announced(officer, at_unit=code, kind="theme")
        db.session.add(ConferenceCall(unit_id=unit(code).id, subject=f"Gặp dân {code}", voters=900, needed=90,
                                      opened_on=TODAY))  # fmt: skip
        if code in LOW:
            case = factories.make_case(commune_code=code, category_code="land.dispute")
            factories.answer(case, officer, head)
            for other in (code, "so-y-te"):
                promised.promise(promised.new(unit_code=other), case, actor(head), promised.ANSWERED)
    _within_a_complaint(desks["01447"], clerk)
    db.session.flush()


def _within_a_complaint(desk: tuple[Official, Official], clerk: Official) -> None:
    officer, head = desk
    before = MONDAY - timedelta(days=5)
    case = factories.make_case(Kind.COMPLAINT, now=before, category_code="land.dispute")
    actions.register(case, before.date(), actor(clerk), before)
    factories.assign(case, officer, head, before)
    factories.accept(case, head, before)
    sessions_of.plan(officer, "complaint", case=case, agenda="")


@both_engines
def test_sight_of_what_a_unit_receives_holds_and_promises_agrees_with_its_twin(app: Flask) -> None:
    chance = random.Random(SEED)
    with writing():
        desks = {code: _desk(code) for code in CODES}
        people = _people(chance)
        _deputies(chance, people, desks)
        _heard(desks)
        db.session.commit()
    db.session.expire_all()
    judges: dict[Any, Callable[[Any, Actor], Sight]] = {
        ReceptionDay: lambda row, who: sight_at(who, row.unit_id, row.unit.path),
        Booking: visible.sight_of_visit, DialogueSession: visible.sight_of_session,
        ConferenceCall: lambda row, who: sight_at(who, row.unit_id, row.unit.path),
    }  # fmt: skip
    for official in [*people, *(one for desk in desks.values() for one in desk)]:
        who = official.actor(TODAY)
        for table, judge in judges.items():
            rows = db.session.scalars(select(table)).all()
            assert rows, table
            assert _listed(select(table.id).where(visible.visible_to(who, table))) == {
                row.id for row in rows if judge(row, who) != Sight.NOTHING
            }, (table, who.posts)
        promises = db.session.scalars(select(Commitment)).all()
        assert _listed(select(Commitment.id).where(visible.promises_for(who))) == {
            row.id for row in promises if visible.sight_of_commitment(row, who) != Sight.NOTHING
        }, who.posts
    assert len(promises) == 6
