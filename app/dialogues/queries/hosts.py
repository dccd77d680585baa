"""Who may receive on a day, and how often the law wants it of a unit's head."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from ...accounts.models import Deputation, Official, Post
from ...accounts.queries import held_on, holders
from ...extensions import db
from ...rules.dialogues import duties
from ...rules.dialogues.duties import Duty, Term
from ...rules.dialogues.reception import DayKind
from ...rules.workflow import Role
from ...units.calendar import law
from ...units.models import Level, Unit
from ..models import ReceptionDay

STAFF = (Role.HEAD, Role.OFFICER, Role.CLERK)


def is_head(official_id: int | None, unit_id: int, day: date) -> bool:
    """Whether somebody holds the post of head of the unit on that day: a deputy does not."""
    return official_id is not None and official_id in {head.id for head in heads(unit_id, day)}


def heads(unit_id: int, day: date) -> list[Official]:
    """Who holds the post of head on that day, deputies left out."""
    statement = (
        select(Official)
        .join(Post, Post.official_id == Official.id)
        .where(Post.unit_id == unit_id, Post.role == str(Role.HEAD), held_on(day), Official.is_disabled.is_(False))
        .order_by(Official.name)
    )
    return list(dict.fromkeys(db.session.scalars(statement)))


def is_deputy(official_id: int, unit_id: int, day: date) -> bool:
    """Whether somebody stands in for the head on that day."""
    statement = select(Deputation.id).where(
        Deputation.deputy_id == official_id, Deputation.unit_id == unit_id,
        Deputation.from_on <= day, Deputation.to_on >= day,
    )  # fmt: skip
    return db.session.scalar(statement.limit(1)) is not None


def who_may_receive(unit_id: int, day: date) -> list[Official]:
    """Everybody of the unit on that day, the head's deputies among them, by name."""
    return holders(unit_id, STAFF, day)


def duties_of(unit: Unit) -> tuple[Duty, ...]:
    """The reception duties of the unit's level, past and coming versions too."""
    level = db.session.get(Level, unit.level)
    return duties.of(duties.read(law().duties), level.duties if level else (), duties.RECEPTION_DAY)


def binding(unit: Unit, day: date) -> Duty | None:
    """The duty that binds the head of this unit on that day, if one does."""
    return next((duty for duty in duties_of(unit) if duty.in_force(day)), None)


@dataclass(frozen=True)
class Standing:
    """How far the duty of one period is met: owed, held by the head, still planned."""

    term: Term
    held: int
    planned: int

    @property
    def is_short(self) -> bool:
        """What is held and planned together does not fill the duty."""
        return self.held + self.planned < self.term.owed


def standing(unit: Unit, day: date) -> Standing | None:
    """How the duty of the period of that day stands; None where nothing is owed."""
    duty = binding(unit, day)
    term = duties.term_of(duty, day) if duty else None
    if term is None:
        return None
    rows = _periodic(unit.id, term.start, term.end)
    return Standing(term, len(held_by_head(rows)), sum(row.state == "open" for row in rows))


def _periodic(unit_id: int, first: date, last: date) -> list[ReceptionDay]:
    statement = select(ReceptionDay).where(
        ReceptionDay.unit_id == unit_id, ReceptionDay.kind == DayKind.PERIODIC,
        ReceptionDay.on >= first, ReceptionDay.on <= last,
    )  # fmt: skip
    return list(db.session.scalars(statement))


def held_by_head(rows: Iterable[ReceptionDay]) -> list[date]:
    """The days that count for the duty: periodic, held, and received by the head in person; each date once."""
    return sorted({row.on for row in rows if counts(row)})


def counts(row: ReceptionDay) -> bool:
    """Whether a day fills the duty."""
    return row.kind == DayKind.PERIODIC and row.state == "held" and is_head(row.received_by_id, row.unit_id, row.on)


def next_term(unit: Unit, day: date) -> Standing | None:
    """The same for the period after that of the day."""
    here = standing(unit, day)
    return standing(unit, here.term.end + timedelta(days=1)) if here else None
