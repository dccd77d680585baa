"""Office time: minutes in which an office is open, counted through months, so that work is planned as people work."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, datetime, timedelta

from .. import clock
from ..rules.deadlines import Calendar

MORNING, NOON, AFTERNOON, EVENING = 7 * 60 + 30, 11 * 60 + 30, 13 * 60 + 30, 17 * 60
"""When doors open and close, minutes after midnight."""
FORENOON = NOON - MORNING
DAY = FORENOON + EVENING - AFTERNOON
"""Open minutes in a working day."""


class OfficeHours:
    """Turns moments into open minutes since `first` and back; the minutes of nights and days of rest do not count."""

    def __init__(self, calendar: Calendar, first: date, last: date) -> None:
        span = (last - first).days + 1
        self.days = [day for n in range(span) if calendar.is_working(day := first + timedelta(n))]
        self._numbers = [day.toordinal() for day in self.days]

    def minutes(self, moment: datetime) -> float:
        """How many open minutes have passed at a moment."""
        local = clock.local(moment)
        ordinal = local.toordinal()
        place = bisect_right(self._numbers, ordinal) - 1
        if place < 0:
            return 0.0
        if self._numbers[place] != ordinal:
            return float((place + 1) * DAY)
        return place * DAY + _into_day(local.hour * 60 + local.minute + local.second / 60)

    def moment(self, minutes: float) -> datetime:
        """The moment at which so many open minutes have passed, in whole seconds."""
        place, rest = divmod(minutes, DAY)
        day = self.days[min(int(place), len(self.days) - 1)]
        of_day = MORNING + rest if rest < FORENOON else AFTERNOON + rest - FORENOON
        return clock.start_of(day) + timedelta(seconds=int(of_day * 60))


def _into_day(minute: float) -> float:
    """Open minutes of a day that have passed at a minute of it."""
    forenoon = min(max(minute - MORNING, 0.0), FORENOON)
    return forenoon + min(max(minute - AFTERNOON, 0.0), float(EVENING - AFTERNOON))
