"""Writes a large demo: lives played on paper, rows by the thousand, every event linked in the order of time."""

from __future__ import annotations

import random
from collections import Counter, defaultdict, deque
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import text

from ... import clock
from ...cases.bulk import Chain, Pile, reserve
from ...cases.folding import fold
from ...cases.models import Case, Custody, Deadline, Person, Rating, SearchDocument
from ...cases.models.person import person_row
from ...extensions import db
from ...journal.models import Notice
from ...rules.workflow import Action, Kind
from ...units.models import Sequence
from ..lives import Life
from ..order import deeds
from ..perform import UNREAD
from ..world import World
from .player import PREFIX, Player
from .sheet import Happening, Sheet

AT_ONCE = 1000
"""Cases between two writes."""
SEARCHED = ("reference", "title", "body", "place", "against", "answer_text")


def seed_bulk(world: World, count: int, step: Callable[[int], None], dice: random.Random) -> None:
    """Write `count` cases and all that happened to them, in the caller's write turn and one transaction of it."""
    if db.engine.dialect.name == "sqlite":
        db.session.execute(text("PRAGMA cache_size=-262144"))
    book = _Book(world, count)
    for life, deed in deeds(world, count, dice):
        if deed.verb == "submit":
            book.open(life, deed.at)
            step(1)
        book.happen(life)
    book.close()


class _Book:
    """Cases whose life goes on, and the piles of rows."""

    def __init__(self, world: World, count: int) -> None:
        self.world = world
        self._player = Player(world, str(current_app.config["SECRET_KEY"]))
        self._ids = iter(reserve(Case, count))
        self._numbers: Counter[str] = Counter()
        self._coming: dict[int, tuple[int, deque[Happening]]] = {}
        self._followers: defaultdict[str, dict[int, Happening]] = defaultdict(dict)
        """By the reference of a case, those that go along with it and how they were joined to it."""
        self._pile = Pile()
        self._chain = Chain(world.start, self._pile)
        self._since_write = 0

    def open(self, life: Life, at: datetime) -> None:
        """A case arrives: its rows go on the pile as they will be at the end, its events wait for their time."""
        case_id = next(self._ids)
        sheet = self._player.play(life, case_id, self._reference(life.new.kind, clock.day_of(at).year))
        self._coming[life.number] = (case_id, deque(sheet.happenings))
        self._put(sheet)
        self._since_write += 1
        if self._since_write >= AT_ONCE:
            self._write()

    def happen(self, life: Life) -> None:
        """Link the next deed of a case: one event, or those of a paper written and signed."""
        case_id, coming = self._coming[life.number]
        while not self._link(case_id, coming.popleft()):
            pass
        if not coming:
            del self._coming[life.number]

    def _link(self, case_id: int, happening: Happening) -> bool:
        """Link one event, and those of the cases that go along with it; whether the deed is done with it."""
        if happening.shared is not None:
            for follower_id, joined in sorted(self._followers[happening.shared["of"]].items()):
                self._add(follower_id, replace(happening, facts=happening.shared, unit_id=joined.unit_id,
                                               status=joined.status, due_on=joined.due_on,
                                               told=joined.told))  # fmt: skip
        if happening.action == Action.MARK_DUPLICATE:
            self._followers[happening.facts["of"]][case_id] = happening
        self._add(case_id, happening)
        return happening.is_last

    def _add(self, case_id: int, happening: Happening) -> None:
        row = self._chain.add(happening.at, happening.action, happening.actor, happening.facts, case_id=case_id,
                              unit_id=happening.unit_id, status=happening.status, due_on=happening.due_on)  # fmt: skip
        self._pile.add(Notice, *(self._notice(row, role, who) for role, who in happening.told))

    def close(self) -> None:
        """Write the rest, and where the running numbers stand."""
        self._write()
        for name, number in self._numbers.items():
            db.session.merge(Sequence(name=name, number=number))
        db.session.flush()

    def _reference(self, kind: Kind, year: int) -> str:
        name = f"reference:{kind}:{year}"
        if name not in self._numbers:
            last = db.session.get(Sequence, name)
            self._numbers[name] = last.number if last else 0
        self._numbers[name] += 1
        return f"{PREFIX[kind]}-{year}-{self._numbers[name]:06d}"

    def _put(self, sheet: Sheet) -> None:
        self._pile.add(Case, sheet.row)
        if any(sheet.contact.values()):
            self._pile.add(Person, person_row(sheet.row["reference"], sheet.contact))
        self._pile.add(Custody, *sheet.custodies)
        self._pile.add(Deadline, *sheet.clocks)
        self._pile.add(Rating, *sheet.ratings)
        words = fold(" ".join(sheet.row[name] for name in SEARCHED))
        self._pile.add(SearchDocument, {"case_id": sheet.row["id"], "folded": words})

    def _notice(self, row: Any, role: str, official_id: int | None) -> dict[str, Any]:
        """What was owed has been sent and read, but for the last day's counts; as perform.settle_notices leaves it."""
        at, is_mail = row["at"], official_id is None
        is_read = not is_mail and at < self.world.end - UNREAD
        return {
            "event_seq": row["seq"], "case_id": row["case_id"], "action": row["action"], "role": str(role),
            "official_id": official_id, "channel": "mail" if is_mail else "desk", "created_at": at, "not_before": at,
            "attempts": 1 if is_mail else 0, "sent_at": at if is_mail else None, "read_at": at if is_read else None,
        }  # fmt: skip

    def _write(self) -> None:
        self._chain.write()
        self._since_write = 0
