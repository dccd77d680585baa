"""The unit's own rows and those of each unit directly below it, for tables that stand unit under unit."""

from __future__ import annotations

from ..asked import facts_of
from ..cells.measures import Facts, Measures
from ..figures import table_of
from ..links import Links
from ..tree import Node
from .frame import Asked


def measured_below(asked: Asked) -> tuple[list[Node], Measures]:
    """The units of the table, the unit itself first, and the measures with one row for each."""
    nodes, row_of = table_of(asked.place, asked.question)
    facts: Facts = facts_of(asked.question, row_of, len(nodes), asked.table)
    return nodes, Measures(facts, asked.period)


def links_of(asked: Asked, node: Node, view: str) -> Links:
    """The same question to a unit of the table; the unit itself stands for its own cases alone."""
    return asked.links().of(node.code, alone=node.id == asked.place.unit.id).on(view)
