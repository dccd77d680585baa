"""How long a stay at the unit took, and how long the case took for whoever wrote: formulas over whole columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .table import Column

if TYPE_CHECKING:
    from .measures import Measures

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Took:
    """Moments in seconds since 1970 of things that began and ended, and the seconds of legal pauses between."""

    since: Column
    until: Column
    waited: Column

    @property
    def seconds(self) -> Column:
        """The whole time."""
        return (self.until - self.since).astype(np.uint32, copy=False).view(np.int32)

    @property
    def net(self) -> Column:
        """Without the time in which the resident owed a reply or the law let the clock stand."""
        return np.maximum(self.seconds - self.waited.astype(np.int32), 0)


def concluded(measured: Measures) -> Mask:
    """Resolved in the period, and the case has not left since: the last answer is the one that is counted."""
    found: Mask = measured.resolved & (measured.facts["ended_at"] == 0)
    return found


def took(measured: Measures, what: str) -> Took:
    """`first_response`, `stay`: the unit's share, from its arrival there; `case`: from the resident's sending."""
    mask, since, until, waited = {
        "first_response": (measured.responded, "began_at", "first_response_at", ""),
        "stay": (measured.resolved, "began_at", "resolved_at", "waited_seconds"),
        "case": (concluded(measured), "case_began_at", "resolved_at", "case_waited_seconds"),
    }[what]
    facts = measured.facts
    return Took(facts[since][mask], facts[until][mask],
                facts[waited][mask] if waited else np.zeros(int(mask.sum()), np.uint32))  # fmt: skip


MORE: dict[str, Callable[[Measures], Mask]] = {"concluded": concluded}
