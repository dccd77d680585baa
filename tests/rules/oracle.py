"""A second, slow reading of the Civil Code to check the first: nothing from app.rules, sets of dates only."""

from dataclasses import dataclass
from datetime import date, timedelta


def is_rest(day: date, off: set[date], worked: set[date]) -> bool:
    if day in worked:
        return False
    return day in off or day.isoweekday() in (6, 7)


def slow_due(
    length: int, working: bool, rolls: bool, start_on: date, off: set[date], worked: set[date], paused: set[date]
) -> date:
    """Write down every day after the start, strike out what the law does not count, take the nth left."""
    diary = [start_on + timedelta(days=n) for n in range(1, 2 * length + len(paused) + 100)]
    open_days = [day for day in diary if day not in paused]
    countable = [day for day in open_days if not is_rest(day, off, worked)] if working else open_days
    last = countable[length - 1]
    if not rolls or not is_rest(last, off, worked):
        return last
    return next(day for day in open_days if day > last and not is_rest(day, off, worked))


@dataclass(frozen=True)
class Term:
    """One length of the law as the file writes it, and the days on which it stands still."""

    length: int
    working: bool
    rolls: bool
    backwards: bool
    paused: frozenset[date]


def slow_clock(start_on: date, terms: list[Term], off: set[date], worked: set[date]) -> list[date]:
    """The due date after the first term, and after each extension, which begins where the one before ended."""
    found, at = [], start_on
    for term in terms:
        if term.backwards:
            open_days = [d for n in range(1, 2 * term.length + len(term.paused) + 100)
                         if (d := at - timedelta(days=n)) not in term.paused]  # fmt: skip
            at = open_days[term.length - 1]
        else:
            at = slow_due(term.length, term.working, term.rolls, at, off, worked, set(term.paused))
        found.append(at)
    return found
