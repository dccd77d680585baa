"""Tables of the government tree, its categories, its calendar and its settings."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..extensions import Model


class Level(Model):
    """A kind of unit (province, department, commune), as this government calls it; rank 1 is the top."""

    __tablename__ = "level"
    code: Mapped[str] = mapped_column(String(24), primary_key=True)
    name_vi: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(80))
    rank: Mapped[int]
    duties: Mapped[list[str]] = mapped_column(JSON, default=list)
    """As whom the units of this level owe reception days and conferences: `who` of the duties in deadlines.toml."""


class Unit(Model):
    """A node of the government tree, valid from and to, with the unit that took over from it."""

    __tablename__ = "unit"
    __table_args__ = (Index("ix_unit_parent", "parent_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name_vi: Mapped[str] = mapped_column(String(160))
    name_en: Mapped[str] = mapped_column(String(160))
    short_vi: Mapped[str] = mapped_column(String(80))
    short_en: Mapped[str] = mapped_column(String(80))
    level: Mapped[str] = mapped_column(ForeignKey("level.code"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    path: Mapped[str] = mapped_column(String(120), unique=True)
    sort_key: Mapped[str] = mapped_column(String(200), default="")
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    is_remote: Mapped[bool] = mapped_column(default=False)
    area_code: Mapped[str] = mapped_column(String(16), default="")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    former: Mapped[list[str]] = mapped_column(JSON, default=list)

    parent: Mapped[Unit | None] = relationship(remote_side=[id], foreign_keys=[parent_id])
    successor: Mapped[Unit | None] = relationship(remote_side=[id], foreign_keys=[successor_id])

    def is_valid(self, on: date) -> bool:
        """Whether the unit exists on that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    @property
    def is_area(self) -> bool:
        """Whether it governs a place residents live in (a commune or ward), not a field of work."""
        return bool(self.area_code)


class Category(Model):
    """What a petition is about, in two levels, and the level of government that handles it."""

    __tablename__ = "category"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    name_vi: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"), index=True)
    handling_level: Mapped[str] = mapped_column(ForeignKey("level.code"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    kinds: Mapped[list[str]] = mapped_column(JSON, default=list)
    deadline_variant: Mapped[str] = mapped_column(String(40))
    position: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)

    parent: Mapped[Category | None] = relationship(remote_side=[id])
    unit: Mapped[Unit | None] = relationship()


class CalendarOverride(Model):
    """A day the province made off or working, against the shipped calendar, with its reason and document."""

    __tablename__ = "calendar_override"
    on: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(4))
    reason: Mapped[str] = mapped_column(String(200))
    document: Mapped[str] = mapped_column(String(200), default="")


class Setting(Model):
    """What officials may change: a value for the whole government (unit_id None) or for one unit."""

    __tablename__ = "setting"
    __table_args__ = (UniqueConstraint("key", "unit_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    value: Mapped[Any] = mapped_column(JSON)


class Sequence(Model):
    """A running number (references of a year, document numbers of a unit)."""

    __tablename__ = "sequence"
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    number: Mapped[int]


class GovernmentFact(Model):
    """Who runs this installation: name, phone line, time zone; one row per fact."""

    __tablename__ = "government_fact"
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
