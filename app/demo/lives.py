"""What a case's life is made of: deeds in the order of time, each one verb of cases.actions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ..cases.actions import NewCase
from .world import Spot

RESIDENT, SYSTEM = 0, -1
"""Who acts, where it is no official's id."""


@dataclass(frozen=True)
class Deed:
    """Somebody does something to a case at a moment; `cargo` is what the verb takes besides actor and time.

    A verb that happens by a paper has the form's id, its `texts` and what it `carried` as cargo.
    """

    at: datetime
    verb: str
    who: int
    cargo: dict[str, Any]


@dataclass
class Life:
    """One case from its arrival on; `at` is the counter that entered it, `number` its place in the order of arrival."""

    number: int
    new: NewCase
    at: Spot | None = None
    deeds: list[Deed] = field(default_factory=list)
    second_of: int | None = None
    """Second complaint: the number of the life of the first."""
