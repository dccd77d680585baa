"""The facts behind the figures, row by row: for a recount by the formulas themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, select

from .. import clock
from ..cases.models import Custody, Deadline
from ..extensions import db
from ..rules.statistics import CustodyFact, Summary, summarise
from .figures import Question

COPIED = ("unit_id", "began_at", "ended_at", "due_on", "is_reopening", "first_response_at", "finished_at",
          "resolved_at", "reopened_at", "outcome", "waited_seconds", "rating_level", "rated_at")  # fmt: skip


def facts(unit_ids: Sequence[int], kind: str = "") -> list[CustodyFact]:
    """Every custody of these units. Reads them all: for proofs, not for pages."""
    new_due = (
        select(Deadline.case_id, func.max(Deadline.due_on).label("due_on"))
        .where(Deadline.is_closing.is_(True), Deadline.number >= 2)
        .group_by(Deadline.case_id)
        .subquery()
    )
    statement = (
        select(*(getattr(Custody, name) for name in COPIED), new_due.c.due_on.label("reopening_due_on"))
        .join(new_due, new_due.c.case_id == Custody.case_id, isouter=True)
        .where(Custody.unit_id.in_(unit_ids))
    )
    rows = db.session.execute(statement.where(Custody.kind == kind) if kind else statement).mappings()
    return [CustodyFact(**row, ended_on=_day(row["ended_at"]), finished_on=_day(row["finished_at"])) for row in rows]


def _day(moment: datetime | None) -> date | None:
    return clock.day_of(moment) if moment else None


def recount(unit_ids: Sequence[int], question: Question, now: datetime) -> Summary:
    """The figures of these units by the formulas themselves, from every row."""
    return summarise(facts(unit_ids, question.kind), question.span.period(now))
