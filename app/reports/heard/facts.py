"""The facts behind the figures, row by row: for a recount by the formulas themselves. Reads everything; for proofs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from ...cases.models import Case, Custody
from ...dialogues.models import Booking, Commitment, ConferenceCall, DialogueSession, ReceptionDay, Voice
from ...extensions import db
from ...rules.dialogues import commitments
from ...rules.dialogues.duties import CONFERENCE, RECEPTION_DAY
from ...rules.statistics import Period
from ...rules.statistics.heard import (
    DayFact,
    Heard,
    SessionFact,
    Stretch,
    VisitFact,
    counts_for_duty,
    duty_met,
    is_conference,
    summarise_heard,
)
from ...rules.workflow import Kind, Role
from .figures import Question, owings, stretch_of


def recount(unit_ids: Sequence[int], question: Question, now: datetime) -> Heard:
    """The figures of these units by the formulas themselves, from every row."""
    at, period = stretch_of(question.span, now), question.span.period(now)
    days, sessions = _days(unit_ids), _sessions(unit_ids)
    numbers = summarise_heard(days, _visits(unit_ids), sessions, at) | _duties(unit_ids, days, sessions, at)
    promises = _all(Commitment, unit_ids)
    return Heard(
        **numbers, **_moments(unit_ids, promises, period),
        promises=commitments.tally(promises, at.first, at.last, at.passed),
    )  # fmt: skip


def _all(model: Any, unit_ids: Sequence[int]) -> list[Any]:
    return list(db.session.scalars(select(model).where(model.unit_id.in_(unit_ids))))


def _days(unit_ids: Sequence[int]) -> list[DayFact]:
    return [DayFact(d.unit_id, d.on, d.kind, d.state, _by_head(d)) for d in _all(ReceptionDay, unit_ids)]


def _by_head(day: ReceptionDay) -> bool:
    posts = day.received_by.posts_on(day.on) if day.received_by else []
    return any(post.role == Role.HEAD and post.unit_id == day.unit_id for post in posts)


def _visits(unit_ids: Sequence[int]) -> list[VisitFact]:
    return [
        VisitFact(b.unit_id, b.day.on, b.state, b.people, b.is_sealed, b.case_id is not None, b.notify_due_on,
                  b.notified_on)
        for b in _all(Booking, unit_ids)
    ]  # fmt: skip


def _sessions(unit_ids: Sequence[int]) -> list[SessionFact]:
    return [
        SessionFact(
            s.unit_id, s.on, s.kind, s.held_at is not None, s.called_off_at is not None, s.announce_due_on,
            s.announced_on, s.publish_due_on, s.published_on, s.attended, len(s.questions),
            sum(q.answered_at is not None for q in s.questions),
        )
        for s in _all(DialogueSession, unit_ids)
    ]  # fmt: skip


def _duties(unit_ids: Sequence[int], days: Iterable[DayFact], sessions: Iterable[SessionFact],
            at: Stretch) -> dict[str, int]:  # fmt: skip
    found = dict.fromkeys(("days_owed", "days_counted", "conferences_owed", "conferences_counted"), 0)
    done: dict[str, list[Any]] = {
        RECEPTION_DAY: [d for d in days if counts_for_duty(d) and d.on <= at.last],
        CONFERENCE: [s for s in sessions if is_conference(s) and s.on <= at.last],
    }
    for owing in owings(unit_ids).values():
        for what, name in ((RECEPTION_DAY, "days"), (CONFERENCE, "conferences")):
            met = duty_met(owing, what, at, (fact.on for fact in done[what] if fact.unit_id == owing.unit_id))
            found[f"{name}_owed"] += met.owed
            found[f"{name}_counted"] += met.counted
    return found


def _moments(unit_ids: Sequence[int], promises: Iterable[Commitment], period: Period) -> dict[str, int]:
    subjects = {f"call:{row.id}" for row in _all(ConferenceCall, unit_ids)}
    subjects |= {f"case:{row.id}" for row in _all(Case, unit_ids) if row.kind == Kind.DIALOGUE}
    voices = [v for v in db.session.scalars(select(Voice)) if v.subject in subjects]
    asked = [c for c in _all(Custody, unit_ids) if c.kind == Kind.DIALOGUE]
    return {
        "objections": sum(period.holds(o.at) for p in promises for o in p.objections),
        "requests": sum(period.holds(c.began_at) for c in asked),
        "voices": sum(v.count for v in voices if period.holds(v.at)),
    }
