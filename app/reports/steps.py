"""A period cut into days, months or years, and the same days of the year before."""

from __future__ import annotations

from datetime import date

from .span import DAY, Span, month_of

STEPS = ("day", "month", "year")
MOST_DAYS = 366
"""More days than this are not shown one by one."""


def usual_step(span: Span) -> str:
    """Days within some weeks, months within some years, else years."""
    days = (span.last - span.first).days + 1
    return "day" if days <= 45 else "month" if days <= 3 * MOST_DAYS else "year"


def cut(span: Span, by: str, today: date) -> list[Span]:
    """The steps of a period as far as it has come; the outermost ones are cut where the period is."""
    last, found, first = min(span.last, today), list[Span](), span.first
    while first <= last:
        found.append(Span(first, min(whole(first, by).last, last)))
        first = found[-1].last + DAY
    return found


def whole(day: date, by: str) -> Span:
    """The whole day, month or year in which a day lies."""
    if by == "day":
        return Span(day, day)
    return month_of(day) if by == "month" else Span(date(day.year, 1, 1), date(day.year, 12, 31))


def year_before(step: Span, by: str) -> Span | None:
    """The same days a year earlier; None where there were none (29 February).

    A month or year that is whole is set beside the whole one, whatever its length.
    """
    first, last = _moved(step.first, 1), _moved(step.last, -1)
    if by != "day" and step.last == month_of(step.last).last:
        last = month_of(last).last
    return Span(first, last) if first <= last else None


def _moved(day: date, way: int) -> date:
    """That day of the year before; 29 February gives way forwards or backwards."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return date(day.year - 1, 2, 28) if way < 0 else date(day.year - 1, 3, 1)
