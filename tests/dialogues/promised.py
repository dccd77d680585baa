"""Commitments for tests: an answered case, and people who promise, keep and look, through the real verbs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from app.accounts.models import Official
from app.cases.models import Case
from app.dialogues.actions.commitments import NewPromise, promise
from app.dialogues.models import Booking, Commitment, DialogueSession, ReceptionDay
from app.extensions import db
from app.rules.workflow import Actor, Role
from tests.factories import MONDAY, actor, answer, make_case, make_official, staff, unit

ANSWERED = MONDAY + timedelta(days=2)
DUE = ANSWERED.date() + timedelta(days=10)
IN_TIME, LATE = ANSWERED + timedelta(days=5), ANSWERED + timedelta(days=15)


@dataclass
class People:
    """Who is who: of the commune that promises, of the province that looks, and a supervisor who only sees."""

    clerk: Official
    officer: Official
    head: Official
    looker: Official
    supervisor: Official
    extra: dict[str, Official] = field(default_factory=dict)


def people(at: str = "01447") -> People:
    """Fresh people for one test."""
    clerk, officer, head = staff(at)
    return People(clerk, officer, head, make_official(Role.OFFICER, "04"), make_official(Role.SUPERVISOR, "04"))


def answered(who: People, **more: Any) -> Case:
    """A feedback whose answer is signed."""
    return answer(make_case(**more), who.officer, who.head)


def new(**more: Any) -> NewPromise:
    """What somebody typed."""
    return NewPromise(**{"what": "Dọn hết đất đá, thông đường cho xe máy.", "due_on": DUE,
                         "evidence_wanted": "Ảnh chụp đoạn đường.", **more})  # fmt: skip


def promised(who: People, source: Any = None, now: datetime = ANSWERED, **more: Any) -> Commitment:
    """One commitment, made by the head in the answer unless said otherwise."""
    source = answered(who) if source is None else source
    return promise(new(**more), source, actor(who.head), now)


def heard(at: str = "01447", state: str = "done", **more: Any) -> Booking:
    """A visit to a reception, as the rows stand once it is over."""
    here = unit(at)
    day = ReceptionDay(unit_id=here.id, on=date(2026, 11, 10), starts=time(8), ends=time(11), made_at=MONDAY)
    db.session.add(day)
    db.session.flush()
    number = db.session.query(Booking).count() + 1
    given = {"name": "Lục Văn Páo", "email": "pao@example.vn", "phone": "0912 000 031", **more}
    booking = Booking(reference=f"TD-2026-{number:06d}", day_id=day.id, unit_id=here.id, slot=time(8), seat=number,
                      state=state, channel="web", code_hash=f"{number:064d}", booked_at=MONDAY, **given)  # fmt: skip
    db.session.add(booking)
    db.session.flush()
    return booking


def held(at: str = "01447", **more: Any) -> DialogueSession:
    """A session that took place."""
    given = {"kind": "theme", "title": "Nước sạch ở xóm Bản Viết", "held_at": MONDAY, "is_public": True, **more}
    number = db.session.query(DialogueSession).count() + 1
    session = DialogueSession(number=f"DT-2026-{number:06d}", unit_id=unit(at).id, on=date(2026, 11, 12),
                              starts=time(8), ends=time(11), planned_at=MONDAY, place="Nhà văn hóa",
                              **given)  # fmt: skip
    db.session.add(session)
    db.session.flush()
    return session


def booker_of(booking: Booking) -> Actor:
    """Whoever gave the code of that booking."""
    return Actor(Role.RESIDENT, booking_id=booking.id)
