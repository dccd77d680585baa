"""This morning's digest as the desk shows it: the cases told of that are still open and in sight."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from ..cases.models import Case
from ..cases.queries import visible_to
from ..dialogues.queries.named import Named, named
from ..extensions import db
from ..journal.models import Digest
from ..rules.visibility import ABOVE, holds
from ..rules.workflow import DUTIES, DUTY_STATUSES, OPEN, Actor

SHOWN = 12
"""Cases the box lists; the queue below holds them all."""


@dataclass(frozen=True)
class Reminder:
    """One line of the box; `left` counted days this morning, negative when late; `why` as in rules/warnings.py.

    A case has its reference; a session, a promise or a duty has `path`, where its page lies, and says `stage`.
    """

    reference: str
    title: str
    due_on: date
    left: int
    why: str
    stage: str = ""
    path: str = ""


@dataclass(frozen=True)
class Box:
    """What the box says: cases, how many more there are, denunciations only as a number, and the unit's late cases."""

    reminders: list[Reminder] = field(default_factory=list)
    more: int = 0
    sealed: int = 0
    late_open: int = 0


def box(actor: Actor, today: date) -> Box | None:
    """The box of today, None where the official was told nothing this morning. A few statements."""
    same = (Digest.official_id == actor.official_id) & (Digest.on == today)
    row = db.session.scalar(select(Digest).where(same))
    if row is None:
        return None
    cases = _in_sight(actor, {line["case"] for line in row.lines if "case" in line})
    things = named({line["about"] for line in row.lines if "about" in line})
    told = [r for line in row.lines if "stage" in line and (r := _shown(line, cases, things, actor)) is not None]
    sealed = sum(line["why"] == "sealed" and line["case"] in cases for line in row.lines)
    late_open = row.late_open if holds(actor, *ABOVE) else 0
    found = Box(told[:SHOWN], max(len(told) - SHOWN, 0), sealed, late_open)
    return found if told or sealed or late_open else None


def _shown(line: dict[str, Any], cases: dict[int, Any], things: dict[str, Named], actor: Actor) -> Reminder | None:
    """The line while it is still owed and in sight."""
    if "about" in line:
        thing = things.get(line["about"])
        is_owed = thing is not None and line["stage"] in thing.owes and thing.is_in_sight(actor)
        return _of_thing(line, thing) if thing is not None and is_owed else None
    case = cases.get(line["case"])
    return _reminder(line, case) if case is not None and _is_owed(line, case) else None


def _of_thing(line: dict[str, Any], thing: Named) -> Reminder:
    due_on = date.fromisoformat(line["due_on"])
    return Reminder(thing.number, thing.title, due_on, line["left"], line["why"], line["stage"], thing.path)


def _is_owed(line: dict[str, Any], case: Any) -> bool:
    """An answered case owes nothing more, but for the duties after a decision."""
    return case.status in OPEN or line.get("stage") in DUTIES


def _in_sight(actor: Actor, ids: Iterable[int]) -> dict[int, Any]:
    rows = db.session.execute(
        select(Case.id, Case.reference, Case.title, Case.status)
        .where(Case.id.in_(set(ids)), Case.status.in_([str(s) for s in DUTY_STATUSES]), visible_to(actor))
    )  # fmt: skip
    return {row.id: row for row in rows}


def _reminder(line: dict[str, Any], case: Any) -> Reminder:
    due_on = date.fromisoformat(line["due_on"])
    return Reminder(case.reference, case.title, due_on, line["left"], line["why"])
