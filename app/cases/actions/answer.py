"""The answer: drafted, proposed for approval, sent back or signed and sent, and the case closed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from ... import clock
from ...documents.actions import freeze
from ...journal.models import Event
from ...refusals import Invalid
from ...rules.workflow import ANSWER_OUTCOMES, N_, Action, Actor, Kind, Outcome, Status
from ...units.queries import setting
from ..models import Case
from ..search import index
from .converse import first_word
from .merged import tell_duplicates
from .perform import _acting, custody_of, done, must, needed
from .triage import drop_parts, finish


def draft(case: Case, text: str, outcome: str, actor: Actor, now: datetime, version: int | None = None) -> Event:
    """Keep a draft of the answer; nothing leaves the house."""
    step = must(Action.DRAFT, case, actor, now, version)
    _keep_draft(case, text, outcome, actor)
    return done(Action.DRAFT, case, actor, now, step, text=case.draft_text, outcome=outcome, number=case.draft_number)


def propose(case: Case, text: str, outcome: str, actor: Actor, now: datetime, version: int | None = None) -> Event:
    """Submit the draft for the head's approval."""
    step = must(Action.PROPOSE, case, actor, now, version)
    if outcome not in ANSWER_OUTCOMES:
        raise Invalid(N_("Chọn kết quả giải quyết."), "outcome")
    _keep_draft(case, text, outcome, actor)
    case.proposed_at = now
    return done(Action.PROPOSE, case, actor, now, step, text=case.draft_text, outcome=outcome, number=case.draft_number)


def _keep_draft(case: Case, text: str, outcome: str, actor: Actor) -> None:
    case.draft_text = needed(text, "text")
    case.draft_outcome = outcome if outcome in ANSWER_OUTCOMES else ""
    case.draft_by_id = actor.official_id
    case.draft_number += 1


def send_back(case: Case, reason: str, actor: Actor, now: datetime, version: int | None = None) -> Event:
    """The head returns the draft with a remark."""
    step = must(Action.SEND_BACK, case, actor, now, version)
    reason = needed(reason, "reason", 2000)
    case.proposed_at = None
    return done(Action.SEND_BACK, case, actor, now, step, reason=reason)


def approve(case: Case, actor: Actor, now: datetime, version: int | None = None) -> Event:
    """The head signs: the paper is numbered and frozen, the answer is sent, the closing clock is met.

    The view has checked the head's password just before; that is the signature (README, Decisions).
    """
    step = must(Action.APPROVE, case, actor, now, version)
    acting = _acting(actor, step, case)
    case.reopen_until = clock.day_of(now) + timedelta(days=int(setting("reopen_days", case.unit_id)))
    paper = freeze("answer", _letter(case, actor), case.id, case.unit, acting, now)
    custody = custody_of(case)
    first_word(case, now)
    drop_parts(case, now)
    custody.finished_at = custody.finished_at or now
    custody.resolved_at, custody.is_open, custody.outcome = now, False, case.draft_outcome
    case.answer_text, case.outcome = case.draft_text, case.draft_outcome
    case.answer_number += 1
    case.first_answered_at = case.first_answered_at or now
    case.answered_at, case.answered_by_id = now, actor.official_id
    case.proposed_at, case.draft_text, case.draft_outcome = None, "", ""
    index(case)
    tell_duplicates(Action.APPROVE, case, acting, now, outcome=case.outcome)
    return done(
        Action.APPROVE, case, actor, now, step, text=case.answer_text, outcome=case.outcome,
        document=paper.public_id, number=paper.number, sha256=paper.sha256, signed_by=actor.name,
    )  # fmt: skip


def _letter(case: Case, actor: Actor) -> dict[str, object]:
    """What the answering paper is filled with."""
    return {
        "reference": case.reference, "kind": case.kind, "title": case.title, "text": case.draft_text,
        "outcome": case.draft_outcome, "name": case.contact_name, "address": case.contact_address,
        "submitted_on": clock.day_of(case.submitted_at), "signer": actor.name, "language": case.language,
        "reopen_until": case.reopen_until,
    }  # fmt: skip


def close(case: Case, outcome: str, actor: Actor, now: datetime, version: int | None = None) -> Event:
    """File an answered case; or close one whose resident stayed silent after the reminder, as explained.

    A decision or a conclusion has its outcome already: filing it carries none.
    """
    step = must(Action.CLOSE, case, actor, now, version)
    if case.status == Status.WAITING:
        _must_have_waited(case, clock.day_of(now))
        finish(case, Outcome.EXPLAINED, now)
        case.reopen_until = clock.day_of(now) + timedelta(days=int(setting("reopen_days", case.unit_id)))
        tell_duplicates(Action.CLOSE, case, actor, now, outcome=case.outcome)
    elif case.kind != Kind.FEEDBACK:
        case.closed_at = now
    else:
        if outcome not in ANSWER_OUTCOMES:
            raise Invalid(N_("Chọn kết quả giải quyết."), "outcome")
        case.outcome, case.closed_at = outcome, now
        custody_of(case).outcome = outcome
    return done(Action.CLOSE, case, actor, now, step, outcome=case.outcome)


def _must_have_waited(case: Case, today: date) -> None:
    """The window runs once more after the reminder before the case may be closed as explained."""
    window = timedelta(days=int(setting("answer_window_days", case.unit_id)))
    assert case.reminded_at is not None
    if today <= clock.day_of(case.reminded_at) + window:
        raise Invalid(N_("Chưa hết thời gian chờ sau khi nhắc người gửi."), "outcome")
