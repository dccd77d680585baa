"""Cases that stand still at this moment: waiting for the resident's reply, or suspended. Known of the present only."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sqlalchemy import select

from ..cases.models import Case
from ..extensions import db
from ..rules.workflow import Kind, Status
from .cells.measures import Facts

HELD = {"waiting": Status.WAITING, "suspended": Status.SUSPENDED}
"""Figures of the list, by the state that the case is in now."""


def held(figure: str, facts: Facts, unit_ids: Sequence[int]) -> Facts:
    """Those of the rows whose case is in that state now, at one of these units."""
    ids = db.session.scalars(
        select(Case.id).where(
            Case.unit_id.in_(unit_ids), Case.status == HELD[figure], Case.kind != Kind.DENUNCIATION
        )
    ).all()  # fmt: skip
    return facts.only(np.isin(facts["case_id"], ids))
