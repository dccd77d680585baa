"""The table of official papers that were signed: frozen for good."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..extensions import Model, UtcDateTime


class Document(Model):
    """One signed paper: its number, its frozen PDF and the SHA-256 that the signing event carries."""

    __tablename__ = "document"
    __table_args__ = (UniqueConstraint("unit_id", "year", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("petition_case.id"), index=True)
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
