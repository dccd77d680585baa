"""One row of the workflow, and the words in which the tables are written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..vocabulary import Action, Carry, Kind, Reach, Role, Status


@dataclass(frozen=True)
class Step:
    """One row of the workflow: who may do what, from where to where, with what, and who is told.

    `to` None leaves the status as it is. `starts`, `meets`, `pauses` and `resumes` name stages of deadlines.toml;
    of a complaint's stages only those of its instance are meant. Verbs in BY_PAPER happen when whoever may do them
    signs their paper.
    """

    action: Action
    kinds: frozenset[Kind]
    who: tuple[tuple[Role, Reach], ...]
    source: frozenset[Status]
    to: Status | None = None
    carries: tuple[Carry, ...] = ()
    starts: tuple[str, ...] = ()
    meets: tuple[str, ...] = ()
    pauses: tuple[str, ...] = ()
    resumes: tuple[str, ...] = ()
    tells: tuple[Role, ...] = ()


BEFORE_WORK = frozenset({Status.RECEIVED, Status.ASSIGNED})
WORK = frozenset({Status.ASSIGNED, Status.VERIFYING})
WAITS = frozenset({Status.WAITING, Status.SUSPENDED})
DECIDED = frozenset({Status.ANSWERED, Status.ENFORCING, Status.CLOSED})
ANYWHERE = frozenset(Status)

RESIDENT = (Role.RESIDENT, Reach.OWN)
CLERK = (Role.CLERK, Reach.UNIT)
OFFICER = (Role.OFFICER, Reach.ASSIGNED)
COLLEAGUE = (Role.OFFICER, Reach.UNIT)
HEAD = (Role.HEAD, Reach.UNIT)
SYSTEM = (Role.SYSTEM, Reach.ANY)
ADMINISTRATOR = (Role.ADMINISTRATOR, Reach.SUBTREE)
PART_OFFICER = (Role.OFFICER, Reach.PART)
PART_HEAD = (Role.HEAD, Reach.PART)
ABOVE_CLERK = (Role.CLERK, Reach.SUBTREE)
ABOVE_HEAD = (Role.HEAD, Reach.SUBTREE)
REGISTRAR = (Role.REGISTRAR, Reach.SUBTREE)
NAMED_OFFICER = (Role.OFFICER, Reach.NAMED)
NAMED_HEAD = (Role.HEAD, Reach.NAMED)


class Table:
    """Writes the rows of one kind of case."""

    def __init__(self, *kinds: Kind) -> None:
        self.kinds = frozenset(kinds)

    def row(self, action: Action, who: Iterable[tuple[Role, Reach]], source: Iterable[Status],
            to: Status | None = None, *carries: Carry, **more: Iterable[object]) -> Step:  # fmt: skip
        """A step of these kinds; `more` are starts, meets, pauses, resumes and tells."""
        rest = {name: tuple(values) for name, values in more.items()}
        return Step(action, self.kinds, tuple(who), frozenset(source), to, carries, **rest)  # type: ignore[arg-type]
