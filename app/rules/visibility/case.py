"""Who may see a case, and how much of it. The SQL twin is cases.visible.visible_to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from ..workflow.actors import Actor
from ..workflow.vocabulary import Action, Kind, Role, Status
from .posts import ABOVE, DESK, KEEPERS_OF_SEALED, WORKERS, lies_in, line_of, paths_of, serves_in, units_of


class Sight(StrEnum):
    """How much of a case somebody sees."""

    NOTHING = "nothing"
    REGISTER = "register"
    """A denunciation as its registrar keeps it: day, unit, stage, handlers; not what it says."""
    PAST = "past"
    """The timeline until one's own unit passed it on; read only."""
    PART = "part"
    """Another unit's case that asked mine for its part: everything but who sent it."""
    MASKED = "masked"
    """Everything but the resident's name, phone, address and e-mail."""
    FULL = "full"


ORDER = list(Sight)
TRIAGE = (Status.RECEIVED, Status.ASSIGNED)
INSIDE = frozenset({
    Action.NOTE, Action.DRAFT, Action.PROPOSE, Action.SEND_BACK, Action.CORRECT, Action.CLASSIFY, Action.HAND_OVER,
    Action.WRITE, Action.SUBMIT_PAPER, Action.RETURN_PAPER, Action.DROP_PAPER, Action.REQUEST_PART, Action.GIVE_PART,
    Action.NAME_HANDLER, Action.DISMISS_HANDLER, Action.REQUEST_REPORT, Action.GIVE_REPORT,
    Action.WARN, Action.ESCALATE, Action.MONTHLY_REPORT, Action.ALERT, Action.ALERT_OVER, Action.ARCHIVE, Action.LOOK,
    Action.LINK_SENT, Action.CODE_RENEWED, Action.CHOOSE_CHANNEL, Action.EXPORTED, Action.CONTACT_SHOWN,
    Action.HOLD_ERASURE, Action.LIFT_HOLD, Action.APPROVE_ERASURE,
})  # fmt: skip
"""Events that residents are never shown; of issued papers only those meant for the resident are."""


class Happened(Protocol):
    """An event, as far as it says who may read it."""

    @property
    def action(self) -> str: ...
    @property
    def facts(self) -> Mapping[str, Any]: ...


def is_inside(event: Happened) -> bool:
    """Whether an event stays within the house; a paper issued, unless it is meant for the resident."""
    return event.action in INSIDE or (event.action == Action.ISSUE and event.facts.get("shown_to") != "resident")


class Seen(Protocol):
    """What sight depends on."""

    @property
    def id(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def unit_id(self) -> int: ...
    @property
    def unit_path(self) -> str: ...
    @property
    def denounced_path(self) -> str: ...
    @property
    def handler_ids(self) -> frozenset[int]: ...
    @property
    def part_unit_ids(self) -> frozenset[int]: ...


def sight(actor: Actor, case: Seen, past_unit_ids: Iterable[int] = ()) -> Sight:
    """How much of this case the actor sees; `past_unit_ids` are the units whose custody of it has ended."""
    if actor.role == Role.SYSTEM:
        return Sight.FULL
    if actor.role == Role.RESIDENT:
        return Sight.FULL if actor.case_id == case.id else Sight.NOTHING
    if case.kind == Kind.DENUNCIATION:
        return _sealed(actor, case)
    past, parts = set(past_unit_ids), case.part_unit_ids
    found = [_through(post.role, post.unit_id, post.unit_path, case, past, parts) for post in actor.posts]
    return max(found, key=ORDER.index, default=Sight.NOTHING)


def _sealed(actor: Actor, case: Seen) -> Sight:
    """A denunciation: named handlers and the inspectorate read it, its registrar keeps the register (Law 25/2018).

    Whoever serves in the unit denounced or below it sees nothing, whatever else they are.
    """
    if serves_in(actor, case.denounced_path):
        return Sight.NOTHING
    if actor.official_id in case.handler_ids and actor.posts:
        return Sight.FULL
    roles = {post.role for post in actor.posts if lies_in(case.unit_path, post.unit_path)}
    if Role.INSPECTOR in roles:
        return Sight.FULL
    return Sight.REGISTER if Role.REGISTRAR in roles else Sight.NOTHING


def _through(role: Role, unit_id: int, unit_path: str, case: Seen, past: set[int], parts: frozenset[int]) -> Sight:
    """What one post lets its holder see of a case."""
    here, below = case.unit_id == unit_id, lies_in(case.unit_path, unit_path)
    if (role == Role.OFFICER and here) or (role in READING_BELOW and below):
        return Sight.FULL
    if role == Role.CLERK and here and case.status in TRIAGE:
        return Sight.FULL
    if role == Role.SUPERVISOR and below:
        return Sight.MASKED
    if role in WORKERS and unit_id in parts:
        return Sight.PART
    if role in DESK and unit_id in past:
        return Sight.PAST
    return Sight.NOTHING


READING_BELOW = (Role.HEAD, Role.INSPECTOR)
"""Who reads the whole of every case of the own unit and of all below it."""


@dataclass(frozen=True)
class CaseReach:
    """The same decision as sets, for the SQL twin: which units and subtrees let this actor see which cases."""

    officer_at: list[int]
    """All open kinds at these units, whole."""
    clerk_at: list[int]
    """Those in triage at these units, whole."""
    whole_below: list[str]
    """All open kinds in these subtrees, whole."""
    below: list[str]
    """All open kinds in these subtrees, at least without the name."""
    helping_at: list[int]
    """Cases that asked these units for their part."""
    past_at: list[int]
    """Cases whose custody at these units has ended, until then."""
    sealed_below: list[str]
    """Denunciations in these subtrees, at least the register."""
    named: bool
    """Denunciations this official is named to handle."""
    never_about: list[int]
    """No denunciation of one of these units: the own ones and all above them."""


def case_reach(actor: Actor) -> CaseReach:
    """What `sight` says, as sets of units and subtrees."""
    return CaseReach(
        officer_at=units_of(actor, (Role.OFFICER,)), clerk_at=units_of(actor, (Role.CLERK,)),
        whole_below=paths_of(actor, READING_BELOW), below=paths_of(actor, ABOVE),
        helping_at=units_of(actor, WORKERS), past_at=units_of(actor, DESK),
        sealed_below=paths_of(actor, KEEPERS_OF_SEALED), named=bool(actor.posts), never_about=line_of(actor),
    )  # fmt: skip
