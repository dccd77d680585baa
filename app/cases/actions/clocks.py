"""The legal clocks of a case: which rule starts, when it stands still, when it is met, which due date is shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from ...extensions import db
from ...refusals import Invalid
from ...rules import deadlines
from ...rules.deadlines import DeadlineError, Derivation, Pause, Rule, Rules, RulesError, as_told
from ...rules.workflow import CLOSING, N_, SHOWN, is_of_instance
from ...units.calendar import law
from ..models import Case, Custody, Deadline
from ..variants import variant


def start(case: Case, stage: str, on: date, number: int = 1) -> Deadline | None:
    """Start a clock by the rule in force that day; None where the law sets no such clock, or not for this case."""
    if not is_of_instance(stage, case.instance, case.is_discipline):
        return None
    rules = law()
    rule = rules.find(case.kind, stage, variant(case, stage), on)
    if rule is None:
        return None
    derived = deadlines.due(rule, on, rules.calendar)
    clock_row = Deadline(
        case_id=case.id, stage=stage, rule_id=rule.id, start_on=on, due_on=derived.due_on, number=number,
        is_closing=stage in CLOSING, derivation=derived.to_json(),
    )  # fmt: skip
    db.session.add(clock_row)
    db.session.flush()
    if clock_row.is_closing and number > 1:
        _say(case, again_on=clock_row.due_on)
    return clock_row


def aim(case: Case, custody: Custody, due_on: date | None) -> None:
    """This is the date by which the custody will be judged; the event that comes says it."""
    custody.due_on = due_on
    _say(case, target_on=due_on)


def aim_as(case: Case, custody: Custody, clock_row: Deadline) -> None:
    """The closing clock moved: the first one's date is the custody's, that of a reopening is told beside it."""
    if clock_row.is_closing and clock_row.number == 1:
        aim(case, custody, None if clock_row.paused_on else clock_row.due_on)
    elif clock_row.is_closing:
        _say(case, again_on=clock_row.due_on)


def _say(case: Case, **due: date | None) -> None:
    case.aimed = {**(case.aimed or {}), **due}


def said(case: Case) -> dict[str, Any]:
    """What the clocks gave since the last event, for the facts of the one that is written now."""
    aimed, case.aimed = case.aimed, None
    return aimed or {}


def running(case: Case) -> list[Deadline]:
    """Clocks started and neither met nor ended, oldest first; those that stand still too."""
    statement = select(Deadline).where(
        Deadline.case_id == case.id, Deadline.met_at.is_(None), Deadline.ended_at.is_(None)
    )
    return list(db.session.scalars(statement.order_by(Deadline.id)))


def end_all(case: Case, now: datetime) -> None:
    """The case closed otherwise: nothing is owed any more."""
    for clock_row in running(case):
        clock_row.ended_at = now


def meet(case: Case, stages: Iterable[str], now: datetime) -> None:
    """Stop the clocks of these stages, their duty is done, and show the due date of what still runs."""
    wanted, clocks = set(stages), running(case)
    for clock_row in clocks:
        if clock_row.stage in wanted:
            clock_row.met_at = now
    _show(case, [clock_row for clock_row in clocks if clock_row.met_at is None])


def show(case: Case) -> None:
    """Set the due date that lists show: the closing clock's, else the nearest of the stages running before it.

    A met closing clock keeps its date on the case, so that an answer can be judged at a glance. While the closing
    clock stands still there is no date, only its stage.
    """
    db.session.flush()
    _show(case, running(case))


def _show(case: Case, clocks: list[Deadline]) -> None:
    closing = next((c for c in clocks if c.is_closing), None)
    shown = closing or min((c for c in clocks if c.stage in SHOWN), key=lambda c: c.due_on, default=None)
    if shown is not None:
        case.due_on = None if shown.paused_on else shown.due_on
        case.due_stage = shown.stage
    elif case.due_stage not in CLOSING:
        case.due_on, case.due_stage = None, ""


def restart_closing(case: Case, custody: Custody, now: datetime) -> None:
    """The category, place or variant was corrected: the clocks are derived anew from the same start day.

    Pauses and extensions that already were stay in the new derivation; a clock that stands still goes on standing.
    """
    for clock_row in running(case):
        clock_row.ended_at = now
        fresh = start(case, clock_row.stage, clock_row.start_on, clock_row.number)
        if fresh is None:
            continue
        keep(fresh, recounted(fresh, Derivation.from_json(clock_row.derivation)))
        if clock_row.paused_on and rule_of(fresh).honours(clock_row.paused_on):
            fresh.paused_on = clock_row.paused_on
        aim_as(case, custody, fresh)
    show(case)


def pause(case: Case, custody: Custody, stages: Iterable[str], on: date) -> bool:
    """Let these clocks stand still from a day on, where the law says a suspension begun then stops them.

    Returns whether one does. Law 02/2011/QH13 art. 11a counts suspensions begun since 1 July 2026 only.
    """
    stopped = False
    for clock_row in running(case):
        # A second suspension of a clock that already stands still must not make it forget since when.
        if clock_row.stage in stages and clock_row.paused_on is None and rule_of(clock_row).honours(on):
            clock_row.paused_on, stopped = on, True
            aim_as(case, custody, clock_row)
    return stopped


def resume(case: Case, custody: Custody, stages: Iterable[str], on: date) -> bool:
    """Let them run again: the day work resumes is counted again. Returns whether one stood still."""
    stood_still = False
    for clock_row in running(case):
        if clock_row.stage not in stages or clock_row.paused_on is None:
            continue
        stood = Pause(clock_row.paused_on, max(on, clock_row.paused_on))
        clock_row.paused_on = None
        keep(clock_row, recounted(clock_row, stood=stood))
        stood_still = True
        aim_as(case, custody, clock_row)
    return stood_still


def extend(case: Case, custody: Custody, chosen: str) -> Deadline:
    """Prolong the closing clock from its due date by the extension rule of that variant (Law 25/2018/QH14 art. 30).

    Invalid, with the sentence that says which rule, when the law allows no (further) extension of that kind.
    """
    closing = next((row for row in running(case) if row.is_closing), None)
    rules = law()
    rule = rules.find(case.kind, "extension", chosen, closing.start_on) if closing else None
    if closing is None or rule is None or closing.paused_on:
        raise Invalid(N_("Luật không cho gia hạn thời hạn này."), "variant")
    try:
        keep(closing, recounted(closing, extension=rule))
    except DeadlineError:
        raise Invalid(
            N_("Đã hết số lần gia hạn: vụ việc phức tạp một lần, đặc biệt phức tạp hai lần (Luật Tố cáo, điều 30)."),
            "variant",
        ) from None
    aim_as(case, custody, closing)
    return closing


def rule_of(clock_row: Deadline) -> Rule:
    """The rule this clock was started by, in force or not today."""
    return _named(clock_row.rule_id, law())


def _named(rule_id: str, rules: Rules) -> Rule:
    rule = rules.by_id(rule_id)
    if rule is None:
        raise RulesError(f"rule {rule_id}: a clock was started by it, so deadlines.toml must keep it")
    return rule


def recounted(clock_row: Deadline, proof: Derivation | None = None, stood: Pause | None = None,
              extension: Rule | None = None, rules: Rules | None = None) -> Derivation:  # fmt: skip
    """Count a clock anew from its own start day by its own rule; nothing is changed.

    `proof` holds the pauses and extensions it carries already (its own, unless another is given); `stood` and
    `extension` are one thing more. Days and lengths stay as they were told, so that a calendar or a file changed
    meanwhile moves nothing by the way, unless `rules` are given. RulesError when the file has lost the clock's rule.
    """
    before = proof or Derivation.from_json(clock_row.derivation)
    rules = rules or as_told(law(), before)
    rule = _named(clock_row.rule_id, rules)
    granted = [_named(one.rule_id, rules) for one in before.extensions]
    more = [extension] if extension else []
    return deadlines.due(
        rule, clock_row.start_on, rules.calendar, (*before.pauses, *before.idle, *([stood] if stood else [])),
        [*(one for one in granted if one.extends == rule.id), *more],
    )  # fmt: skip


def keep(clock_row: Deadline, derived: Derivation) -> None:
    """Write a new count over the old one."""
    clock_row.due_on, clock_row.derivation = derived.due_on, derived.to_json()
