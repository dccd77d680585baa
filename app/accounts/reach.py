"""How far an administrator reaches: the own unit and all below; never the own account."""

from __future__ import annotations

from ..refusals import Missing, NotAllowed
from ..rules.workflow import N_, Actor, Role
from ..units.models import Unit
from .models import Official


def paths(actor: Actor) -> list[str]:
    """The subtrees this administrator keeps; the system keeps all."""
    if actor.role == Role.SYSTEM:
        return ["/"]
    return [post.unit_path for post in actor.posts if post.role == Role.ADMINISTRATOR]


def reaches_path(actor: Actor, path: str) -> bool:
    """Whether a unit with that path lies in the administrator's subtrees."""
    return any(path.startswith(own) for own in paths(actor))


def must_reach_unit(actor: Actor, unit: Unit) -> None:
    """Raise NotAllowed for a unit outside the administrator's subtrees."""
    if not reaches_path(actor, unit.path):
        raise NotAllowed(N_("Đơn vị này ngoài phần quản trị của tài khoản đang dùng."))


def must_reach(actor: Actor, official: Official | None) -> Official:
    """The official, if any post, held or past, lies in the administrator's subtrees; else as if there were none."""
    if official is None or not any(reaches_path(actor, post.unit.path) for post in official.posts):
        raise Missing
    return official


def must_not_be_self(actor: Actor, official: Official) -> None:
    """Nobody edits the own role: an administrator asks a colleague."""
    if actor.official_id == official.id:
        raise NotAllowed(N_("Không ai tự đổi vai trò của chính mình. Nhờ một quản trị khác."))


def must_reach_all(actor: Actor, official: Official) -> None:
    """Raise NotAllowed where the official also works outside: their administrator decides, not ours."""
    if not all(reaches_path(actor, post.unit.path) for post in official.posts if post.ended_on is None):
        raise NotAllowed(N_("Cán bộ này còn giữ nhiệm vụ ở đơn vị ngoài phần quản trị của tài khoản đang dùng."))
