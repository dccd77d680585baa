"""The table of legal time limits: which rule is in force for a kind of case, a stage and a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.rules.deadlines.calendar import Calendar

CALENDAR_DAYS, WORKING_DAYS, HOURS = "calendar_days", "working_days", "hours"


class RulesError(ValueError):
    """The file of rules says something that cannot be meant; the message names the rule and the reason."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One time limit of the law: so many days, of this unit, counted from this event.

    `variant` is '' where the law knows only one length. `direction` 'before' counts backwards from a date to come
    (a notice at least 7 days before a dialogue). `actor` is who must keep it, `measures` whether it is the longest
    ('limit') or the shortest ('minimum_duration') time allowed.
    """

    id: str
    kinds: tuple[str, ...]
    stage: str
    variant: str = ""
    length: int
    unit: str
    starts_from: str
    effective_from: date | None = None
    effective_to: date | None = None
    pause: bool = False
    pause_effective_from: date | None = None
    extends: str = ""
    max_times: int = 0
    requires_document: str = ""
    direction: str = "after"
    roll: str = "next_working_day"
    legal_basis: str = ""
    legal_basis_en: str = ""
    confidence: str = "unconfirmed"
    note: str = ""
    actor: str = "office"
    measures: str = "limit"

    def in_force(self, on: date) -> bool:
        """True when a clock that starts on that day runs under this rule."""
        return (self.effective_from or date.min) <= on <= (self.effective_to or date.max)

    def honours(self, pause_from: date) -> bool:
        """True when a suspension that began on that day stops this clock.

        Article 11a of the Law on Complaints lets time stand still only since 1 July 2026.
        """
        return self.pause and pause_from >= (self.pause_effective_from or date.min)


@dataclass(frozen=True)
class Rules:
    """Everything the data file says: limits, the calendar, warnings, recurring duties and report windows."""

    rules: tuple[Rule, ...]
    calendar: Calendar
    warn_before_days: tuple[int, ...] = ()
    """Counted days left at which a handler is warned."""
    escalate_after_days: tuple[int, ...] = ()
    """Whole working days late after which the level above hears of a case, one level each."""
    meta: Mapping[str, Any] = field(default_factory=dict)
    duties: tuple[Mapping[str, Any], ...] = ()
    report_windows: tuple[Mapping[str, Any], ...] = ()

    def find(self, kind: str, stage: str, variant: str, on: date) -> Rule | None:
        """The rule in force on the day the clock starts, or None: no other variant is ever taken in its place."""
        for rule in self.rules:
            if kind in rule.kinds and (rule.stage, rule.variant) == (stage, variant) and rule.in_force(on):
                return rule
        return None

    def by_id(self, rule_id: str) -> Rule | None:
        """The rule of that name, in force or not; None when the file has no such rule."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)
