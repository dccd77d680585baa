"""The letter of a morning's digest: what nears its date or is late. References and dates, never what was said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import current_app
from flask_babel import force_locale
from sqlalchemy import select

from ..accounts.models import Official
from ..cases.models import Case
from ..dialogues.queries.named import named
from ..extensions import db
from ..journal.models import Digest, Event, Notice
from ..rules.warnings import NOBODY
from ..rules.workflow import Role
from ..units.models import Unit
from ..units.queries import by_ids, government
from ..words import Government
from .whom import LANGUAGES
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
    """The letter that a digest's notice owes, in the official's language; NothingToSend where there is no address."""
    official = db.session.get_one(Official, notice.official_id or 0)
    on = date.fromisoformat(event.subject.removeprefix("digest:"))
    row = db.session.scalars(select(Digest).where(Digest.official_id == official.id, Digest.on == on)).one()
    language = official.language if official.language in LANGUAGES else "vi"
    to = address_of(official.email)
    subject = SUBJECTS[language].format(day=f"{on:%d/%m}", n=len(row.lines) or row.late_open)
    with force_locale(language):
        text = _text(row, official, notice, language)
    return framed(notice, to, subject, text, language, now)


def _text(row: Digest, official: Official, notice: Notice, language: str) -> str:
    told = [line for line in row.lines if "stage" in line]
    units = by_ids([i for line in row.lines if (i := line.get("unit"))])
    door = "accounts.officials" if notice.role == Role.ADMINISTRATOR else "desk.queue"
    return tidied(current_app.jinja_env.get_template(f"letters/{language}/warn_official.txt").render(
        name=one_line(official.name), on=row.on, lines=_lines(told[:MOST], units), more=max(len(told) - MOST, 0),
        sealed=sum(line["why"] == "sealed" for line in row.lines), late_open=row.late_open,
        empty=[units.get(line["unit"] or 0) for line in row.lines if line["why"] == NOBODY],
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
