"""Who may see what is no case: figures, the journal, registers, administration; and what the pages offer to whom."""

from __future__ import annotations

from ..workflow.actors import Actor
from ..workflow.vocabulary import Role
from .posts import (
    ABOVE,
    DESK,
    KEEPERS_OF_SEALED,
    REGISTER_READERS,
    holds,
    holds_at,
    holds_over,
    is_top,
    lies_in,
    paths_of,
    posts_of,
    serves_in,
    units_of,
)


def keeps_sealed(actor: Actor) -> bool:
    """Whether denunciations are this actor's by office: lists then offer the word as a filter."""
    return holds(actor, *KEEPERS_OF_SEALED)


def registers_sealed(actor: Actor) -> bool:
    """Whether this actor enters denunciations that came on paper."""
    return holds(actor, Role.REGISTRAR)


def registers_of_unit(actor: Actor, unit_path: str, home_path: str) -> bool:
    """Whether a denunciation of that unit comes to a desk of this registrar, who serves nowhere in it.

    `home_path` leads to the unit to which it would go.
    """
    return not serves_in(actor, unit_path) and holds_over(actor, (Role.REGISTRAR,), home_path)


def counts_sealed(actor: Actor, unit_path: str) -> bool:
    """Whether figures of that unit may hold denunciations: for whoever keeps or inspects its register from there up."""
    return holds_over(actor, KEEPERS_OF_SEALED, unit_path)


def sees_journal(actor: Actor) -> bool:
    """Inspectors read the journal; nobody else does."""
    return holds(actor, Role.INSPECTOR)


def journal_reach(actor: Actor) -> tuple[list[str], bool]:
    """The subtrees whose events an inspector reads, and whether those of no unit (sign-ins, settings) too."""
    paths = paths_of(actor, (Role.INSPECTOR,))
    return paths, any(is_top(path) for path in paths)


def sees_statistics(actor: Actor, unit_path: str) -> bool:
    """Heads, supervisors and inspectors see their own unit's figures and those of all units below."""
    return holds_over(actor, ABOVE, unit_path)


def highest_figures(actor: Actor) -> int:
    """The unit at which this reader's figures begin: that of the highest post that sees any."""
    return min(posts_of(actor, ABOVE), key=lambda post: len(post.unit_path)).unit_id


def sees_view(actor: Actor, roles: tuple[Role, ...], unit_id: int, unit_path: str, *, is_own: bool) -> bool:
    """Whether a page of figures that is for these roles is for this reader; `is_own`: only in this very unit."""
    return holds_at(actor, roles, unit_id) if is_own else holds_over(actor, roles, unit_path)


def types_figures(actor: Actor, unit_id: int, unit_path: str, *, is_sealed: bool) -> bool:
    """The unit's head types what is missing of its forms; what speaks of denunciations only the keepers of them."""
    return counts_sealed(actor, unit_path) if is_sealed else holds_at(actor, (Role.HEAD,), unit_id)


def reads_registers_of(actor: Actor) -> list[int]:
    """The units whose register of petitions this actor reads: where the post is held, nowhere else."""
    return units_of(actor, REGISTER_READERS)


def can_administer(actor: Actor) -> bool:
    """Administrators keep units, officials and settings; they see no case."""
    return holds(actor, Role.ADMINISTRATOR)


def administered(actor: Actor) -> list[str]:
    """The subtrees this administrator keeps; the system keeps all."""
    return ["/"] if actor.role == Role.SYSTEM else paths_of(actor, (Role.ADMINISTRATOR,))


def administers(actor: Actor, path: str) -> bool:
    """Whether the unit of that path lies in the administrator's subtrees."""
    return any(lies_in(path, own) for own in administered(actor))


def administers_all(actor: Actor) -> bool:
    """Whether the administrator keeps the whole government: a post at its top."""
    return any(is_top(own) for own in administered(actor))


def may_search(actor: Actor) -> bool:
    """Whether cases may be searched at all: administrators see none."""
    return any(post.role != Role.ADMINISTRATOR for post in actor.posts)


def assigns(actor: Actor) -> bool:
    """Whether lists offer to give cases to somebody."""
    return holds(actor, Role.CLERK, Role.HEAD)


def assigning_units(actor: Actor) -> list[int]:
    """The units whose cases this actor gives to somebody or passes on; else those at whose desk they work."""
    return units_of(actor, (Role.CLERK, Role.HEAD)) or units_of(actor, DESK)


def may_renew_at(actor: Actor, unit_path: str) -> bool:
    """Who may give a resident a new code: the desk of the unit and of those above; an inspector changes nothing."""
    return holds_over(actor, DESK, unit_path)
