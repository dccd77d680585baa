"""What is written down of the settlement besides its papers: dialogue, sending, publication, enforcement, archive."""

from __future__ import annotations

from datetime import date, datetime

from ... import clock
from ...journal.models import Event
from ...refusals import Invalid
from ...rules.workflow import N_, Action, Actor, Outcome, Step
from ..folding import nfc
from ..models import Case
from . import clocks
from .merged import let_go
from .perform import done, must, needed
from .triage import finish


def _past(on: date, now: datetime, since: date | None = None) -> date:
    """A day that has come, not before another; Invalid otherwise."""
    if on > clock.day_of(now):
        raise Invalid(N_("Ngày này chưa đến. Kiểm tra lại giúp."), "on")
    if since is not None and on < since:
        raise Invalid(N_("Ngày này đứng trước việc mà nó nói đến. Kiểm tra lại giúp."), "on")
    return on


def _begin(case: Case, step: Step, on: date) -> None:
    for stage in step.starts:
        clocks.start(case, stage, on)


def hold_dialogue(case: Case, on: date, text: str, actor: Actor, now: datetime, version: int | None = None) -> Event:
    """A dialogue was held in the settlement (Law 02/2011/QH13 art. 30, 39): when, and what came of it."""
    step = must(Action.HOLD_DIALOGUE, case, actor, now, version)
    text = needed(text, "text", 5000)
    case.dialogue_on = _past(on, now, case.accepted_on)
    return done(Action.HOLD_DIALOGUE, case, actor, now, step, text=text, on=on)


def withdraw_part(case: Case, on: date, text: str, actor: Actor, now: datetime, version: int | None = None) -> Event:
    """The sender took part of it back, on a signed paper (Law 02/2011/QH13 art. 10; Law 25/2018/QH14 art. 33)."""
    step = must(Action.WITHDRAW_PART, case, actor, now, version)
    text = needed(text, "text", 5000)
    _past(on, now)
    case.withdrawn_part = "\n".join(part for part in (case.withdrawn_part, text) if part)
    return done(Action.WITHDRAW_PART, case, actor, now, step, text=text, on=on)


def record_withdrawal(case: Case, on: date, reason: str, actor: Actor, now: datetime,
                      version: int | None = None) -> Event:  # fmt: skip
    """Taken back whole on a signed paper: a complaint before it is accepted (Law 02/2011/QH13 art. 10), a denunciation
    before the conclusion (Law 25/2018/QH14 art. 33)."""
    step = must(Action.WITHDRAW, case, actor, now, version)
    reason = needed(reason, "reason", 2000)
    _past(on, now, case.registered_on)
    finish(case, Outcome.WITHDRAWN, now)
    event = done(Action.WITHDRAW, case, actor, now, step, reason=reason, on=on, outcome=case.outcome)
    if not case.is_sealed:
        let_go(case, now)
    return event


def send(case: Case, on: date, text: str, actor: Actor, now: datetime, version: int | None = None) -> Event:
    """The signed paper was handed over or posted: to whom and how; the time to complain again starts that day."""
    step = must(Action.SEND, case, actor, now, version)
    text = needed(text, "text", 2000)
    _past(on, now, clock.day_of(case.answered_at) if case.answered_at else case.accepted_on)
    if case.answered_at is not None:
        case.sent_on = on
    _begin(case, step, on)
    return done(Action.SEND, case, actor, now, step, text=text, on=on)


def publish(case: Case, on: date, text: str, actor: Actor, now: datetime, version: int | None = None) -> Event:
    """Made public: where and how (Decree 124/2020/ND-CP; Law 25/2018/QH14 art. 40)."""
    step = must(Action.PUBLISH, case, actor, now, version)
    text = needed(text, "text", 2000)
    case.published_on = _past(on, now, clock.day_of(case.answered_at) if case.answered_at else None)
    _begin(case, step, on)
    return done(Action.PUBLISH, case, actor, now, step, text=text, on=on)


def enforce(case: Case, on: date, text: str, actor: Actor, now: datetime, version: int | None = None) -> Event:
    """What the decision or conclusion orders is being carried out: by whom, what."""
    step = must(Action.ENFORCE, case, actor, now, version)
    text = needed(text, "text", 5000)
    case.enforced_on = _past(on, now, clock.day_of(case.answered_at) if case.answered_at else None)
    return done(Action.ENFORCE, case, actor, now, step, text=text, on=on)


def archive(case: Case, reason: str, actor: Actor, now: datetime, version: int | None = None) -> Event:
    """The file is put away; a petition that lacks what the law asks is kept a year (Circular 05/2021 art. 28)."""
    step = must(Action.ARCHIVE, case, actor, now, version)
    if step.starts:
        reason = needed(reason, "reason", 2000)
        clocks.meet(case, step.meets, now)
        finish(case, Outcome.NOT_ACCEPTED, now)
        _begin(case, step, clock.day_of(now))
    case.archived_on = clock.day_of(now)
    return done(Action.ARCHIVE, case, actor, now, step, reason=nfc(reason).strip()[:2000])
