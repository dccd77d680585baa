"""Who may see what a unit receives, holds and promises. The SQL twins stand in dialogues/queries/visible.py."""

from __future__ import annotations

from dataclasses import dataclass

from ..workflow.actors import Actor
from ..workflow.vocabulary import Role
from .case import READING_BELOW, Sight
from .posts import ABOVE, DESK, FINDERS, holds_at, holds_over, paths_of, units_of


def sight_at(actor: Actor, unit_id: int, unit_path: str) -> Sight:
    """How much of a unit's bookings, sessions and promises an official sees: contacts are masked for supervisors."""
    if holds_at(actor, DESK, unit_id) or holds_over(actor, READING_BELOW, unit_path):
        return Sight.FULL
    return Sight.MASKED if holds_over(actor, (Role.SUPERVISOR,), unit_path) else Sight.NOTHING


@dataclass(frozen=True)
class UnitReach:
    """The same as sets: at these units, and in these subtrees."""

    at: list[int]
    below: list[str]


def unit_reach(actor: Actor) -> UnitReach:
    """Where `sight_at` is not NOTHING."""
    return UnitReach(units_of(actor, DESK), paths_of(actor, ABOVE))


def sight_of_complaint_session(of_complaint: Sight | None) -> Sight:
    """A session within a complaint is seen by those who see the complaint whole, and by nobody else."""
    return Sight.FULL if of_complaint == Sight.FULL else Sight.NOTHING


def sight_of_promise(actor: Actor, made_at: int, verifier_id: int, unit_id: int, unit_path: str, *,
                     stands: bool) -> Sight:  # fmt: skip
    """How much of a commitment is seen: whole by the desk that promised it, the one that verifies it, and its unit's.

    One in an answer that is not signed (it does not stand) is seen where the answer is written, and nowhere else.
    """
    if holds_at(actor, DESK, made_at):
        return Sight.FULL
    if not stands:
        return Sight.NOTHING
    if holds_at(actor, FINDERS, verifier_id):
        return Sight.FULL
    return sight_at(actor, unit_id, unit_path)


@dataclass(frozen=True)
class PromiseReach:
    """The same as sets: promised or owed at these units, verified at these, owed in these subtrees."""

    own: list[int]
    looking: list[int]
    above: list[str]


def promise_reach(actor: Actor) -> PromiseReach:
    """Where `sight_of_promise` is not NOTHING for a commitment that stands."""
    return PromiseReach(units_of(actor, DESK), units_of(actor, FINDERS), paths_of(actor, ABOVE))
