"""What was promised: what, who, by when, the evidence that it was done, and who found that it was or was not."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...accounts.models import Official
from ...cases.models import Case
from ...extensions import FLAT, Model, UtcDateTime
from ...units.models import Unit
from .reception import Booking
from .sessions import DialogueSession


class Commitment(Model):
    """One promise made in an answer, at a reception or in a session. Exactly one of case, booking, session is set.

    The unit that promised reports it done with evidence; another unit or the inspectorate finds it kept or broken.
    Late is derived, never stored (rules/dialogues/commitments.py).
    """

    __tablename__ = "commitment"
    __table_args__ = (
        Index("ix_commitment_unit", "unit_id", "state", "due_on"),
        Index("ix_commitment_verifier", "verifier_id", "state"),
        Index("ix_commitment_session", "session_id"), Index("ix_commitment_case", "case_id"),
        Index("ix_commitment_booking", "booking_id"), Index("ix_commitment_token", "token_hash", unique=True),
    )  # fmt: skip
    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    number: Mapped[str] = mapped_column(String(24), unique=True)
    """Public number: CK-2026-000001."""
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """The unit that must keep it."""
    verifier_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """The other unit, or the inspectorate, that finds whether it was kept."""
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("official.id"))
    session_id: Mapped[int | None] = mapped_column(ForeignKey("dialogue_session.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("petition_case.id"))
    booking_id: Mapped[int | None] = mapped_column(ForeignKey("booking.id"))
    what: Mapped[str] = mapped_column(Text)
    evidence_wanted: Mapped[str] = mapped_column(Text, default="")
    """What will show that it was done: a photo, a decision, a list."""
    due_on: Mapped[date]
    made_on: Mapped[date]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("official.id"))
    state: Mapped[str] = mapped_column(String(12), default="open")
    """draft or dropped (in an answer not signed yet), open, reported, kept, broken or replaced."""
    evidence: Mapped[str] = mapped_column(Text, default="")
    reported_on: Mapped[date | None]
    """The day on which it was first reported done in the report that was then found kept."""
    reported_by_id: Mapped[int | None] = mapped_column(ForeignKey("official.id"))
    finding: Mapped[str] = mapped_column(Text, default="")
    found_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    found_by_id: Mapped[int | None] = mapped_column(ForeignKey("official.id"))
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("commitment.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why it was replaced."""
    is_public: Mapped[bool] = mapped_column(default=False)
    """May be shown on public pages, once the session or the answer it was made in is published."""
    token_hash: Mapped[str | None] = mapped_column(String(64))
    """Of the form that made it, so that the form sent twice makes one."""

    __mapper_args__ = {"version_id_col": version}
    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id], lazy="joined", innerjoin=FLAT)
    verifier: Mapped[Unit] = relationship(foreign_keys=[verifier_id])
    responsible: Mapped[Official | None] = relationship(foreign_keys=[responsible_id])
    session: Mapped[DialogueSession | None] = relationship()
    case: Mapped[Case | None] = relationship()
    booking: Mapped[Booking | None] = relationship()
    replaced_by: Mapped[Commitment | None] = relationship(remote_side=[id], foreign_keys=[replaced_by_id])
    objections: Mapped[list[Objection]] = relationship(order_by="Objection.id")

    @property
    def about(self) -> str:
        """How events name it."""
        return f"commitment:{self.id}"


class Objection(Model):
    """An asker says "not done": one a person and finding, with their words."""

    __tablename__ = "objection"
    __table_args__ = (Index("ix_objection_commitment", "commitment_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitment.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("petition_case.id"))
    booking_id: Mapped[int | None] = mapped_column(ForeignKey("booking.id"))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When a new finding answered it."""
