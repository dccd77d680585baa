"""The verbs of cases.actions on paper: each changes a sheet as its twin there changes the tables, and says its facts.

tests/demo/test_bulk.py holds the two together: the same lives must leave the same rows.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from ... import clock
from ...cases.actions.judge import REASONS
from ...cases.actions.triage import REFUSALS
from ...cases.folding import nfc
from ...rules.workflow import Actor, Kind, Outcome, Status, closing_stage
from ...units.queries import DEFAULTS
from ..lives import Deed
from .after import AFTER
from .marks import Facts, Verb, back_to, finish, first_word, stop_waiting
from .sheet import Sheet

WINDOW = timedelta(days=int(DEFAULTS["reopen_days"]))


def register(sheet: Sheet, deed: Deed, actor: Actor) -> Facts:
    """The signed original is in the register."""
    signed_on = sheet.row["registered_on"] = deed.cargo["signed_on"]
    for stage in sheet.step.starts:
        sheet.start(stage, signed_on)
    return {"registered_on": signed_on}


def receive(sheet: Sheet, deed: Deed, actor: Actor) -> Facts:
    """Intake confirms."""
    sheet.row["received_at"] = deed.at
    return {}


def classify(sheet: Sheet, deed: Deed, actor: Actor) -> Facts:
    """What was checked is written down."""
    row, checks, remark = sheet.row, deed.cargo["checks"], nfc(deed.cargo["remark"]).strip()
    is_eligible = all(checks.values())
    row["eligibility"] = {"is_eligible": is_eligible, "checks": checks, "remark": remark}
    row.update(classified_at=deed.at, received_at=row["received_at"] or deed.at)
    return {"is_eligible": is_eligible, "checks": checks, "remark": remark}


def refuse(sheet: Sheet, deed: Deed, actor: Actor) -> Facts:
    """Not taken, with the ground and the reason."""
    finish(sheet, REFUSALS[deed.cargo["ground"]], deed.at)
    return {"ground": deed.cargo["ground"], "reason": deed.cargo["reason"], "outcome": sheet.row["outcome"]}


def mark_duplicate(sheet: Sheet, deed: Deed, actor: Actor) -> Facts:
    """Closed and joined to the first; the player has put its id and reference in the cargo."""
    sheet.row["duplicate_of_id"] = deed.cargo["main"].id
    finish(sheet, Outcome.DUPLICATE, deed.at)
    return {"of": deed.cargo["main"].reference, "outcome": sheet.row["outcome"]}


def assign(sheet: Sheet, deed: Deed, actor: Actor) -> Facts:
    """Given to an officer."""
    officer = sheet.world.staff.actors[deed.cargo["officer"]]
    return _held_by(sheet, officer, deed.at)


def take(sheet: Sheet, deed: Deed, actor: Actor) -> Facts:
    """Taken by an officer."""
    return _held_by(sheet, actor, deed.at)


def _held_by(sheet: Sheet, officer: Actor, now: datetime) -> Facts:
    sheet.row["assigned_to_id"] = officer.official_id
    sheet.row["received_at"] = sheet.row["received_at"] or now
    return {"officer": officer.name, "officer_id": officer.official_id}


def forward(sheet: Sheet, deed: Deed, actor: Actor) -> Facts:
    """Passed on; the custody here ends, the closing clock runs on."""
    before, last, unit = sheet.unit, sheet.custody, sheet.world.spots[deed.cargo["unit"]]
    last["ended_at"], last["is_open"] = deed.at, False
    sheet.row.update(assigned_to_id=None, received_at=None)
    sheet.begin_custody(
        unit, deed.at, due_on=None if last["is_reopening"] else last["due_on"],
        is_reopening=sheet.row["first_answered_at"] is not None,
    )  # fmt: skip
    return {"reason": deed.cargo["reason"], "unit": unit.code, "before": before.code}


def ask(sheet: Sheet, deed: Deed, actor: Actor) -> Facts:
    """The resident is asked; the case waits."""
    sheet.row.update(asked_at=deed.at, reminded_at=None, held_status=sheet.row["status"])
    first_word(sheet, deed.at)
    return {"text": deed.cargo["text"]}


def reply(sheet: Sheet, deed: Deed, actor: Actor) -> Facts:
    """The resident replies, or adds something."""
    if sheet.row["status"] == Status.WAITING:
        sheet.to = back_to(sheet)
    stop_waiting(sheet, deed.at)
    return {"text": deed.cargo["text"]}


def remind(sheet: Sheet, deed: Deed, actor: Actor) -> Facts:
    """One reminder by the system."""
    sheet.row["reminded_at"] = deed.at
    return {}


def note(sheet: Sheet, deed: Deed, actor: Actor) -> Facts:
    """A note among officials."""
    return {"text": deed.cargo["text"]}


def draft(sheet: Sheet, deed: Deed, actor: Actor) -> Facts:
    """A draft is kept; the same for one that is proposed."""
    row = sheet.row
    row.update(draft_text=deed.cargo["text"], draft_outcome=deed.cargo["outcome"], draft_by_id=actor.official_id)
    row["draft_number"] += 1
    return {"text": row["draft_text"], "outcome": deed.cargo["outcome"], "number": row["draft_number"]}


def propose(sheet: Sheet, deed: Deed, actor: Actor) -> Facts:
    """The draft goes to the head."""
    sheet.row["proposed_at"] = deed.at
    return draft(sheet, deed, actor)


def send_back(sheet: Sheet, deed: Deed, actor: Actor) -> Facts:
    """The head returns it."""
    sheet.row["proposed_at"] = None
    return {"reason": deed.cargo["reason"]}


def approve(sheet: Sheet, deed: Deed, actor: Actor) -> Facts:
    """The answer is signed and sent; on paper only: no document is rendered."""
    row, custody, now = sheet.row, sheet.custody, deed.at
    first_word(sheet, now)
    custody.update(finished_at=custody["finished_at"] or now, resolved_at=now, is_open=False,
                   outcome=row["draft_outcome"])  # fmt: skip
    row.update(
        answer_text=row["draft_text"], outcome=row["draft_outcome"], answer_number=row["answer_number"] + 1,
        first_answered_at=row["first_answered_at"] or now, answered_at=now, answered_by_id=actor.official_id,
        reopen_until=clock.day_of(now) + WINDOW, proposed_at=None, draft_text="", draft_outcome="",
    )  # fmt: skip
    sheet.share()
    return {"text": row["answer_text"], "outcome": row["outcome"], "signed_by": actor.name}


def close(sheet: Sheet, deed: Deed, actor: Actor) -> Facts:
    """An answered case is filed; one whose resident stayed silent ends as explained."""
    if sheet.row["status"] == Status.WAITING:
        finish(sheet, Outcome.EXPLAINED, deed.at)
        sheet.row["reopen_until"] = clock.day_of(deed.at) + WINDOW
        sheet.share()
    elif sheet.kind != Kind.FEEDBACK:
        sheet.row["closed_at"] = deed.at
    else:
        outcome = sheet.custody["outcome"] = deed.cargo["outcome"]
        sheet.row.update(outcome=outcome, closed_at=deed.at)
    return {"outcome": sheet.row["outcome"]}


def rate(sheet: Sheet, deed: Deed, actor: Actor) -> Facts:
    """The resident judges the last answer."""
    level, row = deed.cargo["level"], sheet.row
    reasons = [reason for reason in REASONS if reason in deed.cargo["reasons"]]
    text = nfc(deed.cargo["text"]).strip()[:2000]
    sheet.ratings.append({"case_id": row["id"], "answer_number": row["answer_number"], "unit_id": row["unit_id"],
                          "level": level, "reasons": reasons, "text": text, "at": deed.at})  # fmt: skip
    row["rating_level"] = level
    sheet.custody.update(rating_level=level, rated_at=deed.at)
    return {"level": level, "reasons": reasons, "text": text, "answer": row["answer_number"], "is_counted": True}


def reopen(sheet: Sheet, deed: Deed, actor: Actor) -> Facts:
    """Not solved: back to the officer with a new closing clock."""
    row, custody = sheet.row, sheet.custody
    custody.update(reopened_at=custody["reopened_at"] or deed.at, is_open=True, resolved_at=None)
    row["reopened_count"] += 1
    row.update(reopen_until=None, closed_at=None, outcome=None)
    sheet.to = None if row["assigned_to_id"] else Status.RECEIVED
    sheet.start(closing_stage(sheet.kind), clock.day_of(deed.at), number=row["reopened_count"] + 1)
    return {"reason": deed.cargo["reason"]}


def withdraw(sheet: Sheet, deed: Deed, actor: Actor) -> Facts:
    """Taken back."""
    finish(sheet, Outcome.WITHDRAWN, deed.at)
    return {"reason": nfc(deed.cargo["reason"]).strip()[:2000], "outcome": sheet.row["outcome"]}


VERBS: dict[str, Verb] = {
    verb.__name__: verb
    for verb in (register, receive, classify, refuse, mark_duplicate, assign, take, forward, ask, reply, remind, note,
                 draft, propose, send_back, approve, close, rate, reopen, withdraw)
} | AFTER  # fmt: skip
