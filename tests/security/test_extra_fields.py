"""Fields that no page of ours sends are ignored or refused, never stored, at every changing door (check 14)."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from sqlalchemy import text

from app.cases.receipts import new_token
from app.extensions import db
from tests.factories import unit
from tests.matrix.stories import THE_CASE
from tests.matrix.test_acts import ACTS, LETTERS, form
from tests.matrix.test_doors import DOORS, address
from tests.matrix.world import World

EXTRA = {
    "unit_id": "1", "received_at": "2020-01-01", "submitted_at": "2020-01-01", "due_at": "2030-01-01",
    "closed_at": "2020-01-01", "is_denunciation": "1", "official_id": "1", "assigned_to_id": "1", "case_id": "1",
    "id": "1", "reference": "PA-2020-000001", "rating_level": "5", "is_registered": "1", "is_sealed": "1",
    "denounced_unit_id": "1", "actor_role": "administrator", "entered_by_id": "1", "created_at": "2020-01-01",
    "answered_at": "2020-01-01", "custody": "1", "public_id": "0" * 32, "path": "/1/", "password_hash": "x",
    "is_disabled": "", "must_change_password": "", "account": "root",
}  # fmt: skip
"""Names of columns and what an outsider would try. Where a page of ours has a field of that name the door is tried
without it: see OWN."""
SOMETIMES = {"status": "closed", "kind": "denunciation", "due_on": "2030-01-01", "role": "administrator",
             "outcome": "resolved", "unit": "04", "version": "1"}  # fmt: skip
"""Names that some page has: sent only to doors whose page has no such field."""
SKIPPED = {"event", "search_document", "attempt", "sign_in", "alembic_version"}
VOLATILE = {"hash", "prev_hash", "public_id", "storage_key", "code_hash", "token_hash", "key_hash", "password_hash",
            "salt", "commitment", "content_hash", "calendar_key", "sha256", "size"}  # fmt: skip


def dump(world: World) -> dict[str, list[str]]:
    """Every row of every table, without what is random; of what is sealed only its length."""
    with world.app.app_context():
        found = {}
        for table in sorted(db.metadata.tables):
            if table.split("_fts")[0] in SKIPPED:
                continue
            rows = db.session.execute(text(f'select * from "{table}"')).mappings()
            found[table] = sorted(_line(dict(row)) for row in rows)
        db.session.rollback()
        return found


def _line(row: dict[str, Any]) -> str:
    kept = {key: value for key, value in row.items() if key not in VOLATILE}
    kept |= {key: len(value) for key, value in kept.items() if key.startswith("sealed") and value}
    return re.sub(r"[0-9a-f]{32,64}", "…", json.dumps(kept, default=str, sort_keys=True))


def outcome(world: World, who: str, url: str, data: dict[str, Any]) -> tuple[int, dict[str, list[str]]]:
    """The answer and what the database holds afterwards; the world is put back."""
    status = world.ask(who, "POST", url, data=data).status_code
    after = dump(world)
    world.restore()
    return status, after


def differences(one: dict[str, list[str]], other: dict[str, list[str]]) -> list[str]:
    """The rows that are not in both."""
    return [f"{table}: {row}" for table in one for row in {*one[table]} ^ {*other[table]}]


def changing() -> list[tuple[str, str]]:
    """Each changing door with somebody who is let in."""
    found = {}
    for (method, endpoint), cells in DOORS.items():
        who = next((who for who, cell in cells.items() if cell not in ("in", "door", "403", "404")), None)
        if method == "POST" and who and cells[who] != "302":
            found[endpoint] = who
    return list(found.items())


@pytest.mark.parametrize(("endpoint", "who"), changing())
def test_no_door_stores_a_field_its_page_does_not_have(world: World, endpoint: str, who: str) -> None:
    url = address(world, endpoint)
    plain, with_extra = outcome(world, who, url, {}), outcome(world, who, url, EXTRA)
    assert with_extra[0] in (plain[0], 400, 409, 422), (plain[0], with_extra[0])
    assert differences(plain[1], with_extra[1]) == []


ONCE = [(action, next(stage for stage in stages if stages[stage] != ".")) for action, stages in ACTS.items()
        if any(cell != "." for cell in stages.values())]  # fmt: skip


@pytest.mark.parametrize(("action", "stage"), ONCE)
def test_no_verb_of_the_desk_stores_more_than_its_form(world: World, action: str, stage: str) -> None:
    who = next(name for name, letter in LETTERS.items() if letter in ACTS[action][stage])
    url, typed = f"/desk/cases/{world.cases[stage][1]}/{action}", form(world, action, stage)
    more = {key: value for key, value in {**EXTRA, **SOMETIMES}.items() if key not in typed}
    for name in NAMED.get(action, ()):
        more.pop(name, None)
    plain, with_extra = outcome(world, who, url, typed), outcome(world, who, url, {**typed, **more})
    assert plain[0] == 303
    assert with_extra[0] == plain[0]
    assert differences(plain[1], with_extra[1]) == []


NAMED = {
    "forward": ("unit", "due_on"), "request_part": ("due_on", "unit"), "close": ("outcome",), "propose": ("outcome",),
    "draft": ("outcome",), "approve": ("outcome",),
    "correct": ("kind", "unit"), "split": ("kind", "unit"), "mark_duplicate": ("reference",), "refuse": ("outcome",),
    "schedule": ("kind",),
}  # fmt: skip
"""Fields of the verb's own form that may be left out."""


def test_the_counter_stores_what_was_typed_and_nothing_more(world: World) -> None:
    typed = {
        "token": new_token(), "kind": "feedback", "title": "Cầu treo bản Giốc hỏng", "body": "Ba tấm ván đã gãy.",
        "category": "roads.surface", "commune": "01447", "place": "Cầu treo", "channel": "counter",
        "name": "Hà Văn Tú", "phone": "0912 000 018",
    }  # fmt: skip
    more = {**EXTRA, "status": "closed", "due_on": "2030-01-01", "role": "administrator", "outcome": "resolved"}
    plain = outcome(world, "clerk@unit", "/desk/intake", typed)
    assert plain[0] == 303
    assert outcome(world, "clerk@unit", "/desk/intake", {**typed, **more}) == plain


def test_a_new_official_gets_what_was_typed_and_nothing_more(world: World) -> None:
    typed = {"account": "can-bo-moi", "name": "Hoàng Văn Mới", "unit": "01447", "role": "officer", "title": ""}
    more = {key: value for key, value in EXTRA.items() if key not in typed}
    plain = outcome(world, "administrator@unit", "/admin/officials/new", typed)
    assert outcome(world, "administrator@unit", "/admin/officials/new", {**typed, **more}) == plain


def test_nobody_moves_a_case_to_the_own_desk_by_a_field(world: World) -> None:
    with world.app.app_context():
        mine = unit("01273").id
    typed = {"version": world.version(THE_CASE), "text": "x", "unit_id": mine, "unit": "01273"}
    url = f"/desk/cases/{world.cases[THE_CASE][1]}/note"
    assert world.ask("officer@sibling", "POST", url, data=typed).status_code == 404
    assert outcome(world, "officer@unit", url, typed)[0] == 303
    assert world.ask("officer@sibling", "GET", f"/desk/cases/{world.cases[THE_CASE][1]}").status_code == 404


@pytest.mark.parametrize("who", ["officer@sibling", "colleague@unit", "officer@past", "head@sibling", "clerk@unit",
                                 "inspector@unit", "supervisor@unit"])  # fmt: skip
def test_nobody_assigns_a_case_to_themselves_outside_the_workflow(world: World, who: str) -> None:
    """Check 16, its workflow half: no verb, in bulk or alone, gives a case to somebody it does not allow."""
    reference = world.cases["waiting"][1]
    tries = [(f"/desk/cases/{reference}/take", {}), (f"/desk/cases/{reference}/assign", {}),
             ("/desk/bulk", {"do": "assign", "step": "confirm"})]  # fmt: skip
    for url, more in tries:
        typed = {**more, "version": world.version("waiting"), "officer": world.officials[who],
                 "case": f"{reference}@{world.version('waiting')}", "assigned_to_id": world.officials[who]}  # fmt: skip
        world.ask(who, "POST", url, data=typed)
        holder = world.count(f"select assigned_to_id from petition_case where id = {world.cases['waiting'][0]}")
        assert holder == world.officials["officer@unit"], url
    world.restore()
