"""Who acts, and what of a case the workflow looks at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from .vocabulary import Role


@dataclass(frozen=True)
class PostFact:
    """One post an official holds today: a role at a unit, whose path says what lies below it ('/1/4/')."""

    role: Role
    unit_id: int
    unit_path: str
    in_name_of: int | None = None
    """The head in whose name a deputy holds this post."""


@dataclass(frozen=True)
class Actor:
    """Who acts: an official with posts, the resident of one case, or the system itself."""

    role: Role
    official_id: int | None = None
    case_id: int | None = None
    booking_id: int | None = None
    """The one booking that whoever gave its code may see and change."""
    posts: tuple[PostFact, ...] = field(default=())
    name: str = ""
    in_name_of: int | None = None


RESIDENT_NOBODY = Actor(Role.RESIDENT)
"""Somebody who has no case yet: the writer of a petition."""

THE_SYSTEM = Actor(Role.SYSTEM, name="system")


class CaseFacts(Protocol):
    """What the workflow needs to know of a case; the table has more."""

    @property
    def id(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def instance(self) -> int: ...
    @property
    def unit_id(self) -> int: ...
    @property
    def unit_path(self) -> str: ...
    @property
    def assigned_to_id(self) -> int | None: ...
    @property
    def denounced_path(self) -> str: ...
    @property
    def handler_ids(self) -> frozenset[int]: ...
    @property
    def part_unit_ids(self) -> frozenset[int]: ...
    @property
    def is_registered(self) -> bool: ...
    @property
    def is_received(self) -> bool: ...
    @property
    def is_ineligible(self) -> bool: ...
    @property
    def is_accepted(self) -> bool: ...
    @property
    def is_complex(self) -> bool: ...
    @property
    def is_sent(self) -> bool: ...
    @property
    def is_published(self) -> bool: ...
    @property
    def has_dialogue(self) -> bool: ...
    @property
    def has_reminder(self) -> bool: ...
    @property
    def has_answer(self) -> bool: ...
    @property
    def shares_answer(self) -> bool: ...
    @property
    def is_heard_elsewhere(self) -> bool: ...
    @property
    def can_reopen(self) -> bool: ...
    @property
    def can_appeal(self) -> bool: ...
    @property
    def is_overdue(self) -> bool: ...
    @property
    def report_is_owed(self) -> bool: ...
    @property
    def has_insisted(self) -> bool: ...
    @property
    def has_offer(self) -> bool: ...
    @property
    def is_shared(self) -> bool: ...
    @property
    def is_public(self) -> bool: ...
