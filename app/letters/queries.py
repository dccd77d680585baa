"""Questions to the outbox: how much waits and how long, and what was given up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, case, cast, func, select
from sqlalchemy.orm import lazyload

from .. import clock
from ..accounts.models import Official, Post
from ..cases.models import Case
from ..dialogues.models import Booking
from ..extensions import db
from ..journal.models import Event, Notice
from ..units.queries import ids_inside
from .booking import ABOUT

PAGE = 25
OUT = Notice.channel.in_(("mail", "sms"))
"""Notices that leave the house."""
GONE = and_(OUT, Notice.sent_at.is_(None), Notice.dead_at.is_not(None))
WAITS = and_(OUT, Notice.sent_at.is_(None), Notice.dead_at.is_(None), Notice.closed_at.is_(None))


@dataclass(frozen=True)
class Depth:
    """How the outbox stands: for the administrator's page, and for whoever watches the machine."""

    waiting: int
    """Owed and not sent, whatever for."""
    held: int
    """Of these, not before a later time: a try failed, or the address has had its share of the day."""
    oldest: timedelta | None
    """How long the oldest that is owed has waited; None where none is."""
    dead: int
    sent_today: int


@dataclass(frozen=True)
class DeadLetter:
    """What an administrator sees of a letter that was given up: never its text, nor the case it is about."""

    id: int
    action: str
    channel: str
    address: str
    attempts: int
    error: str
    died_at: datetime | None


def masked(address: str) -> str:
    """An address as far as it helps to find a fault: the first letter and the domain; of a number the last three."""
    digits = "".join(letter for letter in address if letter.isdigit())
    if "@" not in address:
        return f"*** {digits[-3:]}" if len(digits) > 6 else "***"
    name, _at, domain = address.rpartition("@")
    return f"{name[:1]}***@{domain}" if name and domain else "***"


def depth(now: datetime, paths: Iterable[str] | None = None) -> Depth:
    """How the outbox stands at `now`, of everything or of the units below these paths. Three indexed questions."""
    waits = select(func.count(), func.count().filter(Notice.not_before > now), func.min(Notice.created_at))
    waiting, held, oldest = db.session.execute(_found(waits, paths).where(WAITS)).one()
    began = clock.start_of(clock.day_of(now))
    dead = db.session.scalar(_found(select(func.count()), paths).where(GONE)) or 0
    sent = db.session.scalar(_found(select(func.count()), paths).where(OUT, Notice.sent_at >= began)) or 0
    return Depth(waiting, held, max(now - oldest, timedelta(0)) if oldest else None, dead, sent)


def errors(paths: Iterable[str]) -> list[tuple[str, int]]:
    """The faults that letters were given up for, the most frequent first."""
    rows = db.session.execute(
        _found(select(Notice.last_error, func.count()), paths)
        .where(GONE)
        .group_by(Notice.last_error)
        .order_by(func.count().desc(), Notice.last_error)
    )
    return [(error, number) for error, number in rows]


def dead(paths: Iterable[str], page: int = 1, error: str = "", channel: str = "") -> tuple[list[DeadLetter], bool]:
    """One page of dead letters of the units below these paths, newest first, and whether there is a next page."""
    statement = _found(select(Notice, Case, Booking, Official), paths).outerjoin(
        Official, Official.id == Notice.official_id
    )
    rows = db.session.execute(
        statement.options(lazyload(Booking.day))  # joined along, it would leave out letters that are about no booking
        .where(GONE, *_narrowed(error, channel))
        .order_by(Notice.dead_at.desc(), Notice.id.desc())
        .offset((page - 1) * PAGE)
        .limit(PAGE + 1)
    ).all()
    found = [
        DeadLetter(one.id, one.action, one.channel, masked(_address(one, about, booking, official)), one.attempts,
                   one.last_error, one.dead_at)
        for one, about, booking, official in rows
    ]  # fmt: skip
    return found[:PAGE], len(found) > PAGE


def _address(notice: Notice, about: Case | None, booking: Booking | None, official: Official | None) -> str:
    """Where a letter was to go; read through the rows' own attributes, which may be kept encrypted."""
    is_sms = notice.channel == "sms"
    if about is not None:
        return about.contact_phone if is_sms else about.contact_email
    if booking is not None:
        return booking.phone if is_sms else booking.email
    return official.email if official else ""


def find_dead(notice_id: int, paths: Iterable[str]) -> Notice | None:
    """A dead letter within reach, or None."""
    found: Notice | None = db.session.scalar(_found(select(Notice), paths).where(Notice.id == notice_id, GONE))
    return found


def all_dead(paths: Iterable[str], error: str, most: int) -> list[Notice]:
    """The dead letters of one fault, the oldest first, at most so many."""
    statement = _found(select(Notice), paths).where(GONE, Notice.last_error == error)
    return list(db.session.scalars(statement.order_by(Notice.dead_at, Notice.id).limit(most)))


def _narrowed(error: str, channel: str) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if error:
        found.append(Notice.last_error == error)
    if channel:
        found.append(Notice.channel == channel)
    return found


def _found(statement: Any, paths: Iterable[str] | None) -> Any:
    """Of every notice; or, with what each is about, of the units below these paths."""
    if paths is None:
        return statement.select_from(Notice)
    return (
        statement.select_from(Notice)
        .join(Event, Event.seq == Notice.event_seq)
        .outerjoin(Case, Case.id == Notice.case_id)
        .outerjoin(Booking, Booking.id == _booking_id())
        .where(_within(paths))
    )


def _booking_id() -> ColumnElement[int | None]:
    """Which booking an event is about, by its name ("booking:12"); NULL where it is about none."""
    number = cast(func.substr(Event.subject, len(ABOUT) + 1), Integer)
    return case((Event.subject.startswith(ABOUT), number))


def _within(paths: Iterable[str]) -> ColumnElement[bool]:
    """Letters about cases and bookings of these subtrees, and digests of officials who work there."""
    units = ids_inside(paths)
    here = select(Post.official_id).where(Post.unit_id.in_(units))
    return (
        Case.unit_id.in_(units) | Booking.unit_id.in_(units) | (Notice.case_id.is_(None) & Notice.official_id.in_(here))
    )
