"""What the figures write: facts packed for counting, which may be dropped and rebuilt at any time; and figures of the
official forms that the system keeps nothing of, typed by officials."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..extensions import Model, UtcDateTime


class Cell(Model):
    """The facts of all custodies that began at one unit in one month, side by side in fixed width (cells/pack.py).

    A custody never changes its unit nor its beginning, so a change rewrites the one cell it lies in. With kind,
    category, channel and commune of each custody in it, a cell answers for any day and any filter.
    """

    __tablename__ = "cell"
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True, autoincrement=False)
    month: Mapped[date] = mapped_column(primary_key=True)
    """The first day of the month, in the town's calendar."""
    seq: Mapped[int]
    """The last event known when it was counted."""
    facts: Mapped[bytes] = mapped_column(LargeBinary)


class CellsHead(Model):
    """Up to which event the cells hold everything: one row. What came later is counted while a page is made."""

    __tablename__ = "cells_head"
    id: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int]
    format: Mapped[int] = mapped_column(server_default="0")
    """How the rows lie in the cells (cells/pack.py FORMAT); cells of another format are not read."""


class OfficialFigure(Model):
    """One figure of an official form that the system keeps nothing of (money, land, people disciplined ...).

    Typed by an official of the unit, for the days of a report window: windows may be set otherwise later, and what was
    said of these days stays said of them.
    """

    __tablename__ = "official_figure"
    __table_args__ = (UniqueConstraint("unit_id", "form", "first_on", "last_on", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    form: Mapped[str] = mapped_column(String(12))
    first_on: Mapped[date]
    last_on: Mapped[date]
    number: Mapped[int]
    """Of the column."""
    hundredths: Mapped[int] = mapped_column(BigInteger)
    """The value times 100: exact on both engines."""
    typed_by_id: Mapped[int] = mapped_column(ForeignKey("official.id"))
    typed_at: Mapped[datetime] = mapped_column(UtcDateTime)
