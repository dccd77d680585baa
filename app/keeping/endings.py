"""What the end of keeping is for whatever is kept: terms by setting, who approves, what waits to be carried out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import select

from ..cases.models import Ending
from ..extensions import db
from ..journal.record import Subject, Thing, head_for_update, record_each
from ..refusals import NotAllowed
from ..rules.retention import TERMS
from ..rules.visibility import approves_erasure
from ..rules.workflow import N_, Action, Actor
from ..units.queries import settings_of

AT_ONCE = 500
UNDONE = ("open", "reported")
"""A promise that is still to be kept keeps the case or visit in which it was made."""
Years = dict[str, int]
Kept = TypeVar("Kept")


def years() -> Years:
    """For how many years each thing is kept here, by what it is; one statement."""
    own = settings_of(None)
    return {term.what: int(own.get(term.setting, term.years)) for term in TERMS.values()}


def note(rows: Sequence[Kept], free_on: Callable[[Kept], date | None], made: Callable[[Kept, date], Ending],
         today: date) -> int:  # fmt: skip
    """Write down which of these are past their term; how many."""
    over = [(row, free) for row in rows if (free := free_on(row)) is not None and free <= today]
    db.session.add_all([made(row, free) for row, free in over])
    db.session.flush()
    return len(over)


def may_approve(actor: Actor) -> bool:
    """The head of the top unit (Circular 05/2021/TT-TTCP art. 28)."""
    return approves_erasure(actor)


def must_approve(actor: Actor, now: datetime) -> None:
    """NotAllowed for anybody else."""
    head_for_update(now)
    if not may_approve(actor):
        raise NotAllowed(N_("Việc này không thuộc phần của vai trò hiện có."))


def sign(found: Iterable[tuple[Ending, Subject | Thing]], actor: Actor, now: datetime) -> int:
    """These may be erased: one event on each; how many."""
    signed = list(found)
    for row, _subject in signed:
        row.approved_at, row.approved_by_id = now, actor.official_id
    events = [(subject, {"term_on": row.term_on.isoformat()}) for row, subject in signed]
    record_each(Action.APPROVE_ERASURE, events, actor, now)
    return len(signed)


def approved(table: Any, limit: int = 100) -> list[int]:
    """Keys of what was approved and is still to be erased."""
    (key,) = table.__table__.primary_key
    waits = table.approved_at.is_not(None) & table.done_at.is_(None)
    return list(db.session.scalars(select(key).where(waits).order_by(key).limit(limit)))


def to_do(table: Any, key: int) -> Any:
    """The row of something approved that is still to be erased, read anew; None for any other."""
    row = db.session.get(table, key, populate_existing=True)
    return row if row is not None and row.approved_at is not None and row.done_at is None else None
