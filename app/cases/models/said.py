"""What residents say of an answer, how they find a case again, and what of it is searched."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ...extensions import Model, UtcDateTime

WRITTEN = text("text <> ''")
"""The ratings of a small index of their own: those with words."""


class Rating(Model):
    """The resident's judgement of one answer: level 1 (very dissatisfied) to 5, reasons, own words."""

    __tablename__ = "rating"
    __table_args__ = (UniqueConstraint("case_id", "answer_number"), Index("ix_rating_unit", "unit_id", "at"),
                      Index("ix_rating_written", "at", sqlite_where=WRITTEN, postgresql_where=WRITTEN))  # fmt: skip
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("petition_case.id"))
    answer_number: Mapped[int]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    level: Mapped[int]
    reasons: Mapped[list[str]] = mapped_column(JSON, default=list)
    text: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class MailLink:
    """A single-use link, sent by e-mail instead of a code; only its hash is kept; good for 7 days (cases.links)."""

    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class FollowLink(MailLink, Model):
    """A link to a case."""

    __tablename__ = "follow_link"
    case_id: Mapped[int] = mapped_column(ForeignKey("petition_case.id"), index=True)


class SearchDocument(Model):
    """The folded words of a case (title, body, reference, answers), which the engine's own index reads."""

    __tablename__ = "search_document"
    case_id: Mapped[int] = mapped_column(ForeignKey("petition_case.id"), primary_key=True, autoincrement=False)
    folded: Mapped[str] = mapped_column(Text)
