"""How a due date came about: every day counted, every day left out and why. Stored beside the date it explains."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Pause:
    """A suspension: from_on is the first day not counted, to_on the day work resumes (counted again); None = open."""

    from_on: date
    to_on: date | None = None

    def __post_init__(self) -> None:
        if self.to_on is not None and self.to_on < self.from_on:
            raise ValueError(f"a pause from {self.from_on} cannot end before, on {self.to_on}")


@dataclass(frozen=True)
class Skip:
    """A day that was not counted; why is 'weekend', 'holiday', 'paused' or 'rolled' (rest passed over at the end)."""

    on: date
    why: str


@dataclass(frozen=True)
class Extension:
    """One extension granted: counted from the due date before it to the new one."""

    rule_id: str
    legal_basis: str
    unit: str
    length: int
    previous_due_on: date
    due_on: date


@dataclass(frozen=True)
class Derivation:
    """The proof of a due date.

    Every day after start_on up to due_on stands in `counted` or in `skipped`, but for a due date that was moved off
    a day of rest (rolled_from; the due date before an extension may be such a day too). `made_up` are counted days
    that would be weekend but for a swap. `length` is the rule's own, without extensions. `idle` are suspensions that
    kept no day, because they began after the due date: a later count of the same clock must know them still.
    """

    rule_id: str
    legal_basis: str
    unit: str
    length: int
    start_on: date
    counted: tuple[date, ...]
    skipped: tuple[Skip, ...]
    pauses: tuple[Pause, ...]
    extensions: tuple[Extension, ...]
    rolled_from: date | None
    due_on: date
    legal_basis_en: str = ""
    made_up: tuple[date, ...] = ()
    idle: tuple[Pause, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain words, numbers and lists for a JSON column; days in a row are written as first/last."""
        return _packed(self)

    @classmethod
    def from_json(cls, stored: str | Mapping[str, Any]) -> Derivation:
        """The derivation that `to_json` wrote, from the parsed JSON or from its text."""
        data = dict(json.loads(stored) if isinstance(stored, str) else stored)
        skipped = (Skip(on, why) for why, spans in data["skipped"].items() for on in _days(spans))
        return cls(
            **{
                **data,
                "start_on": date.fromisoformat(data["start_on"]),
                "counted": tuple(_days(data["counted"])),
                "skipped": tuple(sorted(skipped, key=lambda skip: skip.on)),
                "pauses": _pauses(data["pauses"]),
                "idle": _pauses(data.get("idle", [])),
                "extensions": tuple(_extension(one) for one in data["extensions"]),
                "rolled_from": _date(data["rolled_from"]),
                "due_on": date.fromisoformat(data["due_on"]),
                "made_up": tuple(_days(data["made_up"])),
            }
        )


def runs(days: Iterable[date]) -> list[tuple[date, date]]:
    """Days in ascending order as (first, last) of each unbroken row."""
    found: list[tuple[date, date]] = []
    for day in days:
        if found and day - found[-1][1] == DAY:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def _packed(proof: Derivation) -> dict[str, Any]:
    reasons = dict.fromkeys(skip.why for skip in proof.skipped)
    return {
        **{name: getattr(proof, name) for name in ("rule_id", "legal_basis", "legal_basis_en", "unit", "length")},
        "start_on": proof.start_on.isoformat(),
        "counted": _spans(proof.counted),
        "skipped": {why: _spans(skip.on for skip in proof.skipped if skip.why == why) for why in reasons},
        "pauses": [[pause.from_on.isoformat(), _iso(pause.to_on)] for pause in proof.pauses],
        **({"idle": [[pause.from_on.isoformat(), _iso(pause.to_on)] for pause in proof.idle]} if proof.idle else {}),
        "extensions": [
            {**vars(one), "previous_due_on": one.previous_due_on.isoformat(), "due_on": one.due_on.isoformat()}
            for one in proof.extensions
        ],
        "rolled_from": _iso(proof.rolled_from),
        "due_on": proof.due_on.isoformat(),
        "made_up": _spans(proof.made_up),
    }


def _pauses(stored: Iterable[tuple[str, str | None]]) -> tuple[Pause, ...]:
    return tuple(Pause(date.fromisoformat(first), _date(end)) for first, end in stored)


def _extension(one: Mapping[str, Any]) -> Extension:
    dates = {name: date.fromisoformat(one[name]) for name in ("previous_due_on", "due_on")}
    return Extension(**{**one, **dates})


def _spans(days: Iterable[date]) -> list[str]:
    return [str(first) if first == last else f"{first}/{last}" for first, last in runs(days)]


def _days(spans: Iterable[str]) -> Iterator[date]:
    for span in spans:
        first, _, last = span.partition("/")
        day, end = date.fromisoformat(first), date.fromisoformat(last or first)
        while day <= end:
            yield day
            day += DAY


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
