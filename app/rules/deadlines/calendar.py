"""Which days the offices of the town work: weekends, public holidays, swapped days, the province's own decisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

SATURDAY, SUNDAY = 5, 6


@dataclass(frozen=True)
class CalendarDay:
    """One day that differs from its weekday: `off` (a holiday) or `work` (a weekend day worked in exchange)."""

    on: date
    kind: str
    name_vi: str
    name_en: str
    confidence: str = "confirmed"

    def __post_init__(self) -> None:
        if self.kind not in ("off", "work"):
            raise ValueError(f"calendar day {self.on}: kind is {self.kind!r}, not 'off' or 'work'")


@dataclass(frozen=True)
class Calendar:
    """The working days of one place; handed to every computation, so that a province may have its own."""

    days: Mapping[date, CalendarDay] = field(default_factory=dict)
    weekend: frozenset[int] = frozenset({SATURDAY, SUNDAY})

    def __post_init__(self) -> None:
        # Counting walks to the next working day: a week without one would never end.
        if len(self.weekend) >= 7 or not self.weekend <= set(range(7)):
            raise ValueError("weekend: some weekday, 0 Monday to 6 Sunday, must remain a working day")

    def is_working(self, day: date) -> bool:
        """True when the offices are open; a listed day wins over its weekday."""
        listed = self.days.get(day)
        return listed.kind == "work" if listed else day.weekday() not in self.weekend

    def reason(self, day: date) -> CalendarDay | None:
        """The holiday that closes the offices on that day; None for a working day and for a plain weekend."""
        listed = self.days.get(day)
        return listed if listed and listed.kind == "off" else None

    def merged(self, overrides: Iterable[CalendarDay]) -> Calendar:
        """The same calendar with the province's own days in place of the listed ones; this one stays as it is."""
        return replace(self, days={**self.days, **{day.on: day for day in overrides}})
