"""Tables of official papers: those on their way to the signature, and those that were signed and frozen for good."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..extensions import Model, SealedJson, UtcDateTime


class Signed:
    """What every signed paper has: its number, its frozen PDF and the SHA-256 that the signing event carries."""

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    form: Mapped[str] = mapped_column(String(40))
    year: Mapped[int]
    """Numbers run within a unit and a year and begin again at 1 (Decree 30/2020/NĐ-CP)."""
    number: Mapped[str] = mapped_column(String(60))
    signed_by_id: Mapped[int] = mapped_column(ForeignKey("official.id"))
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    in_name_of_id: Mapped[int | None] = mapped_column(ForeignKey("official.id"))
    storage_key: Mapped[str] = mapped_column(String(80))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))


class Document(Signed, Model):
    """One signed paper of a case."""

    __tablename__ = "document"
    __table_args__ = (UniqueConstraint("unit_id", "year", "number"),)
    case_id: Mapped[int] = mapped_column(ForeignKey("petition_case.id"), index=True)


class HouseDocument(Signed, Model):
    """One signed paper that belongs to no case: the minutes of a session, the notice of its results.

    `subject` names what it belongs to as events do: "session:3".
    """

    __tablename__ = "house_document"
    __table_args__ = (UniqueConstraint("unit_id", "year", "number"), Index("ix_house_document_subject", "subject"))
    subject: Mapped[str] = mapped_column(String(40))


class Paper(Model):
    """One paper on its way: written, submitted, returned with a remark or signed. Its texts stay editable till then.

    `form` names its kind in documents/data/forms.toml; `fields` holds the texts by field, sealed: they name
    people; `cargo` what the verb needs that happens with the signature (a day, a variant, a unit's code).
    """

    __tablename__ = "paper"
    __table_args__ = (Index("ix_paper_case", "case_id", "id"), Index("ix_paper_waiting", "unit_id", "state"))
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    version: Mapped[int] = mapped_column()
    case_id: Mapped[int] = mapped_column(ForeignKey("petition_case.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    form: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(12), default="draft")
    """draft, submitted, returned, signed or dropped."""
    fields: Mapped[dict[str, str]] = mapped_column("sealed_fields", SealedJson("paper.fields"), default=dict)
    cargo: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    remark: Mapped[str] = mapped_column(Text, default="")
    """Why the head returned it."""
    written_by_id: Mapped[int] = mapped_column(ForeignKey("official.id"))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))

    __mapper_args__ = {"version_id_col": version}
    document: Mapped[Document | None] = relationship()

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed."""
        return self.state in ("draft", "submitted", "returned")
