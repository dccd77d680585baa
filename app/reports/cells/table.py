"""All facts as columns in memory: read from the cells once, then only what changed. One copy for each process.

Whoever counts takes the table as it stands and may keep it: a change makes a new one, so nothing moves under a sum.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from ...extensions import db
from ...journal.models import ChainHead
from ..models import Cell, CellsHead
from .keep import Key, behind, counted
from .pack import FORMAT, MOMENTS, ROW, unpacked

Column = NDArray[Any]
LAST = "last_moment"
"""When something of a custody happened last; what was over before a period began cannot count in it."""


@dataclass(frozen=True)
class Table:
    """Columns of equal length, by name; `places` says where each cell's rows lie. Rows of unit 0 are no more."""

    seq: int = -1
    columns: Mapping[str, Column] = field(default_factory=dict)
    places: Mapping[Key, tuple[int, int]] = field(default_factory=dict)
    dead: int = 0

    def __len__(self) -> int:
        return len(self.columns.get("unit_id", ()))

    def with_cells(self, found: Mapping[Key, bytes], seq: int) -> Table:
        """This table with some cells' rows in place of what it held of them."""
        if not found:
            return Table(seq, self.columns, self.places, self.dead)
        fresh, places, at = [], dict(self.places), len(self)
        gone = [places.pop(key) for key in found if key in places]
        for key, facts in found.items():
            rows = unpacked(facts)
            fresh.append((key.unit_id, rows))
            places[key] = (at, at + len(rows))
            at += len(rows)
        columns = {name: _joined(self.columns.get(name), name, fresh) for name in (*(ROW.names or ()), "unit_id")}
        for start, stop in gone:
            columns["unit_id"][start:stop] = 0
        columns[LAST] = np.maximum.reduce([columns[name] for name in MOMENTS])
        return Table(seq, columns, places, self.dead + sum(stop - start for start, stop in gone))


def _joined(before: Column | None, name: str, fresh: list[tuple[int, Any]]) -> Column:
    new = [np.full(len(rows), unit_id, "<u4") if name == "unit_id" else rows[name] for unit_id, rows in fresh]
    return np.concatenate([*(() if before is None else (before,)), *new])


_tables: dict[str, Table] = {}
_turn = threading.Lock()


def current() -> Table:
    """The table with everything that has happened until now. Reads the cells that changed and counts those behind."""
    key = str(db.engine.url)
    with _turn:
        known = _tables.get(key)
        head, now = _heads()
        if known is None or known.seq > head or known.dead > len(known) // 4:
            known = Table()  # the first time; the cells were dropped; too many rows that are no more
        if known.seq < head:
            known = _tables[key] = known.with_cells(_cells_since(known), head)
    return known.with_cells(counted(behind(head, now)), now) if now > head else known


def _heads() -> tuple[int, int]:
    """The last event that the cells hold, -1 where there are none of today's format; and the last there is."""
    chain = select(ChainHead.seq).where(ChainHead.id == 1).scalar_subquery()
    cells = select(CellsHead.seq).where(CellsHead.id == 1, CellsHead.format == FORMAT).scalar_subquery()
    head, now = db.session.execute(select(cells, chain)).one()
    return -1 if head is None else head, now or 0


def _cells_since(known: Table) -> dict[Key, bytes]:
    """The cells written since; all of them the first time."""
    rows: Any = db.session.execute(
        select(Cell.unit_id, Cell.month, Cell.facts).where(Cell.seq > known.seq if known.columns else Cell.seq >= 0)
    )
    return {Key(unit_id, month): facts for unit_id, month, facts in rows}


def forget() -> None:
    """Drop what this process remembers (tests that change databases under one address)."""
    _tables.clear()
