"""The command that takes cases in from another system."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click
from flask import Flask

from ..imports import parse
from ..imports.keys import MappingError
from ..imports.load import Rejects, Tally, load
from ..imports.mapping import Plan
from ..imports.read import BrokenFile, opened


def register(app: Flask) -> None:
    """Add the command to the app."""
    app.cli.add_command(import_cases)


@click.command("import-cases")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--mapping", "mapping", required=True, help="Mapping file (docs/import-mapping.md), or a shipped one's name."
)
@click.option("--rejects", type=click.Path(dir_okay=False, path_type=Path),
              help="Where rows that were left out go; default FILE.rejected.csv in the current folder.")  # fmt: skip
def import_cases(file: Path, mapping: str, rejects: Path | None) -> None:
    """Take in the cases of FILE (CSV, also .gz or .xz) as the mapping says.

    Rows that cannot be cases are left out and listed with line and reason. Rows that are here already are passed
    over: it is safe to run again, and a run that was broken off is finished that way. Exit 1: mapping and file do not
    fit and nothing was written, or the file breaks off.
    """
    tally, began = Tally(), time.monotonic()
    try:
        left_out = _run(file, parse.read(parse.find(mapping)), rejects or Path(f"{file.name}.rejected.csv"), tally)
    except MappingError as error:
        click.echo(f"Nothing was written. {error}", err=True)
        sys.exit(1)
    except BrokenFile as error:
        click.echo(f"The file cannot be read on: {error}. {tally.added} cases were added before; mend the file and run "
                   "again.", err=True)  # fmt: skip
        sys.exit(1)
    _tell(tally, left_out, max(time.monotonic() - began, 0.001))


def _run(file: Path, plan: Plan, rejects: Path, tally: Tally) -> Path:
    with opened(file, plan.form) as table, click.progressbar(length=file.stat().st_size, label="importing") as bar:
        plan.check_columns(table.header)
        if rejects.exists() and rejects.samefile(file):
            raise MappingError("--rejects", "is the file that is read")
        left_out = Rejects(rejects, table.header, tally)
        try:
            load(table, plan, left_out, tally, lambda: bar.update(table.position() - bar.pos))
        finally:
            left_out.close()
    return left_out.path


def _tell(tally: Tally, left_out: Path, seconds: float) -> None:
    count = tally.added + tally.known + sum(tally.rejected.values())
    click.echo(f"{tally.added} cases added, {tally.known} were here already, {sum(tally.rejected.values())} left out "
               f"({count / seconds:,.0f} rows a second)")  # fmt: skip
    for reason, number in tally.rejected.most_common():
        click.echo(f"  {number} x {reason}")
    if tally.rejected:
        click.echo(f"Rows left out, with line and reason: {left_out}")
