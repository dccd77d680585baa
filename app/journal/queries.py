"""Questions to the journal."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select, update

from ..extensions import db
from .models import Event, EventFacts, Notice


def timeline(case_id: int) -> list[Event]:
    """All events of one case, oldest first. Ask cases.queries for sight of the case before handing it out."""
    return list(db.session.scalars(select(Event).where(Event.case_id == case_id).order_by(Event.seq)))


def unread(official_id: int) -> dict[str, int]:
    """How many notices wait at an official's desk, by action."""
    rows = db.session.execute(
        select(Notice.action, func.count())
        .where(Notice.official_id == official_id, Notice.read_at.is_(None))
        .group_by(Notice.action)
    )
    return {row[0]: row[1] for row in rows}


def mark_read(official_id: int, case_id: int, now: datetime) -> None:
    """The official opened the case: its notices are read."""
    db.session.execute(
        update(Notice)
        .where(Notice.official_id == official_id, Notice.case_id == case_id, Notice.read_at.is_(None))
        .values(read_at=now)
    )


def about(subject: str) -> list[Event]:
    """All events of a thing that is no case ("commitment:7"), oldest first. Ask its room for sight of it first."""
    return list(db.session.scalars(select(Event).where(Event.subject == subject).order_by(Event.seq)))


def mark_read_about(official_id: int, subject: str, now: datetime) -> None:
    """The official opened the page of that thing: its notices are read."""
    events = select(Event.seq).where(Event.subject == subject)
    db.session.execute(
        update(Notice)
        .where(Notice.official_id == official_id, Notice.event_seq.in_(events), Notice.read_at.is_(None))
        .values(read_at=now)
        .execution_options(synchronize_session=False)
    )


def unread_about(official_id: int | None, beginning: str) -> int:
    """About how many things whose name begins so ("commitment:") an official was told and has not looked."""
    found = (
        select(func.count(Event.subject.distinct()))
        .join(Notice, Notice.event_seq == Event.seq)
        .where(Notice.official_id == official_id, Notice.read_at.is_(None), Notice.case_id.is_(None))
        .where(Event.subject.startswith(beginning, autoescape=True))
    )
    return db.session.scalar(found) or 0


def unread_things(official_id: int | None, beginnings: tuple[str, ...], most: int) -> list[tuple[str, dict[str, Any]]]:
    """What an official was told of at the desk and has not looked at, of things whose names begin so; newest first."""
    rows = db.session.execute(
        select(Event.subject, EventFacts.facts)
        .join(Notice, Notice.event_seq == Event.seq)
        .join(EventFacts, EventFacts.seq == Event.seq)
        .where(Notice.official_id == official_id, Notice.read_at.is_(None), Notice.channel == "desk")
        .where(or_(*(Event.subject.startswith(beginning, autoescape=True) for beginning in beginnings)))
        .order_by(Event.seq.desc())
        .limit(most)
    )
    return [(subject, facts) for subject, facts in rows]
