"""Lets the demo happen through the real verbs: each deed is an action of cases.actions at its own moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update

from .. import clock
from ..accounts.models import Official
from ..cases import actions
from ..cases.models import Case
from ..cases.receipts import code_of, new_token
from ..extensions import db
from ..journal.models import Notice
from ..rules.workflow import RESIDENT_NOBODY, THE_SYSTEM, Actor, Role
from ..units.models import Unit
from .lives import RESIDENT, SYSTEM, Deed, Life
from .world import World

FOUND = {"unit": Unit, "officer": Official}
"""Cargo that a deed names by id and a verb takes as a row."""

UNREAD = timedelta(days=1)
"""How long notices have waited at most at an official's desk."""


class ByActions:
    """Performs deeds one by one in the caller's write turn."""

    def __init__(self, world: World, secret_key: str) -> None:
        self.world, self._secret_key = world, secret_key
        self.ids: dict[int, int] = {}
        """Case ids by the number of their life."""
        self._at_hand: dict[int, Case] = {}
        """Cases that go on, so that they are not read again for each deed."""

    def perform(self, life: Life, deed: Deed) -> None:
        """One deed, with the town's clock held at its moment."""
        with clock.fixed(deed.at):
            if deed.verb == "submit":
                self._submit(life, deed)
            else:
                self._act(life, deed)
        if deed is life.deeds[-1]:
            self._at_hand.pop(life.number)

    def _submit(self, life: Life, deed: Deed) -> None:
        token = new_token()
        counter = db.session.get_one(Unit, life.at.id) if life.at else None
        actor = self.world.staff.actors[deed.who] if deed.who else RESIDENT_NOBODY
        case = actions.submit(life.new, actor, deed.at, token=token, code=code_of(token, self._secret_key), at=counter)
        self.ids[life.number] = case.id
        self._at_hand[life.number] = case

    def _act(self, life: Life, deed: Deed) -> None:
        case = self._at_hand[life.number]
        verb: Callable[..., object] = getattr(actions, deed.verb)
        verb(case, *_positional(self, deed), actor=self._actor(deed, case), now=deed.at, **_named(deed))

    def _actor(self, deed: Deed, case: Case) -> Actor:
        if deed.who == RESIDENT:
            return Actor(Role.RESIDENT, case_id=case.id)
        return THE_SYSTEM if deed.who == SYSTEM else self.world.staff.actors[deed.who]


def _positional(hand: ByActions, deed: Deed) -> Iterable[Any]:
    """Rows and other cases that a verb takes first."""
    if deed.verb == "mark_duplicate":
        yield db.session.get_one(Case, hand.ids[deed.cargo["other"]])
    for name in ("unit", "officer"):
        if name in deed.cargo:
            yield db.session.get_one(FOUND[name], deed.cargo[name])


def _named(deed: Deed) -> dict[str, Any]:
    return {key: value for key, value in deed.cargo.items() if key not in ("unit", "officer", "other")}


def settle_notices(end: datetime) -> None:
    """What was owed has been sent and read, as in a province at work; only the last day's counts wait at the desks."""
    mail, desk = Notice.channel == "mail", Notice.channel == "desk"
    db.session.execute(update(Notice).where(mail).values(sent_at=Notice.created_at, attempts=1))
    db.session.execute(update(Notice).where(desk, Notice.created_at < end - UNREAD).values(read_at=Notice.created_at))
