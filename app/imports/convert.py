"""Turns a row of another system into the facts of a case here, or says why it cannot be one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from ..cases.folding import nfc
from ..rules.workflow import Outcome
from .mapping import Plan
from .read import Row

TITLE, PLACE, NUMBER = 200, 300, 80
"""Longest title, place and number of the other system, in characters."""
DANGLING = " ,;:.-"
"""What is left at the ends of a title where a column is empty."""


class BadRow(ValueError):
    """The row cannot be a case; the message is its reason."""


@dataclass(frozen=True)
class Found:
    """What a row tells; unit and subject by the other system's own names."""

    line: int
    external_id: str
    submitted_at: datetime
    closed_at: datetime | None
    outcome: Outcome | None
    unit: str
    subject: tuple[str, str]
    title: str
    body: str
    place: str
    latitude: float | None
    longitude: float | None
    channel: str


class Converter:
    """Reads rows by a plan; `now` is the moment after which nothing can have happened yet."""

    def __init__(self, plan: Plan, header: list[str], now: datetime) -> None:
        self._plan, self._now = plan, now
        self._places = {name: place for place, name in enumerate(header)}
        self._moment = lru_cache(maxsize=50_000)(self._read_moment)

    def convert(self, row: Row) -> Found:
        """The facts. Raises BadRow."""
        if row.wrong:
            raise BadRow(row.wrong)
        plan, values = self._plan, _Values(self._places, row.values)
        submitted, closed, outcome = self._course(values)
        return Found(
            row.line, _number(values[plan.external_id]), submitted, closed, outcome,
            _named(values[plan.units.column] or plan.units.default, plan.units.column),
            (_named(values[plan.subjects.column] or plan.subjects.default, plan.subjects.column),
             values[plan.subjects.sub_column] if plan.subjects.sub_column else ""),
            self._title(values), plan.body.format_map(values).strip(),
            _cut(plan.place.format_map(values), PLACE), _degrees(values, plan.latitude, 90),
            _degrees(values, plan.longitude, 180),
            plan.channels.get(values[plan.channel_column], "other") if plan.channel_column else "other",
        )  # fmt: skip

    def _title(self, values: _Values) -> str:
        """The title's text, or the subject where its columns are empty."""
        title = _cut(self._plan.title.format_map(values).strip(DANGLING), TITLE)
        return title or values[self._plan.subjects.column] or self._plan.subjects.default

    def _course(self, values: _Values) -> tuple[datetime, datetime | None, Outcome | None]:
        """When it came, when it ended, how."""
        plan = self._plan
        submitted = self._moment(plan.submitted_at, values[plan.submitted_at])
        text = values[plan.closed_at] if plan.closed_at else ""
        outcome = self._outcome(values, bool(text))
        if outcome is None:
            return submitted, None, None
        if not text:
            raise BadRow("closed without a closing time")
        closed = self._moment(plan.closed_at, text)
        if closed < submitted:
            raise BadRow("closed before it came")
        return submitted, closed, outcome

    def _outcome(self, values: _Values, has_end: bool) -> Outcome | None:
        states = self._plan.states
        if not states.column:
            return (states.outcome or Outcome.RESOLVED) if has_end else None
        status = values[states.column]
        if status in states.open:
            return None
        if status not in states.closed:
            raise BadRow(f"unknown status {status!r}")
        return states.closed[status]

    def _read_moment(self, column: str, text: str) -> datetime:
        """A moment as the file's zone tells it; docs/import-mapping.md says what happens when clocks are moved."""
        form = self._plan.form
        for pattern in form.date_formats:
            try:
                told = datetime.strptime(text, pattern)  # noqa: DTZ007
                moment = (told if told.tzinfo else told.replace(tzinfo=form.zone)).astimezone(UTC)
            except (ValueError, OverflowError):
                continue
            if moment > self._now:
                raise BadRow(f"{column} lies in the future: {text}")
            return moment
        raise BadRow(f"{column} is no date: {text!r}" if text else f"{column} is empty")


class _Values(dict[str, str]):
    """The row's values by column, composed and trimmed, each only when it is asked for."""

    def __init__(self, places: dict[str, int], values: list[str]) -> None:
        super().__init__()
        self._places, self._values = places, values

    def __missing__(self, name: str) -> str:
        self[name] = nfc(self._values[self._places[name]]).strip()
        return self[name]


def _number(text: str) -> str:
    if not 1 <= len(text) <= NUMBER:
        raise BadRow("no number of its own" if not text else f"its number is longer than {NUMBER} characters")
    return text


def _named(text: str, column: str) -> str:
    if not text:
        raise BadRow(f"{column} is empty")
    return text


def _cut(text: str, longest: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _degrees(values: _Values, column: str, limit: int) -> float | None:
    text = values[column] if column else ""
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        raise BadRow(f"{column} is no number: {text!r}") from None
    if not -limit <= number <= limit:
        raise BadRow(f"{column} lies outside the earth: {text}")
    return number
