"""How long a case is kept and what its resident asks of their own data: terms that ended, and requests with clocks."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...accounts.models import Official
from ...extensions import FLAT, Model, UtcDateTime
from ...rules.deadlines import Derivation
from .case import Case


class Ending:
    """A time of keeping that is over: proposed by the worker, approved by the head of the top unit, then done.

    Nothing is erased that nobody approved (Circular 05/2021/TT-TTCP art. 28: the head decides on destruction).
    """

    term_on: Mapped[date]
    """The first day on which it need not be kept any more."""
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("official.id"))
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Erasure(Ending, Model):
    """A case whose time of keeping is over."""

    __tablename__ = "erasure"
    __table_args__ = (Index("ix_erasure_open", "done_at", "approved_at"),)
    case_id: Mapped[int] = mapped_column(ForeignKey("petition_case.id"), primary_key=True, autoincrement=False)

    case: Mapped[Case] = relationship(lazy="joined", innerjoin=FLAT)


class PrivacyRequest(Model):
    """What a resident asks of their own data: granted, or refused with a reason (Decree 356/2025/NĐ-CP).

    `due_on` is counted when it is made, with its derivation; late is derived, never stored.
    """

    __tablename__ = "privacy_request"
    __table_args__ = (Index("ix_privacy_request_open", "state", "due_on"), Index("ix_privacy_request_case", "case_id"))
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("petition_case.id"))
    kind: Mapped[str] = mapped_column(String(12))
    """erase, correct or object."""
    text: Mapped[str] = mapped_column(Text, default="")
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reply_due_on: Mapped[date]
    due_on: Mapped[date]
    derivation: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(12), default="open")
    """open, granted or refused."""
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("official.id"))

    case: Mapped[Case] = relationship(lazy="joined", innerjoin=FLAT)
    decided_by: Mapped[Official | None] = relationship(foreign_keys=[decided_by_id])

    @property
    def is_extended(self) -> bool:
        """Whether its clock was made longer, as the decree allows once."""
        return bool(Derivation.from_json(self.derivation).extensions)
