"""The commands that make a backup, look whether one is whole, and make the key that opens them."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click
import pyrage
from flask import Flask, current_app
from flask.cli import AppGroup

from .. import clock
from ..backup import pack, shelf, unpack
from ..backup.names import BadBackup, Manifest
from ..backup.postgres import NoProgram
from ..backup.snapshot import CannotCopy

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
HURT = 2
"""Exit code: the backup is made, and files that rows name are missing or damaged in this installation."""


class _MakesByDefault(AppGroup):
    """`backup FOLDER` is `backup make FOLDER`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] not in ("--help", "-h")):
            args = ["make", *args]
        return super().parse_args(ctx, args)


backup = _MakesByDefault("backup", help="Make a backup (docs/backup.md): backup FOLDER; keygen and verify beside it.")


@backup.command("make")
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.option("--to", "to", type=click.Path(file_okay=False, path_type=Path), help="The same; default BACKUP_DIR.")
@click.option("--keep", type=click.IntRange(1), help="Afterwards remove all but the newest so many.")
@click.option("--plain", is_flag=True, help="Not encrypted: everybody who gets the file reads everything.")
def make(folder: Path | None, to: Path | None, keep: int | None, plain: bool) -> None:
    """Write database, files and checkpoints as of now into FOLDER, encrypted to BACKUP_RECIPIENTS; works under load.

    The file gets its name when it is whole. The keys folder and the settings are not in it. Exit 1: nothing was made.
    Exit 2: made, but files that rows name are missing or damaged here; then no older backup is removed.
    """
    place = folder or to or current_app.config["BACKUP_DIR"]
    if place is None:
        raise click.UsageError("say where: backup FOLDER, or set BACKUP_DIR")
    now = clock.now()
    try:
        recipients = _recipients(plain)
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        if left := shelf.sweep(place):
            click.echo(f"{left} unfinished files of broken off backups removed")
        name = shelf.name_at(now, is_plain=not recipients)
        with shelf.appearing(place, name) as out:
            manifest = pack.write(current_app.config, out, recipients, now)
    except (pack.BadRecipient, NoProgram, CannotCopy) as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"No backup was made: {error}") from None
    _tell(place / name, manifest, now)
    if manifest.hurt:
        click.echo(f"{len(manifest.hurt)} files are missing or damaged in this installation: "
                   f"{' '.join(manifest.hurt[:5])}", err=True)  # fmt: skip
        sys.exit(HURT)
    for old in shelf.thin(place, keep) if keep else ():
        click.echo(f"removed {old.name}")


def _recipients(is_plain: bool) -> list[Any]:
    words = current_app.config["BACKUP_RECIPIENTS"]
    if is_plain:
        return []
    if not words and not current_app.config["DEMO"]:
        raise click.ClickException(
            "Nobody could open the backup: set BACKUP_RECIPIENTS to the public key of a pair made on another machine "
            "(flask --app wsgi backup keygen, or age-keygen; docs/backup.md). --plain makes one without encryption."
        )
    if not words:
        click.echo("Demo mode without BACKUP_RECIPIENTS: the backup is not encrypted.", err=True)
    return pack.recipients(words)


def _tell(path: Path, manifest: Manifest, now: datetime) -> None:
    shelf.remember(Path(current_app.config["DATA_DIR"]), at=now.isoformat(), name=path.name,
                   bytes=path.stat().st_size)  # fmt: skip
    click.echo(f"{path}: {path.stat().st_size / 1e6:.1f} MB, {_holds(manifest)}")


def _holds(manifest: Manifest) -> str:
    files = sum(name.startswith("files/") for name in manifest.members)
    return (f"{manifest.counts.get('petition_case', 0)} cases, {manifest.journal_size} events, {files} files, "
            f"schema {manifest.revision}, of {manifest.made_at}")  # fmt: skip


@backup.command("keygen")
def keygen() -> None:
    """Print a new key pair. Run it on another machine: the server needs the public key only, and keeps neither."""
    key = pyrage.x25519.Identity.generate()
    click.echo(f"# public key: {key.to_public()}\n{key}")
    click.echo("Keep all of this on paper and on a stick in a safe, not on the server: without it no backup opens. "
               f"On the server: BACKUP_RECIPIENTS={key.to_public()}", err=True)  # fmt: skip


@backup.command("verify")
@click.argument("file", type=FILE)
@click.option("--identity", type=FILE, help="File with the private key.")
def verify(file: Path, identity: Path | None) -> None:
    """Read FILE to the end: does the key open it, is every member what the manifest says? Nothing is written."""
    try:
        manifest = unpack.read(file, unpack.identities(identity) if identity else [], _drop)
    except BadBackup as error:
        raise click.ClickException(f"{file.name}: {error}") from None
    click.echo(f"{file.name} is whole: {_holds(manifest)}")


def _drop(_name: str, pieces: Any) -> None:
    for _piece in pieces:
        pass


def register(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(backup)
