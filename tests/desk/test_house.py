"""Whoever leaves, and whichever unit closes: no open case stays behind, and each tells how it went on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.accounts.models import Official
from app.cases.models import Case, Custody
from app.desk import house
from app.extensions import db, writing
from app.journal.models import Event, Notice
from app.journal.verify import verify
from app.refusals import Invalid, NotAllowed
from app.rules.workflow import THE_SYSTEM, Action, Role
from app.units.models import Category, Setting
from tests import factories
from tests.conftest import both_engines
from tests.factories import MONDAY, actor, assign, make_case, sign_in, staff, unit

LATER = MONDAY + timedelta(days=1)
SECRET = "Chuyện riêng không ai ngoài người xử lý được đọc"


def deeds(action: Action) -> list[Event]:
    return list(db.session.scalars(select(Event).where(Event.action == action).order_by(Event.seq)))


class Town:
    """Trùng Khánh with a clerk, two officers, a head, the province's administrator; three cases with one officer."""

    def __init__(self) -> None:
        self.clerk, self.leaver, self.head = staff()
        self.colleague = factories.make_official(Role.OFFICER)
        self.admin = factories.make_official(Role.ADMINISTRATOR, "04")
        self.cases = [assign(make_case(title=f"{SECRET} {n}"), self.leaver, self.head) for n in range(3)]
        db.session.flush()


@pytest.fixture
def town(app: Flask) -> Town:
    """Committed, so that browsers see it."""
    with writing():
        made = Town()
        db.session.commit()
    return made


@pytest.fixture
def admin(app: Flask, client: FlaskClient, town: Town) -> FlaskClient:
    """A browser in which the province's administrator is signed in."""
    return sign_in(client, town.admin)


@both_engines
def test_a_disabled_officers_cases_go_to_a_colleague_with_an_event_each(app: Flask, write: None) -> None:
    town = Town()
    house.disable(town.leaver, house.Choice(town.colleague.id), actor(town.admin), LATER)
    assert {case.assigned_to_id for case in town.cases} == {town.colleague.id}
    assert [event.case_id for event in deeds(Action.HAND_OVER)] == [case.id for case in town.cases]
    told = db.session.scalars(select(Notice.official_id).where(Notice.action == Action.HAND_OVER)).all()
    assert set(told) == {town.colleague.id}
    assert town.leaver.is_disabled
    assert verify()[1] is None


def test_single_cases_may_go_elsewhere_or_back_to_the_unassigned(app: Flask, write: None) -> None:
    town = Town()
    first, second, third = town.cases
    choice = house.Choice(by_unit={first.unit_id: town.colleague.id}, by_case={second.id: None})
    house.disable(town.leaver, choice, THE_SYSTEM, LATER)
    assert [case.status for case in (first, second, third)] == ["assigned", "received", "assigned"]
    assert second.assigned_to is None
    assert [case.due_on for case in town.cases] == [case.due_on for case in (first, second, third)]


def test_nobody_outside_the_unit_and_not_the_leaver_takes_a_case(app: Flask, write: None) -> None:
    town = Town()
    stranger = factories.make_official(Role.OFFICER, "so-y-te")
    for taker in (stranger, town.leaver, town.head):
        with pytest.raises(Invalid):
            house.disable(town.leaver, house.Choice(taker.id), THE_SYSTEM, LATER)


def test_who_leaves_one_of_two_units_keeps_the_cases_of_the_other(app: Flask, write: None) -> None:
    town = Town()
    factories.add_post(town.leaver, Role.OFFICER, "so-y-te")
    other = make_case(category_code="health.clinic")
    other.assigned_to, other.status = town.leaver, "assigned"
    db.session.flush()
    post = next(post for post in town.leaver.posts if post.unit.code == "so-y-te")
    assert house.end_post(post, house.Choice(), THE_SYSTEM, LATER) == 1
    assert other.assigned_to is None
    assert {case.assigned_to_id for case in town.cases} == {town.leaver.id}


def test_an_administrator_hands_on_only_within_the_own_subtree(app: Flask, write: None) -> None:
    town = Town()
    stranger = factories.make_official(Role.ADMINISTRATOR, "so-y-te")
    with pytest.raises(NotAllowed):
        house.disable(town.leaver, house.Choice(town.colleague.id), actor(stranger), LATER)


def test_the_page_asks_for_every_unit_and_shows_no_content(admin: FlaskClient, town: Town) -> None:
    page = admin.get(f"/admin/officials/{town.leaver.id}/leave?do=disable").text
    assert all(case.reference in page for case in town.cases)
    assert SECRET not in page
    assert "Nông Thị Sen" not in page
    assert town.colleague.name in page
    nothing_chosen = admin.post(f"/admin/officials/{town.leaver.id}/leave?do=disable")
    assert nothing_chosen.status_code == 422
    assert not db.session.get_one(Official, town.leaver.id).is_disabled


def test_disabling_on_the_page_hands_on_and_ends_the_sign_in(app: Flask, admin: FlaskClient, town: Town) -> None:
    browser = sign_in(app.test_client(), town.leaver)
    unit_id, kept_back = town.cases[0].unit_id, town.cases[2]
    typed = {f"unit_{unit_id}": str(town.colleague.id), f"case_{kept_back.id}": "unassigned"}
    assert admin.post(f"/admin/officials/{town.leaver.id}/leave?do=disable", data=typed).status_code == 303
    db.session.expire_all()
    assert [case.assigned_to_id for case in town.cases] == [town.colleague.id, town.colleague.id, None]
    assert browser.get("/account").status_code == 302


def test_moving_on_the_page_ends_one_post_and_begins_another(admin: FlaskClient, town: Town) -> None:
    post = town.leaver.posts[0]
    typed = {f"unit_{town.cases[0].unit_id}": str(town.colleague.id), "unit": "so-xay-dung", "role": "head"}
    answer = admin.post(f"/admin/officials/{town.leaver.id}/leave?do=move&post={post.id}", data=typed)
    assert answer.status_code == 303
    db.session.expire_all()
    held = town.leaver.posts_on(clock.today())
    assert [(p.role, p.unit.code) for p in held] == [("head", "so-xay-dung")]


@pytest.mark.parametrize("query", ["", "?do=fly", "?do=end", "?do=end&post=999999", "?do=move&post=x"])
def test_a_way_out_that_does_not_exist_is_not_found(admin: FlaskClient, town: Town, query: str) -> None:
    assert admin.get(f"/admin/officials/{town.leaver.id}/leave{query}").status_code == 404


def merge(town: Town, takes_people: bool = True) -> int:
    return house.close(unit(), unit("01273"), LATER.date(), takes_people, actor(town.admin), LATER)


@both_engines
def test_a_merged_units_cases_people_and_categories_move_to_its_successor(app: Flask, write: None) -> None:
    town = Town()
    due = [case.due_on for case in town.cases]
    category = db.session.scalars(select(Category).where(Category.code == "roads.surface")).one()
    category.unit = unit()
    db.session.add(Setting(key="intake_unit", value="01447"))
    db.session.flush()
    assert merge(town) == 3
    assert (unit().valid_to, unit().successor) == (MONDAY.date(), unit("01273"))
    assert {case.unit_id for case in town.cases} == {unit("01273").id}
    assert [case.due_on for case in town.cases] == due
    assert [event.facts["unit"] for event in deeds(Action.SUCCEED)] == ["01273"] * 3
    custodies = db.session.scalars(select(Custody).where(Custody.case_id == town.cases[0].id).order_by(Custody.number))
    assert [custody.ended_at is None for custody in custodies] == [False, True]
    assert [(p.role, p.unit.code) for p in town.head.posts_on(LATER.date())] == [("head", "01273")]
    db.session.refresh(category)
    assert category.unit_id == unit("01273").id
    assert db.session.scalars(select(Setting)).one().value == "01273"
    assert verify()[1] is None


def test_people_may_also_stay_behind(app: Flask, write: None) -> None:
    town = Town()
    merge(town, takes_people=False)
    assert town.head.posts_on(LATER.date()) == []


@pytest.mark.parametrize(
    ("closed", "into", "from_on", "word"),
    [
        ("04", "01273", LATER.date(), "đứng đầu"),
        ("01447", "01447", LATER.date(), "bên dưới"),
        ("01447", "01273", LATER.date() + timedelta(days=1), "chưa đến"),
        ("01447", "01273", date(2025, 7, 1), "đứng trước"),
    ],
)
def test_a_closing_that_makes_no_sense_changes_nothing(
    app: Flask, write: None, closed: str, into: str, from_on: date, word: str
) -> None:
    town = Town()
    with pytest.raises(Invalid) as refusal:
        house.close(unit(closed), unit(into), from_on, True, actor(town.admin), LATER)
    assert word in refusal.value.reason
    assert unit(closed).valid_to is None
    assert deeds(Action.SUCCEED) == []


def test_a_unit_with_units_below_closes_last_and_only_once(app: Flask, write: None) -> None:
    town = Town()
    below = unit("01294")
    below.parent, below.path = unit(), f"{unit().path}{below.id}/"
    db.session.flush()
    with pytest.raises(Invalid, match="bên dưới"):
        merge(town)
    house.close(below, unit("01273"), LATER.date(), True, actor(town.admin), LATER)
    merge(town)
    with pytest.raises(Invalid, match="đã đóng"):
        merge(town)


def test_closing_on_the_page_shows_counts_then_moves(admin: FlaskClient, town: Town) -> None:
    page = admin.get("/admin/units/01447/close").text
    assert "3 việc" in page
    assert SECRET not in page
    typed = {"successor": "01273", "from_on": clock.today().isoformat(), "takes_people": "y"}
    assert admin.post("/admin/units/01447/close", data=typed).status_code == 303
    db.session.expire_all()
    assert {case.unit_id for case in db.session.scalars(select(Case))} == {unit("01273").id}
    assert "đã đóng" in admin.get("/admin/units/01447").text
    assert admin.post("/admin/units/01447/close", data=typed).status_code == 422


def test_a_communes_administrator_closes_nothing_else(app: Flask, client: FlaskClient) -> None:
    with writing():
        local = factories.make_official(Role.ADMINISTRATOR, "01447")
        db.session.commit()
    sign_in(client, local)
    assert client.get("/admin/units/so-y-te/close").status_code == 404


def test_what_still_reaches_a_closed_unit_follows_to_the_last_heir(app: Flask, write: None) -> None:
    town = Town()
    merge(town)
    house.close(unit("01273"), unit("01294"), LATER.date(), True, actor(town.admin), LATER)
    late = make_case(now=MONDAY)
    late.unit = unit("01447")
    db.session.flush()
    assert house.follow_successors(LATER) == 1
    assert late.unit == unit("01294")
    assert house.follow_successors(LATER) == 0
