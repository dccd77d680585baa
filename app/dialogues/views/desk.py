"""What the office's reception pages share: who enters, and a refusal shown beside its field with everything typed."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from flask import current_app, g
from flask_babel import gettext as _

from ... import clock
from ...accounts.models import Official
from ...accounts.queries import by_id
from ...cases.receipts import code_of, hashed
from ...extensions import db
from ...refusals import Invalid, NotAllowed, Refusal, Stale
from ...rules.visibility import DESK, ROOM, Sight, holds_at
from ...rules.workflow import N_, Actor
from ...units.fields import say
from ...units.models import Unit
from ..models import Booking
from ..queries.days import own_units

READERS = ROOM
KEPT = 24 * 3600
MOST = 5
"""Codes of bookings one browser at the counter keeps, and how long: the caller is told once, the cookie stays small."""


def refused(form: Any, error: Refusal, row: Any = None) -> int:
    """Show why nothing was done: beside its field or above the form; the status to answer with.

    Where somebody else wrote first the form takes the newer version, so that what was typed can be sent again.
    """
    db.session.rollback()
    if isinstance(error, Stale) and row is not None:
        form.version.data, form.version.raw_data = row.version, None
    if isinstance(error, Invalid):
        say(form, Invalid(error.reason, FIELDS.get(error.field, error.field)))
    else:
        form.form_errors = [*form.form_errors, _(error.reason)]
    return error.status


FIELDS = {"category_code": "category"}
"""What the actions call a field, and what the form does."""


def official(typed: str | None) -> Official | None:
    """The official chosen in a list."""
    return by_id(int(typed)) if typed and typed.isdigit() else None


def unit_of(code: str | None) -> Unit:
    """The unit chosen, among those at whose desk the visitor works."""
    return next(unit for unit in own_units(g.actor) if unit.code == code)


def secret() -> str:
    """The key from which codes are derived."""
    return str(current_app.config["SECRET_KEY"])


def may_work(seen: Sight, actor: Actor, unit_id: int) -> bool:
    """Whether this official's desk is the unit's own: others read."""
    return seen == Sight.FULL and holds_at(actor, DESK, unit_id)


def must_work(seen: Sight, unit_id: int) -> None:
    """403 for whoever sees the unit's receptions from above or beside: only its own desk writes."""
    if not may_work(seen, g.actor, unit_id):
        raise NotAllowed(N_("Việc này không thuộc phần của vai trò hiện có."))


def keep_code(session: MutableMapping[str, Any], reference: str, token: str) -> None:
    """Keep the token of a booking just written in this browser, so that its code can be told and printed."""
    kept = {ref: entry for ref, entry in _fresh(session).items() if ref != reference}
    entry = [token, int(clock.now().timestamp())]
    session["desk_bookings"] = dict(list({**kept, reference: entry}.items())[-MOST:])


def _fresh(session: MutableMapping[str, Any]) -> dict[str, list[Any]]:
    since = clock.now().timestamp() - KEPT
    return {ref: entry for ref, entry in dict(session.get("desk_bookings") or {}).items() if entry[1] > since}


def code_here(session: MutableMapping[str, Any], booking: Booking) -> str | None:
    """The code of a booking written in this browser less than a day ago."""
    entry = _fresh(session).get(booking.reference)
    code = code_of(str(entry[0]), secret()) if entry else None
    return code if code and hashed(code) == booking.code_hash else None
