"""A dialogue that is planned, announced, held and written down: sessions, who came, what was asked."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...accounts.models import Official
from ...cases.models import Case
from ...documents.models import HouseDocument
from ...extensions import FLAT, Model, SealedJson, UtcDateTime
from ...units.models import Unit


class DialogueSession(Model):
    """One session: the yearly conference of a commune, a theme, a request that was granted, or within a complaint.

    Facts, not statuses, say how far it is: announced, held, minutes submitted, approved, published
    (rules/dialogues/sessions.py reads the stage off them). Law 72/2025/QH15 art. 43.
    """

    __tablename__ = "dialogue_session"
    __table_args__ = (Index("ix_dialogue_session_unit", "unit_id", "on"), Index("ix_dialogue_session_on", "on"))
    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    number: Mapped[str] = mapped_column(String(24), unique=True)
    """Public number: DT-2026-000001."""
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[str] = mapped_column(String(12))
    """conference, theme, request or complaint."""
    case_id: Mapped[int | None] = mapped_column(ForeignKey("petition_case.id"), index=True)
    """The complaint within whose settlement it is held (Law 02/2011/QH13 art. 30, 39)."""
    title: Mapped[str] = mapped_column(String(200))
    agenda: Mapped[str] = mapped_column(Text, default="")
    area: Mapped[str] = mapped_column(String(200), default="")
    """The cluster of villages, where a large commune holds several."""
    on_request: Mapped[bool] = mapped_column(default=False)
    """Called because voters asked for it."""
    on: Mapped[date]
    starts: Mapped[time]
    ends: Mapped[time]
    mode: Mapped[str] = mapped_column(String(12), default="in_person")
    place: Mapped[str] = mapped_column(String(300), default="")
    link: Mapped[str] = mapped_column(String(300), default="")
    chair: Mapped[str] = mapped_column(String(200), default="")
    """Who presides, with the co-chair of the People's Council or the Front."""
    is_public: Mapped[bool] = mapped_column(default=True)
    """Shown on the public pages; those within a complaint never are."""
    planned_by_id: Mapped[int | None] = mapped_column(ForeignKey("official.id"))
    planned_at: Mapped[datetime] = mapped_column(UtcDateTime)
    announce_due_on: Mapped[date | None]
    announce_derivation: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    announced_on: Mapped[date | None]
    announced_by: Mapped[list[str]] = mapped_column(JSON, default=list)
    """By which ways: portal, posting, loudspeaker, village_heads, letter, media."""
    called_off_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why it was moved or called off last."""
    held_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    presided_by: Mapped[str] = mapped_column(String(200), default="")
    attended: Mapped[int] = mapped_column(default=0)
    """How many people came, as counted."""
    minutes: Mapped[str] = mapped_column(Text, default="")
    conclusion: Mapped[str] = mapped_column(Text, default="")
    remark: Mapped[str] = mapped_column(Text, default="")
    """Why the head returned the minutes."""
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("official.id"))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("house_document.id"))
    public_text: Mapped[str] = mapped_column(Text, default="")
    """The published minutes, without anybody's personal data."""
    publish_due_on: Mapped[date | None]
    publish_derivation: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    published_on: Mapped[date | None]
    published_by: Mapped[list[str]] = mapped_column(JSON, default=list)

    __mapper_args__ = {"version_id_col": version}
    unit: Mapped[Unit] = relationship(lazy="joined", innerjoin=FLAT)
    case: Mapped[Case | None] = relationship(foreign_keys=[case_id])
    planned_by: Mapped[Official | None] = relationship(foreign_keys=[planned_by_id])
    document: Mapped[HouseDocument | None] = relationship()
    attendees: Mapped[list[Attendee]] = relationship(order_by="Attendee.id")
    questions: Mapped[list[Question]] = relationship(order_by="Question.id")

    @property
    def about(self) -> str:
        """How events name it."""
        return f"session:{self.id}"


class Attendee(Model):
    """Somebody invited to a session or who came: an asker with a case, a representative, an office, a guest."""

    __tablename__ = "attendee"
    __table_args__ = (Index("ix_attendee_session", "session_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("dialogue_session.id"))
    role: Mapped[str] = mapped_column(String(16))
    """asker, representative, office, front, council or guest."""
    name: Mapped[str] = mapped_column("sealed_name", SealedJson("attendee.name"))
    """Sealed: who asks for a dialogue is nobody's to read off a copy of the database."""
    case_id: Mapped[int | None] = mapped_column(ForeignKey("petition_case.id"))
    invited_on: Mapped[date | None]
    came: Mapped[bool | None]

    case: Mapped[Case | None] = relationship()


class Question(Model):
    """What was asked, before a session or during it, and what was answered there or after."""

    __tablename__ = "dialogue_question"
    __table_args__ = (Index("ix_dialogue_question_session", "session_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("dialogue_session.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("petition_case.id"))
    asked_before: Mapped[bool] = mapped_column(default=False)
    channel: Mapped[str] = mapped_column(String(16), default="session")
    """web (sent ahead), counter, session."""
    asker: Mapped[str] = mapped_column("sealed_asker", SealedJson("question.asker"), default="")
    """Sealed, and never published."""
    text: Mapped[str] = mapped_column(Text)
    public_text: Mapped[str] = mapped_column(Text, default="")
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[str] = mapped_column(String(200), default="")
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
