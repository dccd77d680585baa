"""The command that makes a demo: officials and months of cases, through the real verbs or by the hundred thousand."""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app

from .. import clock
from ..demo import passwords, province
from ..demo.bulk import seed_bulk
from ..extensions import db, writing


def register(app: Flask) -> None:
    """Add the command to the app."""
    app.cli.add_command(seed_demo)


@click.command("seed-demo")
@click.option("--cases", default=2000, show_default=True, type=click.IntRange(1), help="How many cases.")
@click.option("--bulk", is_flag=True, help="Write rows by the thousand, all or nothing; answers carry no PDF.")
@click.option("--seed", default=1, show_default=True, help="Another number, another province.")
@click.option("--units", default=province.TREE, type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Unit file for a database without units (docs/units-file.md); default Cao Bằng.")  # fmt: skip
def seed_demo(cases: int, bulk: bool, seed: int, units: Path) -> None:
    """Make a demo province in an empty database: units, officials and 180 days of cases and dialogues up to now.

    Cases happen through the same verbs as on the pages, in the order of time. With --bulk the same rows are written
    at once, for load tests: everything is as it would be, except that signatures have no rendered paper and that
    nothing rare happens (no second complaints, denunciations, parts of other units, mixed letters) and nobody is heard
    (no receptions, dialogues, sessions, commitments).
    Accounts and random passwords are printed once and kept in demo-passwords.txt in the data folder.
    """
    with writing():
        made = _found(units, seed)
        with province.progress(cases) as step:
            if bulk:
                seed_bulk(province.world_until(clock.now()), cases, step, random.Random(seed))
            else:
                province.seed(cases, clock.now(), step, seed, keep=db.session.commit)
        db.session.commit()
    show(made)


def _found(units: Path, seed: int) -> dict[str, str]:
    try:
        made = province.found(clock.now() - province.SPAN, units, seed)
    except province.NotEmpty:
        click.echo("Not done: the journal of this database has begun. A demo needs an empty database (a new DATA_DIR); "
                   "it loads the units itself.", err=True)  # fmt: skip
        sys.exit(1)
    passwords.keep(Path(current_app.config["DATA_DIR"]), made)
    return made


def show(made: dict[str, Any]) -> None:
    """Print the new accounts, once."""
    click.echo("Demo accounts (kept in demo-passwords.txt in the data folder):")
    for account, password in made.items():
        click.echo(f"  {account:<22} {password}")
