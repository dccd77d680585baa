"""The law as it stood when a date was told: a pause or an extension moves a date by itself and by nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.rules.deadlines.calendar import CalendarDay
from app.rules.deadlines.derivation import Derivation
from app.rules.deadlines.table import WORKING_DAYS, Rules


def days_known(proof: Derivation) -> dict[date, bool]:
    """The days on whose being worked or not the date depends, and what each was taken for."""
    found = {skip.on: False for skip in proof.skipped if skip.why != "paused"}
    if proof.unit == WORKING_DAYS:
        found |= dict.fromkeys(proof.counted, True)
    for one in proof.extensions:
        found.setdefault(one.previous_due_on, True)
    found[proof.due_on] = True
    return found | ({proof.rolled_from: False} if proof.rolled_from else {})


def as_told(rules: Rules, proof: Derivation) -> Rules:
    """These rules with the days and the lengths by which `proof` was counted; whatever it did not need is today's.

    A calendar or a file changed meanwhile must not slip in when the clock is counted on: only `recompute-deadlines`
    lets it, on purpose.
    """
    calendar = rules.calendar
    changed = [
        CalendarDay(day, "work" if was_worked else "off", *_names(rules, day))
        for day, was_worked in days_known(proof).items()
        if calendar.is_working(day) != was_worked
    ]
    told = {proof.rule_id: (proof.length, proof.unit)}
    told |= {one.rule_id: (one.length, one.unit) for one in proof.extensions}
    # What paused this clock was heeded then; a rule edited since does not take the pause back.
    pauses: dict[str, object] = {"pause": True, "pause_effective_from": None} if proof.pauses or proof.idle else {}
    return replace(
        rules,
        calendar=calendar.merged(changed),
        rules=tuple(
            replace(rule, length=told[rule.id][0], unit=told[rule.id][1], **pauses) if rule.id in told else rule  # type: ignore[arg-type]
            for rule in rules.rules
        ),
    )


def _names(rules: Rules, day: date) -> tuple[str, str]:
    listed = rules.calendar.days.get(day)
    return (listed.name_vi, listed.name_en) if listed else ("", "")
