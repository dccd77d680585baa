"""When the report of a month is owed, and to whom: a unit's own heads, and the supervisors set over that unit.

Pure: days, calendar and people in; what is owed out. The house's own arrangement, no statute.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from .deadlines import Calendar


def first_working_day(month: date, calendar: Calendar) -> date:
    """The first day of a month on which offices work."""
    day = month.replace(day=1)
    while not calendar.is_working(day):
        day += timedelta(days=1)
    return day


def owed_month(today: date, calendar: Calendar) -> date | None:
    """The first day of the month whose report is owed today: the month before, from this month's first working day on.

    A worker that was away on that day sends it on the next one; None while the new month has not begun to work.
    """
    if today < first_working_day(today, calendar):
        return None
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)


def next_month(month: date) -> date:
    """The first day of the month after."""
    return (month.replace(day=1) + timedelta(days=31)).replace(day=1)


def year_before(month: date) -> date:
    """The first day of the same month a year before."""
    return month.replace(year=month.year - 1)


def readers(unit_id: int, heads: Mapping[int, Collection[int]],
            supervisors: Mapping[int, Collection[int]]) -> list[int]:  # fmt: skip
    """Who gets the report of a unit: its heads with their deputies, and the supervisors of what lies below it.

    So whoever watches over a whole province gets one letter with all units in it, not one for each.
    """
    return sorted({*heads.get(unit_id, ()), *supervisors.get(unit_id, ())})


def reported_on(paths: Mapping[int, str], busy: Collection[int]) -> set[int]:
    """The units with any case in the year, their own or one of a unit below."""
    lively = {int(part) for unit_id in busy for part in paths.get(unit_id, "").strip("/").split("/") if part}
    return lively & set(paths)
