"""The head's page of who has how much: a recount by hand, of the own unit only, for nobody else's eyes."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, select, update

from app import clock
from app.accounts.models import Official, Post
from app.cases.models import Case, Custody
from app.extensions import db, writing
from app.journal.models import Event
from app.journal.record import head_for_update
from app.reports import tree
from app.reports.answers.workload import WORKLOAD
from app.reports.asked import Question
from app.reports.span import Span
from app.rules.statistics import MEASURES, Share, spread
from app.rules.workflow import OPEN, THE_SYSTEM, Action, Kind, Role, Status
from tests.conftest import both_engines

from .. import factories
from .bulk import NOW, plant
from .conftest import Province, people, statements
from .plain import QUARTER, Stay, answered, sheet_of, stays, values
from .test_pages import words

TODAY = clock.day_of(NOW)
DAYS = "from=2026-09-01&to=2026-11-26"


@dataclass
class Office:
    """The unit's people and what they are known to have answered: custody -> official."""

    unit_id: int
    staff: dict[str, int] = field(default_factory=dict)
    by: dict[int, int] = field(default_factory=dict)


def fill(seed: int) -> Office:
    """Cases of 01447 in random hands, with the events of those who proposed and signed."""
    dice, unit = random.Random(seed), factories.unit("01447")
    office = Office(unit.id)
    for name, role in (("Mai", Role.OFFICER), ("Lực", Role.OFFICER), ("Gone", Role.OFFICER), ("Head", Role.HEAD)):
        office.staff[name] = factories.make_official(role, "01447", name).id
    office.staff["Stranger"] = factories.make_official(Role.OFFICER, "01273", "Stranger").id
    db.session.execute(
        update(Post).where(Post.official_id == office.staff["Gone"]).values(ended_on=TODAY - timedelta(days=3))
    )
    left, hands = 2, [*(office.staff[name] for name in ("Mai", "Lực", "Gone", "Stranger")), None]
    for case in db.session.scalars(select(Case).where(Case.unit_id == unit.id).order_by(Case.id)):
        case.assigned_to_id = dice.choice(hands)
        if case.status in OPEN and left:  # some are in nobody's hands for certain
            case.assigned_to_id, left = None, left - 1
        if case.status in OPEN and dice.random() < 0.3:
            case.status = dice.choice([Status.WAITING, Status.SUSPENDED])
        if case.status in OPEN:
            case.due_on = dice.choice([None, TODAY + timedelta(days=dice.randrange(-10, 20))])
    _events(office, dice)
    return office


def _events(office: Office, dice: random.Random) -> None:
    """What happened, in the order of time: proposals, signatures, later proposals that do not count."""
    planned: list[tuple[datetime, int, Action, int]] = []
    workers = [office.staff[name] for name in ("Mai", "Lực", "Gone", "Stranger")]
    for stay in db.session.scalars(select(Custody).where(Custody.unit_id == office.unit_id).order_by(Custody.id)):
        if stay.finished_at is None:
            continue
        signer, at = dice.choice([office.staff["Head"], office.staff["Mai"]]), stay.finished_at
        office.by[stay.id] = signer
        for _ in range(dice.choice([0, 1, 1, 2])):
            office.by[stay.id] = proposer = dice.choice(workers)
            planned.append((at - timedelta(microseconds=10), stay.case_id, Action.PROPOSE, proposer))
        planned.append((at, stay.case_id, Action.APPROVE, signer))
        planned.append((at + timedelta(seconds=1), stay.case_id, Action.PROPOSE, dice.choice(workers)))
        planned.append((at + timedelta(seconds=2), stay.case_id, Action.APPROVE, dice.choice(workers)))
    head = head_for_update(NOW)
    rows = [
        {"seq": seq, "at": at, "action": action, "case_id": case_id, "official_id": official_id, "subject": "",
         "unit_id": office.unit_id, "actor_role": "officer", "status": "answered", "commitment": "", "previous": "",
         "hash": f"told {seq}"}
        for seq, (at, case_id, action, official_id) in enumerate(sorted(planned, key=lambda p: p[0]), head.seq + 1)
    ]  # fmt: skip
    db.session.execute(insert(Event), rows)
    head.seq = rows[-1]["seq"]


NAMED = {"Mai": "Mai", "Lực": "Lực", "Gone": "Gone (đã rời đơn vị)", "Stranger": "Người không thuộc đơn vị"}


def done_by(office: Office, name: str, p: Any) -> list[Stay]:
    """Whose custodies were answered in the period, by hand."""
    return [s for s in stays() if s.fact.unit_id == office.unit_id and MEASURES["answered"](s.fact, p)
            and office.by[s.id] == office.staff[name]]  # fmt: skip


@both_engines
def test_each_officials_work_is_a_recount(app: Flask, write: None) -> None:
    plant(700, seed=71)
    office = fill(71)
    db.session.commit()
    for question in (Question(QUARTER), Question(Span(date(2026, 10, 1), date(2026, 10, 31))),
                     Question(QUARTER, kind="complaint")):  # fmt: skip
        asked, answer = answered(app, WORKLOAD, question, code="01447")
        sheet, p = sheet_of(answer, "officials"), asked.period
        cases = [c for c in db.session.scalars(select(Case).where(Case.unit_id == office.unit_id))
                 if c.status in OPEN and (not question.kind or c.kind == question.kind)]  # fmt: skip
        for name, shown in NAMED.items():
            held = [c for c in cases if c.assigned_to_id == office.staff[name]]
            due = [c.due_on for c in held if c.due_on]
            assert values(sheet, "held").get(shown, 0) == len(held), name
            assert values(sheet, "overdue_now").get(shown, 0) == sum(d < TODAY for d in due), name
            assert values(sheet, "soon").get(shown, 0) == sum(0 <= (d - TODAY).days <= 7 for d in due), name
            waiting = sum(c.status in (Status.WAITING, Status.SUSPENDED) for c in held)
            assert values(sheet, "waiting").get(shown, 0) == waiting, name
            mine = [s for s in done_by(office, name, p) if not question.kind or s.id in _of_kind(question.kind)]
            assert values(sheet, "answered").get(shown, 0) == len(mine), name
            judged = [s for s in mine if MEASURES["judged_finish"](s.fact, p)]
            share = Share(sum(MEASURES["on_time"](s.fact, p) for s in judged), len(judged))
            assert values(sheet, "on_time").get(shown, Share()) == share, name
            took = spread(int(s.fact.finished_at.timestamp()) - int(s.fact.began_at.timestamp()) for s in mine)  # type: ignore[union-attr]
            assert values(sheet, "took").get(shown, spread([])) == took, name
        nobody = sum(c.assigned_to_id is None for c in cases)
        assert values(sheet, "held").get("Chưa giao cho ai", 0) == nobody
        assert sum(values(sheet, "held").values()) == len(cases)


def _of_kind(kind: str) -> set[int]:
    return set(db.session.scalars(select(Custody.id).where(Custody.kind == kind)))


def test_nobody_of_another_unit_is_named_and_who_has_left_is_marked(app: Flask, write: None) -> None:
    plant(900, seed=72)
    fill(72)
    db.session.commit()
    _asked, answer = answered(app, WORKLOAD, Question(QUARTER), code="01447")
    names = [row[0].value for row in sheet_of(answer, "officials").rows]
    assert "Gone (đã rời đơn vị)" in names
    assert not any("Stranger" in str(name) for name in names)
    assert names[-2:] == ["Người không thuộc đơn vị", "Chưa giao cho ai"]


def test_below_the_least_number_there_is_no_rate(province: Province, app: Flask) -> None:
    with writing():
        fill(73)
        db.session.commit()
    asked, answer = answered(app, WORKLOAD, Question(Span(TODAY - timedelta(days=20), TODAY)), code="01447")
    shares = values(sheet_of(answer, "officials"), "on_time").values()
    assert any(0 < share.whole < asked.minimum for share in shares)
    page = words(province.browser("head").get("/statistics/01447/workload?from=2026-11-06&to=2026-11-26").text)
    assert "quá ít để tính" in page
    assert "không để xếp hạng" in page


@pytest.mark.parametrize("who", ["supervisor", "inspector", "officer", "local inspector"])
def test_only_the_units_head_may_look(province: Province, who: str) -> None:
    browser = province.browser(who)
    for ending in ("", ".csv", ".xlsx"):
        assert browser.get(f"/statistics/01447/workload{ending}?{DAYS}").status_code in (403, 404)
    page = browser.get(f"/statistics/01447?{DAYS}")
    assert "/workload" not in page.text


def test_the_head_of_the_province_does_not_see_the_people_of_a_commune(app: Flask) -> None:
    with clock.fixed(NOW):
        with writing():
            chairman = factories.make_official(Role.HEAD, "04", "Chairman")
            plant(60, seed=74)
            browser = factories.sign_in(app.test_client(), chairman)
            db.session.commit()
        assert browser.get("/statistics/01447/subjects").status_code == 200
        assert browser.get("/statistics/01447/workload").status_code == 404
        assert browser.get("/statistics/04/workload").status_code == 200


def test_nothing_of_it_is_open_to_somebody_without_an_account(app: Flask) -> None:
    answer = app.test_client().get("/statistics/01447/workload")
    assert answer.status_code in (302, 401, 403)


def test_each_number_opens_its_cases_under_the_table(province: Province, app: Flask) -> None:
    with writing():
        office = fill(75)
        db.session.commit()
    browser, total = province.browser("head"), 0
    for figure in ("held", "overdue", "soon", "waiting", "answered"):
        page = browser.get(f"/statistics/01447/workload?{DAYS}&official={office.staff['Mai']}&figure={figure}").text
        listed = page.split('id="cases"')[1]
        _asked, answer = answered(app, WORKLOAD, Question(QUARTER), code="01447")
        code = "overdue_now" if figure == "overdue" else figure
        rows = max(listed.count('<tr role="row">') - 1, 0)
        assert rows == values(sheet_of(answer, "officials"), code)["Mai"], figure
        total += rows
    assert total
    for wrong in ("official=999999&figure=held", f"official={office.staff['Stranger']}&figure=held",
                  f"official={office.staff['Mai']}&figure=nonsense", "official=x"):  # fmt: skip
        page = browser.get(f"/statistics/01447/workload?{DAYS}&{wrong}")
        assert page.status_code == 200
        assert 'id="cases"' not in page.text


def test_no_denunciation_is_counted_for_anybody(app: Flask, write: None) -> None:
    plant(300, seed=76)
    office = fill(76)
    db.session.execute(update(Case).where(Case.unit_id == office.unit_id).values(kind=Kind.DENUNCIATION))
    db.session.execute(update(Custody).where(Custody.unit_id == office.unit_id).values(kind=Kind.DENUNCIATION))
    db.session.commit()
    _asked, answer = answered(app, WORKLOAD, Question(QUARTER), code="01447")
    assert answer.is_empty


def test_the_same_few_questions_are_asked_whatever_the_number_of_cases(app: Flask) -> None:
    found: dict[int, int] = defaultdict(int)
    with clock.fixed(NOW):
        with writing():
            province = Province(app, people())
            plant(60, seed=77)
        for round_, number in enumerate((0, 1500)):
            with writing():
                if number:
                    plant(number, seed=78, first=1000)
            browser = province.browser("head")
            with statements() as sent:
                assert browser.get(f"/statistics/01447/workload?{DAYS}").status_code == 200
            found[round_] = len(sent)
    assert found[0] == found[1], Counter(found)


def test_real_work_is_counted_for_who_proposed_it_and_else_for_who_signed(app: Flask) -> None:
    now = factories.MONDAY + timedelta(hours=9)
    with clock.fixed(now), writing():
        officer, head = factories.make_official(name="Mai"), factories.make_official(Role.HEAD, name="Khánh")
        answered_case = factories.assign(factories.make_case(), officer, head, factories.MONDAY)
        factories.answer(answered_case, officer, head, factories.MONDAY + timedelta(hours=2))
        factories.assign(factories.make_case(), officer, head, factories.MONDAY + timedelta(hours=3))
        factories.make_case(now=factories.MONDAY + timedelta(hours=4))
        db.session.commit()
        place = tree.place("01447")
        from app.reports.workload import loads

        span = Span(date(2026, 11, 1), date(2026, 11, 30))
        found = {load.name: load for load in loads(Question(span), place.unit.id, span.period(now), now)}
    assert (len(found["Mai"].held), len(found["Mai"].done)) == (1, 1)
    assert (len(found["Khánh"].held), len(found["Khánh"].done)) == (0, 0)
    assert len(found[""].held) == 1
    assert THE_SYSTEM.official_id is None
    assert db.session.get(Official, officer.id) is not None
