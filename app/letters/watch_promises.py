"""Watches what is no case: sessions to announce and publish, promises, findings, the days a leader owes the public.

Reads only; a number of statements that does not grow with the town.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select

from .. import clock as town
from ..accounts.models import Post
from ..accounts.queries import standing
from ..dialogues.models import Commitment, ConferenceCall, DialogueSession, Objection, ReceptionDay
from ..extensions import db
from ..journal.models import WarnedOf
from ..rules.deadlines import Calendar, Derivation, Rules
from ..rules.dialogues import duties
from ..rules.dialogues.commitments import State
from ..rules.dialogues.reception import DayKind
from ..rules.dialogues.sessions import SessionKind
from ..rules.promise_warnings import CALL, DAYS_OF_A_TERM, FINDING, PROMISE, tellings_of, verify_by
from ..rules.warnings import Clock, Ladder, People, Telling, horizon, is_near
from ..rules.workflow import Role
from ..units.models import Level, Unit

WORKERS = (Role.OFFICER, Role.HEAD)
FINDERS = (Role.OFFICER, Role.HEAD, Role.INSPECTOR)
Holders = dict[Role, dict[int, set[int]]]


def untold(rules: Rules, ladder: Ladder, people: People, today: date) -> Iterator[Telling]:
    """What somebody has to be told of this morning and was not told before."""
    told = told_already(today)
    for one in running_things(rules, horizon(ladder, rules.calendar, today), today):
        for telling in tellings_of(one, people, rules.calendar, today, ladder):
            if telling.thing_key not in told:
                yield telling


def told_already(today: date) -> set[tuple[int, str, str, date, str]]:
    """The keys of what was told; of anything due more than two years ago nobody asks any more."""
    rows = db.session.execute(
        select(WarnedOf.official_id, WarnedOf.subject, WarnedOf.stage, WarnedOf.due_on, WarnedOf.step)
        .where(WarnedOf.due_on > today - timedelta(days=730))
    )  # fmt: skip
    return {(row[0], row[1], row[2], row[3], row[4]) for row in rows}


def running_things(rules: Rules, until: date, today: date) -> list[Clock]:
    """Everything that runs and ends by that day, waits for its finding, or is still owed in a term that ends."""
    holders = standing([Role.OFFICER, Role.HEAD, Role.CLERK, Role.INSPECTOR], today)
    return [
        *_sessions(until, today, holders), *_promises(until, holders), *_findings(rules.calendar, today, holders),
        *_calls(), *_duties(rules, today),
    ]  # fmt: skip


def still_owed(rules: Rules, told: Iterable[Telling], today: date) -> list[Telling]:
    """Those of these tellings whose matter stands at this moment as it stood when they were found."""
    some = list(told)
    if not some:
        return []
    here = {(c.about, c.stage, c.due_on) for c in running_things(rules, max(t.clock.due_on for t in some), today)}
    return [t for t in some if (t.clock.about, t.clock.stage, t.clock.due_on) in here]


def _holding(holders: Holders, roles: Iterable[Role], unit_id: int) -> frozenset[int]:
    return frozenset(i for role in roles for i in holders[role].get(unit_id, ()))


def _sessions(until: date, today: date, holders: Holders) -> Iterator[Clock]:
    """Announce and publish, of sessions that the law gives a date for; told to who planned it and to the head."""
    s = DialogueSession
    for stage, due_on, proof, done_on in (
        ("announce", s.announce_due_on, s.announce_derivation, s.announced_on),
        ("publish_results", s.publish_due_on, s.publish_derivation, s.published_on),
    ):
        rows = db.session.execute(
            select(s.id, s.unit_id, s.planned_by_id, due_on.label("due"), proof.label("proof"), Unit.path)
            .join(Unit, Unit.id == s.unit_id)
            .where(due_on <= until, done_on.is_(None), s.called_off_at.is_(None))
            .where((s.on <= today) | (stage == "announce"), s.held_at.is_(None) | (stage != "announce"))
            .order_by(due_on, s.id)
        )
        for row in rows:
            here = _holding(holders, (Role.OFFICER, Role.HEAD, Role.CLERK), row.unit_id)
            told = here & {row.planned_by_id} | _holding(holders, [Role.HEAD], row.unit_id)
            counted_in = Derivation.from_json(row.proof).unit if row.proof else "calendar_days"
            yield Clock(0, stage, row.due, counted_in, row.path, told, about=f"session:{row.id}")


def _promises(until: date, holders: Holders) -> Iterator[Clock]:
    """Promises not reported done: told to whoever is named, else to everybody who works at the unit."""
    rows = db.session.execute(
        select(Commitment.id, Commitment.unit_id, Commitment.responsible_id, Commitment.due_on, Unit.path)
        .join(Unit, Unit.id == Commitment.unit_id)
        .where(Commitment.state == str(State.OPEN), Commitment.due_on <= until)
        .order_by(Commitment.due_on, Commitment.id)
    )
    for row in rows:
        here = _holding(holders, (*WORKERS, Role.CLERK), row.unit_id)
        handlers = here & {row.responsible_id} or _holding(holders, WORKERS, row.unit_id)
        yield Clock(0, PROMISE, row.due_on, "calendar_days", row.path, handlers, about=f"commitment:{row.id}")


def _findings(calendar: Calendar, today: date, holders: Holders) -> Iterator[Clock]:
    """Promises reported done, or doubted, that wait for the other unit."""
    doubted = (
        select(func.max(Objection.at))
        .where(Objection.commitment_id == Commitment.id, Objection.answered_at.is_(None))
        .correlate(Commitment)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Commitment.id, Commitment.verifier_id, Commitment.reported_on, doubted.label("doubted"), Unit.path)
        .join(Unit, Unit.id == Commitment.verifier_id)
        .where(Commitment.state == str(State.REPORTED), Commitment.reported_on < today)
        .order_by(Commitment.id)
    )
    for row in rows:
        since = [row.reported_on, *([town.day_of(row.doubted)] if row.doubted else [])]
        yield Clock(0, FINDING, verify_by(since, calendar), "working_days", row.path,
                    _holding(holders, FINDERS, row.verifier_id), about=f"commitment:{row.id}")  # fmt: skip


def _calls() -> Iterator[Clock]:
    """Enough voters ask for a conference, and none is planned for it yet (Law 72/2025/QH15 art. 43)."""
    rows = db.session.execute(
        select(ConferenceCall.id, ConferenceCall.reached_at, Unit.path)
        .join(Unit, Unit.id == ConferenceCall.unit_id)
        .where(ConferenceCall.reached_at.is_not(None), ConferenceCall.closed_on.is_(None))
        .order_by(ConferenceCall.id)
    )
    for row in rows:
        yield Clock(0, CALL, town.day_of(row.reached_at), "working_days", row.path, about=f"call:{row.id}")


def _duties(rules: Rules, today: date) -> Iterator[Clock]:
    """Terms that end within days and are not filled by what is held and planned."""
    for what, done in ((duties.RECEPTION_DAY, _days_by_unit), (duties.CONFERENCE, _conferences_by_unit)):
        owing = list(_ending(rules, what, today))
        if not owing:
            continue
        held = done(min(term.start for _unit, term in owing), max(term.end for _unit, term in owing), today)
        for unit, term in owing:
            if sum(term.start <= day <= term.end for day in held[unit.id]) < term.owed:
                yield Clock(0, what, term.end, "working_days", unit.path, about=f"duty:{unit.id}")


def _ending(rules: Rules, what: str, today: date) -> Iterator[tuple[Any, duties.Term]]:
    """Units of today and their terms of this duty that end so soon that the head is told."""
    known = duties.read(rules.duties)
    close: dict[str, list[duties.Term]] = {}
    for code, whos in db.session.execute(select(Level.code, Level.duties)):
        found = (duties.term_of(duty, today) for duty in duties.of(known, whos or (), what) if duty.in_force(today))
        close[code] = [
            term for term in found
            if term and is_near(Clock(0, what, term.end, "working_days", ""), DAYS_OF_A_TERM, rules.calendar, today)
        ]  # fmt: skip
    levels = [code for code, terms in close.items() if terms]
    if not levels:
        return
    units = select(Unit.id, Unit.path, Unit.level).where(
        Unit.level.in_(levels), Unit.valid_from <= today, Unit.valid_to.is_(None) | (Unit.valid_to >= today)
    )
    for unit in db.session.execute(units.order_by(Unit.id)):
        for term in close[unit.level]:
            yield unit, term


def _days_by_unit(first: date, last: date, today: date) -> dict[int, list[date]]:
    """By unit the head's own days: held by who was head on that day, or planned from today on."""
    day = ReceptionDay
    is_head = (
        select(Post.id)
        .where(Post.unit_id == day.unit_id, Post.role == str(Role.HEAD), Post.official_id == day.received_by_id)
        .where(Post.began_on <= day.on, Post.ended_on.is_(None) | (Post.ended_on >= day.on))
        .exists()
    )
    rows = select(day.unit_id, day.on).where(
        day.kind == str(DayKind.PERIODIC), day.on >= first, day.on <= last,
        ((day.state == "held") & is_head) | ((day.state == "open") & (day.on >= today)),
    )  # fmt: skip
    return _by_unit(rows.distinct())


def _conferences_by_unit(first: date, last: date, today: date) -> dict[int, list[date]]:
    """By unit its conferences: held, or planned from today on."""
    s = DialogueSession
    rows = select(s.unit_id, s.on).where(
        s.kind == str(SessionKind.CONFERENCE), s.called_off_at.is_(None), s.on >= first, s.on <= last,
        s.held_at.is_not(None) | (s.on >= today),
    )  # fmt: skip
    return _by_unit(rows)


def _by_unit(statement: Any) -> dict[int, list[date]]:
    found: dict[int, list[date]] = defaultdict(list)
    for unit_id, on in db.session.execute(statement):
        found[unit_id].append(on)
    return found


def escalated_before(abouts: Iterable[str]) -> set[tuple[str, str, date, str, int]]:
    """What of these went up to which unit before: subject, stage, due date, step, unit."""
    rows = db.session.execute(
        select(WarnedOf.subject, WarnedOf.stage, WarnedOf.due_on, WarnedOf.step, WarnedOf.unit_id)
        .where(WarnedOf.subject.in_(sorted(set(abouts))))
    )  # fmt: skip
    return {(row[0], row[1], row[2], row[3], row[4]) for row in rows}
