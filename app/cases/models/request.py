"""What a request for a dialogue says besides its subject: with whom, when, how many come, what they need."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ...extensions import Model, SealedJson, UtcDateTime


class DialogueRequest(Model):
    """The part of a case that only a dialogue request has; one row beside the case.

    `session_id` is the session that answers it: several requests on one subject may share one. Times are wall times
    of the town ("2026-11-27T08:30"), so that no change of clocks elsewhere moves them.
    """

    __tablename__ = "dialogue_request"
    __table_args__ = (Index("ix_dialogue_request_session", "session_id"),)
    case_id: Mapped[int] = mapped_column(ForeignKey("petition_case.id"), primary_key=True, autoincrement=False)
    with_level: Mapped[str] = mapped_column(String(16), default="any")
    """Whom the resident wants to meet: head, deputy, specialist, any (rules/dialogues/groups.py)."""
    people: Mapped[int] = mapped_column(default=1)
    """How many ask together, the sender among them; more than one is a group."""
    representatives: Mapped[list[str]] = mapped_column(
        "sealed_representatives", SealedJson("dialogue_request.representatives"), default=list)  # fmt: skip
    """Names of who speaks for a group, one to five."""
    wanted_times: Mapped[str] = mapped_column(Text, default="")
    mode: Mapped[str] = mapped_column(String(12), default="in_person")
    """in_person or online."""
    interpreter: Mapped[str] = mapped_column(String(12), default="")
    """The language to be interpreted (tay, nung, hmong, dao, muong), or empty."""
    wheelchair: Mapped[bool] = mapped_column(default=False)
    offered_times: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """What the unit proposed: starts, ends (wall times), place, mode, link."""
    insisted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("dialogue_session.id"))
    shared_on: Mapped[date | None]
    """Since when others may join it by its link."""
    shared_title: Mapped[str] = mapped_column(String(200), default="")
    shared_text: Mapped[str] = mapped_column(Text, default="")
    """What the public reads, without anybody's personal data."""
    joined: Mapped[int] = mapped_column(default=0)
    """How many others joined; each is counted once (table voice)."""
