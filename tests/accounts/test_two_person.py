"""Changes that take two: asked by one administrator, approved by another, never by oneself. Check 16."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.accounts.models import ChangeRequest, Official
from app.accounts.queries import by_account
from app.extensions import db, writing
from app.journal.models import Event
from app.rules.workflow import Action, Role
from tests import factories
from tests.conftest import both_engines
from tests.factories import MONDAY, sign_in

from .people import choose_password, is_in, link_of, type_password, with_password
from .telephones import with_telephone


@pytest.fixture(autouse=True)
def two(app: Flask) -> None:
    """An installation where such changes take two, as outside demo mode."""
    app.config["TWO_PERSON"] = True


class House:
    """Two administrators of the province, each in a browser of their own."""

    def __init__(self, app: Flask) -> None:
        self.one, self.two = with_password(Role.ADMINISTRATOR, "04"), with_password(Role.ADMINISTRATOR, "04")
        self.first, self.second = sign_in(app.test_client(), self.one), sign_in(app.test_client(), self.two)


@pytest.fixture
def house(app: Flask) -> House:
    return House(app)


def the_request() -> ChangeRequest:
    return db.session.scalars(select(ChangeRequest).order_by(ChangeRequest.id.desc())).first()  # type: ignore[return-value]


def decide(client: FlaskClient, verb: str = "approve", number: int = 0) -> Any:
    return client.post(f"/admin/requests/{number or the_request().id}/{verb}")


def roles(official: Official) -> set[str]:
    db.session.expire_all()
    return {post.role for post in official.posts_on(clock.today())}


@both_engines
@pytest.mark.parametrize("role", ["inspector", "supervisor"])
def test_a_watching_role_is_given_when_a_second_administrator_approves(app: Flask, role: str) -> None:
    house, person = House(app), with_password(Role.HEAD, "04")
    browser = sign_in(app.test_client(), person)
    door = {"inspector": "/journal", "supervisor": "/statistics/"}[role]
    asked = house.first.post(f"/admin/officials/{person.id}/posts", data={"unit": "04", "role": role})
    assert asked.status_code == 303
    assert roles(person) == {"head"}
    if role == "inspector":
        assert browser.get(door).status_code in (403, 404)
    assert is_in(browser), "nothing has changed yet"
    assert decide(house.first).status_code == 403
    assert roles(person) == {"head"}
    assert decide(house.second).status_code == 303
    assert roles(person) == {"head", role}
    assert not is_in(browser), "the new post counts at once"
    events = list(db.session.scalars(select(Event.action).where(Event.subject == f"request:{the_request().id}")))
    assert events == [Action.CHANGE_ASKED, Action.CHANGE_APPROVED]


def test_other_roles_need_nobody(house: House) -> None:
    person = with_password(Role.OFFICER)
    house.first.post(f"/admin/officials/{person.id}/posts", data={"unit": "01447", "role": "clerk"})
    assert roles(person) == {"officer", "clerk"}


def test_a_new_administrator_comes_in_by_two_and_chooses_the_password(app: Flask, house: House) -> None:
    typed = {"account": "quan.tri", "name": "Vi Thị Cúc", "unit": "04", "role": "administrator"}
    assert house.first.post("/admin/officials/new", data=typed).status_code == 303
    assert by_account("quan.tri") is None
    assert "Vi Thị Cúc" in house.second.get("/admin/requests").text
    link = link_of(decide(house.second).text)
    browser = app.test_client()
    assert choose_password(browser, link).status_code == 303
    assert type_password(browser, "quan.tri").location == "/admin/officials"


@pytest.mark.parametrize("way", ["end", "disable", "move"])
def test_nobody_alone_takes_the_inspector_away(app: Flask, house: House, way: str) -> None:
    person = with_password(Role.INSPECTOR, "04")
    target = {"unit": "01447", "role": "officer"} if way == "move" else {}
    url = f"/admin/officials/{person.id}/leave?do={way}&post={person.posts[0].id}"
    assert house.first.post(url, data=target).status_code == 303
    assert roles(person) == {"inspector"} and not person.is_disabled
    assert decide(house.second).status_code == 303
    roles(person)
    gone = {"end": roles(person) == set(), "disable": person.is_disabled, "move": roles(person) == {"officer"}}
    assert gone[way]


def test_an_officer_does_not_become_inspector_by_a_move_either(house: House) -> None:
    person = with_password(Role.OFFICER)
    url = f"/admin/officials/{person.id}/leave?do=move&post={person.posts[0].id}"
    house.first.post(url, data={"unit": "04", "role": "inspector"})
    assert roles(person) == {"officer"}
    decide(house.second)
    assert roles(person) == {"inspector"}


def test_password_telephone_and_address_of_a_supervisor_take_two(app: Flask, house: House) -> None:
    person = with_password(Role.SUPERVISOR, "04", name="Nông Thị Sen")
    with_telephone(person)
    browser = sign_in(app.test_client(), person)
    home = f"/admin/officials/{person.id}"
    assert "new-password" not in house.first.post(f"{home}/password").text
    house.first.post(f"{home}/second-factor/remove")
    house.first.post(home, data={"name": "Nông Thị Sen", "title": "", "email": "mine@evil.example"})
    db.session.expire_all()
    assert is_in(browser) and person.email == "" and person.second_factor is not None
    numbers = {row.verb: row.id for row in db.session.scalars(select(ChangeRequest))}
    assert set(numbers) == {"password", "factor", "address"}
    assert decide(house.second, "decline", numbers["address"]).status_code == 303
    assert decide(house.second, "approve", numbers["factor"]).status_code == 303
    assert choose_password(app.test_client(), link_of(decide(house.second, "approve", numbers["password"]).text),
                           "sương giăng trên đèo Mã Phục").status_code == 303  # fmt: skip
    db.session.expire_all()
    assert not is_in(browser) and person.email == "" and person.second_factor is None


def test_a_request_is_not_approved_by_whom_it_is_about_nor_twice_nor_late(app: Flask, house: House) -> None:
    with clock.fixed(MONDAY):
        first, second = sign_in(app.test_client(), house.one), sign_in(app.test_client(), house.two)
        first.post(f"/admin/officials/{house.two.id}/password")
        assert decide(second).status_code == 403
        person = with_password(Role.INSPECTOR, "04")
        for _twice in range(2):
            first.post(f"/admin/officials/{person.id}/password")
        assert len(list(db.session.scalars(select(ChangeRequest)))) == 2
        assert decide(second, "decline").status_code == 303
        assert decide(second).status_code == 409
        first.post(f"/admin/officials/{person.id}/password")
    with clock.fixed(MONDAY + timedelta(days=7)):
        late = sign_in(app.test_client(), house.two)
        assert decide(late).status_code == 409
        assert person.name not in late.get("/admin/requests").text.split("decided")[0]
    assert type_password(app.test_client(), person.account).status_code == 303


def test_a_request_of_somebody_who_is_no_administrator_any_more_is_void(app: Flask, house: House) -> None:
    person = with_password(Role.INSPECTOR, "04")
    house.first.post(f"/admin/officials/{person.id}/password")
    with writing():
        house.one.is_disabled = True
        db.session.commit()
    assert decide(house.second).status_code == 409


def test_whoever_asked_may_take_it_back(app: Flask, house: House) -> None:
    person = with_password(Role.INSPECTOR, "04")
    house.first.post(f"/admin/officials/{person.id}/password")
    assert decide(house.second, "withdraw").status_code == 404
    assert decide(house.first, "withdraw").status_code == 303
    assert decide(house.second).status_code == 409


def test_an_administrator_of_another_place_sees_nothing_of_it(app: Flask, house: House) -> None:
    person = with_password(Role.INSPECTOR, "04")
    house.first.post(f"/admin/officials/{person.id}/password")
    far = sign_in(app.test_client(), with_password(Role.ADMINISTRATOR, "01447"))
    assert person.name not in far.get("/admin/requests").text
    assert decide(far).status_code == 404


def test_a_unit_with_watchers_is_not_closed_over_their_heads(app: Flask, house: House) -> None:
    with_password(Role.INSPECTOR, "01273")
    typed = {"successor": "01447", "from_on": clock.today().isoformat(), "takes_people": "y"}
    assert house.first.post("/admin/units/01273/close", data=typed).status_code == 422


def test_the_operator_at_the_command_line_needs_nobody_and_leaves_an_event(app: Flask) -> None:
    args = ["create-official", "quan.tri", "--name", "Vi Thị Cúc", "--unit", "04", "--role", "administrator"]
    said = app.test_cli_runner().invoke(args=args)
    assert said.exit_code == 0, said.output
    person = by_account("quan.tri")
    assert person is not None
    made = db.session.scalars(select(Event).where(Event.subject == f"official:{person.id}")).all()
    assert [event.actor_role for event in made] == ["system", "system"]


def test_nobody_edits_the_own_role_or_takes_a_case_outside_the_workflow(app: Flask, house: House) -> None:
    officer = with_password(Role.OFFICER)
    with writing():
        case = factories.make_case()
        db.session.commit()
        reference = case.reference
    own = house.first.post(f"/admin/officials/{house.one.id}/posts", data={"unit": "04", "role": "inspector"})
    assert own.status_code == 403
    assert house.first.post(f"/admin/officials/{house.one.id}/password").status_code == 403
    browser = sign_in(app.test_client(), officer)
    taken = browser.post(f"/desk/cases/{reference}/assign", data={"officer": officer.id, "assigned_to_id": officer.id})
    assert taken.status_code in (403, 404, 409)
    db.session.expire_all()
    assert case.assigned_to_id is None
    assert browser.post(f"/admin/officials/{officer.id}/posts", data={"unit": "04", "role": "head"}).status_code == 403


def test_in_demo_mode_one_is_enough_and_outside_both_are_asked_for(tmp_path: Path) -> None:
    from app import config

    strict = {"SECRET_KEY": "k" * 40, "BASE_URL": "https://gandan.example"}
    for name in ("MFA_REQUIRED", "TWO_PERSON"):
        assert config.settings({**strict, "DATA_DIR": str(tmp_path)})[name] is True
        assert config.settings({"GAN_DAN_DEMO": "1", "DATA_DIR": str(tmp_path)})[name] is False
        assert config.settings({**strict, "DATA_DIR": str(tmp_path), name: "0"})[name] is False
        with pytest.raises(config.SettingsMissing):
            config.settings({**strict, "DATA_DIR": str(tmp_path), name: "no"})
