"""A head names who approves in the head's name, from day to day, and nobody else does."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.accounts import actions, queries
from app.accounts.models import Deputation, Official
from app.extensions import db
from app.journal.models import Event
from app.refusals import Invalid
from app.rules.workflow import THE_SYSTEM, Action, Role
from tests import factories
from tests.conftest import both_engines
from tests.factories import MONDAY, sign_in, unit

from .people import with_password

TODAY = MONDAY.date()


def typed(deputy: Official, from_on: date = TODAY, days: int = 4) -> dict[str, str]:
    to_on = from_on + timedelta(days=days)
    return {"deputy": str(deputy.id), "from_on": from_on.isoformat(), "to_on": to_on.isoformat(), "document": "Số 15"}


@both_engines
def test_a_deputy_holds_the_heads_post_from_the_first_day_to_the_last(app: Flask) -> None:
    head, deputy = with_password(Role.HEAD), with_password(Role.OFFICER)
    with clock.fixed(MONDAY):
        browser = sign_in(app.test_client(), head)
        assert browser.post("/account/deputies", data=typed(deputy)).status_code == 303
        assert deputy.name in browser.get("/account/deputies").text
    db.session.expire_all()
    held = {day: [p.in_name_of for p in deputy.actor(TODAY + timedelta(days=day)).posts if p.role == Role.HEAD]
            for day in (-1, 0, 4, 5)}  # fmt: skip
    assert held == {-1: [], 0: [head.id], 4: [head.id], 5: []}
    assert deputy in queries.holders(unit().id, [Role.HEAD], TODAY)


def test_naming_and_ending_are_events(app: Flask) -> None:
    head, deputy = with_password(Role.HEAD, name="Vi Văn Đạt"), with_password(Role.CLERK)
    with clock.fixed(MONDAY):
        browser = sign_in(app.test_client(), head)
        browser.post("/account/deputies", data=typed(deputy))
        row = db.session.scalars(select(Deputation)).one()
        assert browser.post(f"/account/deputies/{row.id}/end").status_code == 303
    events = db.session.scalars(select(Event).where(Event.action == Action.OFFICIAL_CHANGED)).all()
    assert [event.subject for event in events] == [f"official:{deputy.id}"] * 2
    assert events[0].facts["from_on"] == "2026-11-16"
    assert events[1].facts == {"deputy_of": "Vi Văn Đạt", "unit": "01447", "ended_on": "2026-11-15"}
    db.session.expire_all()
    assert all(post.role != Role.HEAD for post in deputy.actor(TODAY).posts)


@pytest.mark.parametrize(("from_day", "days", "word"), [(-1, 4, "đã qua"), (3, -2, "đứng trước"), (0, 400, "một năm")])
def test_impossible_days_are_said_beside_the_field(app: Flask, from_day: int, days: int, word: str) -> None:
    head, deputy = with_password(Role.HEAD), with_password(Role.OFFICER)
    with clock.fixed(MONDAY):
        browser = sign_in(app.test_client(), head)
        answer = browser.post("/account/deputies", data=typed(deputy, TODAY + timedelta(days=from_day), days))
    assert answer.status_code == 422
    assert word in answer.text
    assert 'aria-invalid="true"' in answer.text


@pytest.mark.parametrize(
    ("role", "at", "may"),
    [
        (Role.OFFICER, "01447", True),
        (Role.CLERK, "01447", True),
        (Role.HEAD, "04", True),
        (Role.OFFICER, "01273", False),
        (Role.INSPECTOR, "01447", False),
        (Role.ADMINISTRATOR, "01447", False),
        (Role.SUPERVISOR, "04", False),
    ],
)
def test_deputies_come_from_the_unit_or_the_one_above_and_work_on_cases(
    app: Flask, write: None, role: Role, at: str, may: bool
) -> None:
    head, other = factories.make_official(Role.HEAD), factories.make_official(role, at)
    offered = queries.may_deputise(unit(), head.id, actions.CAN_DEPUTISE, TODAY)
    assert (other in offered) == may
    if may:
        actions.name_deputy(unit(), head, other, TODAY, TODAY, "", factories.actor(head), MONDAY)
    else:
        with pytest.raises(Invalid):
            actions.name_deputy(unit(), head, other, TODAY, TODAY, "", factories.actor(head), MONDAY)


def test_a_head_is_not_the_own_deputy(app: Flask, write: None) -> None:
    head = factories.make_official(Role.HEAD)
    with pytest.raises(Invalid):
        actions.name_deputy(unit(), head, head, TODAY, TODAY, "", factories.actor(head), MONDAY)


def test_a_deputy_names_no_deputy(app: Flask) -> None:
    head, deputy, third = with_password(Role.HEAD), with_password(Role.OFFICER), with_password(Role.OFFICER)
    with clock.fixed(MONDAY):
        sign_in(app.test_client(), head).post("/account/deputies", data=typed(deputy))
        browser = sign_in(app.test_client(), deputy)
        assert browser.get("/account/deputies").status_code == 403
        assert browser.post("/account/deputies", data=typed(third)).status_code == 403


def test_one_head_does_not_end_anothers_deputation(app: Flask) -> None:
    head, deputy, other = with_password(Role.HEAD), with_password(Role.OFFICER), with_password(Role.HEAD, "so-y-te")
    with clock.fixed(MONDAY):
        sign_in(app.test_client(), head).post("/account/deputies", data=typed(deputy))
        number = db.session.scalars(select(Deputation.id)).one()
        browser = sign_in(app.test_client(), other)
        assert browser.post(f"/account/deputies/{number}/end").status_code == 404


def test_when_the_head_goes_the_deputy_goes_too(app: Flask, write: None) -> None:
    head, deputy = factories.make_official(Role.HEAD), factories.make_official(Role.OFFICER)
    actions.name_deputy(unit(), head, deputy, TODAY, TODAY + timedelta(days=9), "", factories.actor(head), MONDAY)
    actions.end_post(head.posts[0], THE_SYSTEM, MONDAY)
    db.session.expire_all()
    assert [post.role for post in deputy.actor(TODAY).posts] == [Role.OFFICER]
