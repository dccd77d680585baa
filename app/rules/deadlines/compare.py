"""Why a clock counted again ends on another day: which days the calendar calls otherwise now, what the rule changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.rules.deadlines.derivation import Derivation
from app.rules.deadlines.steps import name_of
from app.rules.deadlines.table import WORKING_DAYS, Rules


def differences(old: Derivation, new: Derivation, rules: Rules) -> list[str]:
    """Each cause in plain English words, for a command; empty when both say the same date."""
    if old.due_on == new.due_on:
        return []
    return [*_calendar(old, new, rules), *_rule(old, new)] or ["the rule is counted in another way now"]


def _calendar(old: Derivation, new: Derivation, rules: Rules) -> Iterator[str]:
    before, after = _known(old), _known(new)
    for day in sorted(before.keys() & after.keys()):
        if before[day] != after[day]:
            name = name_of(day, rules.calendar, "en")
            words = "is a working day now" if after[day] else "is a day off now"
            yield f"{day} {words}" + (f": {name}" if name else "")


def _known(proof: Derivation) -> dict[date, bool]:
    """The days on whose being worked or not the date depends."""
    found = {skip.on: False for skip in proof.skipped if skip.why != "paused"}
    if proof.unit == WORKING_DAYS:
        found |= dict.fromkeys(proof.counted, True)
    for one in proof.extensions:
        found.setdefault(one.previous_due_on, True)
    found[proof.due_on] = True
    return found | ({proof.rolled_from: False} if proof.rolled_from else {})


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
