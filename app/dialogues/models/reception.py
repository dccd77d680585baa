"""When a leader receives citizens, who booked which slot, and what was said there.

Days and slots are wall times of the town (a date and a time of day), never moments: no change of a time zone's rules,
here or abroad, moves a booking.
"""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from ...accounts.models import Official
from ...cases.models import Case, MailLink, Person
from ...cases.models.person import Personal
from ...extensions import FLAT, Model, UtcDateTime
from ...units.models import Category, Unit


class ReceptionPattern(Model):
    """A unit's recurring calendar: on which days of the month or week its leader receives, where and how long.

    `rule` is an RRULE of RFC 5545 (FREQ=MONTHLY;BYMONTHDAY=10,25). Days are made from it ahead of time; one that
    falls on a day off moves to the next working day.
    """

    __tablename__ = "reception_pattern"
    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    rule: Mapped[str] = mapped_column(String(120))
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    starts: Mapped[time]
    ends: Mapped[time]
    slot_minutes: Mapped[int] = mapped_column(default=30)
    capacity: Mapped[int] = mapped_column(default=1)
    mode: Mapped[str] = mapped_column(String(12), default="in_person")
    place: Mapped[str] = mapped_column(String(300), default="")
    link: Mapped[str] = mapped_column(String(300), default="")
    host_id: Mapped[int | None] = mapped_column(ForeignKey("official.id"))
    kind: Mapped[str] = mapped_column(String(12), default="periodic")
    is_active: Mapped[bool] = mapped_column(default=True)
    made_until: Mapped[date | None]
    """Up to which day its days were made."""

    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=FLAT)
    host: Mapped[Official | None] = relationship(foreign_keys=[host_id])


class ReceptionDay(Model):
    """One day on which a unit's leader receives citizens: regular, periodic (statutory) or unscheduled."""

    __tablename__ = "reception_day"
    __table_args__ = (Index("ix_reception_day_unit", "unit_id", "on"), Index("ix_reception_day_on", "on", "state"))
    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    pattern_id: Mapped[int | None] = mapped_column(ForeignKey("reception_pattern.id"))
    on: Mapped[date]
    starts: Mapped[time]
    ends: Mapped[time]
    slot_minutes: Mapped[int] = mapped_column(default=30)
    capacity: Mapped[int] = mapped_column(default=1)
    """How many bookings one slot takes."""
    mode: Mapped[str] = mapped_column(String(12), default="in_person")
    """in_person, online or both."""
    place: Mapped[str] = mapped_column(String(300), default="")
    link: Mapped[str] = mapped_column(String(300), default="")
    kind: Mapped[str] = mapped_column(String(12), default="periodic")
    """regular, periodic (the leader's own, counted for the duty) or unscheduled (Law 42/2013/QH13 art. 2)."""
    host_id: Mapped[int | None] = mapped_column(ForeignKey("official.id"))
    """Who is to receive; on a periodic day the head of the unit, nobody in the head's stead."""
    state: Mapped[str] = mapped_column(String(12), default="open")
    """open, moved (to another day, with a reason) or held."""
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why it was moved; of an unscheduled day why it was called (Law 42/2013/QH13 art. 18.3)."""
    moved_to_id: Mapped[int | None] = mapped_column(ForeignKey("reception_day.id"))
    received_by_id: Mapped[int | None] = mapped_column(ForeignKey("official.id"))
    """Who in fact received, once held. Counts for the duty only where it was the head."""
    held_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __mapper_args__ = {"version_id_col": version}
    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=FLAT)
    host: Mapped[Official | None] = relationship(foreign_keys=[host_id])
    received_by: Mapped[Official | None] = relationship(foreign_keys=[received_by_id])
    moved_to: Mapped[ReceptionDay | None] = relationship(remote_side=[id], foreign_keys=[moved_to_id])

    @property
    def about(self) -> str:
        """How events name it."""
        return f"day:{self.id}"


class Booking(Model):
    """One visit to a reception day, booked ahead or not: from the slot to what was said and what came of it.

    It is also the row of the reception register (Circular 04/2021/TT-TTCP, form 03). Two bookings never share a
    seat: (day, slot, seat) is unique while the booking stands; a cancelled one gives its seat up (seat NULL).
    `is_sealed`: somebody comes to denounce; no name, phone, mail or subject is kept.
    """

    __tablename__ = "booking"
    __table_args__ = (
        UniqueConstraint("day_id", "slot", "seat"),
        Index("ix_booking_day", "day_id", "state"),
        Index("ix_booking_unit", "unit_id", "state"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    reference: Mapped[str] = mapped_column(String(24), unique=True)
    day_id: Mapped[int] = mapped_column(ForeignKey("reception_day.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    slot: Mapped[time | None]
    """When the slot begins; None: came without a booking."""
    seat: Mapped[int | None]
    """1 to the day's capacity; None: no slot, or given up."""
    state: Mapped[str] = mapped_column(String(12), default="booked")
    channel: Mapped[str] = mapped_column(String(16))
    """web, counter, phone or walk_in."""
    language: Mapped[str] = mapped_column(String(8), default="vi")
    is_sealed: Mapped[bool] = mapped_column(default=False)
    name, phone, email, address = Personal("name"), Personal("phone"), Personal("email"), Personal("address")
    identity_number, representatives = Personal("identity_number"), Personal("representatives", ())
    """Who comes, the number of the identity card shown at the counter (Law 136/2025/QH15: visitors identify
    themselves), who speaks for a group: sealed in the person's own row."""
    contact_channel: Mapped[str] = mapped_column(String(8), default="")
    """How the visitor wants to hear of changes (rules/contact.py)."""
    subject: Mapped[str] = mapped_column(String(300), default="")
    category_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"))
    people: Mapped[int] = mapped_column(default=1)
    mode: Mapped[str] = mapped_column(String(12), default="in_person")
    interpreter: Mapped[str] = mapped_column(String(12), default="")
    wheelchair: Mapped[bool] = mapped_column(default=False)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    content_hash: Mapped[str] = mapped_column(String(64), default="")
    booked_by_id: Mapped[int | None] = mapped_column(ForeignKey("official.id"))
    booked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    checked_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Received, turned away, missed or cancelled."""
    ground: Mapped[str] = mapped_column(String(24), default="")
    """Turned away: the ground of Law 42/2013/QH13 art. 9."""
    reason: Mapped[str] = mapped_column(Text, default="")
    said: Mapped[str] = mapped_column(Text, default="")
    """What the visitor said, as recorded."""
    answer: Mapped[str] = mapped_column(Text, default="")
    """What the leader said in reply."""
    petition_kind: Mapped[str] = mapped_column(String(16), default="")
    settled_by: Mapped[str] = mapped_column(String(200), default="")
    """The body that settled the matter before, if one did."""
    direction: Mapped[str] = mapped_column(String(16), default="")
    """accepted, guided, forwarded or explained: what came of it."""
    follow_up: Mapped[str] = mapped_column(Text, default="")
    case_id: Mapped[int | None] = mapped_column(ForeignKey("petition_case.id"), index=True)
    notify_due_on: Mapped[date | None]
    """By when the visitor is told what came of it (Law 42/2013/QH13 art. 28)."""
    notified_on: Mapped[date | None]
    erased_on: Mapped[date | None]
    """Who came and what was said are gone; that somebody was received stays in the figures."""
    entered_number: Mapped[int | None]
    """Running number in the unit's reception register of the year, given when the visitor is received."""

    __mapper_args__ = {"version_id_col": version}
    person: Mapped[Person | None] = relationship(
        primaryjoin=lambda: foreign(Person.about) == Booking.reference, uselist=False, lazy="joined",
        overlaps="person")  # fmt: skip
    day: Mapped[ReceptionDay] = relationship(lazy="joined", innerjoin=FLAT)
    unit: Mapped[Unit] = relationship()
    category: Mapped[Category | None] = relationship()
    case: Mapped[Case | None] = relationship()

    @property
    def about(self) -> str:
        """How events name it."""
        return f"booking:{self.id}"


class BookingLink(MailLink, Model):
    """A link to a booking, sent by mail instead of its code."""

    __tablename__ = "booking_link"
    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id"), index=True)
