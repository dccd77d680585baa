"""Counting days as the Civil Code does: the day of the event is day zero, and a period never ends on a day of rest.

Civil Code 2015, article 147 (counting starts the day after the event) and article 148 (a last day that is a weekend
or a holiday moves to the end of the next working day).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from app.rules.deadlines.calendar import Calendar
from app.rules.deadlines.derivation import DAY, Derivation, Extension, Pause, Skip
from app.rules.deadlines.table import HOURS, WORKING_DAYS, Rule

SOON_PERCENT = 20
SOON_DAYS = 2


class DeadlineError(ValueError):
    """Somebody asked for a clock the law does not know, such as a third extension."""


def due(
    rule: Rule,
    start_on: date,
    calendar: Calendar,
    pauses: Iterable[Pause] = (),
    extensions: Sequence[Rule] = (),
    today: date | None = None,
) -> Derivation:
    """The due date of a clock that starts on start_on, with its proof.

    `extensions` are the extension rules granted, in order (use `dataclasses.replace(rule, length=...)` for a grant
    shorter than the law allows); DeadlineError when the law does not allow them. Pauses count only where the rule
    honours them. A pause still open is taken to last to the end of `today` (without `today`: one day), so the answer
    is the earliest due date possible: ask again when work resumes.
    A rule in hours gives the day its last hour falls on; `due_after_hours` gives the moment.
    """
    _check_extensions(rule, extensions)
    steps = (rule, *extensions)
    closed = {pause: (pause.from_on, _end(pause, today)) for pause in pauses}
    walk = _Walk(calendar, start_on)
    ends = [walk.step(step, [closed[p] for p in closed if step.honours(p.from_on)]) for step in steps]
    honoured = [pause for pause in closed if any(step.honours(pause.from_on) for step in steps)]
    kept = [pause for pause in honoured if walk.was_paused(*closed[pause])]
    return Derivation(
        rule_id=rule.id,
        legal_basis=rule.legal_basis,
        legal_basis_en=rule.legal_basis_en,
        unit=rule.unit,
        length=rule.length,
        start_on=start_on,
        counted=tuple(sorted(walk.counted)),
        skipped=tuple(sorted(walk.skipped, key=lambda skip: skip.on)),
        pauses=tuple(kept),
        extensions=_granted(extensions, [due_on for due_on, _ in ends]),
        rolled_from=None if ends[-1][0] == ends[-1][1] else ends[-1][1],
        due_on=walk.at,
        made_up=tuple(sorted(walk.made_up)),
        idle=tuple(pause for pause in honoured if pause not in kept and pause.to_on != pause.from_on),
    )


def due_after_hours(rule: Rule, start_at: datetime) -> datetime:
    """The moment a limit in hours ends; hours run day and night, on rest days too."""
    if rule.unit != HOURS:
        raise DeadlineError(f"rule {rule.id} is counted in {rule.unit}, not in hours")
    return start_at + timedelta(hours=rule.length)


def due_moment(due_on: date, tz: tzinfo) -> datetime:
    """The first UTC moment that is too late: midnight, local time, after the due date."""
    return datetime.combine(due_on + DAY, time.min, tzinfo=tz).astimezone(UTC)


def is_late(due_on: date, on: date) -> bool:
    """True on every day after the due date; the whole due date itself is in time."""
    return on > due_on


def counted_days(start_on: date, end_on: date, calendar: Calendar, unit: str, pauses: Iterable[Pause] = ()) -> int:
    """How many days the law counts after start_on up to and with end_on; none when end_on is not later.

    The pauses given are left out as they are: ask only with those the rule honours. An open one lasts to end_on.
    """
    away = [(pause.from_on, pause.to_on or date.max) for pause in pauses]
    if unit != WORKING_DAYS and not away:
        return max(0, (end_on - start_on).days)
    days = (start_on + timedelta(n) for n in range(1, (end_on - start_on).days + 1))
    return sum(_counts(day, calendar, unit) and not _within(day, away) for day in days)


def days_left(due_on: date, today: date, calendar: Calendar, unit: str) -> int:
    """Counted days remaining after today: 0 on the due date, negative when late.

    The weekend after a due date on a Friday is already late, by one day until the second working day has passed.
    """
    if not is_late(due_on, today):
        return counted_days(today, due_on, calendar, unit)
    return -max(1, counted_days(due_on, today, calendar, unit))


def tone(
    due_on: date,
    today: date,
    calendar: Calendar,
    unit: str,
    length: int,
    soon_percent: int = SOON_PERCENT,
    soon_days: int = SOON_DAYS,
) -> str:
    """'late', 'soon' or 'ok': soon is the last fifth of the period or its last 2 counted days, the longer of them."""
    if is_late(due_on, today):
        return "late"
    whole = _in_days(unit, length)
    left = days_left(due_on, today, calendar, unit)
    return "soon" if left * 100 <= max(soon_days * 100, whole * soon_percent) else "ok"


@dataclass
class _Walk:
    """Walks the calendar one day at a time and remembers what it did with each."""

    calendar: Calendar
    at: date
    counted: list[date] = field(default_factory=list)
    skipped: list[Skip] = field(default_factory=list)
    made_up: list[date] = field(default_factory=list)

    def step(self, rule: Rule, away: list[tuple[date, date]]) -> tuple[date, date]:
        """Count one rule from where the walk stands; the due date, and the last day counted before any roll."""
        ahead = -DAY if rule.direction == "before" else DAY
        left = _in_days(rule.unit, rule.length)
        while left:
            self.at += ahead
            left -= self._take(rule.unit, away)
        last = self.at
        # Article 148; a limit in hours never moves, nor does notice "before": that would make it shorter.
        if rule.roll == "next_working_day" and rule.unit != HOURS and ahead == DAY:
            self._roll(away)
        return self.at, last

    def was_paused(self, first: date, end: date) -> bool:
        """True when that suspension kept some day from being counted."""
        return any(skip.why == "paused" and first <= skip.on < end for skip in self.skipped)

    def _take(self, unit: str, away: list[tuple[date, date]]) -> bool:
        """Count the day the walk stands on, or note why not."""
        if _within(self.at, away):
            self.skipped.append(Skip(self.at, "paused"))
            return False
        if not _counts(self.at, self.calendar, unit):
            self.skipped.append(Skip(self.at, self._rest()))
            return False
        self.counted.append(self.at)
        if unit == WORKING_DAYS and self.at.weekday() in self.calendar.weekend:
            self.made_up.append(self.at)
        return True

    def _roll(self, away: list[tuple[date, date]]) -> None:
        """Move off a day of rest, and not onto a day when the clock stands still."""
        if self.calendar.is_working(self.at):
            return
        self.at += DAY
        while (paused := _within(self.at, away)) or not self.calendar.is_working(self.at):
            self.skipped.append(Skip(self.at, "paused" if paused else "rolled"))
            self.at += DAY

    def _rest(self) -> str:
        return "holiday" if self.calendar.reason(self.at) else "weekend"


def _counts(day: date, calendar: Calendar, unit: str) -> bool:
    return unit != WORKING_DAYS or calendar.is_working(day)


def _within(day: date, away: Iterable[tuple[date, date]]) -> bool:
    return any(first <= day < end for first, end in away)


def _end(pause: Pause, today: date | None) -> date:
    """The day work resumes; an open pause has lasted to the end of today."""
    return pause.to_on or max(today or pause.from_on, pause.from_on) + DAY


def _granted(extensions: Sequence[Rule], due_dates: Sequence[date]) -> tuple[Extension, ...]:
    return tuple(
        Extension(rule.id, rule.legal_basis, rule.unit, rule.length, previous, due_on)
        for rule, previous, due_on in zip(extensions, due_dates, due_dates[1:], strict=False)
    )


def _in_days(unit: str, length: int) -> int:
    return -(-length // 24) if unit == HOURS else length


def _check_extensions(rule: Rule, extensions: Sequence[Rule]) -> None:
    """Law on Denunciations, article 30: complex once or specially complex twice, so never more than two in all."""
    for extension in extensions:
        if extension.extends != rule.id:
            raise DeadlineError(f"rule {extension.id} does not extend {rule.id}")
        if sum(other.id == extension.id for other in extensions) > extension.max_times:
            raise DeadlineError(f"rule {extension.id} may be used {extension.max_times} times at most")
    if len(extensions) > max((extension.max_times for extension in extensions), default=0):
        raise DeadlineError(f"rule {rule.id} may not be extended {len(extensions)} times")
