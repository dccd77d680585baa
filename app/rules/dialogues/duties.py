"""What comes back every week, month or year: reception days of a leader, conferences of a commune.

Read from deadlines.toml ([[duty]]), each with its dates of effect: the weekly day of a commune's chairman until 30 June
2026, two days a month since.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

RECEPTION_DAY, CONFERENCE = "reception_day", "dialogue_conference"


@dataclass(frozen=True)
class Duty:
    """One recurring duty: who owes how many of what in each period."""

    id: str
    who: str
    what: str
    min_count: int
    per: str
    """week (Monday to Sunday), month or year."""
    effective_from: date | None = None
    effective_to: date | None = None
    no_deputy: bool = False
    voter_share: float | None = None
    """Also owed when this share of the voters asks for it."""
    legal_basis: str = ""
    legal_basis_en: str = ""
    confidence: str = ""

    def in_force(self, on: date) -> bool:
        """Whether it binds on that day."""
        return (self.effective_from or date.min) <= on <= (self.effective_to or date.max)


@dataclass(frozen=True)
class Term:
    """One period of a duty: its days and how much is owed in it."""

    duty: Duty
    start: date
    end: date
    owed: int


def read(rows: Iterable[Mapping[str, Any]]) -> tuple[Duty, ...]:
    """The duties of the data file."""
    return tuple(
        Duty(
            id=row["id"], who=row["who"], what=row["what"], min_count=int(row["min_count"]), per=row["per"],
            effective_from=row.get("effective_from"), effective_to=row.get("effective_to"),
            no_deputy=bool(row.get("no_deputy", False)), voter_share=row.get("also_on_request_voter_share"),
            legal_basis=row.get("legal_basis", ""), legal_basis_en=row.get("legal_basis_en", ""),
            confidence=row.get("confidence", ""),
        )
        for row in rows
    )  # fmt: skip


def of(duties: Iterable[Duty], whos: Iterable[str], what: str) -> tuple[Duty, ...]:
    """The duties of one kind that bind any of these."""
    names = frozenset(whos)
    return tuple(duty for duty in duties if duty.who in names and duty.what == what)


def terms(duty: Duty, start: date, end: date) -> Iterator[Term]:
    """The duty's periods that end between two days, both included, as far as it was in force on their last day.

    A period is owed whole or not at all: one that has not ended by `end` is not judged yet.
    """
    at = _begin(start, duty.per)
    while (last := _end(at, duty.per)) <= end:
        if last >= start and duty.in_force(last):
            yield Term(duty, at, last, duty.min_count)
        at = last + timedelta(days=1)


def term_of(duty: Duty, day: date) -> Term | None:
    """The period in which a day falls, if the duty binds then."""
    at = _begin(day, duty.per)
    last = _end(at, duty.per)
    return Term(duty, at, last, duty.min_count) if duty.in_force(min(day, last)) else None


def _begin(day: date, per: str) -> date:
    if per == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if per == "month" else day.replace(month=1, day=1)


def _end(begin: date, per: str) -> date:
    if per == "week":
        return begin + timedelta(days=6)
    if per == "month":
        return (begin.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return begin.replace(month=12, day=31)


@dataclass(frozen=True)
class Fulfilled:
    """Owed and done over some periods; what is done beyond the duty of one period does not fill another."""

    owed: int
    done: int
    counted: int
    """Of what was done, as much as fills the periods' duties: numerator of held / owed."""


def fulfilled(periods: Iterable[Term], days: Iterable[date]) -> Fulfilled:
    """How far the duty was met by what was done on these days."""
    done, owed, counted, seen = sorted(days), 0, 0, 0
    for period in periods:
        here = bisect_right(done, period.end) - bisect_left(done, period.start)
        owed, counted, seen = owed + period.owed, counted + min(here, period.owed), seen + here
    return Fulfilled(owed, seen, counted)
