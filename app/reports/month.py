"""A unit's month as its report says it: the figures beside the month before and a year ago, and what is late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from sqlalchemy import select

from ..cases.models import Case, Custody
from ..extensions import db
from ..rules.statistics import Period, Summary
from ..rules.statistics.heard import Heard
from .asked import Question, facts_of_units
from .cells.measures import Facts, Measures
from .figures import Figures, Subject, gather, subjects
from .heard import figures as heard
from .span import DAY, Span, month_of
from .tree import Place

MOST_LATE, MOST_SUBJECTS = 60, 8
"""Lines of the lists; how many more there are is said."""


@dataclass(frozen=True)
class Late:
    """A case that stood past its date when the month ended: its public number, the date and the unit, nothing else."""

    reference: str
    due_on: date
    unit_id: int


@dataclass(frozen=True)
class Month:
    """The answer. `late` are the oldest; `figures.total.overdue` says how many there are."""

    place: Place
    span: Span
    figures: Figures
    before: Summary
    year_before: Summary
    late: Sequence[Late]
    subjects: Sequence[Subject]
    talks: Heard
    talks_before: Heard


def month_of_unit(place: Place, first: date, now: datetime) -> Month:
    """Everything about the month that begins on `first`, the unit with all below it; a running month until now.

    Denunciations stand in none of it.
    """
    span = month_of(first)
    figures = gather(place, Question(span), now, with_months=False)
    assert figures.facts is not None
    return Month(
        place, span, figures, _total(place, month_of(first - DAY), now), _total(place, heard.year_before(span), now),
        late_cases(figures.facts, figures.period), subjects(figures.facts, [figures.period])[:MOST_SUBJECTS],
        _heard(place, span, now), _heard(place, month_of(first - DAY), now),
    )  # fmt: skip


def _total(place: Place, span: Span, now: datetime) -> Summary:
    facts = facts_of_units(Question(span), place.ids(with_below=True))
    return Measures(facts, span.period(now)).summaries()[1]


def _heard(place: Place, span: Span, now: datetime) -> Heard:
    return heard.gather(place, heard.Question(span), now, with_months=False).total


def late_cases(facts: Facts, period: Period) -> list[Late]:
    """The oldest of the cases past their date when the period ended."""
    measured = Measures(facts, period)
    again = ~measured.is_first_time | (measured.facts["is_reopening"] > 0)
    due = np.where(again, measured.facts["reopening_due_on"], measured.facts["due_on"])[measured.overdue]
    ids = measured.facts["id"][measured.overdue]
    order = np.lexsort((ids, due))[:MOST_LATE]
    dates = {int(ids[n]): date.fromordinal(int(due[n])) for n in order}
    rows = db.session.execute(
        select(Custody.id, Custody.unit_id, Case.reference)
        .join(Case, Case.id == Custody.case_id)
        .where(Custody.id.in_(list(dates)))
    )
    found = [Late(reference, dates[custody_id], unit_id) for custody_id, unit_id, reference in rows]
    return sorted(found, key=lambda one: (one.due_on, one.reference))
