"""The one table that the figures write: facts packed for counting. It may be dropped and rebuilt at any time."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from ..extensions import Model


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
