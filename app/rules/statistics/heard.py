"""Being heard, counted: reception days owed and held by the head, visits, dialogue sessions, promises. Pure formulas.

Days are the town's calendar days, so no moment of UTC enters here. The SQL twins stand in reports/heard/conditions.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from datetime import date

from ..dialogues.commitments import Tally
from ..dialogues.duties import Duty, Fulfilled, Term, fulfilled, term_of, terms
from ..dialogues.reception import BookingState, DayKind
from ..dialogues.sessions import SessionKind
from .shares import Share


@dataclass(frozen=True)
class Stretch:
    """The days asked about, as far as they have come."""

    first: date
    last: date
    """The last day on which something can have happened: today, where the days asked about reach further."""
    passed: date
    """The last day that is over: what fell due until then is judged."""

    def holds(self, day: date | None) -> bool:
        """Whether something happened in it."""
        return day is not None and self.first <= day <= self.last

    def has_fallen_due(self, day: date | None) -> bool:
        """Whether a date of it is over."""
        return day is not None and self.first <= day <= self.passed


@dataclass(frozen=True)
class DayFact:
    """A reception day."""

    unit_id: int
    on: date
    kind: str = "periodic"
    state: str = "open"
    by_head: bool = False
    """Whoever received held the post of head of that unit on that day."""


@dataclass(frozen=True)
class VisitFact:
    """A booking or a visit without one. Of a sealed one (somebody comes to denounce) only that it was received."""

    unit_id: int
    on: date
    state: str = "done"
    people: int = 1
    is_sealed: bool = False
    has_case: bool = False
    notify_due_on: date | None = None
    notified_on: date | None = None


@dataclass(frozen=True)
class SessionFact:
    """A dialogue session with its questions."""

    unit_id: int
    on: date
    kind: str = "theme"
    is_held: bool = False
    is_called_off: bool = False
    announce_due_on: date | None = None
    announced_on: date | None = None
    publish_due_on: date | None = None
    published_on: date | None = None
    attended: int = 0
    questions: int = 0
    answered: int = 0


def counts_for_duty(d: DayFact) -> bool:
    """A day that fulfils the head's duty: a periodic day, held, by the head and nobody in the head's stead."""
    return d.kind == DayKind.PERIODIC and d.state == "held" and d.by_head


def is_conference(s: SessionFact) -> bool:
    """A conference that took place."""
    return s.is_held and not s.is_called_off and s.kind == SessionKind.CONFERENCE


def day_held(d: DayFact, at: Stretch) -> bool:
    """Citizens were received on it, by whomever."""
    return at.holds(d.on) and d.state == "held"


def day_moved(d: DayFact, at: Stretch) -> bool:
    """It was moved to another day; counted where it first stood."""
    return at.holds(d.on) and d.state == "moved"


def visit(v: VisitFact, at: Stretch) -> bool:
    """Somebody was received."""
    return at.holds(v.on) and v.state == BookingState.DONE


def no_show(v: VisitFact, at: Stretch) -> bool:
    """Somebody had booked and did not come."""
    return at.holds(v.on) and v.state == BookingState.NO_SHOW and not v.is_sealed


def turned_away(v: VisitFact, at: Stretch) -> bool:
    """Somebody came and was refused, on a ground of the law (Law 42/2013/QH13 art. 9)."""
    return at.holds(v.on) and v.state == BookingState.REFUSED and not v.is_sealed


def became_case(v: VisitFact, at: Stretch) -> bool:
    """What was said became a case."""
    return visit(v, at) and v.has_case and not v.is_sealed


def tellable(v: VisitFact, at: Stretch) -> bool:
    """The day by which the visitor is to be told what came of it fell in the days and is over (art. 28)."""
    return v.state == BookingState.DONE and not v.is_sealed and at.has_fallen_due(v.notify_due_on)


def told_in_time(v: VisitFact, at: Stretch) -> bool:
    """And the visitor was told by then."""
    return tellable(v, at) and v.notified_on is not None and v.notified_on <= (v.notify_due_on or date.min)


def session_held(s: SessionFact, at: Stretch) -> bool:
    """A dialogue took place."""
    return at.holds(s.on) and s.is_held and not s.is_called_off


def announceable(s: SessionFact, at: Stretch) -> bool:
    """Held, and of a kind that has to be announced (Law 72/2025/QH15 art. 43)."""
    return session_held(s, at) and s.announce_due_on is not None


def announced_in_time(s: SessionFact, at: Stretch) -> bool:
    """And announced by its date."""
    due_on = s.announce_due_on
    return announceable(s, at) and s.announced_on is not None and due_on is not None and s.announced_on <= due_on


def publishable(s: SessionFact, at: Stretch) -> bool:
    """Held, and the date by which its results are published fell in the days and is over."""
    return s.is_held and not s.is_called_off and at.has_fallen_due(s.publish_due_on)


def published_in_time(s: SessionFact, at: Stretch) -> bool:
    """And published by then."""
    due_on = s.publish_due_on
    return publishable(s, at) and s.published_on is not None and due_on is not None and s.published_on <= due_on


DAYS: dict[str, Callable[[DayFact, Stretch], int]] = {"days_held": day_held, "days_moved": day_moved}
VISITS: dict[str, Callable[[VisitFact, Stretch], int]] = {
    "visits": visit, "people": lambda v, at: v.people if visit(v, at) else 0, "no_shows": no_show,
    "turned_away": turned_away, "became_cases": became_case, "tellable": tellable, "told_in_time": told_in_time,
}  # fmt: skip
SESSIONS: dict[str, Callable[[SessionFact, Stretch], int]] = {
    "sessions": session_held, "conferences": lambda s, at: session_held(s, at) and is_conference(s),
    "announceable": announceable, "announced_in_time": announced_in_time,
    "publishable": publishable, "published_in_time": published_in_time,
    "attended": lambda s, at: s.attended if session_held(s, at) else 0,
    "questions": lambda s, at: s.questions if session_held(s, at) else 0,
    "answered": lambda s, at: s.answered if session_held(s, at) else 0,
}  # fmt: skip
"""Every count, by name; the SQL twins carry the same names. Promises are counted by rules.dialogues.commitments."""


@dataclass(frozen=True)
class Owing:
    """As whom a unit owes, and since and until when it exists."""

    unit_id: int
    duties: tuple[Duty, ...] = ()
    valid_from: date = date.min
    valid_to: date | None = None

    def terms(self, what: str, first: date, passed: date) -> list[Term]:
        """The whole periods of its duties that ended in these days, each only if the unit existed all through it."""
        until = self.valid_to or date.max
        return [
            term
            for duty in self.duties
            if duty.what == what
            for term in terms(duty, first, passed)
            if self.valid_from <= term.start and term.end <= until
        ]

    def running(self, what: str, day: date) -> Term | None:
        """The period that a day falls in: not judged yet."""
        found = (term_of(duty, day) for duty in self.duties if duty.what == what and duty.in_force(day))
        return next((term for term in found if term is not None), None)


def duty_met(owing: Owing, what: str, at: Stretch, done: Iterable[date]) -> Fulfilled:
    """How far a unit met a duty in the periods that ended in these days; several sittings on one day are one day."""
    return fulfilled(owing.terms(what, at.first, at.passed), set(done))


@dataclass(frozen=True)
class Heard:
    """The figures of one unit, or of several together, for some days."""

    days_owed: int = 0
    days_counted: int = 0
    days_held: int = 0
    days_moved: int = 0
    visits: int = 0
    people: int = 0
    no_shows: int = 0
    turned_away: int = 0
    became_cases: int = 0
    tellable: int = 0
    told_in_time: int = 0
    conferences_owed: int = 0
    conferences_counted: int = 0
    sessions: int = 0
    conferences: int = 0
    announceable: int = 0
    announced_in_time: int = 0
    publishable: int = 0
    published_in_time: int = 0
    attended: int = 0
    questions: int = 0
    answered: int = 0
    requests: int = 0
    voices: int = 0
    objections: int = 0
    promises: Tally = field(default_factory=Tally)

    def plus(self, other: Heard) -> Heard:
        """Both together."""
        promised = {name: getattr(self.promises, name) + getattr(other.promises, name) for name in PROMISED}
        numbers = {name: getattr(self, name) + getattr(other, name) for name in NUMBERS}
        return Heard(**numbers, promises=Tally(**promised))

    @property
    def shortfall(self) -> int:
        """What was owed and not done: reception days and conferences."""
        return self.days_owed - self.days_counted + self.conferences_owed - self.conferences_counted

    def share(self, name: str) -> Share:
        """A rate by its name."""
        if name in PROMISE_SHARES:
            return Share(getattr(self.promises, PROMISE_SHARES[name]), self.promises.due)
        part, whole = SHARES[name]
        return Share(getattr(self, part), getattr(self, whole))


NUMBERS = tuple(f.name for f in fields(Heard) if f.name != "promises")
PROMISED = tuple(f.name for f in fields(Tally))
SHARES = {
    "head_days": ("days_counted", "days_owed"), "told": ("told_in_time", "tellable"),
    "conference": ("conferences_counted", "conferences_owed"), "announced": ("announced_in_time", "announceable"),
    "published": ("published_in_time", "publishable"), "questions_answered": ("answered", "questions"),
}  # fmt: skip
PROMISE_SHARES = {"promises_kept": "kept", "promises_on_time": "on_time"}
"""Rates: numerator and denominator."""


def summarise_heard(days: Iterable[DayFact], visits: Iterable[VisitFact], sessions: Iterable[SessionFact],
                    at: Stretch) -> dict[str, int]:  # fmt: skip
    """The counts of some days, visits and sessions, straight from the formulas."""
    found: dict[str, int] = {}
    measures: tuple[tuple[list[object], dict[str, Callable[..., int]]], ...] = (
        ([*days], DAYS), ([*visits], VISITS), ([*sessions], SESSIONS)
    )  # fmt: skip
    for rows, named in measures:
        for name, measure in named.items():
            found[name] = sum(int(measure(row, at)) for row in rows)
    return found
