"""How far an administrator reaches: the own unit and all below; what concerns everybody, only from the top."""

from __future__ import annotations

from ..refusals import NotAllowed
from ..rules.workflow import N_, Actor, Role
from .models import Unit


def paths(actor: Actor) -> list[str]:
    """The subtrees this administrator keeps; the system keeps all."""
    if actor.role == Role.SYSTEM:
        return ["/"]
    return [post.unit_path for post in actor.posts if post.role == Role.ADMINISTRATOR]


def reaches_path(actor: Actor, path: str) -> bool:
    """Whether a unit with that path lies in the administrator's subtrees."""
    return any(path.startswith(own) for own in paths(actor))


def reaches_all(actor: Actor) -> bool:
    """Whether the administrator keeps the whole government: a post at its top, whose path has one step."""
    return any(own.count("/") <= 2 for own in paths(actor))


def must_reach_unit(actor: Actor, unit: Unit) -> None:
    """Raise NotAllowed for a unit outside the administrator's subtrees."""
    if not reaches_path(actor, unit.path):
        raise NotAllowed(N_("Đơn vị này ngoài phần quản trị của tài khoản đang dùng."))


def must_reach_all(actor: Actor) -> None:
    """Raise NotAllowed where only an administrator of the whole government may decide."""
    if not reaches_all(actor):
        raise NotAllowed(N_("Việc này chung cho cả tỉnh, do quản trị cấp tỉnh quyết định."))
