"""A second, slow reading of the Civil Code to check the first: nothing from app.rules, sets of dates only."""

from datetime import date, timedelta


def is_rest(day: date, off: set[date], worked: set[date]) -> bool:
    if day in worked:
        return False
    return day in off or day.isoweekday() in (6, 7)


def slow_due(
    length: int, working: bool, rolls: bool, start_on: date, off: set[date], worked: set[date], paused: set[date]
) -> date:
    """Write down every day after the start for two years, strike out what the law does not count, take the nth left."""
    diary = [start_on + timedelta(days=n) for n in range(1, 731)]
    open_days = [day for day in diary if day not in paused]
    countable = [day for day in open_days if not is_rest(day, off, worked)] if working else open_days
    last = countable[length - 1]
    if not rolls or not is_rest(last, off, worked):
        return last
    return next(day for day in open_days if day > last and not is_rest(day, off, worked))
