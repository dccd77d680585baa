"""All facts as columns in memory: read from the cells once, then only what changed. One copy for each process.

Whoever counts takes the table as it stands and may keep it: a change makes a new one, so nothing moves under a sum.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from ...extensions import db
from ...journal.models import ChainHead
from ...rules.workflow import Kind
from ..models import Cell, CellsHead
from ..tree import nodes
from .keep import Key, behind, counted
from .pack import FORMAT, KINDS, MOMENTS, ROW, Rows, unpacked

Column = NDArray[Any]
LAST = "last_moment"
"""When something of a custody happened last, or NEVER while it is unfinished: what was over before a period began
cannot count in it."""
NEVER = 2**32 - 1
SEALED = KINDS.index(Kind.DENUNCIATION)


@dataclass(frozen=True)
class Table:
    """Columns of equal length, by name, without denunciations: they stand in no figure (sealed.py).

    The units lie in the order of the tree, each before what is below it, and the cells of a unit by month: so a unit
    with all below it is one stretch of every column.
    """

    seq: int = -1
    columns: Mapping[str, Column] = field(default_factory=dict)
    lengths: Mapping[Key, int] = field(default_factory=dict)
    """How many rows each cell has, in the order in which they lie."""
    ranks: Mapping[int, int] = field(default_factory=dict)
    """The place of each unit in the order of the tree."""

    def __len__(self) -> int:
        return sum(self.lengths.values())

    @cached_property
    def stretches(self) -> dict[int, tuple[int, int]]:
        """Where the rows of each unit begin and end."""
        found: dict[int, tuple[int, int]] = {}
        at = 0
        for key, length in self.lengths.items():
            found[key.unit_id] = (found.get(key.unit_id, (at, at))[0], at + length)
            at += length
        return found

    def with_cells(self, found: Mapping[Key, bytes], seq: int) -> Table:
        """This table with some cells' rows in place of what it held of them."""
        if not found:
            return Table(seq, self.columns, self.lengths, self.ranks)
        if not self.lengths or any(key.unit_id not in self.ranks for key in found):
            return self._anew(found, seq)
        fresh = {key: _open_rows(facts) for key, facts in found.items()}
        cuts = self._cuts(sorted(fresh, key=self._rank))
        new = {key: _columns([(key.unit_id, rows)]) for key, rows in fresh.items()}
        columns = {name: _spliced(column, [(*at, new[key][name]) for key, at in cuts.items()])
                   for name, column in self.columns.items()}  # fmt: skip
        lengths = {**self.lengths, **{key: len(rows) for key, rows in fresh.items()}}
        return Table(seq, columns, self._ordered(lengths), self.ranks)

    def _anew(self, found: Mapping[Key, bytes], seq: int) -> Table:
        """The first cells, or those of units that were not known: everything is put in order again."""
        table = Table(seq, {}, {}, _ranks())
        cells = {**self._cells(), **{key: _open_rows(facts) for key, facts in found.items()}}
        lengths = table._ordered({key: len(rows) for key, rows in cells.items()})
        return Table(seq, _columns([(key.unit_id, cells[key]) for key in lengths]), lengths, table.ranks)

    def _cells(self) -> dict[Key, Rows]:
        """The rows of each cell as they were packed."""
        whole = np.zeros(len(self), ROW)
        for name in ROW.names or () if len(whole) else ():
            whole[name] = self.columns[name]
        ends = np.cumsum(list(self.lengths.values()), dtype=np.int64).tolist()
        return {key: whole[end - length : end] for (key, length), end in zip(self.lengths.items(), ends, strict=True)}

    def _rank(self, key: Key) -> tuple[int, int, Key]:
        return self.ranks.get(key.unit_id, len(self.ranks)), key.unit_id, key

    def _ordered(self, lengths: Mapping[Key, int]) -> dict[Key, int]:
        return {key: lengths[key] for key in sorted(lengths, key=self._rank)}

    def _cuts(self, keys: Iterable[Key]) -> dict[Key, tuple[int, int]]:
        """Where each of these cells, which come in order, lies or has to be put in."""
        known = list(self.lengths)
        starts = [0, *np.cumsum(list(self.lengths.values()), dtype=np.int64).tolist()]
        places = {key: bisect_left(known, self._rank(key), key=self._rank) for key in keys}
        return {key: (starts[n], starts[n] + self.lengths.get(key, 0)) for key, n in places.items()}


def _ranks() -> dict[int, int]:
    """The units in the order of the tree: each, then what is below it, as pages list them. One statement."""
    below: dict[int | None, list[int]] = defaultdict(list)
    for node in nodes():
        below[node.parent_id].append(node.id)

    def line(unit_id: int | None) -> Iterator[int]:
        for child in below.get(unit_id, ()):
            yield child
            yield from line(child)

    return {unit_id: number for number, unit_id in enumerate(line(None))}


def _open_rows(facts: bytes) -> Rows:
    rows = unpacked(facts)
    return rows[rows["kind"] != SEALED]


def _columns(cells: Sequence[tuple[int, Rows]]) -> dict[str, Column]:
    """The rows of these cells, one after the other, as columns."""
    rows = np.concatenate([np.zeros(0, ROW), *(rows for _unit_id, rows in cells)])
    columns: dict[str, Column] = {name: np.ascontiguousarray(rows[name]) for name in ROW.names or ()}
    units = np.array([unit_id for unit_id, _rows in cells], np.uint32)
    columns["unit_id"] = np.repeat(units, [len(rows) for _unit_id, rows in cells])
    last = np.maximum.reduce([columns[name] for name in MOMENTS])
    ends = (columns["ended_at"] > 0) | ((columns["finished_at"] > 0) & (columns["resolved_at"] > 0))
    columns[LAST] = np.where(ends, last, np.uint32(NEVER))
    return columns


def _spliced(column: Column, cuts: Iterable[tuple[int, int, Column]]) -> Column:
    """A column in which stretches, which come in order, are replaced."""
    parts, at = [], 0
    for start, stop, fresh in cuts:
        parts += [column[at:start], fresh]
        at = stop
    return np.concatenate([*parts, column[at:]])


_tables: dict[str, Table] = {}
_turn = threading.Lock()


def current() -> Table:
    """The table with everything that has happened until now. Reads the cells that changed and counts those behind."""
    key = str(db.engine.url)
    with _turn:
        known = _tables.get(key)
        head, now = _heads()
        if known is None or known.seq > now:
            known = Table()  # the first time; or another database stands there
        if known.seq < head:
            known = known.with_cells(_cells_since(known), head)
        if known.seq < now:
            known = known.with_cells(counted(behind(max(known.seq, 0), now)), now)
        _tables[key] = known
    return known


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
