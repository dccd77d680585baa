"""Commands about the government tree."""

from __future__ import annotations

from pathlib import Path

import click
from flask import Flask

from .. import clock
from ..desk.actions import plant_phrases
from ..extensions import db, writing
from ..units.load import load
from ..units.unit_file import UnitFileError, read_unit_file


def register(app: Flask) -> None:
    """Add the commands to the app."""
    app.cli.add_command(load_units)


@click.command("load-units")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load_units(file: Path) -> None:
    """Load the levels, units and categories of FILE (docs/units-file.md), by code; safe to run again.

    A government that has no phrases for its officials yet gets the first ones (app/desk/data/phrases.toml).

    A file with mistakes changes nothing: each is listed with its line, and the command ends with 1.
    """
    try:
        described = read_unit_file(file)
    except UnitFileError as error:
        for mistake in error.errors:
            click.echo(f"{file}: {mistake}", err=True)
        click.echo(f"{len(error.errors)} mistakes; nothing was changed.", err=True)
        raise SystemExit(1) from None
    with writing():
        counts = load(described, clock.now())
        counts["phrases"] = plant_phrases(clock.now())
        db.session.commit()
    click.echo(", ".join(f"{count} {name}" for name, count in counts.items()) + f" loaded from {file.name}.")
