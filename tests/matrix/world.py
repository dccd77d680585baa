"""The world the matrix is tried in: cases at every stage, each with a past at another unit, and everybody signed in.

It is made once through the real actions and kept as a file; a request that changed something puts the file back.
"""

from __future__ import annotations

import io
import shutil
from contextvars import Context
from dataclasses import dataclass, field
from datetime import time, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import text
from werkzeug.test import TestResponse

from app import clock
from app.accounts.models import Official
from app.attachments import actions as attachments
from app.attachments.storage import default_storage
from app.cases import actions
from app.cases.models import Case
from app.desk.models import Phrase
from app.dialogues.actions.bookings import NewBooking, book
from app.dialogues.actions.days import NewDay, open_day
from app.extensions import db, writing
from app.journal.models import Event
from app.rules.dialogues import recurrence
from app.rules.workflow import Role
from app.units.calendar import law
from tests import factories, quick
from tests.dialogues.sessions_of import announced
from tests.factories import PASSWORD, actor

from .cast import ANONYMOUS, OFFICIALS, PLACES, RESIDENT, STRANGER
from .stories import DAY, LATE, NOW, THE_CASE, tell


@dataclass
class World:
    """One government with its people and cases. `get` and `post` knock at a door as somebody."""

    app: Flask
    folder: Path
    cookies: dict[str, str] = field(default_factory=dict)
    officials: dict[str, int] = field(default_factory=dict)
    cases: dict[str, tuple[int, str]] = field(default_factory=dict)
    """stage -> (id, reference)"""
    names: dict[str, str] = field(default_factory=dict)
    """What stands in the addresses: public ids of files and papers, keys, numbers."""
    beside: list[Flask] = field(default_factory=list)
    """Other apps on the same database."""

    @property
    def file(self) -> Path:
        return self.folder / "gan-dan.db"

    def ask(self, visitor: str, method: str, url: str, **more: Any) -> TestResponse:
        """One request as somebody, from a fresh browser that holds only their sign-in."""
        client = self.app.test_client(use_cookies=False)
        headers = {"Cookie": f"gan-dan={self.cookies[visitor]}"} if visitor in self.cookies else {}
        headers |= more.pop("headers", {})
        return Context().run(client.open, url, method=method, headers=headers, **more)

    def count(self, what: str = "select count(*) from event where action <> 'denied'") -> int:
        """A number as the database has it; by default how much happened, refusals left out."""
        with self.app.app_context():
            return int(db.session.execute(text(what)).scalar_one())

    def denials(self) -> int:
        """How many refusals the journal holds."""
        return self.count("select count(*) from event where action = 'denied'")

    def version(self, stage: str) -> int:
        """The version number a page of that case would carry."""
        return self.count(f"select version from petition_case where id = {self.cases[stage][0]}")

    def again(self, app: Flask, folder: Path) -> World:
        """The same people and cases in a copy of this folder, for an app of its own."""
        return World(app, folder, dict(self.cookies), dict(self.officials), dict(self.cases), dict(self.names))

    def keep(self) -> None:
        """From now on this is what `restore` goes back to."""
        if self.file.exists():
            self.count("pragma wal_checkpoint(truncate)")
            self._let_go()
            shutil.copy(self.file, self.folder / "kept.db")

    def restore(self) -> None:
        """Put the world back as it was made."""
        self._let_go()
        for ending in ("-wal", "-shm"):
            self.file.with_name(self.file.name + ending).unlink(missing_ok=True)
        shutil.copy(self.folder / "kept.db", self.file)

    def _let_go(self) -> None:
        for app in (self.app, *self.beside):
            with app.app_context():
                db.session.remove()
                db.engine.dispose()


def make(app: Flask, folder: Path) -> World:
    """The whole world, at NOW."""
    world = World(app, folder)
    with app.app_context(), writing():
        people = _people(world)
        _spare(world)
        for stage, case in tell(people).items():
            world.cases[stage] = (case.id, case.reference)
        _enclose(world, people)
        _receive(world, people)
        world.names["session"] = announced(people["officer@unit"], now=LATE, on=(LATE + 20 * DAY).date()).number
        other = factories.make_case(now=LATE, title="Việc của người khác", category_code="health.clinic")
        world.cases["other"] = (other.id, other.reference)
        db.session.commit()
        people = {name: db.session.get(Official, number) for name, number in world.officials.items()}
        _sign_in(world, people)
    world.keep()
    return world


def _people(world: World) -> dict[str, Official]:
    """One official per role and place. The hash is quick to check: the door's own cost has its own test."""
    people = {}
    for name, (role, code) in OFFICIALS.items():
        people[name] = factories.make_official(role, code, name=name, password_hash=quick.hashed(PASSWORD))
        world.officials[name] = people[name].id
    return people


def _spare(world: World) -> None:
    """Somebody at the case's unit to try administration on, a deputation to end, and everybody's phrase."""
    spare = factories.make_official(Role.OFFICER, PLACES["unit"], name="spare")
    world.officials["spare"] = spare.id
    world.names["official_id"] = str(spare.id)
    world.names["post"] = str(spare.posts[0].id)
    phrase = Phrase(purpose="note", title="Đã gọi điện", text="Đã gọi cho người gửi.")
    db.session.add(phrase)
    db.session.flush()
    world.names["phrase"] = str(phrase.id)


def _enclose(world: World, people: dict[str, Official]) -> None:
    """Files of the case: one from before it was passed on, one from after, one of a note; and its signed paper."""
    case = db.session.get(Case, world.cases[THE_CASE][0])
    assert case is not None
    events = db.session.query(Event).filter_by(case_id=case.id).order_by(Event.seq).all()
    actions.note(case, "Xem ảnh chụp tại chỗ.", actor(people["officer@unit"]), LATE)
    noted = db.session.query(Event).filter_by(case_id=case.id, action="note").one()
    for name, event, is_internal in (
        ("first_file", events[0], False), ("later_file", events[-1], False), ("inside_file", noted, True),
    ):  # fmt: skip
        world.names[name] = _file(case, event, is_internal)
    paper = next(event for event in events if event.action == "approve")
    world.names["paper"] = paper.facts["document"]


def _receive(world: World, people: dict[str, Official]) -> None:
    """A reception day of the case's unit, still to come, and a visit booked there."""
    clerk = actor(people["clerk@unit"])
    unit = factories.unit(PLACES["unit"])
    on = next(recurrence.working_from((NOW + timedelta(days=7)).date(), law().calendar))
    day = open_day(NewDay(on, time(7, 30), time(11, 30), place="Phòng 1", kind="regular"), unit, clerk, NOW)
    new = NewBooking(name="Nông Thị Sen", phone="0912 000 017", channel="counter")
    visit = book(new, day, time(8), clerk, NOW, token="0" * 32, code="none")
    world.names |= {"day": str(day.id), "visit": visit.reference}


def _file(case: Case, event: Event, is_internal: bool) -> str:
    from PIL import Image

    photo = io.BytesIO()
    Image.new("RGB", (20, 20), (120, 80, 40)).save(photo, "JPEG")
    photo.seek(0)
    upload = type("Upload", (), {"filename": "anh.jpg", "stream": photo})()
    taken = attachments.take_in([upload], default_storage())
    row = attachments.hold(taken.files, f"h{event.seq}", LATE, is_internal=is_internal)[0]
    case.files_count += attachments.attach(f"h{event.seq}", case.id, event.seq)
    return row.public_id


def _sign_in(world: World, people: dict[str, Any]) -> None:
    """A browser's cookie for everybody."""
    with clock.fixed(NOW):
        for name in OFFICIALS:
            browser = world.app.test_client()
            factories.sign_in(browser, people[name])
            world.cookies[name] = _cookie(browser)
        for name, stage in ((RESIDENT, THE_CASE), (STRANGER, "other")):
            browser = world.app.test_client()
            case = db.session.get(Case, world.cases[stage][0])
            assert case is not None
            factories.open_case(browser, case)
            world.cookies[name] = _cookie(browser)
    assert ANONYMOUS not in world.cookies


def _cookie(browser: Any) -> str:
    cookie = browser.get_cookie("gan-dan")
    assert cookie is not None
    return str(cookie.value)


def cookie_of(world: World, case: Case) -> str:
    """The cookie of a case's resident; inside an app context."""
    browser = world.app.test_client()
    factories.open_case(browser, case)
    return _cookie(browser)


def resident_cookie(world: World, stage: str) -> str:
    """The cookie of the resident of the case at that stage."""
    with world.app.app_context():
        return cookie_of(world, db.session.get_one(Case, world.cases[stage][0]))


def sign_in_again(world: World) -> None:
    """Undo what a request did to sign-ins: everybody's is open again, nobody is shut out or moved."""
    with world.app.app_context(), writing():
        db.session.execute(text("update sign_in set ended_at = null"))
        db.session.execute(text("delete from attempt"))
        db.session.commit()
