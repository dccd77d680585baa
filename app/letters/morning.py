"""The letter of a morning's digest: what nears its date or is late. References and dates, never what was said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import current_app
from flask_babel import force_locale
from sqlalchemy import select

from .. import clock
from ..accounts.models import Official
from ..cases.models import Case
from ..cases.visible import visible_to
from ..dialogues.queries.named import named
from ..extensions import db
from ..journal.models import Digest, Event, Notice
from ..rules.warnings import NOBODY
from ..rules.workflow import Actor, Role
from ..units.models import Unit
from ..units.queries import by_ids, government
from ..words import Government
from .whom import LANGUAGES, NothingToSend
from .write import Letter, address_of, framed, one_line, page, tidied

SUBJECTS = {"vi": "Nhắc hạn sáng {day}: {n} việc", "en": "Due dates on the morning of {day}: {n}"}
MOST = 50
"""Lines a letter lists; the desk shows the rest."""


@dataclass(frozen=True)
class Line:
    """One case, session or promise in the letter: its number, the clock, how long is left and why it is told."""

    reference: str
    stage: str
    due_on: date
    left: int
    why: str
    unit: Unit | None


def write_digest(notice: Notice, event: Event, now: datetime) -> Letter:
    """The letter that a digest's notice owes, in the official's language, of what is in sight when it goes out.

    NothingToSend where there is no address, or nothing in sight any more.
    """
    official = db.session.get_one(Official, notice.official_id or 0)
    on = date.fromisoformat(event.subject.removeprefix("digest:"))
    row = db.session.scalars(select(Digest).where(Digest.official_id == official.id, Digest.on == on)).one()
    language = official.language if official.language in LANGUAGES else "vi"
    to = address_of(official.email)
    lines = in_sight(row.lines, official.actor(clock.day_of(now)))
    if not lines and not row.late_open:
        raise NothingToSend(NothingToSend.NO_RIGHT)
    subject = SUBJECTS[language].format(day=f"{on:%d/%m}", n=len(lines) or row.late_open)
    with force_locale(language):
        text = _text(row, lines, official, notice, language)
    return framed(notice, to, subject, text, language, now)


def in_sight(lines: list[dict[str, Any]], actor: Actor) -> list[dict[str, Any]]:
    """The lines whose case, session or promise this official still sees; what names none stays."""
    ids = {line["case"] for line in lines if "case" in line}
    cases = set(db.session.scalars(select(Case.id).where(Case.id.in_(ids), visible_to(actor)))) if ids else set()
    things = named({line["about"] for line in lines if "about" in line})
    seen = {about for about, thing in things.items() if thing.is_in_sight(actor)}
    return [line for line in lines if line.get("case") in {None, *cases} and line.get("about") in {None, *seen}]


def _text(row: Digest, lines: list[dict[str, Any]], official: Official, notice: Notice, language: str) -> str:
    told = [line for line in lines if "stage" in line]
    units = by_ids([i for line in lines if (i := line.get("unit"))])
    door = "accounts.officials" if notice.role == Role.ADMINISTRATOR else "desk.queue"
    return tidied(current_app.jinja_env.get_template(f"letters/{language}/warn_official.txt").render(
        name=one_line(official.name), on=row.on, lines=_lines(told[:MOST], units), more=max(len(told) - MOST, 0),
        sealed=sum(line["why"] == "sealed" for line in lines), late_open=row.late_open,
        empty=[units.get(line["unit"] or 0) for line in lines if line["why"] == NOBODY],
        link=page(door), government=Government(government(), language),
    ))  # fmt: skip


def _lines(told: list[dict[str, Any]], units: dict[int, Unit]) -> list[Line]:
    ids = {line["case"] for line in told if "case" in line}
    references = dict(db.session.execute(select(Case.id, Case.reference).where(Case.id.in_(ids))).all())
    things = named({line["about"] for line in told if "about" in line})
    return [
        Line(things[line["about"]].number if "about" in line else references[line["case"]], line["stage"],
             date.fromisoformat(line["due_on"]), line["left"], line["why"], units.get(line["unit"]))
        for line in told
    ]  # fmt: skip
