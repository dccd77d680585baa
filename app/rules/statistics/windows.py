"""The legal report windows: which days an official report of a quarter, of 6 or 9 months, or of a year counts.

Circular 01/2024/TT-TTCP cuts the year at the 15th of December, not at New Year. The cut is data (report_windows.toml,
with the first year it counts for) and its day and month may be set by an administrator, since circulars change.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from ..workflow import N_

FILE = Path(__file__).resolve().parent.parent / "data" / "report_windows.toml"
NAMES = {"q1": N_("Quý I"), "q2": N_("Quý II"), "q3": N_("Quý III"), "q4": N_("Quý IV"), "h1": N_("6 tháng đầu năm"),
         "m9": N_("9 tháng đầu năm"), "year": N_("Cả năm")}  # fmt: skip
"""What a window is called; marked for translation where it is shown."""
TITLES = {
    "q1": N_("Quý I năm %(year)s"), "q2": N_("Quý II năm %(year)s"), "q3": N_("Quý III năm %(year)s"),
    "q4": N_("Quý IV năm %(year)s"), "h1": N_("6 tháng đầu năm %(year)s"), "m9": N_("9 tháng đầu năm %(year)s"),
    "year": N_("Cả năm %(year)s"),
}  # fmt: skip
"""The same with its year."""
LAST_DAY = 28
"""The latest day of the month on which a window may begin: every month has it."""


@dataclass(frozen=True)
class Window:
    """The days that one report counts, both ends included."""

    code: str
    name: str
    first: date
    last: date
    year: int
    """The year the report is of, though its window begins the year before."""
    law: str = ""


@dataclass(frozen=True)
class Cut:
    """Where the report year begins: the day and month, a month of the second half belonging to the year before."""

    day: int
    month: int


@dataclass(frozen=True)
class Rules:
    """One circular's windows: code, months after the year's beginning, length in months."""

    law: str
    effective_from: int
    cut: Cut
    windows: tuple[tuple[str, int, int], ...]


@cache
def shipped() -> tuple[Rules, ...]:
    """The windows the program brings along, the earliest circular first."""
    with FILE.open("rb") as file:
        found = [_rules(one) for one in tomllib.load(file)["rules"]]
    return tuple(sorted(found, key=lambda rules: rules.effective_from))


def _rules(one: Mapping[str, Any]) -> Rules:
    windows = tuple((str(w["code"]), int(w["after"]), int(w["months"])) for w in one["window"])
    unknown = {code for code, *_rest in windows} - NAMES.keys()
    if unknown:
        raise ValueError(f"report_windows.toml: no name for window {sorted(unknown)}")
    return Rules(one["law"], int(one["effective_from"]), Cut(int(one["starts_day"]), int(one["starts_month"])), windows)


def rules_of(year: int) -> Rules:
    """The circular in force for a report year; years before the first one go by it too."""
    known = shipped()
    return next((rules for rules in reversed(known) if rules.effective_from <= year), known[0])


def windows_of(year: int, cut: Cut | None = None) -> list[Window]:
    """All windows of a report year. `cut` is the administrator's, where one is set; raises ValueError if absurd."""
    rules = rules_of(year)
    cut = cut or rules.cut
    if not (1 <= cut.day <= LAST_DAY and 1 <= cut.month <= 12):
        raise ValueError(f"a report year cannot begin on day {cut.day} of month {cut.month}")
    begins = (year - 1 if cut.month > 6 else year) * 12 + cut.month - 1
    return [
        Window(code, NAMES[code], _day(begins + after, cut.day),
               _day(begins + after + months, cut.day) - timedelta(days=1), year, rules.law)
        for code, after, months in rules.windows
    ]  # fmt: skip


def _day(months: int, day: int) -> date:
    return date(months // 12, months % 12 + 1, day)


def window_of(year: int, code: str, cut: Cut | None = None) -> Window | None:
    """One window by its code; None for a code that is none."""
    return next((window for window in windows_of(year, cut) if window.code == code), None)


def latest(today: date, cut: Cut | None = None) -> Window:
    """The window that is over last; of those that end together the longest: it is the one a report is owed for."""
    over = [w for year in range(today.year - 1, today.year + 2) for w in windows_of(year, cut) if w.last < today]
    return max(over, key=lambda w: (w.last, -w.first.toordinal()))
