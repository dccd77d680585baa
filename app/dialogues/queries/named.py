"""What a digest tells of, by its name in the journal: number, words, unit, and whether it is still owed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ...extensions import db
from ...rules.dialogues.commitments import State
from ...rules.visibility import Sight, sight_at
from ...rules.workflow import Actor
from ...units.models import Unit
from ...units.queries import by_ids
from ..models import Commitment, ConferenceCall, DialogueSession
from .visible import sight_of_commitment, sight_of_session

Row = TypeVar("Row", DialogueSession, ConferenceCall)


@dataclass(frozen=True)
class Named:
    """One thing: its public number ("" where it has none), what it is called, whose it is, where its page lies."""

    number: str
    title: str
    units: tuple[Unit, ...]
    path: str
    owes: frozenset[str]
    """The stages at which somebody still has to do something."""
    sight: Callable[[Actor], Sight] | None = None
    """How much of it somebody sees; None: as of its units."""

    def is_in_sight(self, actor: Actor) -> bool:
        """Whether an official may read of it."""
        if self.sight is not None:
            return self.sight(actor) != Sight.NOTHING
        return any(sight_at(actor, unit.id, unit.path) != Sight.NOTHING for unit in self.units)


def named(abouts: Iterable[str]) -> dict[str, Named]:
    """Those of these that exist: "session:3", "commitment:7", "call:2", "duty:4" (a unit's). A statement a kind."""
    ids: dict[str, set[int]] = {}
    for about in abouts:
        kind, _colon, number = about.partition(":")
        ids.setdefault(kind, set()).add(int(number))
    return {
        **{row.about: _session(row) for row in _rows(DialogueSession, ids.get("session"))},
        **{row.about: _commitment(row) for row in _commitments(ids.get("commitment"))},
        **{row.about: _call(row) for row in _rows(ConferenceCall, ids.get("call"))},
        **{f"duty:{unit.id}": _duty(unit) for unit in (by_ids(sorted(ids["duty"])).values() if "duty" in ids else ())},
    }


def _rows(table: type[Row], ids: set[int] | None) -> list[Row]:
    return list(db.session.scalars(select(table).where(table.id.in_(ids)))) if ids else []


def _commitments(ids: set[int] | None) -> list[Commitment]:
    wanted = select(Commitment).options(joinedload(Commitment.verifier)).where(Commitment.id.in_(ids or ()))
    return list(db.session.scalars(wanted)) if ids else []


def _session(row: DialogueSession) -> Named:
    open_ = {"announce": row.announced_on, "publish_results": row.published_on}
    owes = frozenset(stage for stage, done in open_.items() if done is None and row.called_off_at is None)
    return Named(
        row.number,
        row.title,
        (row.unit,),
        f"/desk/sessions/{row.number}",
        owes,
        lambda actor: sight_of_session(row, actor),
    )


def _commitment(row: Commitment) -> Named:
    stage = {State.OPEN: "promise", State.REPORTED: "verify"}.get(State(row.state), "")
    return Named(
        row.number,
        row.what,
        (row.unit, row.verifier),
        f"/desk/commitments/{row.number}",
        frozenset({stage}),
        lambda actor: sight_of_commitment(row, actor),
    )


def _call(row: ConferenceCall) -> Named:
    owes = frozenset({"conference_call"} if row.closed_on is None else ())
    return Named("", row.subject, (row.unit,), "/desk/sessions", owes)


def _duty(unit: Unit) -> Named:
    return Named("", "", (unit,), "/desk/reception", frozenset({"reception_day", "dialogue_conference"}))
