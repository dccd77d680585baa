"""Which officials an administrator keeps: those who work in the own subtree; never the own account."""

from __future__ import annotations

from ..refusals import Missing, NotAllowed
from ..rules.workflow import N_, Actor
from ..units.reach import must_reach_unit, paths, reaches_path
from .models import Official

__all__ = ["must_not_be_self", "must_reach", "must_reach_all", "must_reach_unit", "paths", "reaches_path"]


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
