"""Petitions and visits of a report window as the forms count them, read from custodies, events and receptions.

The database groups what is alike, so a form reads a few hundred lines however many petitions there were. Whether a
denunciation may be counted for this reader rules/visibility decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, case, false, func, literal, or_, select, union
from sqlalchemy.orm import aliased

from ... import clock
from ...cases.models import Case, Custody, Person
from ...cases.visible import sealed_below
from ...dialogues.models import Booking, ReceptionDay
from ...extensions import db
from ...journal.models import Event
from ...rules.dialogues.reception import BookingState, DayKind
from ...rules.statistics import Period
from ...rules.visibility import counts_sealed
from ...rules.workflow import Action, Actor, Kind, Outcome
from ..heard.conditions import received_by_head
from .measures import END_OF, PetitionFact, VisitFact

SORTING = (Action.CLASSIFY, Action.ASSIGN, Action.TAKE, Action.ACCEPT, Action.VERIFY, Action.NAME_HANDLER)
"""After one of these it is known what becomes of a petition; an answer, an end or a forward say so too."""
PETITION_KINDS = (Kind.FEEDBACK, Kind.COMPLAINT, Kind.DENUNCIATION)
"""A request to be heard is no petition (đơn): the dialogue forms count it."""
Main = aliased(Case)


@dataclass(frozen=True)
class Found:
    """A fact, how many there are alike, and of one alone its custody."""

    fact: PetitionFact
    count: int = 1
    custody_id: int = 0


def may_count_sealed(actor: Actor, path: str) -> bool:
    """Whether the reader keeps or inspects the sealed register of that unit, and so of all below it."""
    return counts_sealed(actor, path)


def sealed_for(actor: Actor) -> ColumnElement[bool]:
    """The denunciations of the registers this reader keeps or inspects, never one of the own unit (cases.queries)."""
    return sealed_below(actor)


@dataclass(frozen=True)
class Asked:
    """Which units' petitions in which window, for whom; denunciations only where the whole page may hold them."""

    unit_ids: Sequence[int]
    period: Period
    actor: Actor
    with_sealed: bool

    @property
    def kinds(self) -> ColumnElement[bool]:
        """What may be counted for this reader."""
        plain = Custody.kind.in_([str(kind) for kind in PETITION_KINDS if kind != Kind.DENUNCIATION])
        return or_(plain, sealed_for(self.actor)) if self.with_sealed else plain


def petitions(asked: Asked) -> list[Found]:
    """All petitions of the window, those alike together; denunciations one by one. At most two statements."""
    flags = _flags(asked.period)
    each = _joined(replace(asked, with_sealed=False), *flags.values()).subquery()
    rows = db.session.execute(select(*each.c, func.count().label("number")).group_by(*each.c)).mappings()
    found = [Found(_fact(row), row["number"]) for row in rows]
    return found + (denunciations(asked) if asked.with_sealed else [])


def denunciations(asked: Asked) -> list[Found]:
    """The denunciations this reader may count, one by one. One statement."""
    if not asked.with_sealed:
        return []
    return one_by_one(asked, Custody.kind == Kind.DENUNCIATION)


def one_by_one(asked: Asked, *narrow: ColumnElement[bool]) -> list[Found]:
    """Each petition as a fact of its own, with the custody it stands for: what a cell of a form opens."""
    flags = _flags(asked.period)
    statement = _joined(asked, *flags.values(), Custody.id, Custody.due_on, _settled_at(asked.period).label("at"))
    rows = db.session.execute(statement.where(*narrow).order_by(Custody.began_at.desc(), Custody.id.desc()))
    return [Found(_fact(row, _is_late(row)), 1, row["id"]) for row in rows.mappings()]


def _is_late(row: Any) -> bool:
    return bool(row["at"] and row["due_on"] and clock.day_of(row["at"]) > row["due_on"])


def _fact(row: Any, is_late: bool = False) -> PetitionFact:
    outcome = row["outcome"] or ""
    end = END_OF[Outcome(outcome)] if outcome else ("forwarded" if row["is_gone"] else "open")
    return PetitionFact(
        row["unit_id"], row["kind"], bool(row["is_carried"]), bool(row["is_nameless"]), bool(row["is_processed"]),
        bool(row["is_lacking"]), bool(row["is_duplicate"]), end, bool(row["is_transferred"]), bool(row["is_again"]),
        outcome, is_late,
    )  # fmt: skip


def _joined(asked: Asked, *columns: Any) -> Any:
    start, end = asked.period.start, asked.period.end
    return (
        select(*columns)
        .select_from(Custody)
        .join(Case, Case.id == Custody.case_id)
        .outerjoin(Main, Main.id == Case.duplicate_of_id)
        .where(Custody.id.in_(_touched(asked.unit_ids, start, end)), Custody.began_at < end, asked.kinds)
        .where(or_(Custody.began_at >= start, _was_open(start)))
    )


def _touched(unit_ids: Sequence[int], start: datetime, end: datetime) -> Any:
    """Custodies that may count: began in the window, or something happened to them since it began, or still open.

    Each part has an index, so a window of a quarter does not read what was over years ago.
    """
    parts = (
        and_(Custody.began_at >= start, Custody.began_at < end), Custody.is_open.is_(True),
        Custody.finished_at >= start, Custody.ended_at >= start, Custody.resolved_at >= start,
    )  # fmt: skip
    return union(*(select(Custody.id).where(Custody.unit_id.in_(unit_ids), part) for part in parts))


def _was_open(at: datetime) -> ColumnElement[bool]:
    """At the unit and not finished at that moment: never answered yet, or reopened and not answered again."""
    again = and_(Custody.reopened_at < at, or_(Custody.resolved_at.is_(None), Custody.resolved_at >= at))
    return and_(
        or_(Custody.ended_at.is_(None), Custody.ended_at >= at),
        or_(Custody.finished_at.is_(None), Custody.finished_at >= at, again),
    )


def _settled_at(period: Period) -> Any:
    """When it was finished in the window; the moment of the second answer where the first lay before it."""
    return case((Custody.finished_at >= period.start, Custody.finished_at), else_=Custody.resolved_at)


def _flags(period: Period) -> dict[str, Any]:
    """What a petition fact is made of, as columns; each named, so that the grouping and the reading agree."""
    end = period.end
    is_done = func.coalesce(_settled_at(period) < end, false())
    is_duplicate = and_(is_done, Custody.outcome == Outcome.DUPLICATE)
    main_done = func.coalesce(func.coalesce(Main.first_answered_at, Main.closed_at) < end, false())
    outcome = case(
        (and_(is_duplicate, main_done), Main.outcome),
        (and_(is_duplicate, Main.id.is_not(None)), None),
        (is_done, Custody.outcome),
        else_=None,
    )
    is_lacking = and_(Case.classified_at < end, func.coalesce(Case.eligibility["is_eligible"].as_boolean(), True)
                      .is_(False))  # fmt: skip
    is_gone = and_(~is_done, func.coalesce(Custody.ended_at < end, false()))
    is_processed = or_(is_done, is_gone, func.coalesce(is_lacking, false()), Custody.first_response_at < end,
                       _was_sorted(end))  # fmt: skip
    named: dict[str, Any] = {
        "unit_id": Custody.unit_id, "kind": Custody.kind, "outcome": outcome, "is_gone": _bit(is_gone),
        "is_carried": _bit(Custody.began_at < period.start),
        "is_nameless": _bit(and_(~_has_name(), Custody.kind != Kind.DENUNCIATION)),
        "is_processed": _bit(is_processed), "is_lacking": _bit(is_lacking), "is_duplicate": _bit(is_duplicate),
        "is_transferred": _bit(and_(is_done, Custody.outcome == Outcome.NOT_COMPETENT, _was_transferred(end))),
        "is_again": _bit(or_(Case.instance > 1, Custody.is_reopening)),
    }  # fmt: skip
    return {name: column.label(name) for name, column in named.items()}


def _has_name() -> Any:
    """Whoever wrote gave a name: a mark beside what is sealed."""
    return select(literal(1)).where(Person.about == Case.reference, Person.has_name).correlate(Case).exists()


def _bit(condition: Any) -> Any:
    return case((condition, literal(1, Integer)), else_=literal(0, Integer))


def _was_sorted(end: datetime) -> Any:
    """Somebody of this unit sorted it. Asked only where nothing else says so: most petitions never come here."""
    return (
        select(literal(1)).where(
            Event.case_id == Custody.case_id, Event.unit_id == Custody.unit_id, Event.at >= Custody.began_at,
            Event.at < end, Event.action.in_([str(action) for action in SORTING]),
        ).correlate(Custody).exists()
    )  # fmt: skip


def _was_transferred(end: datetime) -> Any:
    return (
        select(literal(1))
        .where(Event.case_id == Custody.case_id, Event.action == Action.TRANSFER_OUT, Event.at < end)
        .correlate(Custody)
        .exists()
    )


def visits(unit_ids: Sequence[int], first: date, last: date, group: int) -> list[VisitFact]:
    """Everybody received in these days, sealed visits too; those alike together. One statement."""
    by = case((ReceptionDay.kind == DayKind.REGULAR, "regular"), (received_by_head(), "head"), else_="stead")
    each = (
        select(Booking.unit_id, by.label("by"), _bit(Booking.people >= group).label("is_group"),
               _bit(_was_here_before()).label("is_again"), Booking.people)
        .join(ReceptionDay, ReceptionDay.id == Booking.day_id)
        .where(Booking.unit_id.in_(unit_ids), Booking.state == BookingState.DONE)
        .where(ReceptionDay.on >= first, ReceptionDay.on <= last)
        .subquery()
    )  # fmt: skip
    alike = (each.c.unit_id, each.c.by, each.c.is_group, each.c.is_again)
    rows = db.session.execute(
        select(*alike, func.count().label("visits"), func.sum(each.c.people).label("people")).group_by(*alike)
    )
    return [VisitFact(row.unit_id, row.by, bool(row.is_group), bool(row.is_again), row.visits, int(row.people))
            for row in rows]  # fmt: skip


def _was_here_before() -> Any:
    """The same case, or the same person about the same subject, was received by this unit on an earlier day.

    Of a sealed visit nobody knows who came: it never was here before.
    """
    before, day = aliased(Booking), aliased(ReceptionDay)
    same_case = and_(before.case_id.is_not(None), before.case_id == Booking.case_id)
    same_person = and_(_shows_the_same_card(before), before.category_id == Booking.category_id)
    return and_(
        Booking.is_sealed.is_(False),
        select(literal(1))
        .join_from(before, day, day.id == before.day_id)
        .where(before.unit_id == Booking.unit_id, before.state == BookingState.DONE, before.is_sealed.is_(False))
        .where(day.on < ReceptionDay.on, or_(same_case, same_person))
        .correlate(Booking, ReceptionDay)
        .exists(),
    )


def _shows_the_same_card(before: Any) -> Any:
    """Both visits have the same keyed hash of an identity number."""
    then, now = aliased(Person), aliased(Person)
    return (
        select(literal(1))
        .where(then.about == before.reference, now.about == Booking.reference)
        .where(then.identity_hash == now.identity_hash)
        .correlate(before, Booking)
        .exists()
    )


def days_held(unit_ids: Sequence[int], first: date, last: date) -> dict[int, dict[str, int]]:
    """Days on which a unit's leader received, by the head or in the head's stead; two sittings on a day are one."""
    by = case((received_by_head(), "head_days"), else_="stead_days").label("by")
    each = (
        select(ReceptionDay.unit_id, by, ReceptionDay.on)
        .where(ReceptionDay.unit_id.in_(unit_ids), ReceptionDay.state == "held", ReceptionDay.kind != DayKind.REGULAR)
        .where(ReceptionDay.on >= first, ReceptionDay.on <= last)
        .distinct()
        .subquery()
    )
    rows = db.session.execute(
        select(each.c.unit_id, each.c.by, func.count().label("number")).group_by(each.c.unit_id, each.c.by)
    )
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for unit_id, name, number in rows:
        found[unit_id][name] = number
    return found


def counted(found: Iterable[Found], measure: Any) -> int:
    """How many of these a measure counts."""
    return sum(one.count for one in found if measure(one.fact))
