"""What every verb here does in the same way: ask who may, remember the event, tell whom it concerns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Protocol

from ...accounts.queries import holder_ids
from ...cases import contact
from ...extensions import db
from ...journal.models import Event
from ...journal.record import Thing, Told, record
from ...refusals import NotAllowed, Stale
from ...rules.dialogues import may_at
from ...rules.workflow import N_, Action, Actor, Role
from ...units.models import Unit
from ..models import Booking


class Versioned(Protocol):
    """A row that a page was made from."""

    version: int


def must_at(action: Action, unit: Unit, actor: Actor, row: Versioned | None = None, version: int | None = None) -> None:
    """Refuse who may not do this at that unit (NotAllowed), or whose page is older than the row (Stale)."""
    if not may_at(actor, action, unit.id, unit.path):
        raise NotAllowed(N_("Việc này không thuộc phần của vai trò hiện có."))
    if row is not None and version is not None and version != row.version:
        raise Stale(N_("Người khác vừa sửa phần này. Tải lại trang rồi làm tiếp."))


def remember(action: Action, about: str, unit_id: int, actor: Actor, now: datetime, tell: Iterable[Told] = (), *,
             status: str = "", due_on: date | None = None, **facts: Any) -> Event:  # fmt: skip
    """The event of a verb that moves no case, and the notices it owes. Flushes first, so that new rows have ids."""
    db.session.flush()
    return record(action, Thing(about, unit_id, status, due_on), actor, now, tell, **facts)


def told(booking: Booking, action: Action) -> list[Told]:
    """Whoever booked, in the way they chose, where there is an address; never who comes to denounce."""
    return contact.told(booking, booking.email, booking.phone, action)


def heads_of(unit_id: int, day: date) -> list[Told]:
    """The heads of a unit, told at the desk."""
    return [Told(Role.HEAD, official_id) for official_id in holder_ids(unit_id, (Role.HEAD,), day)]
