"""Commands about the figures."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from itertools import islice

import click
from flask import Flask

from .. import clock
from ..extensions import db, writing
from ..refusals import Missing
from ..reports import tree
from ..reports.cells import keep, prove
from ..reports.facts import recount as recounted
from ..reports.figures import Figures, Question, gather
from ..reports.plain import plain
from ..reports.span import Span

DAY = click.DateTime(["%Y-%m-%d"])


@click.command("unit-statistics")
@click.option("--from", "first", type=DAY, required=True, help="First day, 2026-07-01.")
@click.option("--to", "last", type=DAY, required=True, help="Last day, included.")
@click.option("--unit", "code", default="", help="Code of the unit; the top of the tree without it.")
@click.option("--kind", type=click.Choice(["feedback", "complaint", "dialogue"]), help="Only one kind of case.")
@click.option("--alone", is_flag=True, help="Only the unit's own custodies, nothing below.")
@click.option("--recount", is_flag=True, help="Count again from every row by the formulas; exit 1 if it differs.")
def unit_statistics(first: datetime, last: datetime, code: str, kind: str | None, alone: bool, recount: bool) -> None:
    """Print a unit's figures and those of the units below it as JSON: the same as page and CSV show."""
    if first > last:
        raise click.BadParameter("the first day lies after the last", param_hint="--from")
    try:
        place = tree.place(code)
    except Missing:
        raise click.BadParameter(f"no unit has the code {code!r}", param_hint="--unit") from None
    now = clock.now()
    figures = gather(place, Question(Span(first.date(), last.date()), kind or "", not alone), now, with_months=False)
    click.echo(json.dumps(plain(figures), ensure_ascii=False, indent=1))
    if recount and recounted(place.ids(not alone), figures.question, now) != figures.total:
        click.echo(f"recount differs: {_differing(figures, now)}", err=True)
        sys.exit(1)


def _differing(figures: Figures, now: datetime) -> str:
    again = recounted(figures.place.ids(figures.question.with_below), figures.question, now)
    return ", ".join(
        f"{name} {value} is {getattr(again, name)}"
        for name, value in vars(figures.total).items()
        if value != getattr(again, name)
    )


@click.group("statistics")
def statistics() -> None:
    """The cells behind the figures: count them anew, or prove them."""


@statistics.command("rebuild")
def rebuild() -> None:
    """Drop all cells and count every custody anew. Nothing else is touched."""
    with writing():
        number = keep.rebuild()
        db.session.commit()
    click.echo(f"{number} custodies counted")


@statistics.command("verify")
@click.option("--limit", default=100, show_default=True, help="Differences named before the command stops looking.")
def verify(limit: int) -> None:
    """Recount everything from the events and compare it with custodies and cells; exit 1 and name what differs."""
    found = list(islice(prove.differences(), limit))
    for line in found:
        click.echo(line, err=True)
    counted, last = keep.counted_until(), keep.latest()
    click.echo(f"cells hold events up to {counted} of {last}; {len(found) or 'no'} differences")
    if found:
        sys.exit(1)


def register(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(unit_statistics)
    app.cli.add_command(statistics)
