"""Plays a life through on paper: from the petition's words to the row that a list would show at the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from ... import clock
from ...accounts.queries import holder_ids
from ...cases.actions import NewCase
from ...cases.models.person import keyed
from ...cases.receipts import code_of, hashed, new_token
from ...documents import paper_forms
from ...rules.workflow import RESIDENT_NOBODY, THE_SYSTEM, Action, Actor, Kind, Role, Status, Step, step_of
from ..lives import SYSTEM, Deed, Life
from ..world import Spot, World
from .papers import PAPERS
from .sheet import BLANK_CASE, Happening, Sheet
from .verbs import VERBS

PREFIX = {Kind.FEEDBACK: "PA", Kind.COMPLAINT: "KN"}
COPIED = ("kind", "title", "body", "place", "latitude", "longitude", "is_public", "language", "channel", "against",
          "known_on", "request")  # fmt: skip
CONTACT = ("name", "phone", "email", "address")


@dataclass(frozen=True)
class Main:
    """The first of two petitions about one thing."""

    id: int
    reference: str


class Player:
    """Knows whom the workflow tells, and the first of every twin."""

    def __init__(self, world: World, secret_key: str) -> None:
        self.world, self._secret_key = world, secret_key
        self.mains: dict[int, Main] = {}
        self._holders: dict[tuple[int, Role], tuple[int, ...]] = {}

    def play(self, life: Life, case_id: int, reference: str) -> Sheet:
        """All that happens to a case up to the end of the seed."""
        sheet = self._submitted(life, life.deeds[0], case_id, reference)
        self.mains[life.number] = Main(case_id, reference)
        for deed in life.deeds[1:]:
            if deed.at > self.world.end:
                break
            self._act(sheet, deed)
        sheet.row["version"] = len(sheet.happenings)
        return sheet

    def _act(self, sheet: Sheet, deed: Deed) -> None:
        if deed.verb == "mark_duplicate":
            deed = Deed(deed.at, deed.verb, deed.who, {"main": self.mains[deed.cargo["other"]]})
        actor = self._actor(deed, sheet.row["id"])
        if "form" in deed.cargo:
            self._sign(sheet, deed, actor)
            return
        sheet.step = _step(Action(deed.verb), sheet.kind, sheet.row["status"])
        facts = VERBS[deed.verb](sheet, deed, actor)
        self._done(sheet, deed.at, actor, facts)

    def _sign(self, sheet: Sheet, deed: Deed, actor: Actor) -> None:
        """A paper is written and signed, as cases.actions.papers.issue does it; none is rendered."""
        form = paper_forms.form(deed.cargo["form"])
        sheet.step = _step(Action.WRITE, sheet.kind, sheet.row["status"])
        self._done(sheet, deed.at, actor, {"form": form.id}, is_last=False)
        sheet.step = _step(Action(deed.verb), sheet.kind, sheet.row["status"])
        sheet.meet(sheet.step.meets, deed.at)
        facts = PAPERS[deed.verb](sheet, deed, actor)
        signed = {"form": form.id, "signed_by": actor.name, "shown_to": form.shown_to}
        self._done(sheet, deed.at, actor, signed | facts)

    def _done(self, sheet: Sheet, now: datetime, actor: Actor, facts: dict[str, Any], is_last: bool = True) -> None:
        """The verb's ending, as cases.actions.perform.done writes it."""
        row, step = sheet.row, sheet.step
        row["status"], sheet.to = str(sheet.to or step.to or row["status"]), None
        sheet.meet(step.meets, now)
        sheet.show_due()
        facts, sheet.aimed = facts | sheet.aimed, {}
        sheet.happenings.append(Happening(now, step.action, actor, facts, row["unit_id"], row["status"], row["due_on"],
                                          self._told(step, sheet), is_last, sheet.shared))  # fmt: skip
        sheet.shared = None

    def _actor(self, deed: Deed, case_id: int) -> Actor:
        if deed.who > 0:
            return self.world.staff.actors[deed.who]
        return THE_SYSTEM if deed.who == SYSTEM else Actor(Role.RESIDENT, case_id=case_id)

    def _submitted(self, life: Life, deed: Deed, case_id: int, reference: str) -> Sheet:
        new, world = life.new, self.world
        subject, commune = world.subjects[new.category_code], world.by_code[new.commune_code]
        wanted = world.by_code.get(new.wanted_unit_code)
        counter = life.at if life.at is commune and wanted is None else None
        unit = world.lands_at(subject, commune, wanted or counter)
        actor = world.staff.actors[deed.who] if deed.who else RESIDENT_NOBODY
        row = self._row(new, case_id, reference, deed, actor, wanted)
        row.update(category_id=subject.id, commune_id=commune.id)
        sheet = Sheet(world, row, unit, commune, subject, {name: getattr(new, name) for name in CONTACT})
        sheet.begin_custody(unit, deed.at)
        sheet.step = _step(Action.SUBMIT, sheet.kind, None)
        for stage in sheet.step.starts:
            sheet.start(stage, clock.day_of(deed.at))
        sheet.show_due()
        sheet.aim(row["due_on"] if row["due_stage"] == "answer" else None)
        self._done(sheet, deed.at, actor, {
            "channel": row["channel"], "text": row["body"], "kind": str(sheet.kind), "category": subject.code,
            "commune": commune.code,
        })  # fmt: skip
        return sheet

    def _row(self, new: NewCase, case_id: int, reference: str, deed: Deed, actor: Actor,
             wanted: Spot | None) -> dict[str, Any]:  # fmt: skip
        token = new_token()
        return {
            **BLANK_CASE, "id": case_id, "reference": reference, "status": str(Status.RECEIVED),
            **{name: getattr(new, name) for name in COPIED},
            "wanted_unit_id": wanted.id if wanted else None, "submitted_at": deed.at,
            "entered_by_id": actor.official_id, "code_hash": hashed(code_of(token, self._secret_key)),
            "token_hash": hashed(token), "content_hash": keyed("content", new.fingerprint()),
        }  # fmt: skip

    def _told(self, step: Step, sheet: Sheet) -> tuple[tuple[Role, int | None], ...]:
        told: dict[tuple[Role, int | None], None] = {}
        for role in step.tells:
            told.update(dict.fromkeys(self._people(role, sheet)))
        return tuple(told)

    def _people(self, role: Role, sheet: Sheet) -> list[tuple[Role, int | None]]:
        """Who stands behind a role, as cases.actions.perform finds them."""
        if role == Role.RESIDENT:
            return [(role, None)] if sheet.contact["email"] else []
        row = sheet.row
        if role == Role.OFFICER and row["assigned_to_id"] is not None:
            return [(role, row["assigned_to_id"])]
        unit_id = row["unit_id"]
        ids = self._at(unit_id, Role.HEAD if role == Role.HEAD else Role.CLERK) or self._at(unit_id, Role.HEAD)
        return [(role, official_id) for official_id in ids]

    def _at(self, unit_id: int, role: Role) -> tuple[int, ...]:
        key = (unit_id, role)
        if key not in self._holders:
            self._holders[key] = tuple(holder_ids(unit_id, (role,), clock.day_of(self.world.end)))
        return self._holders[key]


@cache
def _step(action: Action, kind: Kind, status: str | None) -> Step:
    return step_of(action, kind, Status(status) if status else None)
