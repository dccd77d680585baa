"""What happens to the case when a paper is signed: one deed for each verb in BY_PAPER."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from ... import clock
from ...accounts.models import Official
from ...documents.models import Paper
from ...extensions import db
from ...refusals import Invalid
from ...rules.workflow import N_, VERDICT_OUTCOMES, Action, Actor, Outcome, Status, Step, Verdict
from ..models import Case
from ..search import index
from . import clocks
from .converse import back_to, first_word
from .merged import tell_duplicates
from .perform import custody_of
from .triage import drop_parts, finish, stop_waiting


@dataclass(frozen=True)
class Deed:
    """What the event says besides its paper, and a status that stands over the row's."""

    facts: dict[str, Any] = field(default_factory=dict)
    to: Status | None = None


Do = Callable[[Case, Paper, Step, Actor, datetime], Deed]


def _end_as(outcome: Outcome) -> Do:
    def end(case: Case, paper: Paper, step: Step, actor: Actor, now: datetime) -> Deed:
        """The office is done with it: the sender reads why in the paper."""
        first_word(case, now)
        finish(case, outcome, now)
        tell_duplicates(Action.CLOSE, case, actor, now, outcome=case.outcome)
        return Deed({"outcome": str(outcome), "body": str(paper.cargo.get("body", ""))})

    return end


def _to_a_body(case: Case, paper: Paper, step: Step, actor: Actor, now: datetime) -> Deed:
    """Guided or transferred to a body that the paper names."""
    if not str(paper.cargo.get("body", "")).strip():
        raise Invalid(N_("Ghi cơ quan có thẩm quyền."), "body")
    return _end_as(Outcome.NOT_COMPETENT)(case, paper, step, actor, now)


def _accept(case: Case, paper: Paper, step: Step, actor: Actor, now: datetime) -> Deed:
    """Taken up for settlement: the closing clock starts today (Law 02/2011 art. 27; Law 25/2018 art. 29)."""
    case.accepted_on = clock.day_of(now)
    case.is_complex = bool(paper.cargo.get("is_complex"))
    for stage in step.starts:
        started = clocks.start(case, stage, case.accepted_on)
        if started is not None and started.is_closing:
            clocks.aim(case, custody_of(case), started.due_on)
    return Deed({"is_complex": case.is_complex})


def _verify(case: Case, paper: Paper, step: Step, actor: Actor, now: datetime) -> Deed:
    """Somebody is charged with finding out (Law 02/2011 art. 29; Law 25/2018 art. 31)."""
    return Deed()


def _suspend(case: Case, paper: Paper, step: Step, actor: Actor, now: datetime) -> Deed:
    """Time stands still from that day, where the law says so (Law 02/2011 art. 11a; Law 25/2018 art. 34)."""
    on, today = _day(paper), clock.day_of(now)
    if on > today or (case.accepted_on and on < case.accepted_on):
        raise Invalid(N_("Ngày tạm đình chỉ phải từ ngày thụ lý đến hôm nay."), "on")
    custody = custody_of(case)
    case.held_status = Status.ASSIGNED if case.status == Status.WAITING else case.status
    stop_waiting(case, custody, now)
    case.suspended_on = on
    is_counted = not clocks.pause(case, custody, step.pauses, on)
    for stage in step.starts:
        clocks.start(case, stage, today)
    why = "" if case.is_sealed else paper.fields.get("reason", "")
    return Deed({"on": on, "is_counted": is_counted, "reason": why})


def _resume(case: Case, paper: Paper, step: Step, actor: Actor, now: datetime) -> Deed:
    """Work goes on: that day is counted again."""
    on = _day(paper)
    if on > clock.day_of(now) or (case.suspended_on and on < case.suspended_on):
        raise Invalid(N_("Ngày tiếp tục phải từ ngày tạm đình chỉ đến hôm nay."), "on")
    custody, stood = custody_of(case), 0
    if clocks.resume(case, custody, step.resumes, on) and case.suspended_on is not None:
        stood = (on - case.suspended_on).days
    custody.waited_seconds += stood * 24 * 3600  # net time leaves out what the law does
    case.suspended_on = None
    return Deed({"on": on, "days_stood": stood}, back_to(case))


def _make_complex(case: Case, paper: Paper, step: Step, actor: Actor, now: datetime) -> Deed:
    """The longer term replaces the shorter, counted from the same acceptance (Law 02/2011 art. 28, 37)."""
    before = case.due_on
    case.is_complex = True
    clocks.restart_closing(case, custody_of(case), now)
    return Deed({"old_due_on": before, "new_due_on": case.due_on})


def _extend(case: Case, paper: Paper, step: Step, actor: Actor, now: datetime) -> Deed:
    """Prolonged from the due date before (Law 25/2018 art. 30); the event says why, who asked and who granted it."""
    before = case.due_on
    clock_row = clocks.extend(case, custody_of(case), str(paper.cargo.get("variant", "")))
    asked_by = db.session.get_one(Official, paper.written_by_id)
    return Deed({
        "variant": paper.cargo.get("variant"), "old_due_on": before, "new_due_on": clock_row.due_on,
        "reason": paper.fields.get("reason", ""), "requested_by": asked_by.name, "requested_by_id": asked_by.id,
        "approved_by": actor.name, "approved_by_id": actor.official_id,
    })  # fmt: skip


def _terminate(case: Case, paper: Paper, step: Step, actor: Actor, now: datetime) -> Deed:
    """Settlement ends without a decision (Law 02/2011 art. 11a; Law 25/2018 art. 34)."""
    first_word(case, now)
    finish(case, Outcome.TERMINATED, now)
    tell_duplicates(Action.CLOSE, case, actor, now, outcome=case.outcome)
    for stage in step.starts:
        clocks.start(case, stage, clock.day_of(now))
    return Deed({"outcome": str(Outcome.TERMINATED)})


def _decide(case: Case, paper: Paper, step: Step, actor: Actor, now: datetime) -> Deed:
    """Decided or concluded: the closing clock is met, the duties after it begin to run."""
    verdict = str(paper.cargo.get("verdict", ""))
    if verdict not in [str(one) for one in Verdict]:
        raise Invalid(N_("Chọn kết luận: đúng, đúng một phần hay sai."), "verdict")
    custody, outcome = custody_of(case), VERDICT_OUTCOMES[Verdict(verdict)]
    first_word(case, now)
    drop_parts(case, now)
    custody.finished_at = custody.finished_at or now
    custody.resolved_at, custody.is_open, custody.outcome = now, False, str(outcome)
    case.verdict, case.outcome, case.answer_text = verdict, str(outcome), paper.fields.get("conclusion", "")
    case.answer_number += 1
    case.first_answered_at = case.first_answered_at or now
    case.answered_at, case.answered_by_id = now, actor.official_id
    for stage in step.starts:
        clocks.start(case, stage, clock.day_of(now))
    if not case.is_sealed:
        index(case)
        tell_duplicates(step.action, case, actor, now, verdict=verdict, outcome=case.outcome)
    return Deed({"verdict": verdict, "outcome": str(outcome), "text": case.answer_text})


def _issue(case: Case, paper: Paper, step: Step, actor: Actor, now: datetime) -> Deed:
    """A paper that moves nothing: a plan, minutes, an invitation."""
    return Deed()


def _day(paper: Paper) -> date:
    """The day the paper speaks of."""
    try:
        return date.fromisoformat(str(paper.cargo.get("on", "")))
    except ValueError:
        raise Invalid(N_("Ghi ngày, tháng, năm."), "on") from None


DEEDS: dict[Action, Do] = {
    Action.GUIDE: _to_a_body,
    Action.TRANSFER_OUT: _to_a_body,
    Action.RETURN_PETITION: _end_as(Outcome.NOT_ACCEPTED),
    Action.NOT_ACCEPT: _end_as(Outcome.NOT_ACCEPTED),
    Action.ACCEPT: _accept,
    Action.VERIFY: _verify,
    Action.SUSPEND: _suspend,
    Action.RESUME: _resume,
    Action.MAKE_COMPLEX: _make_complex,
    Action.EXTEND: _extend,
    Action.TERMINATE: _terminate,
    Action.DECIDE: _decide,
    Action.CONCLUDE: _decide,
    Action.ISSUE: _issue,
}
