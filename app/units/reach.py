"""How far an administrator reaches: the own unit and all below; what concerns everybody, only from the top."""

from __future__ import annotations

from ..refusals import NotAllowed
from ..rules.visibility import administered, administers, administers_all
from ..rules.workflow import N_, Actor
from .models import Unit


def paths(actor: Actor) -> list[str]:
    """The subtrees this administrator keeps; the system keeps all."""
    return administered(actor)


def reaches_path(actor: Actor, path: str) -> bool:
    """Whether a unit with that path lies in the administrator's subtrees."""
    return administers(actor, path)


def reaches_all(actor: Actor) -> bool:
    """Whether the administrator keeps the whole government: a post at its top, whose path has one step."""
    return administers_all(actor)


def must_reach_unit(actor: Actor, unit: Unit) -> None:
    """Raise NotAllowed for a unit outside the administrator's subtrees."""
    if not reaches_path(actor, unit.path):
        raise NotAllowed(N_("Đơn vị này ngoài phần quản trị của tài khoản đang dùng."))


def must_reach_all(actor: Actor) -> None:
    """Raise NotAllowed where only an administrator of the whole government may decide."""
    if not reaches_all(actor):
        raise NotAllowed(N_("Việc này chung cho cả tỉnh, do quản trị cấp tỉnh quyết định."))
