"""The table of files: held for a form until it is sent, then part of a case."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from ..extensions import Model, UtcDateTime
from .scan import HANDED_OUT

PENDING = text("scan_state = 'pending'")


class Attachment(Model):
    """One cleaned file. With `holder` and no case it waits in the holding area (deleted after 24 h if not sent)."""

    __tablename__ = "attachment"
    __table_args__ = (Index("ix_attachment_pending", "id", sqlite_where=PENDING, postgresql_where=PENDING),)
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    """Random name in URLs; guessing neighbours finds nothing."""
    holder: Mapped[str] = mapped_column(String(64), default="", index=True)
    """SHA-256 of the one-time token of the form that holds it; empty once it belongs to a case."""
    case_id: Mapped[int | None] = mapped_column(ForeignKey("petition_case.id"), index=True)
    subject: Mapped[str] = mapped_column(String(40), default="", index=True)
    """What it belongs to where that is no case: "session:3", "commitment:7"; as events name it."""
    event_seq: Mapped[int | None] = mapped_column(ForeignKey("event.seq"))
    added_by: Mapped[str] = mapped_column(String(16))
    official_id: Mapped[int | None] = mapped_column(ForeignKey("official.id"))
    is_internal: Mapped[bool] = mapped_column(default=False)
    storage_key: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(120))
    media_type: Mapped[str] = mapped_column(String(40))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    width: Mapped[int | None]
    height: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    scan_state: Mapped[str] = mapped_column(String(9), default="off", server_default="off")
    """What the virus scanner said (scan.py): off, clean, pending, infected (its bytes are gone), unscanned."""

    @property
    def may_leave(self) -> bool:
        """Whether it may be handed out at all; to whom, the room asks."""
        return self.scan_state in HANDED_OUT
