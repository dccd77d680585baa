"""Every verb x every stage x everybody: done where the published page says so, else refused and nothing changed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.factories import PASSWORD

from .cast import OFFICIALS, VISITORS, role_of
from .doors import grid, table
from .stories import NOW
from .world import World, resident_cookie


def cells(*names: str) -> tuple[list[str], dict[str, dict[str, str]]]:
    """Tables with the same verbs side by side: the stages of all, and action -> stage -> cell."""
    stages: list[str] = []
    found: dict[str, dict[str, str]] = {}
    for name in names:
        head, rows = grid(name)
        stages += head
        for action, *said in rows:
            found.setdefault(action, {}).update(zip(head, said, strict=True))
    return stages, found


STAGES, ACTS = cells("ACTS", "COMPLAINT_ACTS", "DIALOGUE_ACTS")
COMPLAINTS, DIALOGUES = grid("COMPLAINT_ACTS")[0], grid("DIALOGUE_ACTS")[0]
CLERK_SEES = table("CLERK_SEES").text.split()
LETTERS = {"clerk@unit": "c", "officer@unit": "o", "colleague@unit": "x", "head@unit": "h"}
NEAR = tuple(LETTERS)
FAR = tuple(visitor for visitor in VISITORS if visitor not in LETTERS)
DOORS = [pytest.param(action, stage, id=f"{action}-{stage}") for action in ACTS for stage in STAGES]


HOURS = {"on": f"{NOW.date() + timedelta(days=14)}", "starts": "08:30", "ends": "10:00"}
SAID_ON = {"on": f"{NOW.date()}", "text": "Có biên bản kèm theo."}


def form(world: World, action: str, stage: str) -> dict[str, Any]:
    """A form filled in so that nothing but permission can stand in its way."""
    other = "assigned" if stage == "received" else "received"
    return {"version": world.version(stage)} | {
        "register": {"signed_on": "2026-11-17"},
        "correct": {"kind": "complaint" if stage in COMPLAINTS else "feedback",
                    "category": "land.dispute", "commune": "01447", "place": "Xóm Bản Viết", "reason": "Ghi nhầm."},
        "refuse": {"ground": "spam", "reason": "Không rõ nội dung."},
        "mark_duplicate": {"reference": world.cases[other][1]},
        "assign": {"officer": world.officials["colleague@unit"]},
        "forward": {"unit": "01273", "reason": "Thuộc địa bàn khác."},
        "ask": {"text": "Ở đâu?"}, "note": {"text": "Đã gọi."}, "draft": {"text": "Đã làm."},
        "propose": {"text": "Đã làm.", "outcome": "resolved"}, "send_back": {"reason": "Viết rõ hơn."},
        "approve": {"password": PASSWORD}, "close": {"outcome": "explained"}, "classify": {"remark": "Thiếu ngày."},
        "split": {"kind": "feedback", "title": "Việc thứ hai", "body": "Phần sau của đơn.", "category": "land.dispute",
                  "unit": "01447", "reason": "Đơn có hai việc."},
        "request_part": {"unit": "so-y-te", "text": "Ý kiến của Sở?", "due_on": f"{NOW.date()}"},
        "schedule": HOURS | {"mode": "in_person", "place": "Trụ sở"},
        "offer_times": {f"{name}1": value for name, value in HOURS.items()} | {"mode": "in_person", "place": "Trụ sở"},
        "publish_request": {"title": "Nước sạch", "text": "Xin gặp về nước sạch.", "anyway": "y"},
        "hold_dialogue": SAID_ON, "withdraw_part": SAID_ON, "send": SAID_ON, "publish": SAID_ON, "enforce": SAID_ON,
        "withdraw": SAID_ON | {"reason": "Có đơn rút."}, "archive": {"reason": "Đã xong."},
    }.get(action, {})  # fmt: skip


def answers(action: str, stage: str, visitor: str) -> set[int]:
    """The answers that the published page allows for one cell."""
    if visitor not in OFFICIALS:
        return {302}
    if visitor in LETTERS:
        if visitor == "clerk@unit" and stage not in CLERK_SEES:
            return {404}
        if LETTERS[visitor] in ACTS[action][stage]:
            return {303}
        if action == "hold_dialogue" and stage in DIALOGUES and visitor != "clerk@unit":
            return {409}
        ever = LETTERS[visitor] in "".join(ACTS[action].values())
        return {403, 409} if ever else {403}
    return {403} if _in_sight(visitor) else {404}


def _in_sight(visitor: str) -> bool:
    """Who sees something of the case, or is refused at the room's own door whether there is a case or not."""
    role, place = role_of(visitor), visitor.partition("@")[2]
    sees = {"head": ("parent", "past"), "clerk": ("past",), "officer": ("past",), "supervisor": ("unit", "parent"),
            "inspector": ("unit", "parent"), "administrator": (place,), "registrar": ()}  # fmt: skip
    return place in sees[role]


EVENTS = {"split": 2, "schedule": 2, "choose_time": 2}
"""Verbs that leave more than one event: a part taken out arrives as a case of its own, a time plans a session."""


def try_out(world: World, action: str, stage: str, visitor: str) -> str:
    """What is wrong with one cell; nothing is good."""
    url = f"/desk/cases/{world.cases[stage][1]}/{action}"
    before, refused = world.count(), world.denials()
    response = world.ask(visitor, "POST", url, data=form(world, action, stage))
    happened, refused = world.count() - before, world.denials() - refused
    is_denied = visitor in OFFICIALS and response.status_code in (403, 404)
    wanted = answers(action, stage, visitor)
    should = EVENTS.get(action, 1) if wanted == {303} else 0
    if happened:
        world.restore()
    if response.status_code in wanted and happened == should and refused == int(is_denied):
        return ""
    return f"{visitor}: {response.status_code}, {happened} events, {refused} denials, not {sorted(wanted)} and {should}"


@pytest.mark.parametrize(("action", "stage"), DOORS)
def test_the_people_of_the_unit_do_what_is_theirs_and_nothing_else(world: World, action: str, stage: str) -> None:
    wrong = [found for visitor in NEAR if (found := try_out(world, action, stage, visitor))]
    assert not wrong, f"{action} on {stage}\n" + "\n".join(wrong)


@pytest.mark.parametrize("action", [action for action in ACTS if action != "give_part"])
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


SAID = {"reply": {"text": "Khoảng 20 mét."}, "withdraw": {}, "rate": {"level": "5"}, "reopen": {"reason": "Vẫn sạt."},
        "choose_time": {"offer": "0"}, "insist": {"reason": "Vẫn muốn gặp."}}  # fmt: skip
_STAGES, RESIDENT_ACTS = cells("RESIDENT_ACTS", "RESIDENT_COMPLAINT_ACTS", "RESIDENT_DIALOGUE_ACTS")


@pytest.mark.parametrize("action", RESIDENT_ACTS)
def test_residents_do_to_their_own_case_what_is_theirs(world: World, action: str) -> None:
    wrong = []
    for stage, may in RESIDENT_ACTS[action].items():
        world.cookies["own"] = resident_cookie(world, stage)
        before = world.count()
        response = world.ask("own", "POST", f"/follow/case/{action.replace('_', '-')}", data=SAID[action])
        happened = world.count() - before
        wanted = {"yes": (303, EVENTS.get(action, 1)), "no": (409, 0), "never": (403, 0)}[may]
        if (action, stage) == ("withdraw", "scheduled"):
            wanted = (303, 2)  # the session planned for this request alone is called off with it
        if (response.status_code, happened) != wanted:
            wrong.append(f"{stage}: {response.status_code} and {happened} events, not {wanted}")
        if happened:
            world.restore()
    assert not wrong, f"{action}\n" + "\n".join(wrong)


def test_the_published_page_knows_every_verb_of_the_desk() -> None:
    from app.desk.verbs import VERBS

    assert set(ACTS) == {str(action) for action in VERBS}


def test_only_the_unit_that_was_asked_gives_its_part_and_only_once(world: World) -> None:
    ask = {"version": world.version("assigned"), "unit": "01273", "text": "Ý kiến?", "due_on": f"{NOW.date()}"}
    url = f"/desk/cases/{world.cases['assigned'][1]}"
    assert world.ask("officer@unit", "POST", f"{url}/request_part", data=ask).status_code == 303
    said = {"version": world.version("assigned"), "text": "Không có ý kiến khác."}
    wrong = []
    for visitor in OFFICIALS:
        before = world.count()
        status = world.ask(visitor, "POST", f"{url}/give_part", data=said).status_code
        if status == 303 or world.count() > before:
            wrong.append(f"{visitor}: {status}")
        if len(wrong) == 1 and visitor == "officer@sibling":
            wrong.clear()
    world.restore()
    assert not wrong, wrong
