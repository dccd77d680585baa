"""What a second administrator's approval does: the verb that was asked for, with the reach of whoever approves."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from .. import clock
from ..accounts import actions as people
from ..accounts import password_links, two_person
from ..accounts.models import ChangeRequest, Official, Post
from ..accounts.two_person import Verb
from ..refusals import Missing, WrongStep
from ..rules.workflow import N_, Actor, Role
from ..units.models import Unit
from ..units.queries import unit_by_code
from . import house

WAYS = {"disable": Verb.DISABLE, "end": Verb.END, "move": Verb.MOVE}
"""The ways out, as pages name them."""


def ask_to_leave(way: str, person: Official, post: Post | None, target: dict[str, str], choice: house.Choice,
                 actor: Actor, now: datetime) -> ChangeRequest:  # fmt: skip
    """Ask that somebody be shut out, relieved or moved; who takes the cases is kept with it. The caller commits."""
    facts: dict[str, Any] = {**target, **({"post": post.id} if post else {}), "cases": _kept(choice)}
    held = person.posts_on(clock.day_of(now)) or person.posts
    unit = post.unit if post else held[0].unit
    if target and unit_by_code(target["unit"]) is None:
        raise Missing
    return two_person.ask(WAYS[way], person, unit, facts, actor, now)


def _kept(choice: house.Choice) -> dict[str, Any]:
    return {"by_unit": {str(k): v for k, v in choice.by_unit.items()},
            "by_case": {str(k): v for k, v in choice.by_case.items()}}  # fmt: skip


def _choice(facts: dict[str, Any]) -> house.Choice:
    kept = facts.get("cases", {})
    by_unit, by_case = ({int(k): v for k, v in kept.get(name, {}).items()} for name in ("by_unit", "by_case"))
    return house.Choice(None, by_unit, by_case)


def perform(row: ChangeRequest, actor: Actor, now: datetime) -> tuple[Official, str]:
    """Do what was asked for; about whom, and the key of a link to hand over ("" for none).

    Raises what the verb itself raises, WrongStep where the post it was about has gone meanwhile. The caller commits.
    """
    if row.verb == Verb.CREATE:
        return password_links.create(row.facts, row.unit, Role(row.facts["role"]), actor, now)
    person = row.official
    if person is None:
        raise Missing
    if row.verb == Verb.PASSWORD:
        return person, password_links.start_over(person, actor, now)
    _do(row, person, actor, now)
    return person, ""


def _do(row: ChangeRequest, person: Official, actor: Actor, now: datetime) -> None:
    facts, verb = row.facts, Verb(row.verb)
    if verb == Verb.BEGIN:
        people.begin_post(person, row.unit, Role(facts["role"]), actor, now)
    elif verb == Verb.ENABLE:
        people.enable(person, actor, now)
    elif verb == Verb.FACTOR:
        people.drop_factor(person, actor, now)
    elif verb == Verb.ADDRESS:
        people.change_facts(person, facts, actor, now)
    elif verb == Verb.DISABLE:
        house.disable(person, _choice(facts), actor, now)
    elif verb == Verb.END:
        house.end_post(_post(person, facts, clock.day_of(now)), _choice(facts), actor, now)
    else:
        post = _post(person, facts, clock.day_of(now))
        house.move(post, unit_of(facts), Role(facts["role"]), _choice(facts), actor, now)


def _post(person: Official, facts: dict[str, Any], day: date) -> Post:
    post = next((post for post in person.posts_on(day) if post.id == facts["post"]), None)
    if post is None:
        raise WrongStep(N_("Đề nghị này đã xong hoặc đã quá hạn."))
    return post


def unit_of(facts: dict[str, Any]) -> Unit:
    """The unit a move goes to."""
    unit = unit_by_code(facts["unit"])
    if unit is None:
        raise Missing
    return unit
