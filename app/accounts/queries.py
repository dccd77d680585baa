"""Questions about officials and posts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, select

from ..extensions import db
from ..rules.workflow import Role
from .models import Deputation, Official, Post


def held_on(day: date) -> ColumnElement[bool]:
    """Whether a post is held on that day."""
    return (Post.began_on <= day) & (Post.ended_on.is_(None) | (Post.ended_on >= day))


def holders(unit_id: int, roles: Iterable[Role], day: date) -> list[Official]:
    """Officials who hold one of these roles at a unit on that day, deputies of its head included, by name."""
    wanted = [str(role) for role in roles]
    statement = (
        select(Official)
        .join(Post, Post.official_id == Official.id)
        .where(Post.unit_id == unit_id, Post.role.in_(wanted), held_on(day), Official.is_disabled.is_(False))
        .order_by(Official.name)
    )
    found = list(dict.fromkeys(db.session.scalars(statement)))
    return found + [d for d in _deputies(unit_id, day) if d not in found] if Role.HEAD in wanted else found


def _deputies(unit_id: int, day: date) -> list[Official]:
    statement = (
        select(Official)
        .join(Deputation, Deputation.deputy_id == Official.id)
        .where(Deputation.unit_id == unit_id, Deputation.from_on <= day, Deputation.to_on >= day)
        .where(Official.is_disabled.is_(False))
    )
    return list(db.session.scalars(statement))


def holder_ids(unit_id: int, roles: Iterable[Role], day: date) -> list[int]:
    """The ids of those officials."""
    return [official.id for official in holders(unit_id, roles, day)]


def by_account(account: str) -> Official | None:
    """The official who signs in with that account name (case does not matter)."""
    return db.session.scalar(select(Official).where(Official.account == account.strip().lower()))
