"""Commands around the journal: is it whole, sign where it stands, is a resident's receipt genuine."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from .. import clock
from ..extensions import db
from ..journal import checkpoint, proof, signing, witnesses
from ..journal.verify import examine
from ..petitions.proofs import case_facts

journal = AppGroup("journal", help="The chain of events.")
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@journal.command("verify")
@click.option("--checkpoints", "folders", multiple=True, type=FOLDER, help="Another folder of checkpoints to hold it"
              " against (a copy kept elsewhere); CHECKPOINT_DIR is always read.")  # fmt: skip
@click.option("--receipt", "receipts", multiple=True, type=FILE, help="A resident's receipt (JSON).")
def verify(folders: tuple[Path, ...], receipts: tuple[Path, ...]) -> None:
    """Read the whole chain and every case; exit 1 and name the first event that is not as it was written.

    The chain is held against its own hashes, its head, the signed checkpoints and any receipts given; the cases
    against their events.
    """
    try:
        config = current_app.config
        outside = [*witnesses.checkpoints(config, folders), *witnesses.receipts(config, receipts)]
    except witnesses.Foreign as error:
        click.echo(f"cannot be trusted: {error}")
        sys.exit(1)
    found = examine(outside, tell=lambda count: click.echo(f"{count} events read", err=True))
    if found.wrong is not None:
        click.echo(f"{found.count} events, then: {found.wrong}")
        sys.exit(1)
    more = f", facts of {found.erased} erased" if found.erased else ""
    click.echo(
        f"{found.count} events in an unbroken chain, held against {found.witnesses} checkpoints and receipts{more}"
    )


@journal.command("checkpoint")
def checkpoint_now() -> None:
    """Sign where the chain stands now, into CHECKPOINT_DIR; the text is printed."""
    made = checkpoint.make(current_app.config, clock.now())
    db.session.rollback()
    place = checkpoint.keep(Path(current_app.config["CHECKPOINT_DIR"]), made)
    click.echo(made.text, nl=False)
    click.echo(str(place), err=True)


@journal.command("public-key")
def public_key() -> None:
    """The key with which checkpoints and receipts are checked: as a signed note's verifier key, and as plain base64."""
    click.echo(signing.verifier_key(current_app.config))
    click.echo(f"Ed25519 {signing.b64(signing.public_key(current_app.config))}")


ANSWERS = {
    proof.Verdict.IN_CHAIN: "genuine, and the chain holds what it says",
    proof.Verdict.NOT_IN_CHAIN: "ALARM: the signature is ours, but the chain does not hold what it says",
    proof.Verdict.NOT_OURS: "not signed by this installation's key",
    proof.Verdict.UNREADABLE: "not a receipt",
}


@journal.command("check-receipt")
@click.argument("file", type=FILE)
def check_receipt(file: Path) -> None:
    """Is a resident's receipt genuine, and does the chain still hold it? Exit 1 where not."""
    judged = proof.judge(file.read_text(encoding="utf-8", errors="replace"), current_app.config, case_facts)
    for name, value in _lines(judged.said):
        click.echo(f"{name}: {value}")
    click.echo(ANSWERS[judged.verdict])
    sys.exit(0 if judged.verdict == proof.Verdict.IN_CHAIN else 1)


def _lines(said: dict[str, Any]) -> list[tuple[str, str]]:
    return sorted((name, str(value)) for name, value in said.items())


def register(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(journal)
