"""The permission matrix as data/permissions.txt publishes it: which door answers what to whom. Decides nothing.

The tests knock at every door as every visitor and hold the program to that page; `flask matrix` prints it beside the
guards, and docs/permissions.md is written from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .workflow import Role

FILE = Path(__file__).parent / "data" / "permissions.txt"
SEATS = ("unit", "parent", "sibling", "past")
"""Where an official sits, seen from the case: its unit, the unit above, one beside, one that has passed it on."""
ROLES = (Role.CLERK, Role.OFFICER, Role.HEAD, Role.SUPERVISOR, Role.INSPECTOR, Role.ADMINISTRATOR, Role.REGISTRAR)
ANONYMOUS, RESIDENT, STRANGER = "anonymous", "resident", "stranger"
"""Nobody yet; the resident whose case it is; the resident of another case."""
OUTSIDE = (ANONYMOUS, RESIDENT, STRANGER)
COLLEAGUE = "colleague@unit"
"""officer@unit holds the case; colleague@unit is an officer of the same unit who does not."""
OFFICIALS = (*(f"{role}@{seat}" for role in ROLES for seat in SEATS), COLLEAGUE)
VISITORS = (*OUTSIDE, *OFFICIALS)
SHUT = frozenset({"in", "door", "403"})
"""Answers that say: not for you."""
ABSENT = "404"
"""Said of what is out of sight, and of what is not there."""

Door = tuple[str, str]
"""Method and endpoint; the endpoint may carry which of several things is tried (petitions.attachment:first_file)."""
Cells = dict[str, str]
BY_VISITOR = ("SEES_CASE", "SEES_FIGURES", "SEES_ANSWERS", "SEES_HEARD", "SEES_FORMS", "TAKES_FORMS", "TYPES_FIGURES",
              "RECEPTION", "SEES_SESSION")  # fmt: skip


@dataclass(frozen=True)
class Table:
    """One table of the page: its lines, and what is remarked on under it."""

    text: str
    remark: str

    @property
    def rows(self) -> list[list[str]]:
        """Its lines, split at spaces."""
        return [line.split() for line in self.text.splitlines() if line.strip()]

    @property
    def grid(self) -> tuple[list[str], list[list[str]]]:
        """The head of the table and its rows."""
        head, *rows = self.rows
        return head, rows


@cache
def tables() -> Mapping[str, Table]:
    """Every table of the page by its name."""
    found: dict[str, tuple[list[str], list[str]]] = {"": ([], [])}
    name = ""
    for line in FILE.read_text("utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[] ")
            found[name] = ([], [])
        elif line.startswith("#"):
            found[name][1].append(line.removeprefix("#").removeprefix(" "))
        elif line.strip():
            found[name][0].append(line)
    return {name: Table("\n".join(lines), "\n".join(said)) for name, (lines, said) in found.items()}


def role_of(visitor: str) -> str:
    """What a visitor is, wherever they sit: anonymous, resident, stranger, or a role."""
    return str(Role.OFFICER) if visitor == COLLEAGUE else visitor.partition("@")[0]


def doors() -> dict[Door, Cells]:
    """Every cell of the page: door -> visitor -> answer."""
    found: dict[Door, Cells] = {}
    for name in ("PUBLIC", "BOOKING"):
        found |= {(method, door): dict.fromkeys(VISITORS, answer) for method, door, answer in tables()[name].rows}
    found |= _by_role() | _at_home() | _administration()
    for name in BY_VISITOR:
        found |= _by_visitor(name)
    return found


def _by_role() -> dict[Door, Cells]:
    """Doors that ask for a role wherever it is held, some for a seat beside it; who is not named is refused."""
    found = {}
    for name in ("BY_ROLE", "BY_ROLE_AND_SEAT"):
        head, rows = tables()[name].grid
        for method, door, *cells in rows:
            said = dict(zip(head, cells, strict=True))
            found[method, door] = {who: said.get(who) or said.get(role_of(who), "403") for who in VISITORS}
    return found


def _at_home() -> dict[Door, Cells]:
    """The resident's doors: officials have no code and are led to the door like anybody."""
    head, rows = tables()["AT_HOME"].grid
    return {
        (method, door): dict.fromkeys(OFFICIALS, "door") | dict(zip(head, cells, strict=True))
        for method, door, *cells in rows
    }


def _administration() -> dict[Door, Cells]:
    head, rows = tables()["ADMINISTERS"].grid
    rest = dict.fromkeys(OUTSIDE, "in") | dict.fromkeys(OFFICIALS, "403")
    return {(method, door): rest | dict(zip(head, cells, strict=True)) for method, door, *cells in rows}


def _by_visitor(name: str) -> dict[Door, Cells]:
    """A table whose rows are visitors and whose columns are doors."""
    shut = next(roles for table, *roles in tables()["SHUT"].rows if table == name)
    columns = {column: (method, door) for table, column, method, door in tables()["COLUMNS"].rows if table == name}
    rest = dict.fromkeys(OUTSIDE, "in") | {who: "403" for who in OFFICIALS if role_of(who) in shut}
    head, rows = tables()[name].grid
    found = {columns.get(column, ("GET", column)): dict(rest) for column in head}
    for visitor, *cells in rows:
        for cells_of, cell in zip(found.values(), cells, strict=True):
            cells_of[visitor] = cell
    return found


def status_of(cell: str) -> int:
    """The status behind a cell: `in` and `door` lead away (302)."""
    return int(cell) if cell.isdigit() else 302


def who_may(door: Door, all_doors: Mapping[Door, Cells]) -> dict[str, list[str]]:
    """Who is let in at a door, and from which seats: role -> seats (anonymous and residents have none).

    Where nobody is shown anything, the door was tried on something that is not there: then whoever is told so.
    """
    said = {name: rest for name, *rest in tables()["AS"].rows}.get(door[1], [])
    if said and said[0] == "=":
        return who_may(next(other for other in all_doors if other[1] == said[1]), all_doors)
    cells = all_doors[door]
    let_in = said[1:] or [who for who, cell in cells.items() if cell not in SHUT and cell != ABSENT]
    let_in = let_in or [who for who, cell in cells.items() if cell not in SHUT]
    found: dict[str, list[str]] = {}
    for who in let_in:
        seats = found.setdefault(role_of(who), [])
        seat = who.partition("@")[2]
        if seat and seat not in seats:
            seats.append(seat)
    return found


def is_tried_on_nothing(cells: Mapping[str, str]) -> bool:
    """Whether nobody at all is shown something: the cells then tell little, and `who_may` says whom the door is for."""
    return all(cell in SHUT or cell == ABSENT for cell in cells.values())
