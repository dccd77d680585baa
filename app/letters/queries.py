"""Questions to the outbox: the letters that were given up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Integer, case, cast, func, select
from sqlalchemy.orm import aliased

from ..accounts.models import Official, Post
from ..cases.models import Case, Person
from ..dialogues.models import Booking
from ..extensions import db
from ..journal.models import Event, Notice
from ..units.queries import ids_inside
from .booking import ABOUT

PAGE = 25


@dataclass(frozen=True)
class DeadLetter:
    """What an administrator sees of a letter that was given up: never its text, nor the case it is about."""

    id: int
    action: str
    address: str
    attempts: int
    error: str
    died_at: datetime | None


def masked(address: str) -> str:
    """An address as far as it helps to find a fault: the first letter and the domain."""
    name, _at, domain = address.rpartition("@")
    return f"{name[:1]}***@{domain}" if name and domain else "***"


def dead(paths: Iterable[str], page: int = 1) -> tuple[list[DeadLetter], bool]:
    """One page of dead letters of the units below these paths, newest first, and whether there is a next page."""
    writer, booker = aliased(Person), aliased(Person)
    rows = db.session.execute(
        select(Notice, writer, booker, func.coalesce(Official.email, ""))
        .join(Event, Event.seq == Notice.event_seq)
        .outerjoin(Case, Case.id == Notice.case_id)
        .outerjoin(Booking, Booking.id == _booking_id())
        .outerjoin(Official, Official.id == Notice.official_id)
        .outerjoin(writer, writer.about == Case.reference)
        .outerjoin(booker, booker.about == Booking.reference)
        .where(Notice.channel == "mail", Notice.dead_at.is_not(None), _within(paths))
        .order_by(Notice.dead_at.desc(), Notice.id.desc())
        .offset((page - 1) * PAGE)
        .limit(PAGE + 1)
    ).all()
    found = [
        DeadLetter(
            notice.id,
            notice.action,
            masked(_address(wrote, booked, official=email)),
            notice.attempts,
            notice.last_error,
            notice.dead_at,
        )
        for notice, wrote, booked, email in rows
    ]
    return found[:PAGE], len(found) > PAGE


def _address(*people: Person | None, official: str) -> str:
    """Where the letter would have gone."""
    return next((str(person.said().get("email", "")) for person in people if person is not None), official)


def find_dead(notice_id: int, paths: Iterable[str]) -> Notice | None:
    """A dead letter within reach, or None."""
    return db.session.scalar(
        select(Notice)
        .join(Event, Event.seq == Notice.event_seq)
        .outerjoin(Case, Case.id == Notice.case_id)
        .outerjoin(Booking, Booking.id == _booking_id())
        .where(Notice.id == notice_id, Notice.dead_at.is_not(None), _within(paths))
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
