"""The command that brings the database to this program's schema."""

from __future__ import annotations

import click
from flask import Flask, current_app
from sqlalchemy.exc import OperationalError

from ..schema import alone, proof, revisions
from ..schema.migrate import migrate as bring
from ..turns import Busy


@click.command("migrate")
def migrate() -> None:
    """Bring the database to this program's schema: wholly, or it stays as it was. Safe to break off and to run again.

    SQLite: stop server and worker first. A copy is migrated and checked (integrity, foreign keys, no row lost, the
    whole journal) and then takes the database's place; twice the database's size must be free. PostgreSQL: one
    transaction. Exit 1 and nothing changed where that cannot be done.
    """
    try:
        is_done = bring(current_app.config, click.echo)
    except (alone.InUse, alone.NoRoom, revisions.NewerSchema) as error:
        raise click.ClickException(str(error)) from None
    except Busy:
        raise click.ClickException("Somebody is writing; stop server and worker first. Nothing was changed.") from None
    except OperationalError as error:
        raise click.ClickException(f"The database does not let it: {error.orig}. Nothing was changed.") from None
    except proof.Broken as error:
        raise click.ClickException(f"The migrated copy does not hold: {error}. Nothing was changed.") from None
    click.echo(f"The database has schema {revisions.newest()}{'' if is_done else ' already'}.")


def register(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(migrate)
