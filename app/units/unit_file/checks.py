"""What must hold between the rows of a unit file: one tree, no loops, nobody points at a unit that is not there."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from app.units.unit_file.keys import Keys
from app.units.unit_file.rows import CategoryRow, UnitRow
from app.units.unit_file.tables import meant


class Coded(Protocol):
    """A row that has a code of its own."""

    @property
    def code(self) -> str:
        """Unique among the rows of its kind."""


class InTree(Coded, Protocol):
    """A row that may stand below another one."""

    @property
    def parent(self) -> str:
        """The code of the row above, empty at the top."""


def check_codes(rows: Sequence[tuple[Coded, Keys]]) -> None:
    """No two rows of one kind share a code."""
    lines: dict[str, int] = {}
    for row, keys in rows:
        if row.code in lines:
            keys.wrong("code", f"stands already on line {lines[row.code]}")
        elif row.code:
            lines[row.code] = keys.table.line_of("code")


def check_parents(rows: Sequence[tuple[InTree, Keys]]) -> None:
    """Parents exist and stand above their children; nobody stands below himself."""
    parents = {row.code: row.parent for row, _ in rows}
    above: set[str] = set()
    for row, keys in rows:
        if row.parent and row.parent not in above:
            keys.wrong("parent", _why_not_above(row, parents))
        above.add(row.code)


def _why_not_above(row: InTree, parents: Mapping[str, str]) -> str:
    if row.parent not in parents:
        return f"'{row.parent}' is not in this file{meant(row.parent, parents)}"
    if loop := _loop(row.code, parents):
        return f"goes in a circle: {' > '.join(loop)}"
    return f"'{row.parent}' stands further down; put parents before their children"


def _loop(start: str, after: Mapping[str, str]) -> list[str]:
    """The way from a code back to itself, empty when there is none."""
    way = [start]
    while (code := after.get(way[-1], "")) and code not in way:
        way.append(code)
    return [*way, start] if code == start else []


def check_one_top(units: Sequence[tuple[UnitRow, Keys]]) -> None:
    """A government has one top, above which nobody stands."""
    tops = [(row, keys) for row, keys in units if not row.parent and "parent" not in keys.failed]
    for _, keys in tops[1:]:
        keys.wrong("parent", f"is missing; only one unit stands at the top and that is '{tops[0][0].code}'")


def check_successors(units: Sequence[tuple[UnitRow, Keys]]) -> None:
    """A unit that ends hands over to a unit of this file, and the chain of heirs has an end."""
    heirs = {row.code: row.successor for row, _ in units}
    for row, keys in units:
        if not row.successor:
            continue
        if row.successor not in heirs:
            keys.wrong("successor", f"'{row.successor}' is not in this file{meant(row.successor, heirs)}")
        elif loop := _loop(row.code, heirs):
            keys.wrong("successor", f"goes in a circle: {' > '.join(loop)}")
        elif row.valid_to is None:
            keys.wrong("valid_to", "is missing; a unit with a successor has a last day")


def check_categories(categories: Sequence[tuple[CategoryRow, Keys]], units: Sequence[tuple[UnitRow, Keys]]) -> None:
    """Categories have two levels, and the unit that handles one is in this file."""
    parents = {row.code: row.parent for row, _ in categories}
    known = [row.code for row, _ in units]
    for row, keys in categories:
        if parents.get(row.parent):
            keys.wrong("parent", f"'{row.parent}' is itself below '{parents[row.parent]}'; categories have two levels")
        if row.unit and row.unit not in known:
            keys.wrong("unit", f"'{row.unit}' is not in this file{meant(row.unit, known)}")
