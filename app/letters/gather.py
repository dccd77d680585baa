"""When many letters about one case wait at once, the last one tells the others too: "several things happened"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select, update

from ..extensions import db
from ..journal.models import Event, Notice
from ..rules.workflow import Action, Role

MOST = 5
"""So many letters of one case go out singly; more are gathered."""
APART = frozenset({Action.LINK_SENT, Action.SCHEDULE, Action.CHOOSE_TIME, Action.RESCHEDULE})
"""Never gathered: a link that was asked for, and invitations, which carry a calendar file."""


def gather(rows: Sequence[tuple[Notice, Event, Any]], due: ColumnElement[bool], now: datetime) -> bool:
    """Gather the waiting letters of each case that has too many among these; whether any were.

    Which one carries the others is written down, so that every try is the same letter under the same Message-ID. One
    that was tried or leased before may have arrived: it goes alone, as it went then.
    """
    waiting = Counter(notice.case_id for notice, _event, _case in rows if is_fresh(notice))
    crowded = [case_id for case_id, number in waiting.items() if number > MOST]
    for case_id in crowded:
        same = db.session.scalars(
            select(Notice).where(due, Notice.case_id == case_id, Notice.leased_until.is_(None), Notice.attempts == 0)
            .where(Notice.role == str(Role.RESIDENT), Notice.action.not_in(sorted(APART)), Notice.gathers == 0)
            .order_by(Notice.id).with_for_update(skip_locked=True)
        ).all()  # fmt: skip
        for notice in same[:-1]:
            notice.gathered_into = same[-1].id
        same[-1].gathers = len(same) - 1
    db.session.flush()
    return bool(crowded)


def is_fresh(notice: Notice) -> bool:
    """Whether a notice may be told by another: to a resident, about a case, and never tried."""
    return (notice.case_id is not None and notice.role == Role.RESIDENT and notice.action not in APART
            and notice.leased_until is None and not notice.attempts and not notice.gathers)  # fmt: skip


def told_by(notice: Notice) -> list[Event]:
    """The events that a gathering letter tells, oldest first, its own last."""
    gathered = select(Notice.event_seq).where(Notice.case_id == notice.case_id, Notice.gathered_into == notice.id)
    rows = db.session.scalars(
        select(Event).where(Event.seq.in_(gathered) | (Event.seq == notice.event_seq)).order_by(Event.seq)
    )
    return list(rows)


def settle_with(notice: Notice, **values: Any) -> None:
    """The gathered notices end as the one that carried them."""
    if notice.gathers:
        db.session.execute(
            update(Notice).where(Notice.case_id == notice.case_id, Notice.gathered_into == notice.id).values(**values)
        )
