"""Every published figure, once: facts of a custody, a period, the formulas over both, and the words that explain them.

The SQL twins stand in reports/conditions.py and are held to these formulas by tests/reports/test_agreement.py.
"""

from .facts import CustodyFact, Period
from .formulas import LEFT_OUT, MEASURES, Summary, summarise
from .published import FORMULAS, GENERAL, Formula, Text
from .shares import Share, Spread, percentile, spread, wilson

__all__ = [
    "FORMULAS",
    "GENERAL",
    "LEFT_OUT",
    "MEASURES",
    "CustodyFact",
    "Formula",
    "Period",
    "Share",
    "Spread",
    "Summary",
    "Text",
    "percentile",
    "spread",
    "summarise",
    "wilson",
]
