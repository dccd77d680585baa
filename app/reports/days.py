"""The town's calendar day of a moment, as SQL: the twin of clock.day_of."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Date, case, cast, func

from .. import clock
from ..extensions import db


def is_postgresql() -> bool:
    """Whether the figures are counted by PostgreSQL."""
    return db.engine.dialect.name == "postgresql"


def local_day(moment: Any, start: datetime, end: datetime) -> ColumnElement[date]:
    """The day on which a moment between start and end fell in the town.

    PostgreSQL knows time zones; SQLite is told the offsets that hold in that stretch of time.
    """
    if is_postgresql():
        return cast(func.timezone(clock.zone().key, moment), Date)
    cut = _second(moment)
    days = [(until, func.date(cut, f"{seconds:+d} seconds", type_=Date)) for until, seconds in _offsets(start, end)]
    last = days.pop()[1]
    return case(*((moment < until, day) for until, day in days), else_=last) if days else last


def _offsets(start: datetime, end: datetime) -> tuple[tuple[datetime, int], ...]:
    return offsets(clock.zone().key, start, end)


@lru_cache(maxsize=64)
def offsets(_zone: str, start: datetime, end: datetime) -> tuple[tuple[datetime, int], ...]:
    """(until, seconds east of UTC) for each stretch between two moments in which the town's offset stays the same."""
    found, here = [], start
    while here < end:
        then = min(here + timedelta(days=1), end)
        if _offset(then) != _offset(here):
            change = _change(here, then)
            found.append((change, _offset(here)))
            then = change
        here = then
    return (*found, (datetime.max.replace(tzinfo=UTC), _offset(end)))


def _offset(moment: datetime) -> int:
    return int((clock.local(moment).utcoffset() or timedelta()).total_seconds())


def _change(before: datetime, after: datetime) -> datetime:
    """The first second with the later offset."""
    low, high = int(before.timestamp()), int(after.timestamp())
    while high - low > 1:
        middle = (low + high) // 2
        is_early = _offset(datetime.fromtimestamp(middle, UTC)) == _offset(before)
        low, high = (middle, high) if is_early else (low, middle)
    return datetime.fromtimestamp(high, UTC)


def seconds_between(since: Any, until: Any) -> ColumnElement[int]:
    """Whole seconds between two moments, each cut to its second: the twin of rules.statistics.facts.seconds."""
    return _epoch(until) - _epoch(since)


def _epoch(moment: Any) -> ColumnElement[int]:
    if is_postgresql():
        return cast(func.floor(func.extract("epoch", moment)), BigInteger)
    return cast(func.strftime("%s", _second(moment)), BigInteger)


def _second(moment: Any) -> ColumnElement[str]:
    """SQLite would round a fraction up, at midnight into the next day."""
    return func.substr(moment, 1, 19)
