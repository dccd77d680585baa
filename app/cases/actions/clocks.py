"""The legal clocks of a case: which rule starts, when it is met, which due date is shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import select

from ...extensions import db
from ...rules import deadlines
from ...rules.workflow import CLOSING, Kind
from ...units.calendar import law
from ..models import Case, Custody, Deadline


def variant(case: Case, stage: str) -> str:
    """Which variant of a stage's rule fits this case."""
    if stage == "settlement_first":
        # Law 02/2011/QH13 art. 28: a remote place with hard travel, a complex matter, or both.
        is_remote = case.unit.is_remote or (case.commune is not None and case.commune.is_remote)
        names = {(False, False): "normal", (False, True): "complex", (True, False): "remote"}
        return names.get((is_remote, case.is_complex), "remote_complex")
    if stage == "answer":
        return case.deadline_variant or case.category.deadline_variant
    if stage == "receive_and_classify":
        chosen = case.deadline_variant or case.category.deadline_variant
        return "street_level" if chosen.startswith("street_level") else chosen
    return ""


def start(case: Case, stage: str, on: date, number: int = 1) -> Deadline | None:
    """Start a clock by the rule in force that day; None where the law sets no such clock."""
    rules = law()
    rule = rules.find(case.kind, stage, variant(case, stage), on)
    if rule is None:
        return None
    derived = deadlines.due(rule, on, rules.calendar)
    clock_row = Deadline(
        case_id=case.id, stage=stage, rule_id=rule.id, start_on=on, due_on=derived.due_on, number=number,
        is_closing=stage == CLOSING[Kind(case.kind)], derivation=derived.to_json(),
    )  # fmt: skip
    db.session.add(clock_row)
    db.session.flush()
    return clock_row


def running(case: Case) -> list[Deadline]:
    """Clocks started and neither met nor ended, oldest first."""
    statement = select(Deadline).where(
        Deadline.case_id == case.id, Deadline.met_at.is_(None), Deadline.ended_at.is_(None)
    )
    return list(db.session.scalars(statement.order_by(Deadline.id)))


def end_all(case: Case, now: datetime) -> None:
    """The case closed otherwise: nothing is owed any more."""
    for clock_row in running(case):
        clock_row.ended_at = now


def meet(case: Case, stages: Iterable[str], now: datetime) -> None:
    """Stop the clocks of these stages, their duty is done, and show the due date of what still runs."""
    wanted, clocks = set(stages), running(case)
    for clock_row in clocks:
        if clock_row.stage in wanted:
            clock_row.met_at = now
    _show(case, [clock_row for clock_row in clocks if clock_row.met_at is None])


def show(case: Case) -> None:
    """Set the due date that lists show: the closing clock's, else the nearest of the stages running.

    A met closing clock keeps its date on the case, so that an answer can be judged at a glance.
    """
    db.session.flush()
    _show(case, running(case))


def _show(case: Case, clocks: list[Deadline]) -> None:
    closing = next((c for c in clocks if c.is_closing), None)
    shown = closing or min(clocks, key=lambda c: c.due_on, default=None)
    if shown is not None:
        case.due_on, case.due_stage = shown.due_on, shown.stage
    elif case.due_stage != CLOSING[Kind(case.kind)]:
        case.due_on, case.due_stage = None, ""


def restart_closing(case: Case, custody: Custody, now: datetime) -> None:
    """The category, place or variant was corrected: the closing clock is derived anew from the same start day."""
    for clock_row in running(case):
        clock_row.ended_at = now
        fresh = start(case, clock_row.stage, clock_row.start_on, clock_row.number)
        if fresh is not None and fresh.is_closing and fresh.number == 1:
            custody.due_on = fresh.due_on
