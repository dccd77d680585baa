"""Questions about officials and posts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, select

from ..extensions import db
from ..rules.workflow import Role
from ..units.models import Unit
from ..units.queries import ids_inside
from ..units.sorting import sort_key_vi
from .models import Deputation, Official, Post
from .names import folded

T = TypeVar("T")
PAGE = 25
"""Officials on a page of the directory."""


def held_on(day: date) -> ColumnElement[bool]:
    """Whether a post is held on that day."""
    return (Post.began_on <= day) & (Post.ended_on.is_(None) | (Post.ended_on >= day))


def holders(unit_id: int, roles: Iterable[Role], day: date) -> list[Official]:
    """Officials who hold one of these roles at a unit on that day, deputies of its head included, by name."""
    return _holding(select(Official), unit_id, roles, day)


def holder_ids(unit_id: int, roles: Iterable[Role], day: date) -> list[int]:
    """The ids of those officials, in the same order; asked at every step of a case, so the people are not read."""
    return _holding(select(Official.id), unit_id, roles, day)


def _holding(what: Select[T], unit_id: int, roles: Iterable[Role], day: date) -> list[T]:
    wanted = [str(role) for role in roles]
    holding = (
        what.join(Post, Post.official_id == Official.id)
        .where(Post.unit_id == unit_id, Post.role.in_(wanted), held_on(day), Official.is_disabled.is_(False))
        .order_by(Official.name)
    )
    found = dict.fromkeys(db.session.scalars(holding))
    if Role.HEAD in wanted:
        found |= dict.fromkeys(db.session.scalars(_deputising(what, unit_id, day)))
    return list(found)


def _deputising(what: Select[T], unit_id: int, day: date) -> Select[T]:
    return (
        what.join(Deputation, Deputation.deputy_id == Official.id)
        .where(Deputation.unit_id == unit_id, Deputation.from_on <= day, Deputation.to_on >= day)
        .where(Official.is_disabled.is_(False))
    )


def standing(roles: Iterable[Role], day: date) -> dict[Role, dict[int, set[int]]]:
    """Who holds these roles anywhere on that day, by role and unit id, deputies among the heads. Two statements."""
    found: dict[Role, dict[int, set[int]]] = {role: {} for role in roles}
    posts = (
        select(Post.role, Post.unit_id, Post.official_id)
        .join(Official, Official.id == Post.official_id)
        .where(Post.role.in_([str(role) for role in found]), held_on(day), Official.is_disabled.is_(False))
    )
    for role, unit_id, official_id in db.session.execute(posts):
        found[Role(role)].setdefault(unit_id, set()).add(official_id)
    if Role.HEAD in found:
        lent = (
            select(Deputation.unit_id, Deputation.deputy_id)
            .join(Official, Official.id == Deputation.deputy_id)
            .where(Deputation.from_on <= day, Deputation.to_on >= day, Official.is_disabled.is_(False))
        )
        for unit_id, official_id in db.session.execute(lent):
            found[Role.HEAD].setdefault(unit_id, set()).add(official_id)
    return found


def post_paths(official_ids: Iterable[int], day: date) -> dict[int, frozenset[str]]:
    """The paths of the units where these officials hold a post on that day."""
    rows = db.session.execute(
        select(Post.official_id, Unit.path)
        .join(Unit, Unit.id == Post.unit_id)
        .where(Post.official_id.in_(sorted(official_ids)), held_on(day))
    )
    found: dict[int, set[str]] = {}
    for official_id, path in rows:
        found.setdefault(official_id, set()).add(path)
    return {official_id: frozenset(paths) for official_id, paths in found.items()}


def by_account(account: str) -> Official | None:
    """The official who signs in with that account name (case does not matter)."""
    return db.session.scalar(select(Official).where(Official.account == account.strip().lower()))


def by_id(official_id: int) -> Official | None:
    """The official with that number, or None."""
    return db.session.get(Official, official_id)


@dataclass(frozen=True)
class Directory:
    """One page of the officials within an administrator's reach."""

    officials: list[Official]
    page: int
    has_next: bool


def directory(paths: Iterable[str], words: str = "", page: int = 1) -> Directory:
    """Officials with a post, held or past, in these subtrees, by given name as a Vietnamese reader expects.

    `words` must all occur in name, account or title, with or without diacritics. Two statements.
    """
    wanted = folded(words).split()
    rows = db.session.execute(
        select(Official.id, Official.name, Official.account, Official.title).where(
            Official.id.in_(select(Post.official_id).where(Post.unit_id.in_(ids_inside(paths))))
        )
    ).all()
    fitting = [row for row in rows if all(word in folded(f"{row[1]} {row[2]} {row[3]}") for word in wanted)]
    fitting.sort(key=lambda row: _by_given_name(row[1]))
    ids = [row[0] for row in fitting[(page - 1) * PAGE : page * PAGE]]
    found = {official.id: official for official in db.session.scalars(select(Official).where(Official.id.in_(ids)))}
    return Directory([found[i] for i in ids], page, len(fitting) > page * PAGE)


def _by_given_name(name: str) -> tuple[str, str]:
    """Vietnamese lists go by the last word, the given name, then by the whole."""
    given = name.split()[-1] if name.split() else ""
    return sort_key_vi(given), sort_key_vi(name)


def may_deputise(unit: Unit, head_id: int, roles: Iterable[Role], day: date) -> list[Official]:
    """Who could stand in for the head of a unit: its own people and those of the unit above, the head left out."""
    statement = (
        select(Official)
        .join(Post, Post.official_id == Official.id)
        .where(Post.unit_id.in_([unit.id, unit.parent_id]), Post.role.in_([str(r) for r in roles]), held_on(day))
        .where(Official.is_disabled.is_(False), Official.id != head_id)
    )
    return sorted(dict.fromkeys(db.session.scalars(statement)), key=lambda official: _by_given_name(official.name))


def deputations(head_id: int, day: date) -> list[Deputation]:
    """Deputies a head has named who stand in today or later, the next first."""
    return list(
        db.session.scalars(
            select(Deputation)
            .where(Deputation.head_id == head_id, Deputation.to_on >= day)
            .order_by(Deputation.from_on, Deputation.id)
        )
    )
