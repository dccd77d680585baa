"""Thread lines of whose data it is: what the resident asked of it, what was decided, and a file held back."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _

from ..journal.models import Event
from ..rules.workflow import Action
from ..words import show_date, word
from .names import Names

TOLD = (Action.DATA_ASKED, Action.DATA_EXTENDED, Action.DATA_GRANTED, Action.DATA_REFUSED)
SAID = {Action.DATA_ASKED: "text", Action.DATA_GRANTED: "reason", Action.DATA_REFUSED: "reason",
        Action.DATA_EXTENDED: "reason",
        Action.HOLD_ERASURE: "reason", Action.LIFT_HOLD: "reason",
        Action.FILE_REMOVED: "file"}  # fmt: skip
"""Which fact of such an event is what somebody said."""


def told(event: Event, reader: str, names: Names) -> str:
    """What was asked, and until when it is carried out."""
    what, until = word(event.facts.get("kind"), "data_request"), event.facts.get("until")
    if not until:
        return what
    return _("%(what)s; thực hiện trước hết %(day)s", what=what, day=show_date(date.fromisoformat(until)))
