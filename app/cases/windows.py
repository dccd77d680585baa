"""How long a resident may still do something: set on a case when the workflow is asked, never stored."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from .. import clock
from ..extensions import db
from ..rules import deadlines
from ..rules.workflow import OPEN, Kind
from ..units.calendar import law
from .models import Case, Deadline
from .variants import variant


def made_ready(case: Case, today: date) -> Case:
    """The same case, with the day on which it is looked at and the windows that stand open then."""
    case.today = today
    case.appeal_is_open = _appeal_is_open(case, today)
    case.report_is_owed = case.is_sealed and _report_is_owed(case)
    return case


def _report_is_owed(case: Case) -> bool:
    running = select(Deadline.id).where(
        Deadline.case_id == case.id, Deadline.stage == "handler_reports", Deadline.met_at.is_(None),
        Deadline.ended_at.is_(None),
    )  # fmt: skip
    return db.session.scalar(running.limit(1)) is not None


def appeal_until(case: Case) -> date | None:
    """The last day to complain a second time (Law 02/2011/QH13 art. 33); None where nothing opened the way.

    Counted from the day the first decision was received (taken as sent, else as signed), or from the due date of a
    first settlement that passed without a decision.
    """
    start = case.sent_on or (clock.day_of(case.answered_at) if case.answered_at else None)
    start = start or (case.due_on if case.status in OPEN and case.due_stage.startswith("settlement") else None)
    if start is None:
        return None
    rules = law()
    rule = rules.find(Kind.COMPLAINT, "filing_limit_second", variant(case, "filing_limit_second"), start)
    return deadlines.due(rule, start, rules.calendar).due_on if rule else None


def _appeal_is_open(case: Case, today: date) -> bool:
    if case.kind != Kind.COMPLAINT or case.instance != 1 or not case.is_accepted:
        return False
    is_undecided = case.status in OPEN
    if is_undecided and (case.due_on is None or not deadlines.is_late(case.due_on, today)):
        return False
    until = appeal_until(case)
    if until is None or today > until:
        return False
    return db.session.scalar(select(Case.id).where(Case.appeal_of_id == case.id).limit(1)) is None
