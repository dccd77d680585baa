"""What residents did with an answer: rated it or not, said "not solved", and were answered again."""

from __future__ import annotations

from .facts import CustodyFact, Period, seconds
from .formulas import answered, reopened


def answer_rated(c: CustodyFact, p: Period) -> bool:
    """Answered in the period and judged since, whenever that was: the response share's numerator."""
    return answered(c, p) and c.rating_level is not None


def answered_again(c: CustodyFact, p: Period) -> bool:
    """Answered in the period, reopened, and answered again at the same unit since."""
    return reopened(c, p) and c.resolved_at is not None


def reopening_seconds(c: CustodyFact) -> int:
    """From the first answer of the unit to the first "not solved"."""
    return max(seconds(c.finished_at or c.began_at, c.reopened_at or c.began_at), 0)


def second_answer_seconds(c: CustodyFact) -> int:
    """From the first "not solved" to the unit's last answer."""
    return max(seconds(c.reopened_at or c.began_at, c.resolved_at or c.began_at), 0)
