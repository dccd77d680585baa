"""The rows behind a figure: reception days, visits, sessions, promises. Sealed visits are counted, never listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, select, true
from sqlalchemy.orm import joinedload

from ...dialogues.models import Booking, Commitment, DialogueSession, Objection, ReceptionDay
from ...extensions import db
from ...rules.dialogues.commitments import State
from ...rules.dialogues.reception import BookingState
from ...rules.dialogues.sessions import SessionKind
from ...rules.statistics import Period
from ...rules.statistics.heard import Stretch
from .conditions import (
    counts_for_duty,
    is_done,
    is_kept,
    is_kept_on_time,
    is_listed,
    is_made,
    is_open,
    is_overdue,
    is_told_in_time,
    was_held,
)

PAGE = 25
Condition = ColumnElement[bool]
FAMILIES: dict[str, tuple[str, ...]] = {
    "head_days": ("head_days",),
    "conference": ("conference",),
    "days_held": ("days_held", "days_moved"),
    "visits": ("visits", "became_cases", "no_shows", "turned_away"),
    "tellable": ("tellable", "told_in_time", "told_late"),
    "sessions": ("sessions", "conferences", "announceable"),
    "publishable": ("publishable",),
    "due": ("due", "on_time", "kept", "broken", "replaced"),
    "open": ("open", "overdue", "made", "objected"),
}
"""Figures that belong together: the list of one offers the others."""
FIGURES = {figure: family for family, figures in FAMILIES.items() for figure in figures}
TERMS = {"head_days": "reception_day", "conference": "dialogue_conference"}
"""Figures whose rows are the periods of a duty: what was owed in each, and the days on which it was done."""


@dataclass(frozen=True)
class Listing:
    """One page of rows, how many there are in all, and which of the days count for the head's duty."""

    rows: list[Any]
    total: int
    counted: frozenset[int] = frozenset()


def listing(figure: str, unit_ids: Sequence[int], at: Stretch, period: Period, page: int) -> Listing:
    """Page `page` (from 1) of the rows of a figure, latest first. Two statements."""
    statement, order, flag = _statement(figure, at, period)
    model = order[1].class_
    statement = statement.where(model.unit_id.in_(unit_ids))
    total = db.session.scalar(statement.with_only_columns(func.count(), maintain_column_froms=True)) or 0
    leaf = statement.add_columns(flag.label("flag")).order_by(order[0].desc(), order[1].desc())
    found = db.session.execute(leaf.offset((page - 1) * PAGE).limit(PAGE)).unique().all()
    return Listing([row[0] for row in found], total, frozenset(row[0].id for row in found if row[1]))


def _statement(figure: str, at: Stretch, period: Period) -> tuple[Select[Any], tuple[Any, Any], Any]:
    """The rows of a figure, what they are sorted by, and whether a row counts for a duty."""
    family = FIGURES[figure]
    if family == "days_held":
        day = ReceptionDay
        rows = select(day).options(joinedload(day.received_by), joinedload(day.moved_to))
        state = day.state == ("held" if figure == "days_held" else "moved")
        return (
            rows.where(_within(day.on, at.first, at.last), state),
            (day.on, day.id),
            case((counts_for_duty(), 1), else_=0),
        )
    if family in ("visits", "tellable"):
        visits = select(Booking).join(ReceptionDay, ReceptionDay.id == Booking.day_id).options(joinedload(Booking.day))
        return visits.where(is_listed(), _visit(figure, at)), (ReceptionDay.on, Booking.id), case((true(), 0))
    if family in ("sessions", "publishable"):
        session = DialogueSession
        return select(session).where(_session(figure, at)), (session.on, session.id), case((true(), 0))
    return select(Commitment).where(_promise(figure, at, period)), (Commitment.due_on, Commitment.id), case((true(), 0))


def _within(on: Any, first: date, last: date) -> Condition:
    return and_(on >= first, on <= last)


def _visit(figure: str, at: Stretch) -> Condition:
    on = _within(ReceptionDay.on, at.first, at.last)
    told = and_(is_done(), _within(Booking.notify_due_on, at.first, at.passed))
    found: dict[str, Condition] = {
        "visits": and_(on, is_done()),
        "became_cases": and_(on, is_done(), Booking.case_id.is_not(None)),
        "no_shows": and_(on, Booking.state == BookingState.NO_SHOW),
        "turned_away": and_(on, Booking.state == BookingState.REFUSED),
        "tellable": told, "told_in_time": and_(told, is_told_in_time()),
        "told_late": and_(told, func.coalesce(Booking.notified_on, date.max) > Booking.notify_due_on),
    }  # fmt: skip
    return found[figure]


def _session(figure: str, at: Stretch) -> Condition:
    session = DialogueSession
    on = and_(was_held(), _within(session.on, at.first, at.last))
    found: dict[str, Condition] = {
        "sessions": on,
        "conferences": and_(on, session.kind == SessionKind.CONFERENCE),
        "announceable": and_(on, session.announce_due_on.is_not(None)),
        "publishable": and_(was_held(), _within(session.publish_due_on, at.first, at.passed)),
    }
    return found[figure]


def _promise(figure: str, at: Stretch, period: Period) -> Condition:
    promise = Commitment
    due, made = _within(promise.due_on, at.first, at.passed), promise.made_on <= at.last
    objected = exists().where(
        Objection.commitment_id == promise.id, Objection.at >= period.start, Objection.at < period.end
    )
    found: dict[str, Condition] = {
        "due": and_(due, is_made(), promise.state != State.REPLACED), "kept": and_(due, is_kept()),
        "on_time": and_(due, is_kept_on_time()), "broken": and_(due, promise.state == State.BROKEN),
        "replaced": and_(due, promise.state == State.REPLACED),
        "made": and_(is_made(), _within(promise.made_on, at.first, at.last)), "open": and_(made, is_open()),
        "overdue": and_(made, is_overdue(at.last)), "objected": objected,
    }  # fmt: skip
    return found[figure]
