"""Whom a commitment was made to: they read every change on their own page, and may say "not done"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from ... import clock
from ...accounts.queries import holder_ids
from ...cases.contact import told_of
from ...cases.models import Case, DialogueRequest
from ...extensions import db
from ...journal.record import Told, record
from ...rules.workflow import Action, Actor, Kind, Role
from ..models import Booking, Commitment
from .perform import remember, told


@dataclass(frozen=True)
class Askers:
    """The cases and the bookings whose people a commitment answers."""

    cases: tuple[Case, ...] = ()
    bookings: tuple[Booking, ...] = ()

    def has(self, actor: Actor) -> bool:
        """Whether this resident is one of them, by the case or the booking they opened."""
        return any(case.id == actor.case_id for case in self.cases) or any(
            booking.id == actor.booking_id for booking in self.bookings
        )


def askers_of(commitment: Commitment) -> Askers:
    """The resident of the source case, the booker, or all whose request the session answers; never a denunciation."""
    if commitment.booking is not None:
        return Askers(bookings=() if commitment.booking.is_sealed else (commitment.booking,))
    if commitment.case is not None:
        return Askers(cases=(commitment.case,))
    asked = select(DialogueRequest.case_id).where(DialogueRequest.session_id == commitment.session_id)
    within = commitment.session.case_id if commitment.session else None
    found = db.session.scalars(
        select(Case)
        .where(Case.id.in_(asked) | (Case.id == within), Case.kind != Kind.DENUNCIATION)
        .order_by(Case.id)
    )  # fmt: skip
    return Askers(cases=tuple(found))


def facts_of(commitment: Commitment) -> dict[str, Any]:
    """What every event of a commitment says, wherever it stands."""
    until = commitment.due_on.isoformat()
    return {"commitment": commitment.number, "what": commitment.what, "until": until}


def tell_askers(action: Action, commitment: Commitment, actor: Actor, now: datetime, **more: Any) -> None:
    """One event on each asker's case or booking, with the notice where there is an address."""
    askers, facts = askers_of(commitment), facts_of(commitment) | more
    for case in askers.cases:
        record(action, case, actor, now, told_of(case, action), **facts)
    for booking in askers.bookings:
        remember(action, booking.about, booking.unit_id, actor, now, told(booking, action), status=booking.state,
                 **facts)  # fmt: skip


def verifiers_of(commitment: Commitment, now: datetime) -> list[Told]:
    """Who at the verifying unit may look at it, told at the desk."""
    return _at_desk(commitment.verifier_id, (Role.OFFICER, Role.HEAD, Role.INSPECTOR), now)


def keepers_of(commitment: Commitment, now: datetime) -> list[Told]:
    """Who answers for it at the promising unit: the person named, and the heads."""
    named = [Told(Role.OFFICER, commitment.responsible_id)] if commitment.responsible_id else []
    heads = [told for told in _at_desk(commitment.unit_id, (Role.HEAD,), now)
             if told.official_id != commitment.responsible_id]  # fmt: skip
    return [*named, *heads]


def _at_desk(unit_id: int, roles: Iterable[Role], now: datetime) -> list[Told]:
    ids = holder_ids(unit_id, roles, clock.day_of(now))
    return [Told(Role.OFFICER, official_id) for official_id in ids]
