"""Why a clock counted again ends on another day: which days the calendar calls otherwise now, what the rule changed."""

from __future__ import annotations

from collections.abc import Iterator

from app.rules.deadlines.derivation import Derivation
from app.rules.deadlines.steps import name_of
from app.rules.deadlines.table import Rules
from app.rules.deadlines.told import days_known


def differences(old: Derivation, new: Derivation, rules: Rules) -> list[str]:
    """Each cause in plain English words, for a command; empty when both say the same date."""
    if old.due_on == new.due_on:
        return []
    return [*_calendar(old, new, rules), *_rule(old, new)] or ["the rule is counted in another way now"]


def _calendar(old: Derivation, new: Derivation, rules: Rules) -> Iterator[str]:
    before, after = days_known(old), days_known(new)
    for day in sorted(before.keys() & after.keys()):
        if before[day] != after[day]:
            name = name_of(day, rules.calendar, "en")
            words = "is a working day now" if after[day] else "is a day off now"
            yield f"{day} {words}" + (f": {name}" if name else "")


def _rule(old: Derivation, new: Derivation) -> Iterator[str]:
    if (old.length, old.unit) != (new.length, new.unit):
        yield f"rule {new.rule_id}: {_amount(new.length, new.unit)} now, {_amount(old.length, old.unit)} before"
    for was, is_ in zip(old.extensions, new.extensions, strict=False):
        if (was.length, was.unit) != (is_.length, is_.unit):
            yield f"rule {is_.rule_id}: {_amount(is_.length, is_.unit)} now, {_amount(was.length, was.unit)} before"
    if {*old.pauses, *old.idle} != {*new.pauses, *new.idle}:
        yield f"rule {new.rule_id}: it heeds other suspensions now"


def _amount(length: int, unit: str) -> str:
    return f"{length} {unit.replace('_', ' ')}"
