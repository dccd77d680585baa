"""What office and resident say to each other, and what officials note among themselves."""

from __future__ import annotations

from datetime import datetime

from ... import clock
from ...journal.models import Event
from ...rules.workflow import Action, Actor, Status
from ..models import Case
from . import clocks
from .merged import hear
from .perform import custody_of, done, must, needed
from .triage import stop_waiting


def ask(case: Case, text: str, actor: Actor, now: datetime, version: int | None = None) -> Event:
    """Ask the resident something; the case waits. No clock stops for it: the law knows no such pause."""
    step = must(Action.ASK, case, actor, now, version)
    text = needed(text, "text")
    case.asked_at, case.reminded_at, case.held_status = now, None, case.status
    first_word(case, now)
    return done(Action.ASK, case, actor, now, step, text=text)


def reply(case: Case, text: str, actor: Actor, now: datetime) -> Event:
    """The resident answers the question, or adds something unasked; work goes on where it stood.

    Where the case goes along with an earlier one, whoever works on that one hears it.
    """
    step = must(Action.REPLY, case, actor, now)
    text = needed(text, "text")
    was_waiting, custody = case.status == Status.WAITING, custody_of(case)
    stop_waiting(case, custody, now)
    if step.resumes:
        clocks.resume(case, custody, step.resumes, clock.day_of(now))
    if case.asked_to_meet is not None:
        case.asked_to_meet.offered_times = []  # none of them suits, or there were none
    if case.is_heard_elsewhere:
        hear(case, text, actor, now)
    return done(Action.REPLY, case, actor, now, step, to=back_to(case) if was_waiting else None, text=text)


def back_to(case: Case) -> Status:
    """The status to which a case that waited or was suspended comes back."""
    held, case.held_status = case.held_status, ""
    return Status(held) if held else Status.ASSIGNED


def remind(case: Case, actor: Actor, now: datetime) -> Event:
    """The unit's window passed without a reply: one reminder, by the system."""
    step = must(Action.REMIND, case, actor, now)
    case.reminded_at = now
    return done(Action.REMIND, case, actor, now, step)


def note(case: Case, text: str, actor: Actor, now: datetime) -> Event:
    """A note among officials; the resident never sees it."""
    step = must(Action.NOTE, case, actor, now)
    text = needed(text, "text")
    return done(Action.NOTE, case, actor, now, step, text=text)


def first_word(case: Case, now: datetime) -> None:
    """The first human message that the resident can read, for the first-response figures."""
    case.first_response_at = case.first_response_at or now
    custody = custody_of(case)
    custody.first_response_at = custody.first_response_at or now
