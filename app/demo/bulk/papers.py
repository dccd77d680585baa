"""What a signature does to a sheet, as cases.actions.deeds does it to the tables; no paper is rendered."""

from __future__ import annotations

from datetime import date

from ... import clock
from ...rules.deadlines import Derivation, Pause
from ...rules.workflow import VERDICT_OUTCOMES, Actor, Outcome, Status, Verdict
from ..lives import Deed
from .marks import Facts, Verb, back_to, finish, first_word, stop_waiting
from .sheet import Sheet


def _end_as(outcome: Outcome) -> Verb:
    def end(sheet: Sheet, deed: Deed, actor: Actor) -> Facts:
        """The office is done with it."""
        first_word(sheet, deed.at)
        finish(sheet, outcome, deed.at)
        return {"outcome": str(outcome), "body": deed.cargo["carried"].get("body", "")}

    return end


def accept(sheet: Sheet, deed: Deed, actor: Actor) -> Facts:
    """The settlement clock starts."""
    is_complex = sheet.row["is_complex"] = deed.cargo["carried"].get("is_complex", False)
    day = sheet.row["accepted_on"] = clock.day_of(deed.at)
    for stage in sheet.step.starts:
        started = sheet.start(stage, day)
        if started is not None:
            sheet.aim_as(started)
    return {"is_complex": is_complex}


def verify(sheet: Sheet, deed: Deed, actor: Actor) -> Facts:
    """Somebody is charged with finding out."""
    return {}


def suspend(sheet: Sheet, deed: Deed, actor: Actor) -> Facts:
    """Time stands still, where the law says so."""
    on = date.fromisoformat(deed.cargo["carried"]["on"])
    row, stopped = sheet.row, False
    row["held_status"] = str(Status.ASSIGNED if row["status"] == Status.WAITING else row["status"])
    stop_waiting(sheet, deed.at)
    row["suspended_on"] = on
    for running in sheet.running:
        if running["stage"] in sheet.step.pauses and sheet.honours(running, on):
            running["paused_on"], stopped = on, True
            sheet.aim_as(running)
    return {"on": on, "is_counted": not stopped, "reason": deed.cargo["texts"]["reason"]}


def resume(sheet: Sheet, deed: Deed, actor: Actor) -> Facts:
    """That day is counted again."""
    on, since, stood_days = date.fromisoformat(deed.cargo["carried"]["on"]), sheet.row["suspended_on"], 0
    for running in sheet.running:
        if running["stage"] not in sheet.step.resumes or running["paused_on"] is None:
            continue
        stood = Pause(running["paused_on"], max(on, running["paused_on"]))
        running["paused_on"], stood_days = None, (on - since).days
        sheet.recount(running, stood=stood)
        sheet.aim_as(running)
    sheet.custody["waited_seconds"] += stood_days * 24 * 3600
    sheet.row["suspended_on"] = None
    sheet.to = back_to(sheet)
    return {"on": on, "days_stood": stood_days}


def make_complex(sheet: Sheet, deed: Deed, actor: Actor) -> Facts:
    """The longer term replaces the shorter, from the same day."""
    before = sheet.row["due_on"]
    sheet.row["is_complex"] = True
    for running in sheet.running:
        running["ended_at"] = deed.at
        fresh = sheet.start(running["stage"], running["start_on"], running["number"])
        if fresh is None:
            continue
        sheet.recount(fresh, Derivation.from_json(running["derivation"]))
        sheet.aim_as(fresh)
    sheet.show_due()
    return {"old_due_on": before, "new_due_on": sheet.row["due_on"]}


def decide(sheet: Sheet, deed: Deed, actor: Actor) -> Facts:
    """Decided: the duties after it begin to run."""
    verdict = deed.cargo["carried"]["verdict"]
    outcome, row, custody, now = str(VERDICT_OUTCOMES[Verdict(verdict)]), sheet.row, sheet.custody, deed.at
    first_word(sheet, now)
    custody.update(finished_at=custody["finished_at"] or now, resolved_at=now, is_open=False, outcome=outcome)
    row.update(
        verdict=verdict, outcome=outcome, answer_text=deed.cargo["texts"]["conclusion"],
        answer_number=row["answer_number"] + 1, first_answered_at=row["first_answered_at"] or now, answered_at=now,
        answered_by_id=actor.official_id,
    )  # fmt: skip
    for stage in sheet.step.starts:
        sheet.start(stage, clock.day_of(now))
    return {"verdict": verdict, "outcome": outcome, "text": row["answer_text"]}


def terminate(sheet: Sheet, deed: Deed, actor: Actor) -> Facts:
    """Settlement ends without a decision."""
    first_word(sheet, deed.at)
    finish(sheet, Outcome.TERMINATED, deed.at)
    for stage in sheet.step.starts:
        sheet.start(stage, clock.day_of(deed.at))
    return {"outcome": str(Outcome.TERMINATED)}


PAPERS: dict[str, Verb] = {
    "guide": _end_as(Outcome.NOT_COMPETENT), "transfer_out": _end_as(Outcome.NOT_COMPETENT),
    "return_petition": _end_as(Outcome.NOT_ACCEPTED), "not_accept": _end_as(Outcome.NOT_ACCEPTED),
    "accept": accept, "verify": verify, "suspend": suspend, "resume": resume, "make_complex": make_complex,
    "decide": decide, "terminate": terminate,
}  # fmt: skip
"""Verbs that happen by a paper, as far as common lives hold them."""
