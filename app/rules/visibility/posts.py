"""What an actor's posts say, in one place: which roles are held, at which units, over which subtrees.

Everything that asks what somebody may see or is offered asks here or beside here; no other module compares a role or
a path (tests/test_one_authorisation.py).
"""

from __future__ import annotations

from collections.abc import Iterable

from ..workflow.actors import Actor, PostFact
from ..workflow.vocabulary import Role

DESK = (Role.CLERK, Role.OFFICER, Role.HEAD)
"""Who works at a unit's desk."""
WORKERS = (Role.OFFICER, Role.HEAD)
"""Who works on what came in."""
ABOVE = (Role.HEAD, Role.SUPERVISOR, Role.INSPECTOR)
"""Whose eyes reach down the tree: the own unit and all below."""
FINDERS = (Role.OFFICER, Role.HEAD, Role.INSPECTOR)
"""Who looks whether a promise was kept, at the unit that verifies it."""
ROOM = (*DESK, Role.SUPERVISOR, Role.INSPECTOR)
"""Who may come to the pages of receptions, dialogues and promises."""
REGISTER_READERS = (*DESK, Role.INSPECTOR)
"""Who reads the register of petitions of the own unit."""
KEEPERS_OF_SEALED = (Role.INSPECTOR, Role.REGISTRAR)
"""Who knows of the denunciations of the own unit and of all below."""


def lies_in(path: str, of: str) -> bool:
    """Whether the unit of that path is the unit of the other, or lies below it."""
    return path.startswith(of)


def held(actor: Actor) -> frozenset[Role]:
    """The roles held today, at whatever unit."""
    return frozenset(post.role for post in actor.posts)


def holds(actor: Actor, *roles: Role) -> bool:
    """Whether one of these roles is held anywhere."""
    return not held(actor).isdisjoint(roles)


def posts_of(actor: Actor, roles: Iterable[Role]) -> list[PostFact]:
    """The posts in one of these roles, in their order."""
    wanted = frozenset(roles)
    return [post for post in actor.posts if post.role in wanted]


def units_of(actor: Actor, roles: Iterable[Role]) -> list[int]:
    """The units at which one of these roles is held, each once, in the order of the posts."""
    return list(dict.fromkeys(post.unit_id for post in posts_of(actor, roles)))


def paths_of(actor: Actor, roles: Iterable[Role]) -> list[str]:
    """The subtrees over which one of these roles is held."""
    return list(dict.fromkeys(post.unit_path for post in posts_of(actor, roles)))


def posts_at(actor: Actor, roles: Iterable[Role], unit_id: int) -> list[PostFact]:
    """The posts in one of these roles at that very unit."""
    return [post for post in posts_of(actor, roles) if post.unit_id == unit_id]


def holds_at(actor: Actor, roles: Iterable[Role], unit_id: int) -> bool:
    """Whether one of these roles is held at that very unit."""
    return bool(posts_at(actor, roles, unit_id))


def holds_over(actor: Actor, roles: Iterable[Role], path: str) -> bool:
    """Whether one of these roles is held at the unit of that path or above it."""
    return any(lies_in(path, own) for own in paths_of(actor, roles))


def serves_in(actor: Actor, path: str) -> bool:
    """Whether a post is held in the unit of that path or below it; nobody serves in a unit that is none ("")."""
    return bool(path) and any(lies_in(post.unit_path, path) for post in actor.posts)


def line_of(actor: Actor) -> list[int]:
    """The actor's units and all above them: whoever serves in a unit serves in those too."""
    return sorted({int(part) for post in actor.posts for part in post.unit_path.strip("/").split("/")})


def is_top(path: str) -> bool:
    """Whether that is the path of the whole government: one step, or the root's own."""
    return path.count("/") <= 2
