"""Administrators keep units, categories, the calendar and settings; every change tells old and new."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.extensions import db, writing
from app.journal.models import Event
from app.rules.workflow import Action, Role
from app.units import queries
from app.units.models import Category, Setting
from tests import factories
from tests.factories import sign_in, unit

PAGES = ("/admin/units", "/admin/units/new", "/admin/units/01447", "/admin/categories", "/admin/categories/roads",
         "/admin/categories/new", "/admin/calendar", "/admin/settings")  # fmt: skip


def browser(app: Flask, role: Role, at: str) -> FlaskClient:
    with writing():
        official = factories.make_official(role, at)
        db.session.commit()
        return sign_in(app.test_client(), official)


@pytest.fixture
def admin(app: Flask) -> FlaskClient:
    """The province's administrator."""
    return browser(app, Role.ADMINISTRATOR, "04")


@pytest.fixture
def local(app: Flask) -> FlaskClient:
    """A commune's administrator."""
    return browser(app, Role.ADMINISTRATOR, "01447")


def facts(action: Action) -> list[tuple[str, dict[str, Any]]]:
    db.session.expire_all()
    rows = db.session.scalars(select(Event).where(Event.action == action).order_by(Event.seq))
    return [(row.subject, row.facts) for row in rows]


@pytest.mark.parametrize("role", [Role.CLERK, Role.OFFICER, Role.HEAD, Role.SUPERVISOR, Role.INSPECTOR])
def test_only_administrators_enter(app: Flask, role: Role) -> None:
    client = browser(app, role, "04")
    assert {client.get(path).status_code for path in PAGES} == {403}


def test_every_page_opens_for_the_provinces_administrator(admin: FlaskClient) -> None:
    assert {admin.get(path).status_code for path in PAGES} == {200}


NAMES = {"name_vi": "Ủy ban nhân dân xã Trùng Khánh", "short_vi": "Xã Trùng Khánh", "name_en": "Trùng Khánh",
         "short_en": "Trùng Khánh"}  # fmt: skip


def test_a_changed_unit_leaves_old_and_new_in_the_journal(admin: FlaskClient) -> None:
    typed = {**NAMES, "name_en": unit().name_en, "short_en": unit().short_en, "is_remote": "y"}
    for _twice in range(2):
        assert admin.post("/admin/units/01447", data=typed).status_code == 303
    assert facts(Action.UNIT_CHANGED) == [("unit:01447", {"old": {"is_remote": False}, "new": {"is_remote": True}})]


def test_a_new_unit_stands_below_its_parent(admin: FlaskClient) -> None:
    typed = {**NAMES, "short_vi": "Xã Mới", "code": "01999", "level": "commune", "parent": "04",
             "valid_from": "2026-11-01", "is_area": "y"}  # fmt: skip
    assert admin.post("/admin/units/new", data=typed).status_code == 303
    made = queries.unit_by_code("01999")
    assert made is not None
    assert (made.path, made.area_code) == (f"{unit('04').path}{made.id}/", "01999")
    again = admin.post("/admin/units/new", data=typed)
    assert (again.status_code, "đã có đơn vị khác dùng" in again.text) == (422, True)


@pytest.mark.parametrize("wrong", [{"code": ""}, {"code": "mã có dấu"}, {"level": "galaxy"}, {"parent": "99"},
                                   {"valid_from": "2026-13-01"}, {"name_vi": "  "}])  # fmt: skip
def test_what_is_wrong_with_a_new_unit_is_said(admin: FlaskClient, wrong: dict[str, str]) -> None:
    typed = {**NAMES, "code": "01999", "level": "commune", "parent": "04", "valid_from": "2026-11-01", **wrong}
    answer = admin.post("/admin/units/new", data=typed)
    assert (answer.status_code, 'aria-invalid="true"' in answer.text) == (422, True)
    assert queries.unit_by_code("01999") is None


def test_a_communes_administrator_keeps_the_own_unit_only(local: FlaskClient) -> None:
    page = local.get("/admin/units").text
    assert "Xã Trùng Khánh" in page
    assert "Sở Y tế" not in page
    assert local.get("/admin/units/so-y-te").status_code == 404
    assert local.post("/admin/units/so-y-te", data=NAMES).status_code == 404
    assert facts(Action.UNIT_CHANGED) == []


CATEGORY = {"name_vi": "Chiếu sáng", "name_en": "Lighting", "handling_level": "department", "unit": "so-xay-dung",
            "deadline_variant": "street_level_urgent", "kinds": ["feedback"], "is_active": "y"}  # fmt: skip


def test_who_handles_a_category_is_changed_with_an_event(admin: FlaskClient) -> None:
    assert admin.post("/admin/categories/roads.lighting", data=CATEGORY).status_code == 303
    subject, said = facts(Action.SETTING_CHANGED)[0]
    assert subject == "category:roads.lighting"
    assert said["old"]["handling_level"] == "commune"
    assert said["new"]["deadline_variant"] == "street_level_urgent"


def test_kinds_this_form_does_not_offer_are_kept(app: Flask, admin: FlaskClient) -> None:
    with writing():
        category = db.session.scalars(select(Category).where(Category.code == "roads.lighting")).one()
        category.kinds = ["feedback", "complaint", "reception"]
        db.session.commit()
    admin.post("/admin/categories/roads.lighting", data=CATEGORY)
    db.session.expire_all()
    row = queries.category_by_code("roads.lighting")
    assert row is not None
    assert row.kinds == ["feedback", "reception"]


def test_a_level_without_places_needs_a_unit(admin: FlaskClient) -> None:
    answer = admin.post("/admin/categories/roads.lighting", data={**CATEGORY, "unit": ""})
    assert (answer.status_code, "chọn đơn vị phụ trách" in answer.text) == (422, True)


def test_a_new_category_stands_at_the_end_of_its_group(admin: FlaskClient) -> None:
    typed = {**CATEGORY, "code": "roads.signs", "parent": "roads", "name_vi": "Biển báo"}
    assert admin.post("/admin/categories/new", data=typed).status_code == 303
    codes = [row.code for row in queries.categories()]
    assert codes[codes.index("roads.lighting") + 1] == "roads.signs"
    assert codes[codes.index("roads.signs") + 1] == "land"


def test_a_group_put_away_takes_its_categories_along(admin: FlaskClient) -> None:
    row = queries.category_by_code("roads")
    assert row is not None
    typed = {**CATEGORY, "name_vi": row.name_vi, "handling_level": "commune"}
    del typed["is_active"]
    admin.post("/admin/categories/roads", data=typed)
    db.session.expire_all()
    assert [row.code for row in queries.categories() if row.code.startswith("roads")] == []


def test_settings_count_for_all_or_for_one_unit(admin: FlaskClient) -> None:
    general = {"of": "government", "intake_unit": "ban-tiep-cong-dan", "reopen_days": "20", "answer_window_days": "15",
               "web_complaint_counts": "y"}  # fmt: skip
    assert admin.post("/admin/settings", data=general).status_code == 303
    own = {"of": "unit", "own-unit": "01447", "own-reopen_days": "30", "own-answer_window_days": ""}
    assert admin.post("/admin/settings", data=own).status_code == 303
    db.session.expire_all()
    assert queries.setting("web_complaint_counts") is True
    assert queries.setting("intake_unit") == "ban-tiep-cong-dan"
    assert [queries.setting("reopen_days", unit(code).id) for code in ("01447", "01273")] == [30, 20]
    said = dict(facts(Action.SETTING_CHANGED)[-1:])
    assert said == {"setting:reopen_days": {"unit": "01447", "old": None, "new": 30}}


def test_what_equals_the_default_is_not_written_down(admin: FlaskClient) -> None:
    typed = {"of": "government", "intake_unit": "", "reopen_days": "15", "answer_window_days": "",
             "monthly_report": "y"}  # fmt: skip
    assert admin.post("/admin/settings", data=typed).status_code == 303
    assert db.session.scalars(select(Setting)).all() == []
    assert facts(Action.SETTING_CHANGED) == []


def test_a_unit_gives_its_own_setting_back(admin: FlaskClient) -> None:
    own = {"of": "unit", "own-unit": "01447", "own-reopen_days": "30"}
    admin.post("/admin/settings", data=own)
    assert "mở lại trong 30 ngày" in admin.get("/admin/settings").text
    admin.post("/admin/settings", data={**own, "own-reopen_days": ""})
    db.session.expire_all()
    assert queries.setting("reopen_days", unit().id) == 15


@pytest.mark.parametrize("days", ["0", "400", "nhiều", "-3"])
def test_lengths_out_of_range_are_refused(admin: FlaskClient, days: str) -> None:
    answer = admin.post("/admin/settings", data={"of": "unit", "own-unit": "01447", "own-reopen_days": days})
    assert (answer.status_code, 'aria-invalid="true"' in answer.text) == (422, True)


@pytest.mark.parametrize(("typed", "status"), [("08:15", 303), ("", 303), ("03:00", 422), ("18:00", 422), ("sớm", 422)])
def test_the_morning_of_the_digests_is_set_within_the_day(admin: FlaskClient, typed: str, status: int) -> None:
    general = {"of": "government", "intake_unit": "", "digest_time": typed}
    assert admin.post("/admin/settings", data=general).status_code == status
    db.session.expire_all()
    assert queries.setting("digest_time") == (typed if status == 303 and typed else "07:30")


def test_what_counts_for_everybody_is_not_a_communes_to_change(local: FlaskClient) -> None:
    typed = {"of": "government", "reopen_days": "1", "answer_window_days": "1", "intake_unit": ""}
    assert local.post("/admin/settings", data=typed).status_code == 403
    assert local.post("/admin/categories/roads.lighting", data=CATEGORY).status_code == 403
    day = {"on": "2026-10-05", "kind": "off", "reason": "Lễ hội", "document": "Số 3"}
    assert local.post("/admin/calendar", data=day).status_code == 403
    elsewhere = {"of": "unit", "own-unit": "so-y-te", "own-reopen_days": "30"}
    assert local.post("/admin/settings", data=elsewhere).status_code == 422
    assert facts(Action.SETTING_CHANGED) == []
    assert local.post("/admin/settings", data={**elsewhere, "own-unit": "01447"}).status_code == 303
