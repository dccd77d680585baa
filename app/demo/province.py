"""The demo province as a whole: its tree, its officials, months of cases. Fills an empty database only."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
from flask import Flask, current_app
from sqlalchemy import func, select

from .. import clock
from ..accounts.models import Official
from ..accounts.passwords import hash_password
from ..desk.actions import plant_phrases
from ..extensions import db, writing
from ..journal.models import ChainHead
from ..units.load import load
from ..units.queries import root
from ..units.unit_file import read_unit_file
from . import passwords
from .heard import heard
from .order import deeds
from .people import appoint, in_office
from .perform import ByActions, settle_notices
from .rare import tales
from .world import World

TREE = Path(__file__).resolve().parent.parent / "units" / "data" / "cao-bang.toml"
SPAN = timedelta(days=180)
BATCH = 400
"""Deeds between two breaths: about fifty cases' worth."""
Progress = Callable[[int], None]


class NotEmpty(RuntimeError):
    """The journal already says something after the day the demo would begin; time there never runs backwards."""


def ensure_demo(app: Flask, cases: int) -> dict[str, str]:
    """Make the demo province where no official exists yet; all of it or nothing. Returns the passwords made, if any.

    The caller is inside an app context and shows the passwords once.
    """
    if db.session.scalar(select(func.count()).select_from(Official)):
        return {}
    click.echo(f"Making the demo province with {cases} cases (once, about three minutes)...")
    with writing():
        try:
            made = found(clock.now() - SPAN)
            with progress(cases) as step:
                seed(cases, clock.now(), step)
        except NotEmpty:
            click.echo("The journal has begun already: officials only, no cases.")
            made = found(clock.now())
        passwords.keep(Path(app.config["DATA_DIR"]), made)
        db.session.commit()
    return made


def found(start: datetime, tree: Path = TREE, seed_number: int = 1) -> dict[str, str]:
    """Load the tree and appoint the officials as they were on the first day; returns their new passwords.

    Raises NotEmpty where the journal is already past that day. The caller commits and keeps the passwords.
    """
    head = db.session.scalar(select(ChainHead))
    if head is not None and head.at > start:
        raise NotEmpty
    if root() is None:
        load(read_unit_file(tree), start)
    plant_phrases(start)
    made = passwords.make()
    hashes = {account: hash_password(password) for account, password in made.items()}
    hashes[""] = hashes.pop(passwords.OTHERS)
    appoint(random.Random(f"people:{seed_number}"), hashes, start)
    return made


def seed(count: int, end: datetime, step: Progress, seed_number: int = 1, keep: Callable[[], None] | None = None,
         with_rare: bool = True) -> None:  # fmt: skip
    """Let `count` cases happen between the founding and `end`, through the real verbs, in the caller's write turn.

    `keep` is called now and then (a commit); without it everything is one transaction of the caller's. Without
    `with_rare` nothing happens but what the fast way (bulk) knows too: nobody is received, no dialogue is held.
    """
    with resting_session():
        world, secret = world_until(end), str(current_app.config["SECRET_KEY"])
        hand = ByActions(world, secret)
        rare = tales(world, count, random.Random(f"rare:{seed_number}")) if with_rare else None
        agenda, of_them = heard(world, count if with_rare else 0, seed_number, secret, step)
        for number, (life, deed) in enumerate(deeds(world, count - of_them, random.Random(seed_number), rare), 1):
            agenda.until(deed.at)
            hand.perform(life, deed)
            if deed.verb in ("submit", "split"):
                step(1)
            if number % BATCH == 0:
                breathe(keep)
        agenda.until(end)
        settle_notices(end)
        breathe(keep)


def world_until(end: datetime) -> World:
    """The province from the first day after its founding to the end of the seed."""
    end = end.astimezone(UTC).replace(microsecond=0)
    return World(end - SPAN + timedelta(days=1), end, in_office(end))


@contextmanager
def resting_session() -> Iterator[None]:
    """A session that keeps what it knows over a commit: units and officials are read once, not after each batch."""
    session = db.session()
    before, session.expire_on_commit = session.expire_on_commit, False
    try:
        yield
    finally:
        session.expire_on_commit = before


def breathe(keep: Callable[[], None] | None) -> None:
    """Write out what is pending and let go of the cases at hand."""
    db.session.flush()
    if keep:
        keep()


@contextmanager
def progress(count: int) -> Iterator[Progress]:
    """A bar for somebody who watches; silence where nobody does."""
    with click.progressbar(length=count, label="cases") as bar:
        yield bar.update
