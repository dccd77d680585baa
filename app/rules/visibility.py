"""Who may see a case, and how much of it. The SQL twin is cases.queries.visible_to."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Protocol

from .workflow import Actor, Role, Status


class Sight(StrEnum):
    """How much of a case somebody sees."""

    NOTHING = "nothing"
    PAST = "past"
    """The timeline until one's own unit passed it on; read only."""
    MASKED = "masked"
    """Everything but the resident's name, phone, address and e-mail."""
    FULL = "full"


ORDER = [Sight.NOTHING, Sight.PAST, Sight.MASKED, Sight.FULL]
TRIAGE = (Status.RECEIVED, Status.ASSIGNED)


class Seen(Protocol):
    """What sight depends on."""

    @property
    def id(self) -> int: ...
    @property
    def status(self) -> str: ...
    @property
    def unit_id(self) -> int: ...
    @property
    def unit_path(self) -> str: ...


def sight(actor: Actor, case: Seen, past_unit_ids: Iterable[int] = ()) -> Sight:
    """How much of this case the actor sees; `past_unit_ids` are the units whose custody of it has ended."""
    if actor.role == Role.SYSTEM:
        return Sight.FULL
    if actor.role == Role.RESIDENT:
        return Sight.FULL if actor.case_id == case.id else Sight.NOTHING
    past = set(past_unit_ids)
    found = [_through(post.role, post.unit_id, post.unit_path, case, past) for post in actor.posts]
    return max(found, key=ORDER.index, default=Sight.NOTHING)


def _through(role: Role, unit_id: int, unit_path: str, case: Seen, past: set[int]) -> Sight:
    """What one post lets its holder see of a case."""
    here, below = case.unit_id == unit_id, case.unit_path.startswith(unit_path)
    if (role == Role.OFFICER and here) or (role == Role.HEAD and below) or (role == Role.INSPECTOR and below):
        return Sight.FULL
    if role == Role.CLERK and here and case.status in TRIAGE:
        return Sight.FULL
    if role == Role.SUPERVISOR and below:
        return Sight.MASKED
    if role in (Role.CLERK, Role.OFFICER, Role.HEAD) and unit_id in past:
        return Sight.PAST
    return Sight.NOTHING


def sees_journal(actor: Actor) -> bool:
    """Inspectors read the journal; nobody else does."""
    return any(post.role == Role.INSPECTOR for post in actor.posts)


def sees_statistics(actor: Actor, unit_path: str) -> bool:
    """Heads, supervisors and inspectors see their own unit's figures and those of all units below."""
    seers = (Role.HEAD, Role.SUPERVISOR, Role.INSPECTOR)
    return any(post.role in seers and unit_path.startswith(post.unit_path) for post in actor.posts)


def can_administer(actor: Actor) -> bool:
    """Administrators keep units, officials and settings; they see no case."""
    return any(post.role == Role.ADMINISTRATOR for post in actor.posts)
