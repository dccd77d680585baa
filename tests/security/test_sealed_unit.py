"""A denunciation of a unit: nobody in it or below sees it, handles it, is offered as its handler or counts it, and it
goes one level up; supervisors have numbers and no text, inspectors read and write nothing (checks 18, 19)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.accounts.models import Official
from app.cases import actions
from app.cases.models import Case
from app.cases.queries import counts, sight_of, visible_to
from app.extensions import db, writing
from app.refusals import Invalid
from app.rules.visibility import Sight, case_reach, line_of, serves_in
from app.rules.workflow import Actor, PostFact, Role
from tests import factories
from tests.factories import MONDAY, unit
from tests.matrix.cast import OFFICIALS

from .sealed_world import BODY, CANARIES, DENOUNCED, OUTSIDERS, REGISTRAR, Town, settle

IN_IT = [name for name, (_role, code) in OFFICIALS.items() if code == DENOUNCED]
ROLES = [role for role in Role if role not in (Role.RESIDENT, Role.SYSTEM)]


@pytest.fixture(autouse=True)
def tuesday() -> Iterator[None]:
    with clock.fixed(MONDAY.replace(day=17)):
        yield


@pytest.fixture
def town(app: Flask) -> Town:
    return settle(app)


def test_it_goes_one_level_up_from_whatever_unit_is_denounced(app: Flask) -> None:
    with writing():
        for code in ("01447", "01273", "01294", "so-xay-dung"):
            case = factories.make_denunciation(denounced=code)
            assert case.unit.code == "04" and case.unit_path in unit(code).path
        db.session.commit()


@pytest.mark.parametrize("who", IN_IT)
def test_nobody_who_serves_in_it_sees_or_counts_it_or_may_be_named(town: Town, who: str) -> None:
    official, seer = db.session.get_one(Official, town.people[who].id), town.actor(who)
    assert sight_of(town.case(), seer) == Sight.NOTHING
    assert town.case_id not in set(db.session.scalars(select(Case.id).where(visible_to(seer))))
    assert counts(seer, MONDAY.date())["sealed"] == 0
    with writing(), pytest.raises(Invalid):
        actions.name_handler(town.case(), official, town.actor(REGISTRAR), MONDAY)


def test_nobody_who_serves_in_it_is_offered_as_handler_even_with_a_second_post(town: Town) -> None:
    with writing():
        both = factories.make_official(Role.OFFICER, "04", name="Người hai vai")
        factories.add_post(both, Role.OFFICER, DENOUNCED)
        db.session.commit()
    page = town.ask(REGISTRAR, f"/desk/sealed/{town.reference}/name_handler")
    assert page.status_code == 200
    assert "Người hai vai" not in page.text
    assert not [name for name in IN_IT if f"Người {name}" in page.text]
    typed = {"officer": both.id, "version": town.case().version}
    assert town.ask(REGISTRAR, f"/desk/sealed/{town.reference}/name_handler", "POST", data=typed).status_code == 422


@pytest.mark.parametrize("role", ROLES)
def test_a_post_below_the_unit_denounced_shuts_out_whatever_else_is_held(town: Town, role: Role) -> None:
    """A unit below the commune is imagined: what counts is that its path begins with the commune's."""
    commune, top = unit(DENOUNCED), unit("04")
    below = PostFact(role, 987654, f"{commune.path}987654/")
    above = [PostFact(one, top.id, top.path) for one in (Role.INSPECTOR, Role.REGISTRAR, Role.HEAD)]
    for posts in ((below,), (below, *above), (*above, below)):
        who = Actor(role, official_id=1, posts=posts)
        assert sight_of(town.case(), who) == Sight.NOTHING
        assert serves_in(who, commune.path) and commune.id in line_of(who) == case_reach(who).never_about
        assert town.case_id not in set(db.session.scalars(select(Case.id).where(visible_to(who))))


def test_its_numbers_are_a_series_of_their_own(app: Flask) -> None:
    """No gap in the numbers of other petitions tells that a denunciation came between."""
    with writing():
        before = factories.make_case(now=MONDAY, category_code="land.dispute").reference
        sealed = factories.make_denunciation().reference
        after = factories.make_case(now=MONDAY, category_code="land.dispute").reference
        db.session.commit()
    assert sealed == "TC-2026-000001"
    assert int(after.rpartition("-")[2]) == int(before.rpartition("-")[2]) + 1


@pytest.mark.parametrize("who", ["supervisor@unit", "supervisor@parent", "head@unit", "head@parent"])
def test_supervisors_and_heads_have_numbers_and_no_text(town: Town, who: str) -> None:
    code = OFFICIALS[who][1]
    for url in (f"/statistics/{code}", f"/statistics/{code}.csv", f"/statistics/{code}/cases?figure=received",
                f"/statistics/{code}/views/subjects", "/desk/search?q=Zebrano",
                f"/desk/cases/{town.reference}"):  # fmt: skip
        said = town.ask(who, url).get_data(as_text=True)
        words = (*CANARIES[1:], BODY)  # the first was typed into the search and stands in its field
        assert not [word for word in words if word in said], url
        assert town.reference not in said or town.reference in url, url


def test_outsiders_are_many() -> None:
    assert set(IN_IT) <= set(OUTSIDERS)
