"""Who must be told of a clock, and at which step: the handler ahead, the head when late, then up the tree.

Pure: clocks, people, calendar and day in; tellings out. What was told before is the caller's to leave out, so that
asking again tells nothing twice, and what a lost worker left untold is told the next working morning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.rules.deadlines import Calendar, days_left, is_late
from app.rules.visibility import lies_in

DAY = timedelta(days=1)
LATE = "late"
YOURS, UNASSIGNED, OVERDUE, ABOVE, PART, LEAD, NOBODY = "yours", "unassigned", "late", "up", "part", "lead", "nobody"
VERIFY, DUTY, REACHED = "verify", "duty", "reached"
"""Why somebody reads a line: handles it; it has no handler; late in the own unit; late in a unit below; asked for a
part; leads a case whose part is late; and to administrators: a unit has nobody who could be told.
Of what is no case (rules/promise_warnings.py): a promise reported done waits for this unit's finding; a period's
reception days or conference are not all held or planned; enough voters ask for a conference."""
GRAVITY = (NOBODY, ABOVE, OVERDUE, LEAD, PART, REACHED, DUTY, VERIFY, UNASSIGNED, YOURS)
"""Which of several reasons a line gives, the gravest first."""


@dataclass(frozen=True)
class Clock:
    """A clock that runs: of a case, or of the part that another unit was asked for.

    `unit_path` leads to the unit that owes; `handlers` are the officials who work on it, none where nobody does.
    `denounced_path` bars whoever serves there, '' where nobody is denounced.
    """

    case_id: int
    stage: str
    due_on: date
    counted_in: str
    unit_path: str
    handlers: frozenset[int] = frozenset()
    is_sealed: bool = False
    denounced_path: str = ""
    is_part: bool = False
    leads: frozenset[int] = frozenset()
    """Of a part: who handles the case of which it is one."""
    about: str = ""
    """Of what is no case: its name in the journal ("session:3"); `case_id` is 0 then."""


@dataclass(frozen=True)
class People:
    """Who holds what today, by unit id; deputies stand among the heads. `paths` are of all posts an official holds."""

    heads: Mapping[int, frozenset[int]] = field(default_factory=dict)
    keepers: Mapping[int, frozenset[int]] = field(default_factory=dict)
    """Registrars and inspectors: who may know of a denunciation besides its handlers."""
    administrators: Mapping[int, frozenset[int]] = field(default_factory=dict)
    paths: Mapping[int, frozenset[str]] = field(default_factory=dict)

    def are_barred(self, official_id: int, denounced_path: str) -> bool:
        """Whether the official serves in the unit denounced or below it."""
        return bool(denounced_path) and any(lies_in(path, denounced_path) for path in self.paths.get(official_id, ()))


@dataclass(frozen=True)
class Telling:
    """One official is told of one clock at one step. `unit_id` is the unit through which it reaches the official."""

    official_id: int
    clock: Clock
    step: str
    why: str
    unit_id: int

    @property
    def key(self) -> tuple[int, int, str, date, str]:
        """What is told once and never again; a due date that moves counts anew."""
        return self.official_id, self.clock.case_id, self.clock.stage, self.clock.due_on, self.step

    @property
    def thing_key(self) -> tuple[int, str, str, date, str]:
        """The same of what is no case."""
        return self.official_id, self.clock.about, self.clock.stage, self.clock.due_on, self.step

    @property
    def goes_up(self) -> bool:
        """Whether a case leaves its own unit with this: what its journal remembers as escalated."""
        is_beyond = self.unit_id != line_up(self.clock.unit_path)[0]
        return self.why != NOBODY and not self.clock.is_part and is_beyond


@dataclass(frozen=True)
class Ladder:
    """When: so many counted days before the due date; so many whole working days after it, one level up each."""

    before: tuple[int, ...] = (3, 1)
    after: tuple[int, ...] = (1, 5, 10)


def tellings(clock: Clock, people: People, calendar: Calendar, today: date, ladder: Ladder) -> list[Telling]:
    """Everybody who has to have been told of this clock by now, told already or not."""
    found = [t for n in ladder.before if is_near(clock, n, calendar, today) for t in _near(clock, str(n), people)]
    if not is_late(clock.due_on, today):
        return found
    chain = line_up(clock.unit_path)
    found += through(clock, LATE, PART if clock.is_part else OVERDUE, chain, people)
    if clock.is_part:
        return found + [Telling(i, clock, LATE, LEAD, chain[0]) for i in _able(clock.leads, clock, people)]
    return found + climbing(clock, people, calendar, today, ladder)


def climbing(clock: Clock, people: People, calendar: Calendar, today: date, ladder: Ladder) -> list[Telling]:
    """The heads above, one level further up the tree at each step of the ladder."""
    chain, found = line_up(clock.unit_path), []
    gone_by = whole_days_late(clock.due_on, today, calendar)
    for level, days in enumerate(ladder.after, 1):
        if gone_by >= days and chain[level:]:
            found += through(clock, f"up{level}", ABOVE, chain[level:], people)
    return found


def is_near(clock: Clock, n: int, calendar: Calendar, today: date) -> bool:
    """Whether the warning n counted days ahead is due: today, or on the days of rest before offices open again.

    A day of rest has no digest, and a warning after it would come too late to be one: so it is given before.
    """
    left = days_left(clock.due_on, today, calendar, clock.counted_in)
    return left <= n or days_left(clock.due_on, next_working(today, calendar), calendar, clock.counted_in) < n


def next_working(day: date, calendar: Calendar) -> date:
    """The first working day after a day."""
    day += DAY
    while not calendar.is_working(day):
        day += DAY
    return day


def horizon(ladder: Ladder, calendar: Calendar, today: date) -> date:
    """The last due date that anybody could have to be told of today."""
    day = today
    for _ in range(max(ladder.before, default=0) + 1):
        day = next_working(day, calendar)
    return day


def whole_days_late(due_on: date, today: date, calendar: Calendar) -> int:
    """Working days that began and ended after the due date, today not among them."""
    days = (due_on + timedelta(n) for n in range(1, (today - due_on).days))
    return sum(map(calendar.is_working, days))


def line_up(path: str) -> list[int]:
    """Unit ids from the unit itself up to the root: '/1/4/' gives 4, 1."""
    return [int(part) for part in reversed(path.strip("/").split("/"))]


def _near(clock: Clock, step: str, people: People) -> list[Telling]:
    """A warning ahead: to who works on it, or to who should have given it to somebody."""
    chain = line_up(clock.unit_path)
    if able := _able(clock.handlers, clock, people):
        return [Telling(i, clock, step, YOURS, chain[0]) for i in able]
    return through(clock, step, PART if clock.is_part else UNASSIGNED, chain, people)


def through(clock: Clock, step: str, why: str, chain: list[int], people: People) -> list[Telling]:
    """Those who answer for the nearest unit of the chain that has anybody; else administrators learn that none has."""
    for unit_id, ids in _answering(clock, chain, people):
        if ids:
            return [Telling(i, clock, step, why, unit_id) for i in ids]
    for unit_id in line_up(clock.unit_path):
        if ids := sorted(people.administrators.get(unit_id, ())):
            return [Telling(i, clock, step, NOBODY, chain[0]) for i in ids]
    return []


def _answering(clock: Clock, chain: Iterable[int], people: People) -> Iterator[tuple[int, list[int]]]:
    """Heads by unit; of a denunciation those who keep its register or inspect, and its handlers who are heads."""
    who = people.keepers if clock.is_sealed else people.heads
    for unit_id in chain:
        ids = set(who.get(unit_id, ()))
        if clock.is_sealed:
            ids |= clock.handlers & people.heads.get(unit_id, frozenset())
        yield unit_id, _able(ids, clock, people)


def _able(ids: Iterable[int], clock: Clock, people: People) -> list[int]:
    """Without those who serve in the unit denounced, whatever else they are."""
    return [i for i in sorted(ids) if not people.are_barred(i, clock.denounced_path)]


def gravest(whys: Iterable[str]) -> str:
    """The reason a line gives where one official is told of one clock for several."""
    return min(whys, key=GRAVITY.index)


def wants_summary(carried_on: Iterable[date], today: date) -> bool:
    """Whether a head's digest sums up what is still late: once a week, unless the week told of late ones before."""
    monday = today - timedelta(days=today.weekday())
    return not any(monday <= day <= today for day in carried_on)
