"""Every file and paper that an official takes out of this room is remembered first."""

from __future__ import annotations

from flask import g
from sqlalchemy.exc import SQLAlchemyError

from ... import clock
from ...extensions import db, writing
from ...journal.record import Thing, record
from ...rules.workflow import Action
from ...turns import Busy


def taken(thing: str, unit_id: int, what: str) -> None:
    """A paper of that thing ("session:3") leaves in this official's hands: written down, or it does not leave."""
    try:
        with writing():
            record(Action.EXPORTED, Thing(f"export:{thing}"[:64], unit_id), g.actor, clock.now(), what=what)
            db.session.commit()
    except SQLAlchemyError as error:
        raise Busy("what was taken could not be written down") from error
