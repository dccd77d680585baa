"""What stands beside the figures: days before or after the due date, reasons of discontent, the oldest overdue."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Integer, Select, Text, and_, cast, func, literal_column, select, union_all

from ..cases.models import Custody, Rating
from ..extensions import db
from ..rules.statistics import Period
from .conditions import Conditions, aside
from .counts import Scope
from .days import is_postgresql


@dataclass
class Details:
    """Days from due date to finish (negative: early) and reasons, with their counts, and the oldest due date."""

    days: Counter[int] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    oldest_due_on: date | None = None


def details(scope: Scope, period: Period) -> Details:
    """One statement; its rows are few whatever the number of cases."""
    conditions = Conditions(period)
    parts = [_days(conditions), _reasons(conditions), *_oldest(conditions)]
    rows = db.session.execute(union_all(*(part.where(scope.condition()) for part in parts))).all()
    found = Details()
    for part, number, words, count in rows:
        if part == "days":
            found.days[number] += count
        elif part == "reasons":
            found.reasons.update(dict.fromkeys(json.loads(words), count))
        elif words and (found.oldest_due_on is None or date.fromisoformat(words) < found.oldest_due_on):
            found.oldest_due_on = date.fromisoformat(words)
    return found


def _part(name: str) -> Any:
    return literal_column(f"'{name}'").label("part")


def _days(conditions: Conditions) -> Select[Any]:
    """Twin of `finished_on - due_on`, for cases judged by a due date."""
    day = conditions.day(Custody.finished_at)
    gap = day - Custody.due_on if is_postgresql() else func.julianday(day) - func.julianday(Custody.due_on)
    no_words: Any = literal_column("''").label("words")
    # named "apart": "number" is a column of the custody, and PostgreSQL would group by that
    columns = (_part("days"), cast(gap, Integer).label("apart"), no_words, func.count())
    return select(*columns).where(conditions.judged_finish).group_by("apart")


def _reasons(conditions: Conditions) -> Select[Any]:
    """The reasons ticked beside levels 1 to 3, as they are kept: one row for each combination."""
    words = cast(Rating.reasons, Text).label("words")
    return (
        select(_part("reasons"), literal_column("0").label("apart"), words, func.count())
        .select_from(Custody)
        .join(Rating, and_(Rating.case_id == Custody.case_id, Rating.at == Custody.rated_at))
        .where(conditions.rated, Custody.rating_level <= 3)
        .group_by("words")
    )


def _oldest(conditions: Conditions) -> list[Select[Any]]:
    """The earliest due date among those open past it and never answered."""
    words = cast(func.min(Custody.due_on), Text).label("words")
    return [
        select(_part("oldest"), literal_column("0").label("apart"), words, func.count()).where(
            piece, aside(conditions.late_open)
        )
        for piece in conditions.sources()["open"]
    ]
