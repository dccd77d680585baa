"""Every look at a denunciation is remembered before anything of it is shown (Law 25/2018/QH14 art. 8), and so is
every file or paper of any other case that an official takes out.

Fail closed: where the look cannot be written down, the page is not made and the reader is asked to come again (503).
"""

from __future__ import annotations

from flask import g
from sqlalchemy.exc import SQLAlchemyError

from ... import clock
from ...cases import actions, queries
from ...cases.models import Case
from ...extensions import db, writing
from ...journal.record import record
from ...rules.visibility import Sight
from ...rules.workflow import Action
from ...turns import Busy


def looked(case: Case, what: str) -> tuple[Case, Sight]:
    """The same denunciation, to be shown now: who looks at what stands in the journal, committed.

    Sight is asked again inside the write and after it: who was dismissed a moment ago sees nothing (Missing).
    """
    reference, today = case.reference, clock.today()
    try:
        with writing():
            found, _seen = queries.get_visible(reference, g.actor, today)
            actions.look(found, g.actor, clock.now(), what)
            db.session.commit()
    except SQLAlchemyError as error:
        raise Busy("a look could not be written down") from error
    return queries.get_visible(reference, g.actor, today)


def taken(case: Case, what: str) -> None:
    """A file or paper leaves the house in this official's hands: written down first, or it does not leave."""
    try:
        with writing():
            record(Action.EXPORTED, case, g.actor, clock.now(), what=what)
            db.session.commit()
    except SQLAlchemyError as error:
        raise Busy("what was taken could not be written down") from error
