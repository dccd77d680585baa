"""Every verb x every stage x everybody: done where the published page says so, else refused and nothing changed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories import PASSWORD

from . import table
from .cast import OFFICIALS, VISITORS, role_of
from .doors import grid
from .world import World, resident_cookie

STAGES, _ROWS = grid(table.ACTS)
ACTS = {row[0]: dict(zip(STAGES, row[1:], strict=True)) for row in _ROWS}
LETTERS = {"clerk@unit": "c", "officer@unit": "o", "colleague@unit": "x", "head@unit": "h"}
NEAR = tuple(LETTERS)
FAR = tuple(visitor for visitor in VISITORS if visitor not in LETTERS)
DOORS = [pytest.param(action, stage, id=f"{action}-{stage}") for action in ACTS for stage in STAGES]


def form(world: World, action: str, stage: str) -> dict[str, Any]:
    """A form filled in so that nothing but permission can stand in its way."""
    other = "assigned" if stage == "received" else "received"
    return {"version": world.version(stage)} | {
        "register": {"signed_on": "2026-11-17"},
        "correct": {"kind": "complaint" if stage in ("complaint", "registered", "accepted") else "feedback",
                    "category": "land.dispute", "commune": "01447", "place": "Xóm Bản Viết", "reason": "Ghi nhầm."},
        "refuse": {"ground": "spam", "reason": "Không rõ nội dung."},
        "mark_duplicate": {"reference": world.cases[other][1]},
        "assign": {"officer": world.officials["colleague@unit"]},
        "forward": {"unit": "01273", "reason": "Thuộc địa bàn khác."},
        "ask": {"text": "Ở đâu?"}, "note": {"text": "Đã gọi."}, "draft": {"text": "Đã làm."},
        "propose": {"text": "Đã làm.", "outcome": "resolved"}, "send_back": {"reason": "Viết rõ hơn."},
        "approve": {"password": PASSWORD}, "close": {"outcome": "explained"},
    }.get(action, {})  # fmt: skip


def answers(action: str, stage: str, visitor: str) -> set[int]:
    """The answers that the published page allows for one cell."""
    if visitor not in OFFICIALS:
        return {302}
    if visitor in LETTERS:
        if visitor == "clerk@unit" and stage not in table.CLERK_SEES:
            return {404}
        if LETTERS[visitor] in ACTS[action][stage]:
            return {303}
        ever = LETTERS[visitor] in "".join(ACTS[action].values())
        return {403, 409} if ever else {403}
    return {403} if _in_sight(visitor) else {404}


def _in_sight(visitor: str) -> bool:
    """Who sees something of the case, or is refused at the room's own door whether there is a case or not."""
    role, place = role_of(visitor), visitor.partition("@")[2]
    sees = {"head": ("parent", "past"), "clerk": ("past",), "officer": ("past",), "supervisor": ("unit", "parent"),
            "inspector": ("unit", "parent"), "administrator": (place,)}  # fmt: skip
    return place in sees[role]


def try_out(world: World, action: str, stage: str, visitor: str) -> str:
    """What is wrong with one cell; nothing is good."""
    url = f"/desk/cases/{world.cases[stage][1]}/{action}"
    before = world.count()
    response = world.ask(visitor, "POST", url, data=form(world, action, stage))
    happened = world.count() - before
    wanted = answers(action, stage, visitor)
    should = int(wanted == {303})
    if happened:
        world.restore()
    if response.status_code in wanted and happened == should:
        return ""
    return f"{visitor}: {response.status_code} and {happened} events, not {sorted(wanted)} and {should}"


@pytest.mark.parametrize(("action", "stage"), DOORS)
def test_the_people_of_the_unit_do_what_is_theirs_and_nothing_else(world: World, action: str, stage: str) -> None:
    wrong = [found for visitor in NEAR if (found := try_out(world, action, stage, visitor))]
    assert not wrong, f"{action} on {stage}\n" + "\n".join(wrong)


@pytest.mark.parametrize("action", ACTS)
def test_nobody_else_does_anything_by_any_verb(world: World, action: str) -> None:
    stage = next(stage for stage in STAGES if ACTS[action][stage] != ".")
    wrong = [found for visitor in FAR if (found := try_out(world, action, stage, visitor))]
    assert not wrong, f"{action} on {stage}\n" + "\n".join(wrong)


@pytest.mark.parametrize("stage", STAGES)
def test_nobody_else_does_anything_at_any_stage(world: World, stage: str) -> None:
    action = next((action for action in ("forward", "close", "approve") if ACTS[action][stage] != "."), "note")
    wrong = [found for visitor in FAR if (found := try_out(world, action, stage, visitor))]
    assert not wrong, f"{action} on {stage}\n" + "\n".join(wrong)


@pytest.mark.soak
@pytest.mark.parametrize(("action", "stage"), DOORS)
def test_nobody_else_does_anything_in_any_cell(world: World, action: str, stage: str) -> None:
    wrong = [found for visitor in FAR if (found := try_out(world, action, stage, visitor))]
    assert not wrong, f"{action} on {stage}\n" + "\n".join(wrong)


SAID = {"reply": {"text": "Khoảng 20 mét."}, "withdraw": {}, "rate": {"level": "5"}, "reopen": {"reason": "Vẫn sạt."}}
RESIDENT_STAGES, _RESIDENT_ROWS = grid(table.RESIDENT_ACTS)


@pytest.mark.parametrize("row", _RESIDENT_ROWS, ids=lambda row: row[0])
def test_residents_do_to_their_own_case_what_is_theirs(world: World, row: list[str]) -> None:
    action, cells = row[0], dict(zip(RESIDENT_STAGES, row[1:], strict=True))
    wrong = []
    for stage, may in cells.items():
        world.cookies["own"] = resident_cookie(world, stage)
        before = world.count()
        response = world.ask("own", "POST", f"/follow/case/{action}", data=SAID[action])
        happened = world.count() - before
        wanted = (303, 1) if may == "yes" else (409, 0)
        if (response.status_code, happened) != wanted:
            wrong.append(f"{stage}: {response.status_code} and {happened} events, not {wanted}")
        if happened:
            world.restore()
    assert not wrong, f"{action}\n" + "\n".join(wrong)


def test_the_published_page_knows_every_verb_of_the_desk() -> None:
    from app.desk.verbs import VERBS

    assert set(ACTS) == {str(action) for action in VERBS}
