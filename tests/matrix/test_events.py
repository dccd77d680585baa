"""Check 57: every door that changes something or hands out data leaves exactly one event; so does every refusal."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text

from app.extensions import db
from app.journal.models import Event
from app.journal.verify import verify
from app.rules.workflow import Action

from .cast import OFFICIALS
from .doors import address, doors
from .stories import THE_CASE
from .world import World

DOORS = doors()
TASTES = {
    "petitions.language": "the language of one browser",
    "accounts.preferences": "an official's own language and keys: a taste (accounts.actions.prefer)",
    "accounts.end_sign_in": "an official shuts the own other browsers",
    "desk.save_filter": "an official's own way of narrowing the queue",
    "petitions.leave": "a resident's browser forgets what it opened",
    "dialogues.leave_booking": "the same for a booking",
    "reports.verify_journal": "the chain is read; nothing is changed",
    "reports.official_figures": "an empty form: nothing was typed, nothing is changed",
    "accounts.renew_codes": "an empty form: without the proof nothing is changed",
    "accounts.remove_second_factor": "the same",
    "desk.approve_erasure": "nothing was ticked; where something was: tests/keeping/test_retention.py",
    "letters.send_all_again": "no letter was given up here; where one was: tests/letters/test_dead_page.py",
    "accounts.end_sign_ins": "nobody was signed in there; where somebody was: tests/journal/test_changes.py",
}
"""POSTs that answer 303 and are no event, and why."""


def newest(world: World, count: int) -> list[Event]:
    """The last events, oldest first."""
    with world.app.app_context():
        found = list(db.session.scalars(select(Event).order_by(Event.seq.desc()).limit(count)))
        for event in found:
            _ = event.facts
        return found[::-1]


def let_in(door: tuple[str, str], answer: str) -> str:
    """An official who is answered so at this door; nobody where there is none."""
    return next((visitor for visitor in OFFICIALS if DOORS[door].get(visitor) == answer), "")


FOR_EVERYBODY = ("petitions.public_key", "petitions.blank_letter", "health.healthz", "health.readyz",
                 "petitions.robots")  # fmt: skip
"""Files that hold nothing of anybody: the key, an empty form, how the house is, what robots may read."""
HANDING = [door for door in DOORS if door[0] == "GET" and let_in(door, "200") and door[1] not in FOR_EVERYBODY]


@pytest.mark.parametrize("door", HANDING, ids=lambda door: door[1])
def test_what_leaves_as_a_file_leaves_one_event_and_a_page_leaves_none(world: World, door: tuple[str, str]) -> None:
    visitor, before = let_in(door, "200"), world.count()
    response = world.ask(visitor, "GET", address(world, door[1]))
    is_file = "Content-Disposition" in response.headers or response.mimetype not in ("text/html", "image/svg+xml")
    is_file = is_file and response.mimetype not in ("text/css", "text/calendar")
    assert world.count() - before == int(is_file), f"{visitor} {door[1]} {response.mimetype}"
    if is_file:
        event = newest(world, 1)[0]
        assert event.action == Action.EXPORTED
        assert event.official_id == world.officials[visitor]


CHANGING = [door for door in DOORS if door[0] == "POST" and let_in(door, "303")]


@pytest.mark.parametrize("door", CHANGING, ids=lambda door: door[1])
def test_a_change_leaves_one_event_unless_it_is_a_matter_of_taste(world: World, door: tuple[str, str]) -> None:
    visitor, before = let_in(door, "303"), world.count()
    response = world.ask(visitor, "POST", address(world, door[1]))
    assert response.status_code == 303
    happened = world.count() - before
    world.restore()
    assert happened == (0 if door[1] in TASTES else 1), f"{visitor} {door[1]}"


def test_a_denial_persists_names_the_door_and_the_case_and_nothing_of_it(world: World) -> None:
    number, reference = world.cases[THE_CASE]
    refused = world.denials()
    assert world.ask("officer@sibling", "GET", f"/desk/cases/{reference}").status_code == 404
    assert world.ask("officer@sibling", "GET", "/desk/cases/PA-2026-999999").status_code == 404
    assert world.ask("clerk@unit", "GET", "/admin/settings").status_code == 403
    assert world.denials() == refused + 3
    of_case, of_nothing, of_role = newest(world, 3)
    assert (of_case.subject, of_nothing.subject, of_role.subject) == (f"case:{number}", "", "")
    assert of_case.facts == {"door": "desk.case", "method": "GET", "status": 404}
    assert of_case.case_id is None
    assert of_role.official_id == world.officials["clerk@unit"]
    assert of_role.facts["status"] == 403


def test_residents_and_passers_by_leave_no_denials(world: World) -> None:
    before = world.denials()
    for visitor in ("anonymous", "resident", "stranger"):
        world.ask(visitor, "GET", f"/desk/cases/{world.cases[THE_CASE][1]}")
        world.ask(visitor, "GET", "/follow/files/0" + "0" * 31)
    assert world.denials() == before


def test_a_sign_in_and_a_failed_one_are_an_event_each_though_the_page_refused(world: World) -> None:
    before = world.count()
    answer = world.ask("anonymous", "POST", "/sign-in", data={"account": "nobody", "password": "x" * 20})
    assert answer.status_code == 422
    assert world.count() == before + 1
    assert newest(world, 1)[0].action == Action.SIGN_IN_FAILED


def test_the_journal_is_gapless_and_whole_after_all_of_this(world: World) -> None:
    with world.app.app_context():
        numbers = db.session.execute(text("select count(*), min(seq), max(seq) from event")).one()
        assert (numbers[1], numbers[2]) == (1, numbers[0])
        assert verify() == (numbers[0], None)
