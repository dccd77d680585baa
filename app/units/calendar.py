"""The law in force here: shipped deadline rules and calendar, with this government's own days off and on."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from ..extensions import db
from ..rules.deadlines import CalendarDay, Rules
from .models import CalendarOverride

_shipped: Rules | None = None


def use(rules: Rules) -> None:
    """Take the rules that create_app read from deadlines.toml."""
    global _shipped
    _shipped = rules


def law() -> Rules:
    """The rules with the calendar as overridden today. One small query."""
    assert _shipped is not None, "create_app reads deadlines.toml first"
    overrides = db.session.scalars(select(CalendarOverride))
    days = [CalendarDay(o.on, o.kind, o.reason, o.reason) for o in overrides]
    return replace(_shipped, calendar=_shipped.calendar.merged(days)) if days else _shipped
