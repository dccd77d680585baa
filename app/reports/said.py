"""What residents wrote beside their ratings, masked: the texts behind the satisfaction figures, never of denunciations.

The same ratings as the figures count: the last one of each custody. Who wrote it is never shown; the case is linked
where the reader may see it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import Select, case, select

from ..cases.models import Case, Rating
from ..cases.queries import visible_to
from ..extensions import db
from ..rules.masking import Piece, masked
from ..rules.workflow import Actor, Kind
from .cells.measures import Measures
from .cells.pack import second

PAGE = 20
FIRST, MOST = 400, 10_000
"""Ratings looked through in one statement: few at first, since the newest page is read most; engines have a limit."""


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


Key = tuple[int, int, int]
"""A counted rating: case, unit, second."""


def texts(measured: Measures, actor: Actor, page: int) -> Texts:
    """Page `page` (from 1) of the texts of the ratings that the figures count, newest first."""
    start = (page - 1) * PAGE
    found: list[tuple[datetime, int]] = []
    for keys in _parts(_newest(measured)):
        found += _with_text(keys)
        if len(found) > start + PAGE:
            break
    wanted = [number for _at, number in found[start : start + PAGE]]
    place = {number: n for n, number in enumerate(wanted)}
    rows = db.session.execute(_shown(wanted, actor)).all() if wanted else []
    ordered = sorted(rows, key=lambda row: place[row.id])
    return Texts([_said(row) for row in ordered], len(found) > start + PAGE)


def _newest(measured: Measures) -> list[Key]:
    """The ratings of the period, the latest first."""
    mask, facts = measured.rated, measured.facts
    cases, units, moments = (facts[name][mask] for name in ("case_id", "unit_id", "rated_at"))
    order = np.lexsort((cases, moments))[::-1]
    return list(zip(cases[order].tolist(), units[order].tolist(), moments[order].tolist(), strict=True))


def _parts(keys: Sequence[Key]) -> Iterator[Sequence[Key]]:
    start, size = 0, FIRST
    while start < len(keys):
        yield keys[start : start + size]
        start, size = start + size, min(size * 4, MOST)


def _with_text(keys: Sequence[Key]) -> list[tuple[datetime, int]]:
    """Those of these ratings that have a text, the latest first: moment and id. One statement."""
    wanted = set(keys)
    rows = db.session.execute(
        select(Rating.id, Rating.case_id, Rating.unit_id, Rating.at)
        .where(Rating.case_id.in_({case_id for case_id, _unit, _at in keys}), Rating.text != "")
    )  # fmt: skip
    return sorted(((at, number) for number, *who, at in rows if (*who, second(at)) in wanted), reverse=True)


def _shown(ids: Sequence[int], actor: Actor) -> Select[Any]:
    """The texts of one page with what may be shown of their cases; never of a denunciation, whatever the cells say."""
    return (
        select(Rating.id, Rating.level, Rating.at, Rating.unit_id, Rating.text, Case.reference, Case.title,
               Case.contact_name, Case.contact_address, case((visible_to(actor), 1), else_=0).label("seen"))
        .join(Case, Case.id == Rating.case_id)
        .where(Rating.id.in_(ids), Case.kind != Kind.DENUNCIATION)
    )  # fmt: skip


def _said(row: Any) -> Said:
    pieces = masked(row.text, [row.contact_name, row.contact_address])
    reference, title = (row.reference, row.title) if row.seen else ("", "")
    return Said(row.level, row.at, row.unit_id, pieces, reference, title)
