"""Every route x every visitor answers as the published page says."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from .cast import VISITORS
from .doors import address, doors
from .world import World, resident_cookie

DOORS = doors()
EXPECTED = {"in": (302, "/sign-in"), "door": (302, "/follow")}
CHANGED = (200, 303)


def rules(app: Flask) -> set[tuple[str, str]]:
    """(method, endpoint) of everything the program answers."""
    return {
        (method, rule.endpoint)
        for rule in app.url_map.iter_rules() for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }  # fmt: skip


def test_every_route_stands_in_the_matrix_and_the_matrix_knows_no_other(world: World) -> None:
    published = {(method, endpoint.partition(":")[0]) for method, endpoint in DOORS}
    assert rules(world.app) - published == set(), (
        "routes nobody decided about: add them to app/rules/data/permissions.txt"
    )
    assert published - rules(world.app) == set(), "the published page names doors that do not exist"


def test_the_matrix_has_a_cell_for_every_visitor() -> None:
    for door, cells in DOORS.items():
        assert set(cells) == set(VISITORS), door


@pytest.mark.parametrize("door", DOORS, ids=lambda door: " ".join(door))
def test_each_visitor_is_answered_as_published(world: World, door: tuple[str, str]) -> None:
    method, endpoint = door
    url = address(world, endpoint)
    wrong = []
    for visitor, wanted in DOORS[door].items():
        response = world.ask(visitor, method, url)
        status, place = EXPECTED.get(wanted, (int(wanted) if wanted.isdigit() else 0, ""))
        is_right = response.status_code == status and (not place or _leads_to(response.headers["Location"], place))
        if not is_right:
            wrong.append(f"{visitor}: {response.status_code} {response.headers.get('Location', '')}, not {wanted}")
        if method == "POST" and response.status_code in CHANGED:
            world.restore()
    assert not wrong, f"{method} {url}\n" + "\n".join(wrong)


def _leads_to(location: str, place: str) -> bool:
    return re.split(r"[?#]", location)[0] == place


METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH")


@pytest.mark.parametrize("endpoint", sorted({endpoint.partition(":")[0] for _m, endpoint in DOORS}))
def test_no_door_answers_a_method_that_is_not_published(world: World, endpoint: str) -> None:
    published = {method for method, name in DOORS if name.partition(":")[0] == endpoint}
    which = next(name for _m, name in DOORS if name.partition(":")[0] == endpoint)
    url = address(world, which)
    before = world.count()
    for method in METHODS:
        if method not in published:
            for visitor in ("anonymous", "resident", "head@unit", "administrator@parent"):
                assert world.ask(visitor, method, url).status_code == 405, f"{visitor} {method} {url}"
    assert world.count() == before


@pytest.mark.parametrize(("stage", "status"), [("complaint", 200), ("registered", 404), ("received", 404)])
def test_only_a_complaint_that_waits_for_its_signature_has_a_letter_to_sign(
    world: World, stage: str, status: int
) -> None:
    world.cookies["own"] = resident_cookie(world, stage)
    assert world.ask("own", "GET", "/follow/case/letter.pdf").status_code == status
