"""The law in force here: shipped deadline rules and calendar, with this government's own days off and on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from sqlalchemy import select

from ..extensions import db
from ..rules.deadlines import CalendarDay, Rules
from .models import CalendarOverride

Counter = Callable[[date], int]
"""How many running clocks would have another date by today's calendar, of those that run across a day."""

_shipped: Rules | None = None
_count_moved: Counter | None = None


def use(rules: Rules, count_moved: Counter | None = None) -> None:
    """Take the rules that create_app read from deadlines.toml, and who can count the clocks a decision concerns."""
    global _shipped, _count_moved
    _shipped, _count_moved = rules, count_moved


def shipped() -> Rules:
    """The rules and calendar as the program brings them, without this government's own days."""
    assert _shipped is not None, "create_app reads deadlines.toml first"
    return _shipped


def law() -> Rules:
    """The rules with the calendar as overridden today. One small query."""
    rules, overrides = shipped(), db.session.scalars(select(CalendarOverride))
    days = [CalendarDay(o.on, o.kind, o.reason, o.reason) for o in overrides]
    return replace(rules, calendar=rules.calendar.merged(days)) if days else rules


def moved_by(on: date) -> int:
    """How many running clocks would have another date if they were counted again, of those that run across a day."""
    return _count_moved(on) if _count_moved else 0
