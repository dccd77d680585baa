"""Tables of what happened and of what is owed to somebody because of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..extensions import FLAT, Model, UtcDateTime


class Event(Model):
    """The row that remembers an action: append-only, each carrying the hash of the one before.

    Unit, status and due date are as they stood after the action. What was said stands in EventFacts;
    here is only its commitment, so that erasing personal data leaves the chain whole.
    """

    __tablename__ = "event"
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    action: Mapped[str] = mapped_column(String(32))
    actor_role: Mapped[str] = mapped_column(String(16))
    official_id: Mapped[int | None] = mapped_column(ForeignKey("official.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("petition_case.id"), index=True)
    subject: Mapped[str] = mapped_column(String(80), default="", index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    status: Mapped[str] = mapped_column(String(24), default="")
    due_on: Mapped[date | None]
    commitment: Mapped[str] = mapped_column(String(64))
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)

    details: Mapped[EventFacts] = relationship(back_populates="event", lazy="joined", innerjoin=FLAT)

    @property
    def facts(self) -> dict[str, Any]:
        """What was said and carried; empty after an erasure."""
        return self.details.facts


class EventFacts(Model):
    """What an event carried (texts, reasons, ids), with the salt of its commitment; may be erased."""

    __tablename__ = "event_facts"
    seq: Mapped[int] = mapped_column(ForeignKey("event.seq"), primary_key=True, autoincrement=False)
    salt: Mapped[str] = mapped_column(String(32))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)

    event: Mapped[Event] = relationship(back_populates="details")


class ChainHead(Model):
    """The last link of the chain: one row, locked while the next link is written."""

    __tablename__ = "chain_head"
    id: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Notice(Model):
    """A message owed to somebody because of an event: a letter to the resident, a count at an official's desk.

    `channel` mail or sms: the letters room sends it. `channel` desk: it is read when the official opens the case.
    """

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("event_seq", "role", "official_id"),
        Index("ix_notice_owed", "channel", "sent_at", "dead_at", "not_before"),
        Index("ix_notice_desk", "official_id", "read_at"),
        Index("ix_notice_case", "case_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    event_seq: Mapped[int] = mapped_column(ForeignKey("event.seq"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("petition_case.id"))
    action: Mapped[str] = mapped_column(String(32))
    role: Mapped[str] = mapped_column(String(16))
    official_id: Mapped[int | None] = mapped_column(ForeignKey("official.id"))
    channel: Mapped[str] = mapped_column(String(8))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    not_before: Mapped[datetime] = mapped_column(UtcDateTime)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(Text, default="")
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    dead_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Nothing is to be sent any more: the address was erased, or the resident wants no news. `last_error` says why."""
    gathered_into: Mapped[int | None]
    """The later notice whose one letter tells this one too; it is settled with it."""
    gathers: Mapped[int] = mapped_column(default=0)
    """How many other notices this one tells as well."""


class Warned(Model):
    """An official was told that a clock nears its end, or is late, at one step: once, while the due date stays.

    `stage` names the clock within its case ("part:7" a contribution); `step` as in rules/warnings.py.
    """

    __tablename__ = "warned"
    __table_args__ = (UniqueConstraint("case_id", "stage", "due_on", "step", "official_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("petition_case.id"))
    stage: Mapped[str] = mapped_column(String(40))
    due_on: Mapped[date]
    step: Mapped[str] = mapped_column(String(8))
    official_id: Mapped[int] = mapped_column(ForeignKey("official.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """The unit through which it reached the official: another than the case's own where it went up the tree."""
    on: Mapped[date]


class WarnedOf(Model):
    """The same for what is no case: a session to announce or to publish, a commitment, a reception day still owed."""

    __tablename__ = "warned_of"
    __table_args__ = (UniqueConstraint("subject", "stage", "due_on", "step", "official_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(40))
    stage: Mapped[str] = mapped_column(String(40))
    due_on: Mapped[date]
    step: Mapped[str] = mapped_column(String(8))
    official_id: Mapped[int] = mapped_column(ForeignKey("official.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    on: Mapped[date]


class Digest(Model):
    """What one official was told on one working morning: a letter where there is an address, a box at the desk.

    `lines` hold no words: case, stage, due date and why; of a denunciation only that there is one more to look at.
    """

    __tablename__ = "digest"
    __table_args__ = (UniqueConstraint("official_id", "on"), Index("ix_digest_on", "on"))
    id: Mapped[int] = mapped_column(primary_key=True)
    official_id: Mapped[int] = mapped_column(ForeignKey("official.id"))
    on: Mapped[date]
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    late_open: Mapped[int] = mapped_column(default=0)
    """Cases still late in the head's unit, where this digest sums them up; 0 where it does not."""
    tells_late: Mapped[bool] = mapped_column(default=False)
    """Whether it told of late cases, one by one or summed up: the week needs no other sum."""


class Morning(Model):
    """A working morning whose digests are all written: later that day nobody is told anything new."""

    __tablename__ = "morning"
    on: Mapped[date] = mapped_column(primary_key=True)
    done_at: Mapped[datetime] = mapped_column(UtcDateTime)
