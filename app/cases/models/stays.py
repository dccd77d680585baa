"""Where a case stays and who works on it: custodies, named handlers, parts asked of other units, legal clocks."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...accounts.models import Official
from ...extensions import FLAT, Model, UtcDateTime
from ...units.models import Unit

DIALOGUE = text("kind = 'dialogue'")
"""The rows of a small index of their own."""


class Custody(Model):
    """One stay of a case at one unit; a forward ends one and starts the next. Units answer for their own custody only.

    The columns after `due_on` are the facts of the published formulas (rules/statistics.py), written by the
    actions as things happen.
    """

    __tablename__ = "custody"
    __table_args__ = (
        Index("ix_custody_began", "unit_id", "began_at"),
        Index("ix_custody_finished", "unit_id", "finished_at"),
        Index("ix_custody_rated", "unit_id", "rated_at"),
        Index("ix_custody_ended", "unit_id", "ended_at"),
        Index("ix_custody_resolved", "unit_id", "resolved_at"),
        Index("ix_custody_responded", "unit_id", "first_response_at"),
        Index("ix_custody_open", "unit_id", "is_open", "due_on"),
        Index("ix_custody_case", "case_id", "number"),
        Index("ix_custody_dialogue", "unit_id", "began_at", sqlite_where=DIALOGUE, postgresql_where=DIALOGUE),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("petition_case.id"))
    number: Mapped[int]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[str] = mapped_column(String(16))
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"))
    commune_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the case left the unit (forwarded, succeeded); None while it stays, even when finished."""
    due_on: Mapped[date | None]
    """Closing clock's due date as it stood in this custody; None: no target."""
    is_open: Mapped[bool] = mapped_column(default=True)
    is_reopening: Mapped[bool] = mapped_column(default=False)
    """Began after the first answer of the case: not judged for on time."""
    first_response_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """First answer or closing in this custody."""
    resolved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Last answer or closing; moves when a reopened case is answered again."""
    reopened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None] = mapped_column(String(20))
    waited_seconds: Mapped[int] = mapped_column(default=0)
    """Seconds in which the resident owed a reply or the law let the clock stand still; net time leaves them out."""
    rating_level: Mapped[int | None]
    rated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Handler(Model):
    """An official named to handle a denunciation; only who stands here, and the inspectorate, sees its content."""

    __tablename__ = "handler"
    __table_args__ = (Index("ix_handler_official", "official_id", "ended_at"), Index("ix_handler_case", "case_id"))
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("petition_case.id"))
    official_id: Mapped[int] = mapped_column(ForeignKey("official.id"))
    named_by_id: Mapped[int] = mapped_column(ForeignKey("official.id"))
    named_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    official: Mapped[Official] = relationship(foreign_keys=[official_id], lazy="joined", innerjoin=FLAT)


class Contribution(Model):
    """One unit's part of a case that another unit leads: what is asked, by when, and what came back.

    The due date is the lead's own, inside the house; the resident gets one answer, from the lead.
    """

    __tablename__ = "contribution"
    __table_args__ = (Index("ix_contribution_unit", "unit_id", "answered_at"), Index("ix_contribution_case", "case_id"))
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("petition_case.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    question: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date]
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("official.id"))
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("official.id"))
    dropped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """No longer needed: the case was answered or left the lead before the part came."""

    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=FLAT)

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and self.dropped_at is None


class Deadline(Model):
    """One legal clock of a case: rule, start, due date and how it was computed, frozen when it started."""

    __tablename__ = "deadline"
    __table_args__ = (Index("ix_deadline_case", "case_id", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("petition_case.id"))
    stage: Mapped[str] = mapped_column(String(40))
    rule_id: Mapped[str] = mapped_column(String(80))
    start_on: Mapped[date]
    due_on: Mapped[date]
    is_closing: Mapped[bool] = mapped_column(default=False)
    number: Mapped[int] = mapped_column(default=1)
    """2 and more: clocks started by a reopening."""
    met_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Ended without being met: replaced, or the case closed otherwise."""
    paused_on: Mapped[date | None]
    """Since when it stands still; None while it runs. `due_on` is then the date it had before."""
    derivation: Mapped[dict[str, Any]] = mapped_column(JSON)
