"""What the resident decides: rate the answer, reopen, withdraw."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from ... import clock
from ...extensions import db
from ...journal.models import Event
from ...refusals import Invalid
from ...rules.workflow import N_, Action, Actor, Outcome, Status
from ..folding import nfc
from ..models import Case, Rating
from ..variants import closing_of
from . import clocks
from .merged import judged, let_go
from .perform import custody_of, done, must, needed
from .triage import finish

REASONS = ("not_done", "vague", "late", "attitude", "wrong", "clear", "fast", "kind")
"""What a resident may tick beside a level."""


def rate(case: Case, level: int, actor: Actor, now: datetime, *, reasons: Sequence[str] = (), text: str = "") -> Event:
    """Judge the last answer, level 1 to 5; a second judgement of the same answer replaces the first.

    Whoever sent a duplicate judges the answer to the case it goes along with, as a judgement of their own.
    """
    step = must(Action.RATE, case, actor, now)
    if level not in range(1, 6):
        raise Invalid(N_("Chọn một trong năm mức."), "level")
    answered = judged(case)
    rating = db.session.scalar(
        select(Rating).where(Rating.case_id == case.id, Rating.answer_number == answered.answer_number)
    )
    if rating is None:
        rating = Rating(case_id=case.id, answer_number=answered.answer_number, unit_id=answered.unit_id, level=level,
                        at=now)  # fmt: skip
        db.session.add(rating)
    rating.level, rating.at = level, now
    rating.reasons = [reason for reason in REASONS if reason in reasons]
    rating.text = nfc(text).strip()[:2000]
    case.rating_level = level
    custody = custody_of(case)
    is_counted = custody.unit_id == answered.unit_id
    if is_counted:  # a duplicate marked elsewhere says nothing of the unit that marked it
        custody.rating_level, custody.rated_at = level, now
    return done(Action.RATE, case, actor, now, step, level=level, reasons=rating.reasons, text=rating.text,
                answer=answered.answer_number, is_counted=is_counted)  # fmt: skip


def reopen(case: Case, reason: str, actor: Actor, now: datetime) -> Event:
    """Say "not solved" within the unit's window: back to the officer, with a new closing clock."""
    step = must(Action.REOPEN, case, actor, now)
    reason = needed(reason, "reason", 5000)
    return done(Action.REOPEN, case, actor, now, step, to=take_up_again(case, now), reason=reason)


def take_up_again(case: Case, now: datetime) -> Status | None:
    """What was answered is owed again, with a new closing clock; the status, where nobody holds the case."""
    custody = custody_of(case)
    custody.reopened_at, custody.is_open, custody.resolved_at = custody.reopened_at or now, True, None
    case.reopened_count += 1
    case.reopen_until = case.closed_at = case.outcome = None
    clocks.start(case, closing_of(case), clock.day_of(now), number=case.reopened_count + 1)
    return None if case.assigned_to_id else Status.RECEIVED


def withdraw(case: Case, reason: str, actor: Actor, now: datetime) -> Event:
    """The resident takes the petition back; nothing more is owed, except to those whose cases went along with it."""
    step = must(Action.WITHDRAW, case, actor, now)
    finish(case, Outcome.WITHDRAWN, now)
    event = done(Action.WITHDRAW, case, actor, now, step, reason=nfc(reason).strip()[:2000], outcome=case.outcome)
    let_go(case, now)
    return event
