"""The matrix is published: by the command for programs, and in docs/permissions.md for people (check 12)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask, g

from app.cli import permissions as command
from app.guards import role
from app.inspection import doors, undecided
from app.rules.permissions import OFFICIALS, VISITORS, tables
from app.rules.workflow import Role

PAGE = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"
FIELDS = {"endpoint", "rule", "method", "which", "guard", "roles", "reaches", "expected", "leads_to",
          "tried_on_nothing"}  # fmt: skip


def test_every_route_is_printed_with_its_guard_and_the_answer_of_each_visitor(app: Flask) -> None:
    done = app.test_cli_runner().invoke(command.matrix, ["--json"])
    assert done.exit_code == 0, done.output
    rows = json.loads(done.stdout)
    there = {(method, rule.endpoint) for rule in app.url_map.iter_rules()
             for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}}  # fmt: skip
    assert {(row["method"], row["endpoint"]) for row in rows} == there
    for row in rows:
        assert set(row) == FIELDS and set(row["expected"]) == set(VISITORS), row
        assert all(200 <= status < 500 for status in row["expected"].values())
        assert row["roles"] and row["reaches"], row


def test_a_route_nobody_decided_about_makes_the_command_fail(app: Flask) -> None:
    @role(Role.CLERK)
    def forgotten() -> str:
        return str(g.actor)

    app.add_url_rule("/forgotten", "desk.forgotten", forgotten)
    assert undecided(app) == ["nobody decided who may GET desk.forgotten"]
    done = app.test_cli_runner().invoke(command.matrix, ["--json"])
    assert done.exit_code == 1 and "desk.forgotten" in done.stderr


def test_a_guard_that_lets_in_fewer_than_the_page_says_makes_the_command_fail(app: Flask) -> None:
    app.view_functions["desk.intake"] = role(Role.CLERK)(lambda: "")
    wrong = undecided(app)
    assert "GET desk.intake: the page lets in officer, its guard does not" in wrong


def test_the_page_for_people_is_the_one_the_program_writes(app: Flask) -> None:
    assert PAGE.read_text("utf-8") == command.page(app), "run: flask --app wsgi matrix --write"


@pytest.mark.parametrize("row", [pytest.param(row, id=row[0]) for row in tables()["AS"].rows])
def test_whoever_a_door_is_said_to_be_for_is_somebody(row: list[str], app: Flask) -> None:
    door, sign, *who = row
    known = {found["endpoint"] for found in doors(app)}
    assert door.partition(":")[0] in known
    assert set(who) <= (known if sign == "=" else {*VISITORS, *OFFICIALS, "handler", "nobody"})
