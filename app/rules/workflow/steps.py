"""The workflow as one table: who may do what, from where to where, with what, and who is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .vocabulary import OPEN, Action, Carry, Kind, Reach, Role, Status


@dataclass(frozen=True)
class Step:
    """One row of the workflow: who may do what, from where to where, with what, and who is told.

    `to` None leaves the status as it is. `starts` and `meets` name stages of deadlines.toml.
    """

    action: Action
    kinds: frozenset[Kind]
    who: tuple[tuple[Role, Reach], ...]
    source: frozenset[Status]
    to: Status | None = None
    carries: tuple[Carry, ...] = ()
    starts: tuple[str, ...] = ()
    meets: tuple[str, ...] = ()
    tells: tuple[Role, ...] = ()


ALL = frozenset(Kind)
BEFORE_WORK = frozenset({Status.RECEIVED, Status.ASSIGNED})
DECIDED = frozenset({Status.ANSWERED, Status.CLOSED})
ANYWHERE = frozenset(Status)

RESIDENT = (Role.RESIDENT, Reach.OWN)
CLERK = (Role.CLERK, Reach.UNIT)
OFFICER = (Role.OFFICER, Reach.ASSIGNED)
COLLEAGUE = (Role.OFFICER, Reach.UNIT)
HEAD = (Role.HEAD, Reach.UNIT)
SYSTEM = (Role.SYSTEM, Reach.ANY)
ADMINISTRATOR = (Role.ADMINISTRATOR, Reach.SUBTREE)
CLOSING = {Kind.FEEDBACK: "answer", Kind.COMPLAINT: "settlement_first"}
"""The stage whose due date is the case's own, and the only one that counts for on time."""

RUNNING = {Kind.FEEDBACK: (), Kind.COMPLAINT: ("acceptance_first", "classify_and_process")}
"""Stages shown, by name, before the closing clock starts."""


def _step(action: Action, who: Iterable[tuple[Role, Reach]], source: Iterable[Status], to: Status | None = None,
          *carries: Carry, kinds: frozenset[Kind] = ALL, starts: Iterable[str] = (), meets: Iterable[str] = (),
          tells: Iterable[Role] = ()) -> Step:  # fmt: skip
    return Step(action, kinds, tuple(who), frozenset(source), to, carries, tuple(starts), tuple(meets), tuple(tells))


_COMPLAINT = frozenset({Kind.COMPLAINT})
_FEEDBACK = frozenset({Kind.FEEDBACK})
_A, _S, _C = Action, Status, Carry

# fmt: off
STEPS: tuple[Step, ...] = (
    # A petition arrives: feedback is answered from its receipt on; a complaint is only written down until it is signed.
    _step(_A.SUBMIT, [RESIDENT, CLERK, COLLEAGUE, HEAD], [], _S.RECEIVED, _C.TEXT, kinds=_FEEDBACK,
          starts=["receive_and_classify", "answer"], tells=[Role.RESIDENT, Role.CLERK]),
    _step(_A.SUBMIT, [RESIDENT, CLERK, COLLEAGUE, HEAD], [], _S.RECEIVED, _C.TEXT, kinds=_COMPLAINT,
          tells=[Role.RESIDENT, Role.CLERK]),
    # Law 02/2011/QH13 art. 8: a complaint is a signed letter; its clocks start when the original is registered.
    _step(_A.REGISTER, [CLERK, HEAD], BEFORE_WORK, None, _C.DATE, kinds=_COMPLAINT,
          starts=["classify_and_process", "acceptance_first"], tells=[Role.RESIDENT]),
    _step(_A.RECEIVE, [CLERK, HEAD], [_S.RECEIVED], None, meets=["receive_and_classify"], tells=[Role.RESIDENT]),
    _step(_A.ACCEPT, [HEAD], BEFORE_WORK, None, kinds=_COMPLAINT, starts=["settlement_first"],
          meets=["classify_and_process", "acceptance_first"], tells=[Role.RESIDENT]),
    _step(_A.CORRECT, [CLERK, HEAD, OFFICER], BEFORE_WORK, None, _C.REASON),
    _step(_A.REFUSE, [CLERK, HEAD], BEFORE_WORK, _S.CLOSED, _C.REASON, _C.OUTCOME, tells=[Role.RESIDENT]),
    _step(_A.MARK_DUPLICATE, [CLERK, HEAD, OFFICER], BEFORE_WORK, _S.CLOSED, _C.CASE, tells=[Role.RESIDENT]),
    _step(_A.ASSIGN, [CLERK, HEAD], BEFORE_WORK, _S.ASSIGNED, _C.OFFICER, meets=["receive_and_classify"],
          tells=[Role.OFFICER]),
    _step(_A.ASSIGN, [HEAD], [_S.WAITING, _S.PENDING_APPROVAL], None, _C.OFFICER, tells=[Role.OFFICER]),
    _step(_A.TAKE, [COLLEAGUE], [_S.RECEIVED], _S.ASSIGNED, meets=["receive_and_classify"]),
    _step(_A.FORWARD, [CLERK, HEAD, OFFICER], BEFORE_WORK, _S.RECEIVED, _C.UNIT, _C.REASON,
          meets=["receive_and_classify"], tells=[Role.RESIDENT, Role.CLERK]),
    _step(_A.ASK, [OFFICER], [_S.ASSIGNED], _S.WAITING, _C.TEXT, tells=[Role.RESIDENT]),
    _step(_A.REPLY, [RESIDENT], [_S.WAITING], _S.ASSIGNED, _C.TEXT, tells=[Role.OFFICER]),
    _step(_A.REPLY, [RESIDENT], [_S.RECEIVED, _S.ASSIGNED, _S.PENDING_APPROVAL], None, _C.TEXT, tells=[Role.OFFICER]),
    _step(_A.REMIND, [SYSTEM], [_S.WAITING], None, tells=[Role.RESIDENT]),
    _step(_A.NOTE, [CLERK, COLLEAGUE, HEAD], ANYWHERE, None, _C.TEXT),
    _step(_A.DRAFT, [OFFICER], [_S.ASSIGNED, _S.WAITING], None, _C.TEXT),
    _step(_A.PROPOSE, [OFFICER], [_S.ASSIGNED], _S.PENDING_APPROVAL, _C.TEXT, _C.OUTCOME, tells=[Role.HEAD]),
    _step(_A.SEND_BACK, [HEAD], [_S.PENDING_APPROVAL], _S.ASSIGNED, _C.REASON, tells=[Role.OFFICER]),
    _step(_A.APPROVE, [HEAD], [_S.PENDING_APPROVAL], _S.ANSWERED, _C.SIGNATURE,
          meets=["answer", "settlement_first"], tells=[Role.RESIDENT, Role.OFFICER]),
    _step(_A.RATE, [RESIDENT], DECIDED, None, _C.LEVEL),
    _step(_A.REOPEN, [RESIDENT], DECIDED, _S.ASSIGNED, _C.REASON, starts=["answer", "settlement_first"],
          tells=[Role.OFFICER, Role.HEAD]),
    _step(_A.CLOSE, [OFFICER, HEAD], [_S.ANSWERED], _S.CLOSED, _C.OUTCOME),
    # The resident did not answer a question, not even after the reminder: closed as explained, reopenable.
    _step(_A.CLOSE, [OFFICER, HEAD], [_S.WAITING], _S.CLOSED, _C.OUTCOME, meets=["answer", "settlement_first"],
          tells=[Role.RESIDENT]),
    _step(_A.WITHDRAW, [RESIDENT], OPEN, _S.CLOSED, tells=[Role.OFFICER]),
    # The house moves: an officer leaves, a unit is merged into another.
    _step(_A.HAND_OVER, [ADMINISTRATOR, SYSTEM], OPEN, None, tells=[Role.OFFICER]),
    _step(_A.SUCCEED, [ADMINISTRATOR, SYSTEM], OPEN, None, tells=[Role.RESIDENT, Role.CLERK]),
)
# fmt: on
