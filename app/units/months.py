"""The months of a year as the offices work them: what the calendar page draws."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from ..rules.deadlines import Calendar, name_of


@dataclass(frozen=True)
class Cell:
    """One day of the page: how it stands (work, weekend, holiday, made_up) and what it is called."""

    on: date
    kind: str
    name: str = ""
    is_own: bool = False
    """Decided by this government itself."""


@dataclass(frozen=True)
class Month:
    """A month as weeks from Monday to Sunday; None where the week reaches into another month."""

    first: date
    weeks: list[list[Cell | None]] = field(default_factory=list)

    @property
    def working(self) -> int:
        """How many days the offices work in it."""
        return sum(cell.kind in ("work", "made_up") for week in self.weeks for cell in week if cell)


def months(year: int, calendar: Calendar, own: set[date], language: str) -> list[Month]:
    """The twelve months of a year as the offices work them."""
    found = []
    for number in range(1, 13):
        month, day = Month(date(year, number, 1)), date(year, number, 1)
        while day.month == number:
            if not month.weeks or day.weekday() == 0:
                month.weeks.append([None] * 7)
            month.weeks[-1][day.weekday()] = _cell(day, calendar, own, language)
            day += timedelta(days=1)
        found.append(month)
    return found


def _cell(day: date, calendar: Calendar, own: set[date], language: str) -> Cell:
    listed = calendar.days.get(day)
    if listed is None:
        return Cell(day, "weekend" if day.weekday() in calendar.weekend else "work")
    is_made_up = listed.kind == "work" and day.weekday() in calendar.weekend
    kind = "holiday" if listed.kind == "off" else "made_up" if is_made_up else "work"
    return Cell(day, kind, name_of(day, calendar, language), day in own)
