"""Receptions, sessions and promises at random, written straight into the tables, with facts that fit together."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import insert, select

from app.accounts.models import Official, Post
from app.cases.models import Case, Custody
from app.cases.models.person import Person, person_row
from app.dialogues.models import (
    Booking,
    Commitment,
    ConferenceCall,
    DialogueSession,
    Objection,
    Question,
    ReceptionDay,
    Voice,
)
from app.extensions import db
from app.reports.cells import keep
from app.rules.workflow import Kind, Role, Status
from app.units.models import Category, Unit

TODAY = date(2026, 11, 26)
SOME = datetime(2026, 1, 1, tzinfo=UTC)

ORDER = (Case, Custody, ReceptionDay, Booking, DialogueSession, Question, Commitment, Objection, ConferenceCall, Voice)


class Planter:
    """Makes rows of everything that is counted about being heard."""

    def __init__(self, seed: int, days: int) -> None:
        self.random = random.Random(seed)
        self.days = days
        self.units = list(db.session.scalars(select(Unit.id).order_by(Unit.id)))
        self.heads: dict[int, list[int]] = {}
        self.rows: dict[Any, list[dict[str, Any]]] = {model: [] for model in ORDER}
        self.people: list[dict[str, Any]] = []

    def add(self, model: Any, **row: Any) -> int:
        rows = self.rows[model]
        rows.append({"id": len(rows) + 1, **row})
        return len(rows)

    def chance(self, part: float) -> bool:
        return self.random.random() < part

    def some_day(self) -> date:
        return TODAY - timedelta(days=self.random.randrange(-20, self.days))

    def maybe(self, part: float, near: date, least: int = -5, most: int = 25) -> date | None:
        return near + timedelta(days=self.random.randrange(least, most)) if self.chance(part) else None

    def moment(self, day: date) -> datetime:
        return datetime(day.year, day.month, day.day, self.random.randrange(24), 30, tzinfo=UTC)

    def some_case(self) -> int | None:
        cases = len(self.rows[Case])
        return self.random.randrange(1, cases + 1) if cases and self.chance(0.4) else None

    def officials(self) -> None:
        """A head before and after a change of office, and a deputy who is none, at each unit."""
        for unit in db.session.scalars(select(Unit).where(Unit.level != "department")):
            unit.valid_from = date(2020, 1, 1)
        for unit_id in self.units:
            change = TODAY - timedelta(days=self.days // 2)
            self.heads[unit_id] = []
            for n, (role, began, ended) in enumerate([
                (Role.HEAD, date(2020, 1, 1), change), (Role.HEAD, change + timedelta(days=1), None),
                (Role.OFFICER, date(2020, 1, 1), None)]):  # fmt: skip
                official = Official(account=f"who-{unit_id}-{n}", name="Ai đó", created_at=SOME)
                db.session.add(official)
                db.session.flush()
                db.session.add(
                    Post(official_id=official.id, unit_id=unit_id, role=role, began_on=began, ended_on=ended)
                )
                self.heads[unit_id].append(official.id)
        db.session.flush()

    def reception(self, unit_id: int) -> None:
        on = self.some_day()
        state = self.random.choice(["held", "held", "held", "moved", "open"])
        who = self.random.choice([*self.heads[unit_id], *self.heads[self.units[0]]]) if state == "held" else None
        day = self.add(ReceptionDay, version=1, unit_id=unit_id, on=on, starts=time(8), ends=time(11), state=state,
                       kind=self.random.choice(["periodic", "periodic", "regular", "unscheduled"]),
                       received_by_id=who, made_at=SOME)  # fmt: skip
        for _ in range(self.random.randrange(4)):
            state = self.random.choice(["done", "done", "done", "no_show", "refused", "booked", "cancelled"])
            number = len(self.rows[Booking]) + 1
            due = self.maybe(0.8, on, 5, 15) if state == "done" else None
            self.add(Booking, version=1, reference=f"TD-2026-{number:06d}", day_id=day, unit_id=unit_id, state=state,
                     channel="web", is_sealed=self.chance(0.15), people=self.random.choice([1, 1, 2, 12]),
                     subject=f"Việc hẹn {number}", code_hash=f"c{number}",
                     booked_at=SOME, notify_due_on=due, notified_on=self.maybe(0.7, due) if due else None,
                     case_id=self.some_case() if state == "done" else None)  # fmt: skip
            self.people.append(person_row(f"TD-2026-{number:06d}", {"name": "Nông Thị Kín", "phone": "0912000999"}))

    def session(self, unit_id: int) -> None:
        on, number = self.some_day(), len(self.rows[DialogueSession]) + 1
        kind = self.random.choice(["conference", "theme", "request", "complaint"])
        is_law, held, off = kind in ("conference", "theme"), self.chance(0.7), self.chance(0.1)
        session = self.add(
            DialogueSession, version=1, number=f"DT-2026-{number:06d}", unit_id=unit_id, kind=kind, on=on,
            title=f"Buổi {number}", starts=time(8), ends=time(11), planned_at=SOME,
            announce_due_on=on - timedelta(days=7) if is_law else None,
            announced_on=self.maybe(0.8, on, -15, -2) if is_law else None, called_off_at=SOME if off else None,
            held_at=SOME if held else None, attended=self.random.randrange(80),
            publish_due_on=on + timedelta(days=10) if is_law else None, published_on=self.maybe(0.6, on, 1, 20),
        )  # fmt: skip
        for _ in range(self.random.randrange(4)):
            self.add(Question, session_id=session, text="Bao giờ?", asked_at=SOME,
                     answered_at=SOME if self.chance(0.6) else None)  # fmt: skip

    def promise(self, unit_id: int) -> None:
        made, number = self.some_day(), len(self.rows[Commitment]) + 1
        due = made + timedelta(days=self.random.randrange(90))
        state = self.random.choice(["open", "reported", "kept", "kept", "broken", "replaced"])
        reported = self.maybe(1, due, -10, 10) if state in ("reported", "kept") else None
        promise = self.add(
            Commitment, version=1, number=f"CK-2026-{number:06d}", unit_id=unit_id, verifier_id=self.units[0],
            what=f"Hứa {number}", due_on=due, made_on=made, made_by_id=self.heads[unit_id][0], state=state,
            reported_on=reported,
        )  # fmt: skip
        if self.chance(0.3):
            self.add(Objection, commitment_id=promise, text="Chưa xong", at=self.moment(self.some_day()))

    def voices(self, unit_id: int) -> None:
        call = self.add(ConferenceCall, unit_id=unit_id, subject="Nước sạch", voters=900, needed=90, opened_on=TODAY)
        number = len(self.rows[Case]) + 1
        kind = self.random.choice([Kind.DIALOGUE, Kind.DIALOGUE, Kind.FEEDBACK])
        at = self.moment(self.some_day())
        case = self.add(Case, version=1, reference=f"DN-2026-{number:06d}", kind=kind, channel="web", title="Xin gặp",
                        body="Nội dung", category_id=db.session.scalar(select(Category.id).limit(1)),
                        submitted_at=at, status=Status.RECEIVED, unit_id=unit_id)  # fmt: skip
        self.add(Custody, case_id=case, number=1, unit_id=unit_id, kind=kind, began_at=at, is_open=True,
                 category_id=self.rows[Case][-1]["category_id"])  # fmt: skip
        for subject in (f"call:{call}", f"case:{case}"):
            for n in range(self.random.randrange(4)):
                self.add(Voice, subject=subject, person=f"p{n}", count=self.random.choice([1, 1, 40]),
                         at=self.moment(self.some_day()))  # fmt: skip


def plant(per_unit: int, seed: int = 1, days: int = 500) -> None:
    """So many of everything at each unit; the caller holds the write turn."""
    planter = Planter(seed, days)
    planter.officials()
    for unit_id in planter.units:
        for _ in range(per_unit):
            planter.reception(unit_id)
            planter.reception(unit_id)
            planter.session(unit_id)
            planter.promise(unit_id)
            planter.voices(unit_id)
    for model, rows in planter.rows.items():
        for start in range(0, len(rows), 400):
            db.session.execute(insert(model), rows[start : start + 400])
    if planter.people:
        db.session.execute(insert(Person), planter.people)
    keep.rebuild()
    db.session.commit()
