"""Commands that look after the house: doctor, worker, the workflow as a table."""

from __future__ import annotations

import sys

import click
from flask import Flask, current_app

from .. import inspection
from ..documents import paper_forms
from ..rules.workflow import TABLES, Kind, Status, Step


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

    if lost := current_app.config["LOST_KEY"]:
        raise click.ClickException(f"Not starting: {lost}")
    run(current_app._get_current_object(), once=once)  # type: ignore[attr-defined]


@click.command("show-workflow")
@click.option("--kind", type=click.Choice([str(kind) for kind in Kind]), help="Only the steps of one kind of case.")
def show_workflow(kind: str | None) -> None:
    """The workflow as tables: verb, who may, from, to, what it carries, clocks, who is told, which papers do it."""
    for table, steps in TABLES.items():
        if kind in (None, table):
            click.echo(f"== {table}")
            for step in steps:
                _show(step, table)


def _show(step: Step, kind: Kind) -> None:
    """One step, its facts each on a line of its own."""
    who = ", ".join(f"{role}({reach})" for role, reach in step.who)
    source = " ".join(status for status in Status if status in step.source) or "-"
    click.echo(f"{step.action:15} {who}\n    {source} -> {step.to or 'stays'}")
    papers = [f.id for f in paper_forms.FORMS.values() if f.action == step.action and kind in f.kinds]
    facts = {
        "carries": step.carries, "starts": step.starts, "meets": step.meets, "pauses": step.pauses,
        "resumes": step.resumes, "tells": step.tells, "papers": papers,
    }  # fmt: skip
    for label, values in facts.items():
        if values:
            click.echo(f"    {label}: {' '.join(values)}")


def register(app: Flask) -> None:
    """Add the commands."""
    for command in (doctor, work, show_workflow):
        app.cli.add_command(command)
