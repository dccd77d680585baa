"""The two rates of Decision 766/QD-TTg that this system can compute: feedback in time, and satisfaction with it.

The decision gives the group "satisfaction" 18 points of 100 together; how many each of these two is worth was not seen,
so no points are given, only the rates with numerator and denominator.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from ...rules.statistics import Share
from ...rules.workflow import Kind
from ..asked import Question, facts_of_units
from ..cells.measures import Measures
from ..span import Span
from ..tree import Place

DISSATISFIED = (1, 2)
"""Levels with which a resident says: not satisfied."""


@dataclass(frozen=True)
class Rates:
    """Both rates of a unit with all below, for some days."""

    in_time: Share
    satisfied: Share


def rates_of(place: Place, span: Span, now: datetime) -> Rates:
    """Of the feedback that should have been done in these days: done in time; and neither late nor judged badly."""
    question = Question(span, Kind.FEEDBACK)
    measured = Measures(facts_of_units(question, place.ids(True)), span.period(now))
    judged, on_time = measured.mask("judged"), measured.mask("on_time")
    level = measured.facts["rating_level"]
    bad = measured.over("rated_at") & np.isin(level, DISSATISFIED)
    whole = int(judged.sum())
    return Rates(Share(int((judged & on_time).sum()), whole), Share(int((judged & on_time & ~bad).sum()), whole))
