"""The SQL twins of rules/statistics/heard.py and of rules.dialogues.commitments.tally, by the same names.

Each source is a stretch of one table: whose row it is, on which day it happened or fell due, and what is summed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, case, func, literal, or_, select, true

from ...accounts.models import Post
from ...dialogues.models import Booking, Commitment, DialogueSession, Question, ReceptionDay
from ...rules.dialogues.commitments import NOT_MADE, OPEN, State
from ...rules.dialogues.reception import BookingState, DayKind
from ...rules.dialogues.sessions import SessionKind
from ...rules.statistics.heard import Stretch
from ...rules.workflow import Role

Condition = ColumnElement[bool]
Day, Session, Promise = ReceptionDay, DialogueSession, Commitment


@dataclass(frozen=True)
class Source:
    """Where some figures are read: joined tables, the unit, the day, which rows, and what is summed of them."""

    table: Any
    unit: Any
    on: Any
    rows: Condition
    sums: Mapping[str, Any]
    is_judged: bool = False
    """By a date that must be over: counted only until the last whole day."""


def received_by_head() -> Condition:
    """Whoever received held the post of head of that unit on that day."""
    return (
        select(literal(1))
        .where(
            Post.official_id == Day.received_by_id, Post.unit_id == Day.unit_id, Post.role == Role.HEAD,
            Post.began_on <= Day.on, or_(Post.ended_on.is_(None), Post.ended_on >= Day.on),
        ).correlate(Day).exists()
    )  # fmt: skip


def counts_for_duty() -> Condition:
    """A periodic day, held by the head."""
    return and_(Day.kind == DayKind.PERIODIC, Day.state == "held", received_by_head())


def was_held() -> Condition:
    """The session took place."""
    return and_(Session.held_at.is_not(None), Session.called_off_at.is_(None))


def is_conference() -> Condition:
    return and_(was_held(), Session.kind == SessionKind.CONFERENCE)


def is_done() -> Condition:
    """Somebody was received; sealed visits too."""
    return Booking.state == BookingState.DONE


def is_listed() -> Condition:
    """Everything but that they were received is kept of no sealed visit."""
    return Booking.is_sealed.is_(False)


def is_told_in_time() -> Condition:
    return and_(Booking.notified_on.is_not(None), Booking.notified_on <= Booking.notify_due_on)


def is_announced_in_time() -> Condition:
    return and_(Session.announced_on.is_not(None), Session.announced_on <= Session.announce_due_on)


def is_published_in_time() -> Condition:
    return and_(Session.published_on.is_not(None), Session.published_on <= Session.publish_due_on)


def is_kept() -> Condition:
    return Promise.state == State.KEPT


def is_kept_on_time() -> Condition:
    """Twin of commitments.is_kept_late, turned round."""
    return and_(is_kept(), or_(Promise.reported_on.is_(None), Promise.reported_on <= Promise.due_on))


def is_open() -> Condition:
    return Promise.state.in_(sorted(OPEN))


def is_overdue(last: date) -> Condition:
    """Twin of commitments.is_overdue."""
    late_report = and_(Promise.state == State.REPORTED, func.coalesce(Promise.reported_on, last) > Promise.due_on)
    return or_(and_(Promise.state == State.OPEN, Promise.due_on < last), late_report)


def many(condition: Condition, amount: Any = 1) -> Any:
    """How many rows a condition holds for, or the sum of an amount over them."""
    return func.sum(case((condition, amount), else_=0), type_=Integer)


def sources() -> list[Source]:
    """Everything that has a day of its own."""
    return [*_of_reception(), *_of_sessions(), *_of_promises()]


def _of_reception() -> list[Source]:
    visits = Booking.__table__.join(Day.__table__, Day.id == Booking.day_id)
    return [
        Source(Day, Day.unit_id, Day.on, true(),
               {"days_held": many(Day.state == "held"), "days_moved": many(Day.state == "moved")}),
        Source(visits, Booking.unit_id, Day.on, true(), {
            "visits": many(is_done()), "people": many(is_done(), Booking.people),
            "no_shows": many(and_(Booking.state == BookingState.NO_SHOW, is_listed())),
            "turned_away": many(and_(Booking.state == BookingState.REFUSED, is_listed())),
            "became_cases": many(and_(is_done(), is_listed(), Booking.case_id.is_not(None))),
        }),
        Source(Booking, Booking.unit_id, Booking.notify_due_on, and_(is_done(), is_listed()),
               {"tellable": func.count(), "told_in_time": many(is_told_in_time())}, is_judged=True),
    ]  # fmt: skip


def _of_sessions() -> list[Source]:
    questions = Question.__table__.join(Session.__table__, Session.id == Question.session_id)
    return [
        Source(Session, Session.unit_id, Session.on, was_held(), {
            "sessions": func.count(), "conferences": many(Session.kind == SessionKind.CONFERENCE),
            "announceable": many(Session.announce_due_on.is_not(None)),
            "announced_in_time": many(is_announced_in_time()), "attended": func.sum(Session.attended, type_=Integer),
        }),
        Source(Session, Session.unit_id, Session.publish_due_on, was_held(),
               {"publishable": func.count(), "published_in_time": many(is_published_in_time())}, is_judged=True),
        Source(questions, Session.unit_id, Session.on, was_held(),
               {"questions": func.count(), "answered": many(Question.answered_at.is_not(None))}),
    ]  # fmt: skip


def is_made() -> Any:
    """A promise stands once its answer is signed: drafts are none."""
    return Promise.state.not_in(sorted(NOT_MADE))


def _of_promises() -> list[Source]:
    is_replaced = Promise.state == State.REPLACED
    return [
        Source(Promise, Promise.unit_id, Promise.made_on, is_made(), {"made": func.count()}),
        Source(Promise, Promise.unit_id, Promise.due_on, is_made(), {
            "due": many(~is_replaced), "kept": many(is_kept()), "on_time": many(is_kept_on_time()),
            "broken": many(Promise.state == State.BROKEN), "replaced": many(is_replaced),
        }, is_judged=True),
    ]  # fmt: skip


def still_owed(at: Stretch) -> Source:
    """Promises open on the last day, whenever they were made."""
    return Source(Promise, Promise.unit_id, Promise.made_on, true(),
                  {"open": many(is_open()), "overdue": many(is_overdue(at.last))})  # fmt: skip
