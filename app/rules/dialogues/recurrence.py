"""On which days a leader receives, as an office says it: days of the month, weekdays of the month, days of the week.

Kept as an RRULE of RFC 5545, which calendars everywhere read; nobody here types one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ..deadlines import Calendar
from ..workflow.vocabulary import N_

WAYS = ("days", "weekdays", "weekly")
"""The 10th and the 25th; the first and the third Tuesday; every Tuesday."""
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WHICH = (1, 2, 3, 4, -1)
"""The first to the fourth of a month, and its last."""
LAST_DAY = 28
"""Every month has one: a later day would leave February without its reception day."""


@dataclass(frozen=True)
class Recurrence:
    """One friendly rule. Weekdays count from 0, Monday."""

    way: str
    days: tuple[int, ...] = ()
    which: tuple[int, ...] = ()
    weekdays: tuple[int, ...] = ()

    def why_not(self) -> tuple[str, str] | None:
        """The field and the sentence that refuse it, or None."""
        if self.way not in WAYS:
            return "way", N_("Chọn một mục trong danh sách.")
        if self.way == "days":
            if not self.days or not all(1 <= day <= LAST_DAY for day in self.days):
                return "days", N_("Ghi các ngày từ 1 đến 28, ví dụ: 10, 25.")
            return None
        if not self.weekdays or not all(0 <= day <= 6 for day in self.weekdays):
            return "weekdays", N_("Chọn ít nhất một thứ trong tuần.")
        if self.way == "weekdays" and (not self.which or not set(self.which) <= set(WHICH)):
            return "which", N_("Chọn tuần nào trong tháng.")
        return None

    def rule(self) -> str:
        """The same as an RRULE."""
        if self.way == "days":
            return f"FREQ=MONTHLY;BYMONTHDAY={','.join(str(day) for day in sorted(set(self.days)))}"
        names = [WEEKDAYS[day] for day in sorted(set(self.weekdays))]
        if self.way == "weekly":
            return f"FREQ=WEEKLY;BYDAY={','.join(names)}"
        return f"FREQ=MONTHLY;BYDAY={','.join(f'{n}{name}' for n in sorted(set(self.which)) for name in names)}"


def read(rule: str) -> Recurrence:
    """The friendly form of a rule that rule() made."""
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    if "BYMONTHDAY" in parts:
        return Recurrence("days", days=tuple(int(day) for day in parts["BYMONTHDAY"].split(",")))
    given = parts["BYDAY"].split(",")
    weekdays = tuple(sorted({WEEKDAYS.index(name[-2:]) for name in given}))
    if parts["FREQ"] == "WEEKLY":
        return Recurrence("weekly", weekdays=weekdays)
    return Recurrence("weekdays", which=tuple(dict.fromkeys(int(name[:-2]) for name in given)), weekdays=weekdays)


def days_typed(text: str) -> tuple[int, ...] | None:
    """The days of a month as typed: "10, 25" or "10 và 25"; None where something is no number."""
    words = text.replace(",", " ").replace(";", " ").replace("và", " ").replace("and", " ").split()
    return tuple(int(word) for word in words) if all(w.isascii() and w.isdigit() for w in words) else None


LONGEST_WAIT = 60


def working_from(day: date, calendar: Calendar) -> Iterator[date]:
    """Working days from this one on, itself first where it is one."""
    for ahead in range(LONGEST_WAIT):
        if calendar.is_working(day + timedelta(days=ahead)):
            yield day + timedelta(days=ahead)
