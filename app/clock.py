"""The only place that reads the time; everything else is told what time it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_zone = ZoneInfo("Asia/Ho_Chi_Minh")
_fixed: datetime | None = None


def set_zone(name: str) -> None:
    """Set the government's own time zone (setting TIME_ZONE), once at start-up."""
    global _zone
    _zone = ZoneInfo(name)


def zone() -> ZoneInfo:
    """The time zone in which the town lives and the law counts days."""
    return _zone


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _fixed or datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """A UTC moment as the town's wall clock shows it."""
    return moment.astimezone(_zone)


def day_of(moment: datetime) -> date:
    """The calendar day in the town on which a moment fell."""
    return local(moment).date()


def today() -> date:
    """Today's date in the town."""
    return day_of(now())


def start_of(day: date) -> datetime:
    """The first moment (UTC) of a day in the town; the end of a day is the start of the next."""
    return datetime(day.year, day.month, day.day, tzinfo=_zone).astimezone(UTC)


@contextmanager
def fixed(moment: datetime) -> Iterator[None]:
    """Hold the clock still: demo data and tests live their months in minutes."""
    global _fixed
    before, _fixed = _fixed, moment.astimezone(UTC)
    try:
        yield
    finally:
        _fixed = before
