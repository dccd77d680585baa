"""Cases whose residents said "not solved" more than once, among those that a question is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import Select, case, select

from .. import clock
from ..cases.models import Case, Custody
from ..cases.models.case import OFTEN
from ..cases.queries import visible_to
from ..extensions import db
from ..rules.workflow import Actor, Kind
from .cells.measures import Measures

MOST = 50
AT_ONCE = 10_000
"""Ids in one statement; engines have a limit."""


@dataclass(frozen=True)
class Again:
    """One custody of such a case; without a reference where the reader may not see the case."""

    reference: str
    times: int
    unit_id: int
    answered_on: date | None


def reopened_again(measured: Measures, actor: Actor) -> tuple[list[Again], int]:
    """Those reopened most often, at most MOST of them, and how many there are in all."""
    reopened = np.flatnonzero(measured.reopened)
    ids, cases = (measured.facts[name].take(reopened) for name in ("id", "case_id"))
    often = db.session.scalars(select(Case.id).where(OFTEN, Case.kind != Kind.DENUNCIATION)).all()
    known = ids[np.isin(cases, often)].tolist() if often else []
    found: list[Any] = [row for part in _parts(known) for row in db.session.execute(_rows(part, actor))]
    found.sort(key=lambda row: (-row.reopened_count, -row.id))
    shown = [
        Again(row.reference if row.seen else "", row.reopened_count, row.unit_id,
              clock.day_of(row.finished_at) if row.finished_at else None)
        for row in found[:MOST]
    ]  # fmt: skip
    return shown, len(found)


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]


def _rows(ids: Sequence[int], actor: Actor) -> Select[Any]:
    return (
        select(Custody.id, Custody.unit_id, Custody.finished_at, Case.reference, Case.reopened_count,
               case((visible_to(actor), 1), else_=0).label("seen"))
        .join(Case, Case.id == Custody.case_id)
        .where(Custody.id.in_(ids))
    )  # fmt: skip
