"""What the charts are drawn from: days before and after the due date, five levels, subjects by month."""

from __future__ import annotations

from collections import Counter
from typing import Any

from ..words import GRIEVANCES, REASONS, is_vietnamese, show_number, word
from .details import Details
from .figures import Figures
from .links import Links
from .span import Span

SUBJECTS_SHOWN = 6


def due_bars(days: Counter[int]) -> tuple[list[tuple[str, int]], int | None]:
    """Bars of cases by days from due date to finish, and the place of the due date itself; no bars without cases.

    The outermost bars gather what lies further out.
    """
    if not days:
        return [], None
    low = next((edge for edge in (-5, -10) if min(days) >= edge), -15)
    high = 5 if max(days) <= 5 and low > -15 else 10
    bars = Counter[int]()
    for day, count in days.items():
        bars[min(max(day, low), high)] += count
    return [(_label(day, low, high, days), bars[day]) for day in range(low, high + 1)], -low


def _label(day: int, low: int, high: int, days: Counter[int]) -> str:
    mark = "≤" if day == low and min(days) < low else "≥" if day == high and max(days) > high else ""
    return f"{mark}{'+' if day > 0 else '−' if day < 0 else ''}{abs(day)}"


def levels(figures: Figures) -> list[tuple[int, str, int, str]]:
    """Rows of the five levels, best first, each with its list."""
    links = Links(figures.place.unit.code, figures.question)
    return [(n, word(n, "level"), count, links.cases(f"level_{n}")) for n, count in figures.total.levels.items()]


def reasons(details: Details) -> list[str]:
    """The most frequent reasons of those who were not satisfied, with their counts."""
    found = [(str(REASONS[code]), count) for code, count in details.reasons.most_common() if code in GRIEVANCES]
    return [f"{words[:1].lower()}{words[1:]} ({show_number(count)})" for words, count in found[:3]]


def subjects(figures: Figures) -> tuple[list[dict[str, Any]], list[str]]:
    """The subjects with most finished cases in twelve months, for charts on one scale, and the months' labels."""
    links, spans = Links(figures.place.unit.code, figures.question), [span for span, _month in figures.months]
    if not spans:
        return [], []
    whole = Span(spans[0].first, spans[-1].last)
    items = [
        {
            "name": s.name_vi if is_vietnamese() else s.name_en or s.name_vi, "on_time": s.on_time, "late": s.late,
            "href": links.cases("judged_finish", whole, category=s.code),
        }
        for s in figures.subjects[:SUBJECTS_SHOWN]
        if sum(s.on_time) + sum(s.late)
    ]  # fmt: skip
    return items, [f"{span.first.month}/{span.first.year % 100:02d}" for span in spans]


def nice(highest: float) -> float:
    """The top of a scale: the next 1, 2, 4, 6, 8 or 10 times a power of ten, so that its half is a plain number too."""
    if highest <= 2:
        return 2
    power = 10.0 ** (len(str(int(highest))) - 1)
    return next(step * power for step in (1, 2, 4, 6, 8, 10) if step * power >= highest)
