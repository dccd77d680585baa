"""The unit's own rows and those of each unit directly below it, for tables that stand unit under unit."""

from __future__ import annotations

from ..asked import facts_of
from ..cells.measures import Measures
from ..figures import table_of
from ..links import Links
from ..tree import Node
from .frame import Asked


def still(asked: Asked) -> Measures:
    """The measures over what is open when the period ends: far fewer rows than all that ever came."""
    return _open(asked.measured, asked)


def measured_below(asked: Asked) -> tuple[list[Node], Measures]:
    """The units of the table, the unit itself first, and the measures over what is open, with a row for each."""
    nodes, row_of = table_of(asked.place, asked.question)
    return nodes, _open(Measures(facts_of(asked.question, row_of, len(nodes), asked.table), asked.period), asked)


def _open(measured: Measures, asked: Asked) -> Measures:
    return Measures(measured.facts.only(measured.open), asked.period)


def links_of(asked: Asked, node: Node, view: str) -> Links:
    """The same question to a unit of the table; the unit itself stands for its own cases alone."""
    return asked.links().of(node.code, alone=node.id == asked.place.unit.id).on(view)
