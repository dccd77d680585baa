"""What an official was refused is remembered: one event for each request, in a write of its own.

It persists although the request changed nothing, and it is written for what does not exist as for what is out of
sight, so that neither the answer nor the time it takes tells the one from the other.
"""

from __future__ import annotations

import logging

from flask import g, request
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from . import clock
from .cases.models import Case
from .extensions import db, writing
from .journal.record import record
from .rules.workflow import Action, Actor
from .turns import Busy

log = logging.getLogger("gan_dan")


def note_denial(status: int) -> None:
    """Remember that whoever is signed in was refused this page or deed; nothing for residents and visitors.

    The event names the door and the case where there is one, never what was asked of it. A journal that cannot be
    written now does not turn the refusal into another one: nothing was shown.
    """
    actor = _official()
    if actor is None:
        return
    try:
        with writing():
            record(Action.DENIED, None, actor, clock.now(), about=_about(), door=request.endpoint or "",
                   method=request.method, status=status)  # fmt: skip
            db.session.commit()
    except (SQLAlchemyError, Busy) as error:
        db.session.rollback()
        log.warning("a denial could not be written down: %s", type(error).__name__)


def _official() -> Actor | None:
    actor: Actor | None = g.get("actor")
    if actor is not None:
        return actor if actor.official_id is not None else None
    if not current_user.is_authenticated:
        return None
    found: Actor = current_user.actor(clock.today())
    return found


def _about() -> str:
    """The case of the address, by its number in the table: only who may see it is shown this event."""
    reference = (request.view_args or {}).get("reference")
    case_id = db.session.scalar(select(Case.id).where(Case.reference == str(reference))) if reference else None
    return f"case:{case_id}" if case_id else ""
