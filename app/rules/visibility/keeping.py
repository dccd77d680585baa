"""Who answers for what is kept of people: requests about own data, files held back, what is erased for good."""

from __future__ import annotations

from ..workflow.actors import Actor
from ..workflow.vocabulary import Role
from .posts import holds_over, is_top, paths_of

HOLDERS = (Role.HEAD, Role.INSPECTOR)


def decides_on_data(actor: Actor, unit_path: str) -> bool:
    """The head of the unit that holds the case, or of one above it, decides what its resident asks."""
    return holds_over(actor, (Role.HEAD,), unit_path)


def data_reach(actor: Actor) -> list[str]:
    """The subtrees whose requests about personal data this head sees."""
    return paths_of(actor, (Role.HEAD,))


def holds_back(actor: Actor, unit_path: str) -> bool:
    """Heads and inspectors of the unit or above keep a file from being erased, and let it go again."""
    return holds_over(actor, HOLDERS, unit_path)


def approves_erasure(actor: Actor) -> bool:
    """The head of the whole government decides on destruction (Circular 05/2021/TT-TTCP art. 28)."""
    return any(is_top(path) for path in paths_of(actor, (Role.HEAD,)))
