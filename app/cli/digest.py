"""The command that shows the morning's digests before they are written."""

from __future__ import annotations

from datetime import date, datetime

import click
from flask import Flask
from sqlalchemy import select

from .. import clock
from ..accounts.models import Official
from ..cases.models import Case
from ..dialogues.queries.named import named
from ..extensions import db
from ..journal.models import Morning
from ..letters.digest import SEALED, lines_of
from ..letters.watch import Due, due
from ..units.calendar import law
from ..units.queries import by_ids


@click.command("digest")
@click.option("--show", is_flag=True, help="Print whom the worker would tell what; nothing is changed.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="As if it were that day (YYYY-MM-DD); default today.")
def digest(show: bool, on: datetime | None) -> None:
    """The digest of warnings that officials get each working morning; the worker writes it."""
    if not show:
        raise click.UsageError("the worker writes the digests (flask work); --show prints what they would say")
    day = on.date() if on else clock.today()
    if not law().calendar.is_working(day):
        click.echo(f"{day} is a day off: no digest")
        return
    if db.session.get(Morning, day) is not None:
        click.echo(f"the digests of {day} are written; what is new since then waits for the next working morning")
    found = due(day)
    for one in found:
        _print(one, day)
    click.echo(f"{len(found)} digests, {sum(len(one.tellings) + len(one.things) for one in found)} steps")


def _print(one: Due, day: date) -> None:
    official = db.session.get_one(Official, one.official_id)
    click.echo(f"{official.account} ({'by mail and at the desk' if official.email.strip() else 'at the desk only'})")
    lines = lines_of([*one.tellings, *one.things], day)
    ids = {line["case"] for line in lines if "stage" in line and "case" in line}
    references = dict(db.session.execute(select(Case.id, Case.reference).where(Case.id.in_(ids))).all())
    things = named({line["about"] for line in lines if "about" in line})
    units = by_ids([line["unit"] for line in lines if line.get("unit")])
    for line in lines:
        unit = units[line["unit"]].code if line.get("unit") else "-"
        if "stage" in line:
            number = references[line["case"]] if "case" in line else things[line["about"]].number or line["about"]
            click.echo(f"  {number}  {line['stage']}  due {line['due_on']}  left {line['left']}"
                       f"  {unit}  {line['why']}")  # fmt: skip
        else:
            click.echo("  one more matter to look at" if line["why"] == SEALED else f"  nobody to tell at unit {unit}")
    if one.late_open:
        click.echo(f"  still late: {one.late_open}")


def register(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(digest)
