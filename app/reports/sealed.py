"""The one figure about denunciations: how many came in a quarter that is over, for the whole government.

No other figure, list or download holds a denunciation. Small numbers are covered (fewer than five), quarters do not
overlap and never change once they are over, and no part of the government has a number of its own: so nothing can be
learnt by taking one figure from another (README: denunciations).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, literal, select

from .. import clock
from ..cases.models import Case
from ..extensions import db
from ..rules.visibility import sees_statistics
from ..rules.workflow import Actor, Kind
from .figures import Question
from .tree import Place

FEWEST = 5
"""Below this a number is not said."""


@dataclass(frozen=True)
class Quarter:
    """A calendar quarter that is over, and how many denunciations came in it; None: fewer than five."""

    year: int
    number: int
    count: int | None


def last_quarter(place: Place, question: Question, actor: Actor, today: date) -> Quarter | None:
    """The latest quarter that had ended on the last day asked about; only at the top, for those who see its figures."""
    is_whole = place.parent is None and question.with_below and not question.kind
    if not is_whole or not sees_statistics(actor, place.unit.path):
        return None
    end = _quarter_start(min(question.span.last, today - timedelta(days=1)) + timedelta(days=1))
    first = _quarter_start(end - timedelta(days=1))
    found = db.session.scalar(
        select(func.count()).select_from(Case).where(
            Case.kind == literal(str(Kind.DENUNCIATION), literal_execute=True),  # written out: so the index is known
            Case.submitted_at >= clock.start_of(first), Case.submitted_at < clock.start_of(end),
        )
    ) or 0  # fmt: skip
    return Quarter(first.year, (first.month + 2) // 3, found if found >= FEWEST else None)


def _quarter_start(day: date) -> date:
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
