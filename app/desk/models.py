"""Tables of what makes the desk's day shorter: phrases to write with, and filters kept by name."""

from __future__ import annotations

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..extensions import Model
from ..units.models import Unit


class Phrase(Model):
    """A text that is often written, kept by one unit or (unit_id None) by the whole government.

    Put away it is offered no longer; what was written with it stays.
    """

    __tablename__ = "phrase"
    __table_args__ = (Index("ix_phrase_unit", "unit_id", "purpose"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    purpose: Mapped[str] = mapped_column(String(24))
    """What it is for: a key of desk.phrases.PURPOSES."""
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8), default="vi")
    position: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)

    unit: Mapped[Unit | None] = relationship()


class SavedFilter(Model):
    """How one official likes to narrow the queue, under a name of their own."""

    __tablename__ = "saved_filter"
    __table_args__ = (UniqueConstraint("official_id", "name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    official_id: Mapped[int] = mapped_column(ForeignKey("official.id"))
    name: Mapped[str] = mapped_column(String(60))
    view: Mapped[str] = mapped_column(String(24))
    parts: Mapped[dict[str, str]] = mapped_column(JSON)
    """Known parts of the queue's address only (kind, category, commune, status, q); never an address."""
    position: Mapped[int] = mapped_column(default=0)
