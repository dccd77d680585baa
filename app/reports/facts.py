"""The facts behind the figures, row by row: for a recount by the formulas themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from .. import clock
from ..cases.models import Custody
from ..extensions import db
from ..rules.statistics import CustodyFact, Summary, summarise
from ..rules.workflow import Kind
from .cells.keep import reopening_due_on
from .figures import Question

COPIED = ("unit_id", "began_at", "ended_at", "due_on", "is_reopening", "first_response_at", "finished_at",
          "resolved_at", "reopened_at", "outcome", "waited_seconds", "rating_level", "rated_at")  # fmt: skip


def facts(unit_ids: Sequence[int], kind: str = "") -> list[CustodyFact]:
    """Every custody of these units. Reads them all: for proofs, not for pages."""
    columns = [getattr(Custody, name) for name in COPIED]
    statement = select(*columns, reopening_due_on().label("reopening_due_on")).where(
        Custody.unit_id.in_(unit_ids), Custody.kind != Kind.DENUNCIATION
    )
    rows = db.session.execute(statement.where(Custody.kind == kind) if kind else statement).mappings()
    return [fact_of(row) for row in rows]


def fact_of(row: Mapping[Any, Any]) -> CustodyFact:
    """One custody's facts from a row with the copied columns and `reopening_due_on`."""
    copied = {name: row[name] for name in (*COPIED, "reopening_due_on")}
    return CustodyFact(**copied, ended_on=_day(row["ended_at"]), finished_on=_day(row["finished_at"]))


def _day(moment: datetime | None) -> date | None:
    return clock.day_of(moment) if moment else None


def recount(unit_ids: Sequence[int], question: Question, now: datetime) -> Summary:
    """The figures of these units by the formulas themselves, from every row."""
    return summarise(facts(unit_ids, question.kind), question.span.period(now))
