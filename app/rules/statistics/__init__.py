"""Every published figure, once: facts of a custody, a period, the formulas over both, and the words that explain them.

Their twins over whole columns stand in reports/cells; tests/reports/test_agreement.py holds them to these formulas.
"""

from .facts import CustodyFact, Period
from .formulas import COUNTS, LEFT_OUT, MEASURES, Summary, summarise
from .heard_words import HEARD
from .judgement_words import JUDGEMENT
from .published import FORMULAS as OF_CASES
from .published import GENERAL, Formula, Text
from .published_standing import OF_STANDING
from .shares import NONE, Share, Spread, quantile, spread, spread_at, wilson
from .time_words import TIME

FORMULAS = (*OF_CASES, *OF_STANDING, *TIME, *JUDGEMENT, *HEARD)

__all__ = [
    "COUNTS",
    "FORMULAS",
    "GENERAL",
    "HEARD",
    "LEFT_OUT",
    "MEASURES",
    "NONE",
    "CustodyFact",
    "Formula",
    "Period",
    "Share",
    "Spread",
    "Summary",
    "Text",
    "quantile",
    "spread",
    "spread_at",
    "summarise",
    "wilson",
]
