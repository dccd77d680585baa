"""Voices that are counted once: people who join a request for a dialogue, voters who ask for a conference."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...extensions import FLAT, Model, UtcDateTime
from ...units.models import Unit


class ConferenceCall(Model):
    """Voters of a commune ask for a dialogue conference: at 10 % of them it must be held (Law 72/2025/QH15 art. 43)."""

    __tablename__ = "conference_call"
    __table_args__ = (Index("ix_conference_call_unit", "unit_id", "opened_on"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    subject: Mapped[str] = mapped_column(String(200))
    voters: Mapped[int]
    """Voters of the commune, as last published, when the call was opened."""
    needed: Mapped[int]
    """How many voices oblige the commune."""
    counted: Mapped[int] = mapped_column(default=0)
    opened_on: Mapped[date]
    reached_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_on: Mapped[date | None]
    session_id: Mapped[int | None] = mapped_column(ForeignKey("dialogue_session.id"))

    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=FLAT)

    @property
    def about(self) -> str:
        """How events name it."""
        return f"call:{self.id}"


class Voice(Model):
    """One person's voice, or a paper list of several. The person is a keyed hash, so that nobody can be read off it."""

    __tablename__ = "voice"
    __table_args__ = (UniqueConstraint("subject", "person"), Index("ix_voice_subject", "subject"))
    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(40))
    """case:12 (a request joined) or call:3 (a conference asked for)."""
    person: Mapped[str] = mapped_column(String(64))
    """HMAC-SHA256 of the phone number; of a paper list its number, as the clerk entered it."""
    count: Mapped[int] = mapped_column(default=1)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("official.id"))
    note: Mapped[str] = mapped_column(String(200), default="")
    """Of a paper list: where it lies."""
