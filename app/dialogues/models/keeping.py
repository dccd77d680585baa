"""How long a visit that led to no case is kept."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...extensions import FLAT, Model, UtcDateTime
from .reception import Booking


class VisitErasure(Model):
    """A visit whose time of keeping is over: proposed by the worker, approved by the head of the top unit, then done.

    A visit that led to a case is kept and erased with the case.
    """

    __tablename__ = "visit_erasure"
    __table_args__ = (Index("ix_visit_erasure_open", "done_at", "approved_at"),)
    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id"), primary_key=True, autoincrement=False)
    term_on: Mapped[date]
    """The first day on which it need not be kept any more."""
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("official.id"))
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    booking: Mapped[Booking] = relationship(lazy="joined", innerjoin=FLAT)
