"""Lets the demo happen through the real verbs: each deed is an action of cases.actions at its own moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from .. import clock
from ..accounts.models import Official
from ..cases import actions
from ..cases.models import Case
from ..cases.paper_facts import facts_of
from ..cases.receipts import code_of, new_token
from ..documents import paper_forms
from ..documents.models import Paper
from ..extensions import db
from ..journal.models import Notice
from ..rules.workflow import RESIDENT_NOBODY, THE_SYSTEM, Actor, Role
from ..units.models import Unit
from .lives import RESIDENT, SYSTEM, Deed, Life
from .world import World

FOUND = {"unit": Unit, "officer": Official}
"""Cargo that a deed names by id and a verb takes as a row."""
TAKEN_FIRST = ("unit", "officer", "other", "part", "life")
PAPER_WORK = ("write", "submit_paper", "return_paper")

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
        self._papers: dict[int, Paper] = {}
        """Papers on their way to the signature, by the number of the life."""

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
        token, new = new_token(), life.new
        if life.second_of is not None:
            new = replace(new, appeal_of=db.session.get_one(Case, self.ids[life.second_of]).reference)
        counter = db.session.get_one(Unit, life.at.id) if life.at else None
        actor = self.world.staff.actors[deed.who] if deed.who else RESIDENT_NOBODY
        case = actions.submit(new, actor, deed.at, token=token, code=code_of(token, self._secret_key), at=counter)
        self._keep(life.number, case)

    def _keep(self, number: int, case: Case) -> None:
        self.ids[number] = case.id
        self._at_hand[number] = case

    def _act(self, life: Life, deed: Deed) -> None:
        case = self._at_hand[life.number]
        actor = self._actor(deed, case)
        if deed.verb in PAPER_WORK:
            self._paper_work(life, case, deed, actor)
        elif "form" in deed.cargo:
            actions.issue(case, deed.cargo["form"], deed.cargo["texts"], actor, deed.at, **deed.cargo["carried"])
        else:
            verb: Callable[..., object] = getattr(actions, deed.verb)
            verb(case, *_positional(self, deed), actor=actor, now=deed.at, **_named(deed))
            if deed.verb == "split":
                self._keep(deed.cargo["life"], _part_of(case))

    def _paper_work(self, life: Life, case: Case, deed: Deed, actor: Actor) -> None:
        """What happens to a paper before it is signed."""
        if deed.verb == "write":
            form = paper_forms.form(deed.cargo["form"])
            carried = deed.cargo["carried"]
            texts = paper_forms.defaults(form, facts_of(case, form.action, carried), case.language)
            written = actions.write(case, form.id, texts | deed.cargo["texts"], carried, actor, deed.at)
            self._papers[life.number] = written
        elif deed.verb == "submit_paper":
            actions.submit_paper(self._papers[life.number], case, actor, deed.at)
        else:
            actions.return_paper(self._papers[life.number], case, deed.cargo["reason"], actor, deed.at)

    def _actor(self, deed: Deed, case: Case) -> Actor:
        if deed.who == RESIDENT:
            return Actor(Role.RESIDENT, case_id=case.id)
        return THE_SYSTEM if deed.who == SYSTEM else self.world.staff.actors[deed.who]


def _part_of(case: Case) -> Case:
    """The matter just taken out of a mixed letter."""
    statement = select(Case).where(Case.split_from_id == case.id).order_by(Case.id.desc()).limit(1)
    return db.session.scalars(statement).one()


def _positional(hand: ByActions, deed: Deed) -> Iterable[Any]:
    """Rows, other cases and parts that a verb takes first."""
    if deed.verb == "mark_duplicate":
        yield db.session.get_one(Case, hand.ids[deed.cargo["other"]])
    if deed.verb == "split":
        yield deed.cargo["part"]
    for name in ("unit", "officer"):
        if name in deed.cargo:
            yield db.session.get_one(FOUND[name], deed.cargo[name])


def _named(deed: Deed) -> dict[str, Any]:
    return {key: value for key, value in deed.cargo.items() if key not in TAKEN_FIRST}


def settle_notices(end: datetime) -> None:
    """What was owed has been sent and read, as in a province at work; only the last day's counts wait at the desks."""
    mail, desk = Notice.channel.in_(("mail", "sms")), Notice.channel == "desk"
    db.session.execute(update(Notice).where(mail).values(sent_at=Notice.created_at, attempts=1))
    db.session.execute(update(Notice).where(desk, Notice.created_at < end - UNREAD).values(read_at=Notice.created_at))
