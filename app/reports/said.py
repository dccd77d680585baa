"""What residents wrote beside their ratings, masked: the texts behind the satisfaction figures, never of denunciations.

The same ratings as the figures count: the last one of each custody. Who wrote it is never shown; the case is linked
where the reader may see it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
from sqlalchemy import Select, case, select

from ..cases.models import Case, Person, Rating
from ..cases.models.person import opened
from ..cases.models.said import WRITTEN
from ..cases.queries import visible_to
from ..extensions import db
from ..rules.masking import Piece, masked
from ..rules.workflow import Actor, Kind
from .cells.measures import Measures
from .cells.pack import second

PAGE = 20
FIRST, MOST = 400, 10_000
"""Texts looked through in one statement: few at first, since the newest page is read most."""


@dataclass(frozen=True)
class Said:
    """One text: the level it explains, when, by whose answer, and the case as far as it may be shown."""

    level: int
    at: datetime
    unit_id: int
    pieces: list[Piece]
    reference: str
    title: str


@dataclass(frozen=True)
class Texts:
    """One page of texts, and whether there are older ones."""

    rows: list[Said]
    has_more: bool


Mark = tuple[datetime, int]
"""Where one stands among the texts, the latest first: moment and id."""


def texts(measured: Measures, actor: Actor, page: int) -> Texts:
    """Page `page` (from 1) of the texts of the ratings that the figures count, newest first."""
    start = (page - 1) * PAGE
    found: list[Mark] = []
    for part in _written(measured):
        found += part
        if len(found) > start + PAGE:
            break
    wanted = [number for _at, number in found[start : start + PAGE]]
    place = {number: n for n, number in enumerate(wanted)}
    rows = db.session.execute(_shown(wanted, actor)).all() if wanted else []
    ordered = sorted(rows, key=lambda row: place[row.id])
    return Texts([_said(row) for row in ordered], len(found) > start + PAGE)


def _written(measured: Measures) -> Iterator[list[Mark]]:
    """The texts of the period at these units, part by part, as far as the figures count their ratings."""
    facts, rated = measured.facts, np.flatnonzero(measured.rated)
    units = np.unique(facts["unit_id"].take(rated)).tolist()
    cases, moments = facts["case_id"].take(rated), facts["rated_at"].take(rated)
    size, last = FIRST, None
    while units:
        rows = db.session.execute(_of_units(measured, units, last).limit(size)).all()
        near = np.flatnonzero(np.isin(cases, [row.case_id for row in rows]))
        counted = set(zip(cases.take(near).tolist(), moments.take(near).tolist(), strict=True))
        yield [(row.at, row.id) for row in rows if (row.case_id, second(row.at)) in counted]
        if len(rows) < size:
            return
        size, last = min(size * 4, MOST), (rows[-1].at, rows[-1].id)


def _of_units(measured: Measures, unit_ids: Sequence[int], before: Mark | None) -> Select[Any]:
    """Ratings with a text of the period, the latest first."""
    since, until = (datetime.fromtimestamp(at, UTC) for at in (measured.start, measured.end))
    statement: Any = (
        select(Rating.id, Rating.case_id, Rating.at)
        .where(WRITTEN, Rating.unit_id.in_(unit_ids), Rating.at >= since, Rating.at < until)
        .order_by(Rating.at.desc(), Rating.id.desc())
    )
    if before is None:
        return statement
    at, number = before
    return statement.where((Rating.at < at) | ((Rating.at == at) & (Rating.id < number)))


def _shown(ids: Sequence[int], actor: Actor) -> Select[Any]:
    """The texts of one page with what may be shown of their cases; never of a denunciation, whatever the cells say."""
    return (
        select(Rating.id, Rating.level, Rating.at, Rating.unit_id, Rating.text, Case.reference, Case.title,
               Person.about, Person.sealed, case((visible_to(actor), 1), else_=0).label("seen"))
        .join(Case, Case.id == Rating.case_id)
        .outerjoin(Person, Person.about == Case.reference)
        .where(Rating.id.in_(ids), Case.kind != Kind.DENUNCIATION)
    )  # fmt: skip


def _said(row: Any) -> Said:
    person = opened(row.about, row.sealed) if row.sealed else {}
    pieces = masked(row.text, [person.get("name", ""), person.get("address", "")])
    reference, title = (row.reference, row.title) if row.seen else ("", "")
    return Said(row.level, row.at, row.unit_id, pieces, reference, title)
