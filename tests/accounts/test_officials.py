"""Administrators keep the officials of their units, and nobody else's; never their own role."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.accounts import actions, queries
from app.accounts.models import Official
from app.extensions import db, writing
from app.journal.models import Event
from app.refusals import Invalid
from app.rules.workflow import THE_SYSTEM, Action, Role
from tests import factories
from tests.factories import MONDAY, sign_in, unit

from .people import choose_password, is_in, link_of, type_password, with_password

PROVINCE, COMMUNE = "04", "01447"


@pytest.fixture
def admin(app: Flask, client: FlaskClient) -> FlaskClient:
    """A browser in which the province's administrator is signed in."""
    return sign_in(client, with_password(Role.ADMINISTRATOR, PROVINCE))


@pytest.fixture
def commune_admin(app: Flask) -> FlaskClient:
    """A browser in which a commune's administrator is signed in."""
    return sign_in(app.test_client(), with_password(Role.ADMINISTRATOR, COMMUNE))


def changes(about: Official) -> list[dict[str, object]]:
    rows = db.session.scalars(
        select(Event).where(Event.action == Action.OFFICIAL_CHANGED, Event.subject == f"official:{about.id}")
    )
    return [row.facts for row in rows]


def newcomer(**more: str) -> dict[str, str]:
    return {"account": "Sen.Nong", "name": "Nông  Thị Sen ", "unit": COMMUNE, "role": "officer", **more}


def test_a_new_official_chooses_the_password_by_a_link_shown_once(app: Flask, admin: FlaskClient) -> None:
    answer = admin.post("/admin/officials/new", data=newcomer())
    link = link_of(answer.text)
    key = link.rpartition("/")[2]
    official = queries.by_account("sen.nong")
    assert official is not None
    assert (official.name, official.must_change_password) == ("Nông Thị Sen", True)
    assert [(p.role, p.unit.code) for p in official.posts] == [("officer", COMMUNE)]
    assert key not in admin.get(f"/admin/officials/{official.id}").text
    assert key not in repr(changes(official))
    browser = app.test_client()
    assert choose_password(browser, link).location == "/sign-in"
    assert type_password(browser, "sen.nong").status_code == 303


@pytest.mark.parametrize(
    "wrong",
    [{"account": ""}, {"account": "có dấu"}, {"account": "ab"}, {"name": ""}, {"unit": "99999"}, {"role": "king"},
     {"role": "resident"}, {"email": "không phải thư"}],
)  # fmt: skip
def test_what_is_wrong_with_a_new_official_is_said_and_the_rest_kept(admin: FlaskClient, wrong: dict[str, str]) -> None:
    answer = admin.post("/admin/officials/new", data=newcomer(**wrong))
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    if "name" not in wrong:
        assert 'value="Nông Thị Sen"' in answer.text


def test_an_account_name_is_taken_once(admin: FlaskClient) -> None:
    admin.post("/admin/officials/new", data=newcomer())
    again = admin.post("/admin/officials/new", data=newcomer(account="SEN.NONG"))
    assert again.status_code == 422
    assert "đã có người dùng" in again.text


def test_a_communes_administrator_creates_nobody_elsewhere(commune_admin: FlaskClient) -> None:
    page = commune_admin.get("/admin/officials/new").text
    assert f'value="{COMMUNE}"' in page
    assert 'value="so-y-te"' not in page
    assert commune_admin.post("/admin/officials/new", data=newcomer(unit="so-y-te")).status_code == 422


VERBS: list[tuple[str, dict[str, str]]] = [
    ("", {"name": "Đổi tên"}),
    ("/posts", {"unit": COMMUNE, "role": "clerk"}),
    ("/password", {}),
    ("/enable", {}),
    ("/sign-ins/end", {}),
    ("/leave?do=disable", {}),
]


@pytest.mark.parametrize(("path", "typed"), VERBS)
def test_officials_out_of_reach_do_not_exist(
    app: Flask, commune_admin: FlaskClient, path: str, typed: dict[str, str]
) -> None:
    other = with_password(Role.OFFICER, "so-y-te")
    assert commune_admin.post(f"/admin/officials/{other.id}{path}", data=typed).status_code == 404
    assert commune_admin.get(f"/admin/officials/{other.id}").status_code == 404
    assert other.account not in commune_admin.get("/admin/officials").text
    assert changes(other) == []


@pytest.mark.parametrize(("path", "typed"), [verb for verb in VERBS if verb[0] not in ("", "/sign-ins/end")])
def test_nobody_edits_the_own_role(app: Flask, path: str, typed: dict[str, str]) -> None:
    me = with_password(Role.ADMINISTRATOR, PROVINCE)
    browser = sign_in(app.test_client(), me)
    answer = browser.post(f"/admin/officials/{me.id}{path}", data=typed)
    assert answer.status_code == 403
    assert changes(me) == []


def test_who_also_works_outside_is_not_shut_out_by_half_of_the_house(app: Flask, commune_admin: FlaskClient) -> None:
    with writing():
        both = factories.make_official(Role.OFFICER, COMMUNE)
        factories.add_post(both, Role.OFFICER, "so-y-te")
        db.session.commit()
    for path in ("/password", "/leave?do=disable"):
        assert commune_admin.post(f"/admin/officials/{both.id}{path}").status_code == 403
    page = commune_admin.get(f"/admin/officials/{both.id}").text
    assert page.count("do=end") == 1


@pytest.mark.parametrize("role", [Role.CLERK, Role.OFFICER, Role.HEAD, Role.SUPERVISOR, Role.INSPECTOR])
def test_only_administrators_enter(app: Flask, client: FlaskClient, role: Role) -> None:
    sign_in(client, with_password(role))
    for path in ("/admin/officials", "/admin/officials/new", "/admin/officials/1"):
        assert client.get(path).status_code == 403
    assert client.post("/admin/officials/new", data=newcomer()).status_code == 403


def test_a_further_post_counts_at_once_and_asks_for_the_password_again(app: Flask, admin: FlaskClient) -> None:
    official = with_password(Role.OFFICER)
    browser = sign_in(app.test_client(), official)
    answer = admin.post(f"/admin/officials/{official.id}/posts", data={"unit": "so-y-te", "role": "officer"})
    assert answer.status_code == 303
    assert not is_in(browser)
    assert {"began": "officer", "unit": "so-y-te"} in changes(official)
    again = admin.post(f"/admin/officials/{official.id}/posts", data={"unit": "so-y-te", "role": "officer"})
    assert (again.status_code, "đang giữ vai trò đó" in again.text) == (422, True)


TWO_HATS = [(Role.ADMINISTRATOR, Role.OFFICER), (Role.INSPECTOR, Role.ADMINISTRATOR)]


@pytest.mark.parametrize(("first", "second"), TWO_HATS)
def test_an_administrator_wears_no_second_hat(app: Flask, write: None, first: Role, second: Role) -> None:
    official = factories.make_official(first)
    with pytest.raises(Invalid):
        actions.begin_post(official, unit(), second, THE_SYSTEM, MONDAY)


def test_a_reset_voids_the_password_and_ends_the_open_sign_ins(app: Flask, admin: FlaskClient) -> None:
    official = with_password()
    browser = sign_in(app.test_client(), official)
    link = link_of(admin.post(f"/admin/officials/{official.id}/password").text)
    assert not is_in(browser)
    assert type_password(app.test_client(), official.account).status_code == 422
    chosen = "sương giăng trên đèo Mã Phục"
    choose_password(browser, link, chosen)
    assert type_password(browser, official.account, chosen).location == "/desk/"


def test_an_administrator_ends_all_sign_ins_of_an_official(app: Flask, admin: FlaskClient) -> None:
    official = with_password()
    browsers = [sign_in(app.test_client(), official) for _n in range(3)]
    admin.post(f"/admin/officials/{official.id}/sign-ins/end")
    assert not any(map(is_in, browsers))


def test_corrected_facts_leave_old_and_new_in_the_journal(app: Flask, admin: FlaskClient) -> None:
    official = with_password(name="Nông Thị Sen")
    admin.post(f"/admin/officials/{official.id}", data={"name": "Nông Thị Sen", "title": "Công chức"})
    admin.post(f"/admin/officials/{official.id}", data={"name": "Nông Thị Sen", "title": "Công chức"})
    assert changes(official) == [{"old": {"title": ""}, "new": {"title": "Công chức"}}]


@pytest.mark.parametrize("typed", ["nong sen", "NÔNG", "sèn", "chuc nong", "cong chuc"])
def test_officials_are_found_with_or_without_diacritics(app: Flask, admin: FlaskClient, typed: str) -> None:
    with_password(name="Nông Thị Sen", title="Công chức")
    with_password(name="Hoàng Văn Bảo")
    page = admin.get("/admin/officials", query_string={"q": typed}).text
    assert "Nông Thị Sen" in page
    assert "Hoàng Văn Bảo" not in page


def test_the_directory_is_sorted_by_given_name_and_filtered_by_unit(app: Flask, admin: FlaskClient) -> None:
    for name, at in (("Bế Thị Sen", COMMUNE), ("Vi Văn Đạt", COMMUNE), ("Nông Thị An", "so-y-te")):
        with_password(Role.OFFICER, at, name=name)
    page = admin.get("/admin/officials").text
    places = [page.index(name) for name in ("Nông Thị An", "Vi Văn Đạt", "Bế Thị Sen")]
    assert places == sorted(places)
    filtered = admin.get("/admin/officials", query_string={"unit": COMMUNE}).text
    assert "Nông Thị An" not in filtered
    assert "Vi Văn Đạt" in filtered


def test_a_long_directory_has_pages_and_few_statements(
    app: Flask, admin: FlaskClient, statements: Callable[[], list[str]]
) -> None:
    with writing():
        for _n in range(60):
            factories.make_official(Role.OFFICER, COMMUNE)
        db.session.commit()
    said = statements()
    page = admin.get("/admin/officials?page=2").text
    assert len(said) <= 10
    assert page.count('class="title"') == 25
    assert "Trang sau" in page


def test_one_officials_page_needs_few_statements(
    app: Flask, admin: FlaskClient, statements: Callable[[], list[str]]
) -> None:
    official = with_password()
    with writing():
        for at in ("so-y-te", "so-xay-dung", "01273", "01294"):
            factories.add_post(db.session.get_one(Official, official.id), Role.OFFICER, at)
        db.session.commit()
    said = statements()
    assert admin.get(f"/admin/officials/{official.id}").status_code == 200
    assert len(said) <= 10


def test_a_past_post_counts_no_more_but_is_remembered(app: Flask, write: None) -> None:
    official = factories.make_official(Role.HEAD)
    actions.end_post(official.posts[0], THE_SYSTEM, MONDAY)
    assert official.actor(MONDAY.date()).posts == ()
    assert official.actor(clock.day_of(MONDAY - timedelta(days=1))).posts[0].role == Role.HEAD
