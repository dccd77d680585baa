"""Running clocks counted again by today's calendar and rules: which would end on another day, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row, Select, select

from ..extensions import db
from ..rules.deadlines import Rules, RulesError
from ..rules.workflow import Kind
from ..units.calendar import law
from .actions.recompute import Moved, moved
from .models import Case, Deadline

AT_ONCE = 500
"""Rows fetched at a time: a province has tens of thousands of running clocks."""


@dataclass(frozen=True)
class Line:
    """What the command tells of one clock; of a denunciation the reference and the dates only."""

    case_id: int
    reference: str
    stage: str
    rule: str
    old: date
    new: date | None
    """None: it cannot be counted, because the file has lost its rule."""
    why: tuple[str, ...]


def lines() -> Iterator[Line]:
    """Every running clock of the government that would end on another day, by case."""
    rules = law()
    for clock_row, reference, kind in _rows(_running()):
        try:
            found = moved([clock_row], rules)
        except RulesError as error:
            yield _line(clock_row, reference, kind, None, (str(error),))
            continue
        for one in found:
            yield _line(clock_row, reference, kind, one.derived.due_on, one.why)


def count_moved(on: date) -> int:
    """How many running clocks that run across a day would end on another one: what a decision on that day concerns.

    A count never looks beyond the date on which it ends, so clocks due before that day are not asked.
    """
    rules = law()
    across = _running().where(Deadline.start_on < on, Deadline.due_on >= on)
    return sum(len(_moved_if_known(row, rules)) for row, _reference, _kind in _rows(across))


def _moved_if_known(clock_row: Deadline, rules: Rules) -> list[Moved]:
    try:
        return moved([clock_row], rules)
    except RulesError:
        return []


def _running() -> Select[Deadline, str, str]:
    return (
        select(Deadline, Case.reference, Case.kind)
        .join(Case, Case.id == Deadline.case_id)
        .where(Deadline.met_at.is_(None), Deadline.ended_at.is_(None))
        .order_by(Deadline.case_id, Deadline.id)
    )


def _rows(statement: Select[Deadline, str, str]) -> Iterator[Row[Deadline, str, str]]:
    yield from db.session.execute(statement.execution_options(yield_per=AT_ONCE))


def _line(clock_row: Deadline, reference: str, kind: str, new: date | None, why: tuple[str, ...]) -> Line:
    is_sealed = kind == Kind.DENUNCIATION
    return Line(
        clock_row.case_id, reference, "" if is_sealed else clock_row.stage, "" if is_sealed else clock_row.rule_id,
        clock_row.due_on, new, () if is_sealed else why,
    )  # fmt: skip
