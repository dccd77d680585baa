"""Commands that look after the house: doctor, journal, worker, the list of doors."""

from __future__ import annotations

import json
import sys

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from .. import inspection
from ..journal.verify import verify

journal = AppGroup("journal", help="The chain of events.")


@journal.command("verify")
def journal_verify() -> None:
    """Read the whole chain; exit 1 and name the first broken link."""
    count, wrong = verify()
    click.echo(f"{count} events in an unbroken chain" if wrong is None else f"{count} events, then: {wrong}")
    sys.exit(0 if wrong is None else 1)


@click.command("doctor")
def doctor() -> None:
    """Check the database's durability, the law's data, mail and disk; exit 1 on a mismatch."""
    findings = inspection.examine()
    for finding in findings:
        click.echo(f"{'ok ' if finding.is_fine else 'BAD'}  {finding.what}: {finding.value}")
    sys.exit(0 if all(finding.is_fine for finding in findings) else 1)


@click.command("work")
@click.option("--once", is_flag=True, help="Do what is due now, then stop (for cron).")
def work(once: bool) -> None:
    """Send letters, remind residents, tidy up; runs until told to stop."""
    from ..worker import run

    run(current_app._get_current_object(), once=once)  # type: ignore[attr-defined]


@click.command("matrix")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def matrix(as_json: bool) -> None:
    """Every route with its guard: who may enter."""
    rows = inspection.doors(current_app)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        click.echo(f"{row['rule']:45} {'/'.join(row['methods']):9} {row['guard']:10} {' '.join(row['roles'])}")


@click.command("show-workflow")
@click.option("--kind", type=click.Choice(["feedback", "complaint"]), help="Only the steps of one kind of case.")
def show_workflow(kind: str | None) -> None:
    """The workflow as a table: verb, who may, from, to, what it carries, clocks, who is told."""
    from ..rules.workflow import STEPS

    for step in STEPS:
        if kind and kind not in step.kinds:
            continue
        who = ", ".join(f"{role}({reach})" for role, reach in step.who)
        source = " ".join(sorted(step.source)) or "-"
        click.echo(f"{step.action:15} [{'/'.join(sorted(step.kinds))}] {who}\n    {source} -> {step.to or 'stays'}")
        for label, values in (("carries", step.carries), ("starts", step.starts), ("meets", step.meets),
                              ("tells", step.tells)):  # fmt: skip
            if values:
                click.echo(f"    {label}: {' '.join(values)}")


def register(app: Flask) -> None:
    """Add the commands."""
    for command in (doctor, work, matrix, show_workflow, journal):
        app.cli.add_command(command)
