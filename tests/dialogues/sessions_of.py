"""Makers of sessions and of requests that they answer, through the real actions; the caller holds the write turn."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from app.accounts.models import Official
from app.cases.actions import Meeting
from app.cases.actions.arrive import MeetingWish
from app.cases.models import Case
from app.dialogues.actions import holding, minutes
from app.dialogues.actions.requests import schedule_with
from app.dialogues.actions.sessions import NewSession, announce, plan_session
from app.dialogues.models import DialogueSession
from app.extensions import db
from app.rules.workflow import Kind
from app.units.models import Category
from tests import factories
from tests.factories import MONDAY, actor, unit

DAY = date(2026, 12, 3)
"""A Thursday: the conference. Its last day to announce is 26 November, to publish 13 December (a Sunday: 14)."""
MORNING, NOON = time(8, 30), time(11, 0)
SIGNED = {"presided_by": "Nông Văn Khánh, Chủ tịch", "attended": 120, "conclusion": "Sửa đường trước Tết."}


def at(on: date, hour: int = 15) -> datetime:
    """A moment of the town's day, in UTC."""
    return datetime(on.year, on.month, on.day, hour - 7, 0, tzinfo=UTC)


def plan(by: Official, kind: str = "conference", now: datetime = MONDAY, at_unit: str = "01447",
         **more: Any) -> DialogueSession:  # fmt: skip
    """A session as somebody typed it."""
    given = {"kind": kind, "title": "Đối thoại với Nhân dân năm 2026", "on": DAY, "starts": MORNING, "ends": NOON,
             "agenda": "1. Báo cáo tình hình.\n2. Trao đổi, trả lời.", "place": "Nhà văn hóa xã", **more}  # fmt: skip
    return plan_session(NewSession(**given), unit(at_unit), actor(by), now)


def announced(by: Official, now: datetime = MONDAY, **more: Any) -> DialogueSession:
    """Planned, and told to the people the same day."""
    session = plan(by, now=now, **more)
    announce(session, ["portal", "village_heads"], actor(by), now)
    return session


def request(now: datetime = MONDAY, people: int = 1, **more: Any) -> Case:
    """A resident, or a group with who speaks for it, asks for a dialogue."""
    for category in db.session.scalars(select(Category).where(Category.code.not_in(factories.SEALED))):
        category.kinds = [*category.kinds, *({"dialogue"} - set(category.kinds))]
    names = ("Nông Thị Sen", "Lý Văn Páo") if people >= 5 else ()
    wish = MeetingWish(people=people, representatives=names)
    return factories.make_case(Kind.DIALOGUE, now=now, wish=wish, **more)


def join(case: Case, session: DialogueSession, officer: Official, now: datetime = MONDAY) -> Case:
    """The session answers this request too."""
    schedule_with(case, session, actor(officer), now)
    return case


def held(session: DialogueSession, by: Official, now: datetime | None = None, **more: Any) -> DialogueSession:
    """It took place."""
    holding.hold_session(session, actor=actor(by), now=now or at(session.on), **{**SIGNED, **more})
    return session


def written(session: DialogueSession, by: Official, now: datetime | None = None) -> DialogueSession:
    """Its minutes lie before the head."""
    now = now or at(session.on, 17)
    minutes.write_minutes(session, "Dân hỏi về đường, xã trả lời.", session.conclusion, actor(by), now)
    minutes.submit_minutes(session, actor(by), now)
    return session


def signed(session: DialogueSession, head: Official, now: datetime | None = None) -> DialogueSession:
    """The head signed them."""
    minutes.approve_minutes(session, actor(head), now or at(session.on + timedelta(days=1)))
    return session


def whole(by: Official, head: Official, **more: Any) -> DialogueSession:
    """A conference with signed minutes."""
    return signed(written(held(announced(by, **more), by), by), head)


def meeting(on: date, starts: time = MORNING, ends: time = NOON, place: str = "Nhà văn hóa xã") -> Meeting:
    """Another time."""
    return Meeting(on, starts, ends, "in_person", place)


def seen_again(session: DialogueSession) -> DialogueSession:
    """As the database has it."""
    db.session.flush()
    db.session.refresh(session)
    return session
