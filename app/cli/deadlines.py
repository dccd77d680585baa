"""The command that counts running clocks again after the calendar or the law has changed."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from itertools import groupby
from typing import Any

import click
from flask import Flask

from .. import clock
from ..cases.actions import recompute
from ..cases.models import Case
from ..cases.recount import Line, lines
from ..extensions import db, writing
from ..refusals import Refusal
from ..rules.deadlines import RulesError
from ..rules.workflow import THE_SYSTEM

DONE, TOLD, LEFT = "moved", "would move", "left"


@click.command("recompute-deadlines")
@click.option("--do", "is_meant", is_flag=True, help="Change the dates; without it they are only listed.")
@click.option("--reason", default="", help="Why, as residents and inspectors read it; needed with --do.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def recompute_deadlines(is_meant: bool, reason: str, as_json: bool) -> None:
    """List running clocks that would end on another day by today's calendar and rules; with --do move them.

    Each clock keeps the rule it was started by, its pauses and its extensions. Clocks that were met or ended are never
    touched. Of denunciations only the reference and the dates are shown. One event and one commit per case: it is safe
    to break off and to run again. Residents are not written to.

    Exit 0: no date differs, or all were moved. Exit 1: dates differ, or some case was left with the reason shown.
    """
    if is_meant and not reason.strip():
        raise click.UsageError("--do needs --reason: it stands in the event of every case")
    rows = [_told(line, TOLD) for line in lines()]
    if is_meant:
        by_case = groupby(rows, lambda row: row["case_id"])
        rows = [row for _case, group in by_case for row in _moved(list(group), reason)]
    for row in rows:
        del row["case_id"]
    _show(rows, as_json)
    sys.exit(1 if any(row["result"] != DONE for row in rows) else 0)


def _told(line: Line, result: str) -> dict[str, Any]:
    return {**asdict(line), "result": result if line.new else LEFT, "problem": ""}


def _moved(rows: list[dict[str, Any]], reason: str) -> list[dict[str, Any]]:
    """Move the clocks of one case, in a transaction of its own."""
    try:
        with writing():
            case = db.session.get_one(Case, rows[0]["case_id"])
            recompute(case, reason, THE_SYSTEM, clock.now())
            db.session.commit()
    except (Refusal, RulesError) as refusal:
        return [{**row, "result": LEFT, "problem": str(refusal)} for row in rows]
    return [{**row, "result": DONE} for row in rows]


def _show(rows: list[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1, default=str))
        return
    for row in rows:
        what = f"{row['stage'] or '(sealed)':24}"
        end = f" [{row['result']}{': ' + row['problem'] if row['problem'] else ''}]"
        click.echo(f"{row['reference']:20} {what} {row['old']} -> {row['new'] or 'unknown':10}{end}")
        for why in row["why"]:
            click.echo(f"    {why}")
    click.echo(_sum(rows))


def _sum(rows: list[dict[str, Any]]) -> str:
    cases = len({row["reference"] for row in rows})
    if not rows:
        return "No running clock would end on another day."
    counts = [f"{n} {result}" for result in (DONE, TOLD, LEFT) if (n := sum(row["result"] == result for row in rows))]
    more = "" if any(row["result"] == DONE for row in rows) else ". Nothing was changed"
    return f"{', '.join(counts)}, in {cases} cases{more}."


def register(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(recompute_deadlines)
