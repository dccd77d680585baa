"""The calendar or a rule changed: the running clocks of one case are counted again, on purpose and with an event."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ...journal.models import Event
from ...rules.deadlines import Derivation, Rules, differences
from ...rules.workflow import Action, Actor
from ...units.calendar import law
from ..models import Case, Deadline
from . import clocks
from .perform import custody_of, done, must, needed


@dataclass(frozen=True)
class Moved:
    """One running clock that would end on another day."""

    clock: Deadline
    derived: Derivation
    why: tuple[str, ...]


def moved(running: Iterable[Deadline], rules: Rules) -> list[Moved]:
    """Those of these running clocks whose date differs; RulesError when the file has lost the rule of one."""
    found = []
    for clock_row in running:
        derived = clocks.recounted(clock_row, rules=rules)
        if derived.due_on != clock_row.due_on:
            why = differences(Derivation.from_json(clock_row.derivation), derived, rules)
            found.append(Moved(clock_row, derived, tuple(why)))
    return found


def recompute(case: Case, reason: str, actor: Actor, now: datetime) -> Event | None:
    """Move the due dates of this case that differ by today's calendar and rules; None when none does.

    Every clock keeps the rule, the pauses and the extensions it has; met and ended clocks stay as they were judged.
    The resident is not written to: the reason and both dates stand in the event. Raises WrongStep for an archived
    case, Invalid for a missing reason, RulesError when deadlines.toml has lost a rule.
    """
    step = must(Action.RECOMPUTE, case, actor, now)
    reason, custody = needed(reason, "reason", 2000), custody_of(case)
    found = moved(clocks.running(case), law())
    if not found:
        return None
    told = [
        {"stage": one.clock.stage, "rule": one.clock.rule_id, "old": one.clock.due_on, "new": one.derived.due_on,
         "why": list(one.why)}
        for one in found
    ]  # fmt: skip
    for one in found:
        clocks.keep(one.clock, one.derived)
        clocks.aim_as(case, custody, one.clock)
    return done(Action.RECOMPUTE, case, actor, now, step, reason=reason, clocks=told)
