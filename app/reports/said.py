"""What residents wrote beside their ratings, masked: the texts behind the satisfaction figures, never of denunciations.

The same ratings as the figures count: the last one of each custody. Who wrote it is never shown; the case is linked
where the reader may see it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, func, select

from ..cases.models import Case, Custody, Rating
from ..cases.queries import visible_to
from ..extensions import db
from ..rules.masking import Piece, masked
from ..rules.statistics import Period
from ..rules.workflow import Actor, Kind
from .asked import Question, category_ids, commune_id
from .cells.pack import CHANNELS

PAGE = 20


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
    """One page of texts and how many there are in all."""

    rows: list[Said]
    total: int


def texts(question: Question, unit_ids: Sequence[int], period: Period, actor: Actor, page: int) -> Texts:
    """Page `page` (from 1) of the texts of ratings in the period, newest first. At most four statements."""
    chosen = _chosen(question, unit_ids, period)
    total = db.session.scalar(chosen.with_only_columns(func.count())) or 0
    seen = case((visible_to(actor), 1), else_=0).label("seen")
    wanted = chosen.with_only_columns(
        Rating.level, Rating.at, Rating.unit_id, Rating.text, Case.reference, Case.title, Case.contact_name,
        Case.contact_address, seen,
    )  # fmt: skip
    rows = db.session.execute(wanted.order_by(Rating.at.desc(), Rating.id.desc()).limit(PAGE).offset((page - 1) * PAGE))
    return Texts([_said(row) for row in rows], total)


def _chosen(question: Question, unit_ids: Sequence[int], period: Period) -> Select[Any]:
    """Ratings with a text, of the custodies that the question is about."""
    own = (Custody.case_id == Rating.case_id) & (Custody.unit_id == Rating.unit_id) & (Custody.rated_at == Rating.at)
    found = (
        select(Rating.id).select_from(Rating).join(Custody, own).join(Case, Case.id == Rating.case_id)
        .where(Rating.unit_id.in_(unit_ids), Rating.at >= period.start, Rating.at < period.end, Rating.text != "",
               Custody.kind != Kind.DENUNCIATION, Case.kind != Kind.DENUNCIATION)
    )  # fmt: skip
    if question.kind:
        found = found.where(Custody.kind == question.kind)
    if question.category:
        found = found.where(Custody.category_id.in_(category_ids(question.category)))
    if question.channel:
        is_other = question.channel == CHANNELS[0]
        found = found.where(Case.channel.not_in(CHANNELS[1:]) if is_other else Case.channel == question.channel)
    if question.commune:
        number = commune_id(question.commune)
        found = found.where(Custody.commune_id == number if number else Custody.commune_id.is_(None))
    return found


def _said(row: Any) -> Said:
    pieces = masked(row.text, [row.contact_name, row.contact_address])
    reference, title = (row.reference, row.title) if row.seen else ("", "")
    return Said(row.level, row.at, row.unit_id, pieces, reference, title)
