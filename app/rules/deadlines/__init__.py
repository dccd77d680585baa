"""How long the law gives an office, and how that is counted.

Reads like the law read aloud: a `Rule` says how many days from which event, a `Calendar` says which days are worked,
`due` counts them and keeps the counting (`Derivation`), `explain` says it to a resident in one sentence and `steps`
unfolds it row by row.
Everything is a value handed in; nothing here reads a clock, a file (but `load_rules`) or a database.
"""

from app.rules.deadlines.calendar import Calendar, CalendarDay
from app.rules.deadlines.compare import differences
from app.rules.deadlines.count import (
    DeadlineError,
    counted_days,
    days_left,
    due,
    due_after_hours,
    due_moment,
    is_late,
    tone,
)
from app.rules.deadlines.derivation import Derivation, Extension, Pause, Skip
from app.rules.deadlines.explain import explain
from app.rules.deadlines.load import RULES_FILE, load_rules
from app.rules.deadlines.steps import Row, name_of, steps
from app.rules.deadlines.table import Rule, Rules, RulesError
from app.rules.deadlines.told import as_told

__all__ = [
    "RULES_FILE",
    "Calendar",
    "CalendarDay",
    "DeadlineError",
    "Derivation",
    "Extension",
    "Pause",
    "Row",
    "Rule",
    "Rules",
    "RulesError",
    "Skip",
    "as_told",
    "counted_days",
    "days_left",
    "differences",
    "due",
    "due_after_hours",
    "due_moment",
    "explain",
    "is_late",
    "load_rules",
    "name_of",
    "steps",
    "tone",
]
