"""The supervisor's pages: figures, the cases behind them, how they are counted, the journal."""

from __future__ import annotations

from flask import Blueprint

from ...rules.visibility import ABOVE

bp = Blueprint("reports", __name__)

SEERS = ABOVE
"""Who sees figures: of the own unit and all below (rules.visibility.sees_statistics)."""

from . import (  # noqa: E402, F401
    answers,
    cases,
    formulas,
    heard,
    journal,
    month,
    official,
    official_cases,
    official_figures,
    unit,
)
