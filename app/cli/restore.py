"""The command that puts a backup back."""

from __future__ import annotations

from pathlib import Path

import click
from flask import Flask, current_app

from .. import clock
from ..backup import restore as back
from ..backup import unpack
from ..backup.names import BadBackup
from ..backup.postgres import NoProgram
from ..schema import alone, proof, revisions

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("restore")
@click.argument("file", type=FILE)
@click.option("--identity", type=FILE, help="File with the private key that opens the backup.")
@click.option("--replace", is_flag=True, help="Put it in the place of the data that is here, which is kept aside.")
@click.option("--accept-loss", is_flag=True, help="Restore although files were lost before the backup was made.")
def restore(file: Path, identity: Path | None, replace: bool, accept_loss: bool) -> None:
    """Restore the backup FILE into this installation; stop server and worker first (docs/backup.md).

    Everything is unpacked beside and checked first: every hash of the manifest, the database, the whole journal, every
    file that a row names. Only then it takes its place, at once. A backup of an earlier version is brought up to date.
    Exit 1 and nothing changed where something does not hold.
    """
    try:
        keys = unpack.identities(identity) if identity else []
        order = back.Order(file, keys, replace, accept_loss)
        done = back.restore(current_app.config, order, clock.now(), click.echo)
    except (back.NotEmpty, alone.InUse, alone.NoRoom, revisions.NewerSchema, NoProgram) as error:
        raise click.ClickException(str(error)) from None
    except (BadBackup, proof.Broken) as error:
        raise click.ClickException(f"{file.name} was not restored: {error}. Nothing was changed.") from None
    if done.lost:
        click.echo(f"{len(done.lost)} files were lost before the backup was made: {' '.join(done.lost[:5])}")
    if done.aside:
        click.echo(f"What was here before is kept as {done.aside}: remove it when it is not needed any more.")
    click.echo(f"Restored as of {done.manifest.made_at}: {done.manifest.counts.get('petition_case', 0)} cases, "
               f"{done.events} events in an unbroken chain, schema {revisions.newest()}.")  # fmt: skip


def register(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(restore)
