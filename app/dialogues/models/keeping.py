"""How long a visit that led to no case is kept."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...cases.models import Ending
from ...extensions import FLAT, Model
from .reception import Booking


class VisitErasure(Ending, Model):
    """A visit whose time of keeping is over. One that led to a case is kept and erased with the case."""

    __tablename__ = "visit_erasure"
    __table_args__ = (Index("ix_visit_erasure_open", "done_at", "approved_at"),)
    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id"), primary_key=True, autoincrement=False)

    booking: Mapped[Booking] = relationship(lazy="joined", innerjoin=FLAT)
