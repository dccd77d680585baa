"""The days a question is about, and the periods people usually ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from .. import clock
from ..rules.statistics import Period

DAY = timedelta(days=1)
USUAL_DAYS = 90
"""Days that a page shows until somebody picks others."""
MONTHS_SHOWN = 12


@dataclass(frozen=True)
class Span:
    """From a first to a last day, both included."""

    first: date
    last: date

    def period(self, now: datetime) -> Period:
        """The span in moments: from the first midnight to the last, or to now if that lies ahead."""
        end = min(clock.start_of(self.last + DAY), now)
        return Period(clock.start_of(self.first), end, clock.day_of(end))

    def months(self, today: date) -> list[Span]:
        """The twelve calendar months that end with the span's last one, or with this month if that lies ahead."""
        first = min(self.last, today).replace(day=1)
        found = [month_of(first)]
        while len(found) < MONTHS_SHOWN:
            found.append(month_of(found[-1].first - DAY))
        return found[::-1]

    def over(self, today: date) -> Span | None:
        """Its days that are over; None while there is none."""
        last = min(self.last, today - DAY)
        return Span(self.first, last) if last >= self.first else None

    def year_before(self) -> Span:
        """The same days of last year."""
        return Span(_last_year(self.first), _last_year(self.last))


def _last_year(day: date) -> date:
    """29 February becomes the 28th."""
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


def month_of(day: date) -> Span:
    """The calendar month of a day."""
    first = day.replace(day=1)
    return Span(first, (first + timedelta(days=31)).replace(day=1) - DAY)


def usual(today: date) -> Span:
    """The last 90 days."""
    return Span(today - timedelta(days=USUAL_DAYS - 1), today)


def quick(today: date) -> dict[str, Span]:
    """The periods offered beside the date fields, by name."""
    month = month_of(today)
    first_of_quarter = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    return {
        "days": usual(today),
        "month": month,
        "last_month": month_of(month.first - DAY),
        "quarter": Span(first_of_quarter, month_of(first_of_quarter + timedelta(days=70)).last),
        "last_quarter": _quarter_before(first_of_quarter),
        "year": Span(date(today.year, 1, 1), date(today.year, 12, 31)),
    }


def _quarter_before(first: date) -> Span:
    last = first - DAY
    return Span(date(last.year, last.month - 2, 1), last)
