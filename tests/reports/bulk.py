"""Many custodies at once, written straight into the tables: random, but with facts that fit together."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select, text

from app import clock
from app.cases.models import Case, Custody, Deadline, Person, Rating
from app.cases.models.person import person_row
from app.extensions import db
from app.journal.models import Event
from app.journal.record import head_for_update
from app.reports.cells import keep
from app.rules.workflow import Kind, Outcome, Status
from app.units.models import Category, Unit

NOW = datetime(2026, 11, 26, 3, 30, tzinfo=UTC)
"""Thursday 26 November 2026, half past ten in the town."""
OUTCOMES = [Outcome.RESOLVED] * 6 + [Outcome.EXPLAINED, Outcome.NOT_COMPETENT, Outcome.NOT_ACCEPTED,
                                      Outcome.DUPLICATE, Outcome.WITHDRAWN]  # fmt: skip
SENT_BY = ["web", "web", "web", "counter", "phone", "letter"]
TEXTS = ["", "", "Trả lời rõ, cảm ơn.", "Gọi lại cho tôi số 0912 345 678, vẫn chưa xong.", "Nông Thị Kín nhờ xem lại."]
REASONS = ["not_done", "vague", "late", "attitude"]


class Planter:
    """Makes cases and their custodies as plain rows, then inserts them in batches."""

    def __init__(self, seed: int, days: int) -> None:
        self.random = random.Random(seed)
        self.told = random.Random(seed + 1)
        """Dice of its own for events, so that they change no custody."""
        self.more = random.Random(seed + 1000)
        """For what was added later, so that the same seed still makes the same histories."""
        self.days = days
        self.units = list(db.session.scalars(select(Unit.id).order_by(Unit.id)))
        self.categories = list(db.session.scalars(select(Category.id).where(Category.parent_id.is_not(None))))
        self.communes = [*db.session.scalars(select(Unit.id).where(Unit.area_code != "").order_by(Unit.id)), None]
        self.cases: list[dict[str, Any]] = []
        self.custodies: list[dict[str, Any]] = []
        self.deadlines: list[dict[str, Any]] = []
        self.ratings: list[dict[str, Any]] = []
        self.events: list[dict[str, Any]] = []

    def hours(self, most: float) -> timedelta:
        """A random while, in odd microseconds."""
        return timedelta(hours=self.random.random() ** 2 * most, microseconds=self.random.randrange(10**6))

    def chance(self, part: float) -> bool:
        return self.random.random() < part

    def case(self, number: int) -> None:
        """One case with one or more custodies."""
        began = NOW - timedelta(days=self.random.random() * self.days)
        kind = Kind.COMPLAINT if self.chance(0.2) else Kind.FEEDBACK
        due = clock.day_of(began) + timedelta(days=self.random.choice([3, 7, 21])) if self.chance(0.85) else None
        row = {"id": number, "version": 1, "reference": f"PA-2026-{number:06d}", "kind": kind,
               "channel": self.more.choice(SENT_BY), "title": f"Việc số {number}", "body": "Nội dung",
               "category_id": self.random.choice(self.categories),
               "submitted_at": began, "due_on": due, "status": Status.ASSIGNED, "outcome": None,
               "rating_level": None, "reopened_count": 0,
               "commune_id": self.more.choice(self.communes)}  # fmt: skip
        self.cases.append(row)
        stay = self.stay(row, 1, began, due, is_reopening=False)
        while stay["ended_at"] is not None:
            stay = self.stay(
                row, stay["number"] + 1, stay["ended_at"], due, stay["is_reopening"] or stay["finished_at"]
            )
        row["unit_id"] = stay["unit_id"]
        self.happened(row["id"])
        row["status"] = Status.ASSIGNED if stay["is_open"] else Status.ANSWERED

    def unit(self, case_id: int) -> int:
        """Some unit, but not the one that has the case: there the next one of the list."""
        unit, last = self.random.choice(self.units), self.custodies[-1] if self.custodies else {"case_id": 0}
        if last["case_id"] != case_id or last["unit_id"] != unit:
            return unit
        return self.units[(self.units.index(unit) + 1) % len(self.units)]

    def stay(self, row: dict[str, Any], number: int, began: datetime, due: date | None,
             is_reopening: Any) -> dict[str, Any]:  # fmt: skip
        """One custody and what happened in it until now."""
        stay: dict[str, Any] = {
            "case_id": row["id"], "number": number, "unit_id": self.unit(row["id"]), "kind": row["kind"],
            "category_id": row["category_id"], "commune_id": row["commune_id"],
            "began_at": began, "ended_at": None, "due_on": due, "is_open": True,
            "is_reopening": bool(is_reopening), "first_response_at": None, "finished_at": None, "resolved_at": None,
            "reopened_at": None, "outcome": None, "waited_seconds": 0, "rating_level": None, "rated_at": None,
        }  # fmt: skip
        self.custodies.append(stay)
        if self.chance(0.2) and number < 4:
            self.leave(stay, began + self.hours(400))
            return stay
        self.answer(stay, began)
        if stay["finished_at"] and stay["outcome"] == Outcome.RESOLVED and self.chance(0.25):
            self.reopen(row, stay)
        self.rate(stay)
        return stay

    def leave(self, stay: dict[str, Any], at: datetime) -> None:
        if at < NOW:
            stay.update(ended_at=at, is_open=False)

    def answer(self, stay: dict[str, Any], since: datetime) -> None:
        first = since + self.hours(200)
        done = first + self.hours(700)
        if first < NOW and stay["first_response_at"] is None and self.chance(0.9):
            stay["first_response_at"] = first
        if done < NOW:
            stay.update(finished_at=stay["finished_at"] or done, resolved_at=done, is_open=False,
                        outcome=self.random.choice(OUTCOMES),
                        waited_seconds=self.random.choice([0, 0, 3600, 900000]))  # fmt: skip

    def reopen(self, row: dict[str, Any], stay: dict[str, Any]) -> None:
        at = stay["resolved_at"] + self.hours(300)
        if at >= NOW:
            return
        stay.update(reopened_at=at, resolved_at=None, is_open=True)
        row["reopened_count"] += self.more.choice([1, 1, 1, 2])
        due = clock.day_of(at) + timedelta(days=7)
        self.deadlines.append({"case_id": row["id"], "stage": "answer", "rule_id": "test", "number": 2, "due_on": due,
                               "start_on": clock.day_of(at), "is_closing": True, "derivation": {}})  # fmt: skip
        if self.chance(0.3):
            self.leave(stay, at + self.hours(200))
        if stay["ended_at"] is None:
            self.answer(stay, at)

    def rate(self, stay: dict[str, Any]) -> None:
        at = (stay["resolved_at"] or NOW) + self.hours(200)
        if at < NOW and self.chance(0.6):
            level = self.random.choice([1, 2, 3, 4, 4, 5, 5])
            stay.update(rated_at=at, rating_level=level)
            self.ratings.append({"case_id": stay["case_id"], "answer_number": stay["number"], "at": at, "level": level,
                                 "unit_id": stay["unit_id"], "reasons": self.random.sample(REASONS, 2),
                                 "text": self.more.choice(TEXTS)})  # fmt: skip

    def happened(self, case_id: int) -> None:
        """Events of a case's custodies, as far as figures read them: where it stood, and when; not what was said."""
        for stay in [one for one in self.custodies[-5:] if one["case_id"] == case_id]:
            self.events += self.stood(stay)

    def stood(self, stay: dict[str, Any]) -> list[dict[str, Any]]:
        """What happened in one custody, in order: received, assigned, often asked or proposed, then answered."""
        end = stay["finished_at"] or stay["ended_at"] or NOW
        steps = [("submit" if stay["number"] == 1 else "forward", Status.RECEIVED), ("assign", Status.ASSIGNED)]
        if self.told.random() < 0.3:
            steps += [("ask", Status.WAITING), ("reply", Status.ASSIGNED)]
        if self.told.random() < 0.6:
            steps.append(("propose", Status.PENDING_APPROVAL))
        parts = sorted([0.0, *(self.told.random() for _ in steps[1:])])
        told = [(stay["began_at"] + (end - stay["began_at"]) * part, *step)
                for part, step in zip(parts, steps, strict=True)]  # fmt: skip
        if stay["finished_at"]:
            told.append((stay["finished_at"], "approve", Status.ANSWERED))
        if stay["reopened_at"]:
            told.append((stay["reopened_at"], "reopen", Status.ASSIGNED))
            told += [(stay["resolved_at"], "approve", Status.ANSWERED)] if stay["resolved_at"] else []
        return [{"at": at, "action": action, "status": str(status), "case_id": stay["case_id"],
                 "unit_id": stay["unit_id"]} for at, action, status in told]  # fmt: skip

    def linked(self) -> list[dict[str, Any]]:
        """The events in the order of time after the last there is; their hashes only look like hashes."""
        last = db.session.scalar(select(func.max(Event.seq))) or 0
        rows = sorted(self.events, key=lambda one: (one["at"], one["case_id"]))
        return [{**row, "seq": seq, "actor_role": "officer", "subject": "", "commitment": "", "previous": "",
                 "hash": f"planted {seq}"} for seq, row in enumerate(rows, last + 1)]  # fmt: skip

    def write(self) -> None:
        events = self.linked()
        who = {"name": "Nông Thị Kín", "phone": "0912000999"}
        people = [person_row(row["reference"], who) for row in self.cases]
        for model, rows in ((Case, self.cases), (Person, people), (Custody, self.custodies), (Deadline, self.deadlines),
                            (Rating, self.ratings), (Event, events)):  # fmt: skip
            for start in range(0, len(rows), 500):
                db.session.execute(insert(model), rows[start : start + 500])
        if events:
            head = head_for_update(NOW)
            head.seq, head.at = events[-1]["seq"], max(head.at, events[-1]["at"])
        db.session.commit()


def plant(cases: int, seed: int = 1, days: int = 400, first: int = 1) -> None:
    """Write so many cases of the last days, numbered from `first`, and let the database look at them.

    The caller holds the write turn.
    """
    planter = Planter(seed, days)
    for number in range(first, first + cases):
        planter.case(number)
    planter.write()
    keep.rebuild()
    db.session.execute(text("ANALYZE"))
    db.session.commit()
