"""The commands about officials: the first administrator comes into being here."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.accounts import queries
from app.accounts.models import Official
from app.cases.models import Case
from app.extensions import db, writing
from app.rules.workflow import Role
from tests import factories
from tests.factories import assign, make_case, sign_in, staff

from .people import is_in, type_password, with_password


def run(app: Flask, *words: str) -> tuple[int, str]:
    db.session.rollback()
    result = app.test_cli_runner().invoke(args=list(words))
    db.session.expire_all()
    return result.exit_code, result.output


def official(account: str) -> Official:
    found = queries.by_account(account)
    assert found is not None
    return found


def test_the_first_administrator_is_created_and_must_change_the_password(app: Flask) -> None:
    code, said = run(app, "create-official", "Quan.Tri", "--name", "Hoàng Văn Trị", "--unit", "04",
                     "--role", "administrator")  # fmt: skip
    assert code == 0, said
    password = said.strip().rsplit(" ", 1)[1]
    client = app.test_client()
    assert type_password(client, "quan.tri", password).location == "/admin/officials"
    assert client.get("/admin/officials").location == "/account"


@pytest.mark.parametrize(
    "words",
    [("--unit", "nowhere", "--role", "officer"), ("--unit", "04", "--role", "king"), ("--unit", "04")],
)
def test_a_wrong_command_creates_nobody(app: Flask, words: tuple[str, ...]) -> None:
    code, _said = run(app, "create-official", "new.one", "--name", "Người Mới", *words)
    assert code != 0
    assert queries.by_account("new.one") is None


def test_an_account_is_created_once(app: Flask) -> None:
    words = ("create-official", "new.one", "--name", "Người Mới", "--unit", "04", "--role", "officer")
    assert run(app, *words)[0] == 0
    code, said = run(app, *words)
    assert code == 1
    assert "Tài khoản này đã có người dùng" in said


def held_cases(count: int = 2) -> tuple[str, str]:
    """Cases in the hands of one officer of Trùng Khánh; the accounts of that officer and of a colleague."""
    with writing():
        _clerk, officer, head = staff()
        colleague = factories.make_official(Role.OFFICER)
        for _n in range(count):
            assign(make_case(), officer, head)
        db.session.commit()
        return officer.account, colleague.account


def test_disabling_asks_who_takes_the_open_cases(app: Flask) -> None:
    leaver, colleague = held_cases()
    code, said = run(app, "disable-official", leaver)
    assert (code, "2 open cases" in said) == (1, True)
    assert not official(leaver).is_disabled
    code, said = run(app, "disable-official", leaver, "--cases-to", colleague)
    assert (code, "2 open cases handed over" in said) == (0, True)
    assert official(leaver).is_disabled
    assert {case.assigned_to_id for case in db.session.scalars(select(Case))} == {official(colleague).id}


def test_cases_go_to_nobody_outside_the_unit(app: Flask) -> None:
    leaver, _colleague = held_cases()
    stranger = with_password(Role.OFFICER, "so-y-te").account
    assert run(app, "disable-official", leaver, "--cases-to", stranger)[0] == 1
    assert not official(leaver).is_disabled


def test_moving_ends_one_post_and_begins_another(app: Flask) -> None:
    leaver, _colleague = held_cases()
    code, said = run(app, "move-official", leaver, "--unit", "so-xay-dung", "--cases-to", "unassigned")
    assert code == 0, said
    moved = official(leaver)
    assert [(p.role, p.unit.code) for p in moved.posts_on(clock.today())] == [("officer", "so-xay-dung")]
    assert {case.status for case in db.session.scalars(select(Case))} == {"received"}


def test_of_several_posts_the_one_to_leave_must_be_named(app: Flask) -> None:
    with writing():
        both = factories.make_official(Role.OFFICER)
        factories.add_post(both, Role.OFFICER, "so-y-te")
        db.session.commit()
        account = both.account
    assert run(app, "move-official", account, "--unit", "01273")[0] == 1
    assert run(app, "move-official", account, "--unit", "01273", "--from", "so-y-te")[0] == 0


def test_sign_ins_are_ended_and_passwords_reset_by_command(app: Flask) -> None:
    person = with_password()
    browser = sign_in(app.test_client(), person)
    assert run(app, "end-sign-ins", person.account) == (0, f"{person.account}: 1 sign-ins ended\n")
    assert not is_in(browser)
    code, said = run(app, "reset-password", person.account)
    assert code == 0
    assert type_password(browser, person.account, said.strip().rsplit(" ", 1)[1]).status_code == 303


def test_officials_are_listed_with_their_posts(app: Flask) -> None:
    person, other = with_password(Role.HEAD), with_password(Role.OFFICER, "so-y-te")
    everybody = run(app, "list-officials")[1]
    assert f"{person.account} " in everybody
    assert "head at 01447" in everybody
    assert other.account not in run(app, "list-officials", "--unit", "01447")[1]
    assert run(app, "end-sign-ins", "nobody.here")[0] == 1
