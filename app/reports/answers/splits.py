"""The same rows split by unit below, channel, top subject or outcome: names, addresses and the facts of each part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from ...words import named, word
from ..cells.groups import grouped, labels
from ..cells.measures import Facts, Measures
from ..cells.pack import CHANNELS, OUTCOMES
from ..links import Links
from .frame import Asked
from .standard import Closed
from .subjects import row_of, subjects, tops


@dataclass(frozen=True)
class Part:
    """One row: what it is called and where its cases are."""

    name: str
    links: Links
    page: str = ""
    """The same view of this part alone."""


@dataclass(frozen=True)
class Split:
    """The parts, and the measures over them: row n of the answer is part n."""

    parts: Sequence[Part]
    measured: Measures


def _split(asked: Asked, parts: Sequence[Part], facts: Facts) -> Split:
    return Split(parts, Measures(facts, asked.period))


def _facts(asked: Asked) -> Facts:
    """Only what can count in the period: most rows of five years cannot, and sorting them would take the longest."""
    return asked.measured.facts


def by_unit(asked: Asked, view: str) -> Split | None:
    """The unit itself and each one below with all under it; None where there is nothing below."""
    place = asked.place
    if not asked.question.with_below or not place.children:
        return None
    nodes, rows = [place.unit, *place.children], {place.unit.id: 0}
    for number, child in enumerate(place.children, 1):
        rows.update({node.id: number for node in place.below if child.holds(node)})
    label = labels(_facts(asked)["unit_id"], rows)
    links = [asked.links().on(view).of(node.code, alone=node.id == place.unit.id) for node in nodes]
    parts = [Part(named(node, True) if n else _("%(name)s trực tiếp giải quyết", name=named(node, True)), at, at.page())
             for n, (node, at) in enumerate(zip(nodes, links, strict=True))]  # fmt: skip
    return _split(asked, parts, grouped(_facts(asked), label, len(nodes)))


def by_channel(asked: Asked) -> Split:
    """Each channel."""
    label = labels(_facts(asked)["channel"], {n: n for n in range(len(CHANNELS))})
    parts = [Part(word(code, "channel"), asked.links(channel=code)) for code in CHANNELS]
    return _split(asked, parts, grouped(_facts(asked), label, len(CHANNELS)))


def by_subject(asked: Asked) -> Split:
    """Each top subject with those below it."""
    rows = tops(subjects())
    is_narrowed = bool(asked.question.category)
    parts = []
    for s, _ids in rows:
        links = asked.links() if is_narrowed else asked.links(category=s.code)
        parts.append(Part(s.name, links if s.is_active else Closed(links.code, links.question)))
    return _split(asked, parts, grouped(_facts(asked), labels(_facts(asked)["category_id"], row_of(rows)), len(rows)))


def by_outcome(asked: Asked) -> Split:
    """Each outcome; the filters do not know outcomes, so no part has a list."""
    label = labels(_facts(asked)["outcome"], {n: n for n in range(len(OUTCOMES))})
    closed = Closed(asked.place.unit.code, asked.question)
    parts = [Part(word(code, "outcome") if code else _("không ghi kết quả"), closed) for code in OUTCOMES]
    return _split(asked, parts, grouped(_facts(asked), label, len(OUTCOMES)))
