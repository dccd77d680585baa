"""What may be done to a case, by whom, in which state, and what follows: the whole workflow as one table per kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


def N_(sentence: str) -> str:
    """Mark a sentence for translation where it is shown; rules know no languages."""
    return sentence


class Kind(StrEnum):
    """What the law calls the thing a resident asked."""

    FEEDBACK = "feedback"
    COMPLAINT = "complaint"


class Status(StrEnum):
    """Where a case stands. Overdue, draft, rated are facts about a case, not statuses."""

    RECEIVED = "received"
    ASSIGNED = "assigned"
    WAITING = "waiting"
    PENDING_APPROVAL = "pending_approval"
    ANSWERED = "answered"
    CLOSED = "closed"


OPEN = frozenset({Status.RECEIVED, Status.ASSIGNED, Status.WAITING, Status.PENDING_APPROVAL})
"""States in which the office owes the resident something."""


class Role(StrEnum):
    """The hats people wear. Residents and the system wear theirs without a post."""

    RESIDENT = "resident"
    CLERK = "clerk"
    OFFICER = "officer"
    HEAD = "head"
    SUPERVISOR = "supervisor"
    INSPECTOR = "inspector"
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"


class Reach(StrEnum):
    """How far a hat reaches: one's own case, cases assigned to me, my unit's, my unit's and all below."""

    OWN = "own"
    ASSIGNED = "assigned"
    UNIT = "unit"
    SUBTREE = "subtree"
    ANY = "any"


class Outcome(StrEnum):
    """How a case ended."""

    RESOLVED = "resolved"
    PARTLY_RESOLVED = "partly_resolved"
    EXPLAINED = "explained"
    NOT_COMPETENT = "not_competent"
    NOT_ACCEPTED = "not_accepted"
    DUPLICATE = "duplicate"
    WITHDRAWN = "withdrawn"
    TERMINATED = "terminated"


ANSWER_OUTCOMES = (Outcome.RESOLVED, Outcome.PARTLY_RESOLVED, Outcome.EXPLAINED, Outcome.NOT_COMPETENT)


class Action(StrEnum):
    """Every verb somebody can do: permission, button, event, letter, timeline line and test id are this one word."""

    SUBMIT = "submit"
    REGISTER = "register"
    RECEIVE = "receive"
    ACCEPT = "accept"
    CORRECT = "correct"
    REFUSE = "refuse"
    MARK_DUPLICATE = "mark_duplicate"
    ASSIGN = "assign"
    TAKE = "take"
    FORWARD = "forward"
    ASK = "ask"
    REPLY = "reply"
    REMIND = "remind"
    NOTE = "note"
    DRAFT = "draft"
    PROPOSE = "propose"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    RATE = "rate"
    REOPEN = "reopen"
    CLOSE = "close"
    WITHDRAW = "withdraw"
    HAND_OVER = "hand_over"
    SUCCEED = "succeed"
    # Deeds that are remembered but move no case.
    SIGN_IN = "sign_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGN_OUT = "sign_out"
    DENIED = "denied"
    LINK_SENT = "link_sent"
    CODE_RENEWED = "code_renewed"
    OFFICIAL_CHANGED = "official_changed"
    UNIT_CHANGED = "unit_changed"
    SETTING_CHANGED = "setting_changed"
    EXPORTED = "exported"
    IMPORTED = "imported"


class Carry(StrEnum):
    """What an action must bring along, or it changes nothing."""

    REASON = "reason"
    TEXT = "text"
    OUTCOME = "outcome"
    UNIT = "unit"
    OFFICER = "officer"
    CASE = "case"
    LEVEL = "level"
    DATE = "date"
    SIGNATURE = "signature"


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
    posts: tuple[PostFact, ...] = field(default=())
    name: str = ""
    in_name_of: int | None = None


RESIDENT_NOBODY = Actor(Role.RESIDENT)
"""Somebody who has no case yet: the writer of a petition."""

THE_SYSTEM = Actor(Role.SYSTEM, name="system")


class CaseFacts(Protocol):
    """What the workflow needs to know of a case; the table has more."""

    id: int
    kind: str
    status: str
    unit_id: int
    unit_path: str
    assigned_to_id: int | None
    is_registered: bool
    is_received: bool
    is_accepted: bool
    has_reminder: bool
    can_reopen: bool
    has_answer: bool
    draft_text: str


def reaches(actor: Actor, role: Role, reach: Reach, case: CaseFacts | None) -> bool:
    """Whether this actor, wearing this hat, reaches this case (None: a case that is yet to be)."""
    if role in (Role.RESIDENT, Role.SYSTEM):
        return actor.role == role and (role == Role.SYSTEM or case is None or actor.case_id == case.id)
    held = [post for post in actor.posts if post.role == role]
    if case is None:
        return bool(held)
    if reach == Reach.ASSIGNED:
        return any(p.unit_id == case.unit_id for p in held) and case.assigned_to_id == actor.official_id
    if reach == Reach.UNIT:
        return any(post.unit_id == case.unit_id for post in held)
    return any(case.unit_path.startswith(post.unit_path) for post in held)


def is_held_by(actor: Actor, step: Step, case: CaseFacts | None) -> bool:
    """Whether one of the step's hats fits this actor."""
    return any(reaches(actor, role, reach, case) for role, reach in step.who)


def _unready(action: Action, case: CaseFacts) -> str | None:
    """What of the case itself stands in the way, beyond its status."""
    answers = {
        Action.REGISTER: (case.is_registered, N_("Bản gốc có chữ ký đã vào sổ rồi.")),
        Action.RECEIVE: (case.is_received, N_("Việc này đã vào sổ tiếp nhận rồi.")),
        Action.ACCEPT: (case.is_accepted, N_("Khiếu nại này đã thụ lý rồi.")),
        Action.REMIND: (case.has_reminder, N_("Đã nhắc người gửi một lần rồi.")),
        Action.REOPEN: (not case.can_reopen, N_("Đã hết thời gian mở lại việc này.")),
        Action.RATE: (not case.has_answer, N_("Chưa có câu trả lời để đánh giá.")),
    }
    if action == Action.ACCEPT and not case.is_registered:
        return N_("Chưa vào sổ bản gốc có chữ ký, chưa thụ lý được.")
    if action == Action.CLOSE and case.status == Status.WAITING and not case.has_reminder:
        return N_("Chưa nhắc người gửi, chưa kết thúc được.")
    if action == Action.PROPOSE and case.kind == Kind.COMPLAINT and not case.is_accepted:
        return N_("Khiếu nại chưa thụ lý, chưa trình ký quyết định được.")
    stands_in_the_way, sentence = answers.get(action, (False, ""))
    return sentence if stands_in_the_way else None


def find_step(actor: Actor, action: Action, case: CaseFacts) -> Step | str:
    """The row that allows it, or the sentence that says why not."""
    rows = [s for s in STEPS if s.action == action and case.kind in s.kinds]
    if not rows:
        return N_("Loại việc này không có bước đó.")
    mine = [s for s in rows if is_held_by(actor, s, case)]
    if not mine:
        return N_("Việc này không thuộc phần của vai trò hiện có.")
    fitting = [s for s in mine if case.status in s.source]
    if not fitting:
        return N_("Tình trạng hiện nay của việc chưa cho làm bước này.")
    return _unready(action, case) or fitting[0]


def why_not(actor: Actor, action: Action, case: CaseFacts) -> str | None:
    """A sentence saying why this may not be done now, or None if it may."""
    found = find_step(actor, action, case)
    return found if isinstance(found, str) else None


def allowed_actions(actor: Actor, case: CaseFacts) -> list[Action]:
    """The verbs this actor may do to this case now, in the table's order, each once."""
    return [a for a in dict.fromkeys(s.action for s in STEPS) if a != Action.SUBMIT and why_not(actor, a, case) is None]


def refusals(actor: Actor, case: CaseFacts) -> list[tuple[Action, str]]:
    """The verbs of this kind of case that are closed to this actor now, each with its reason ("Why not?")."""
    mine = dict.fromkeys(s.action for s in STEPS if case.kind in s.kinds and s.action != Action.SUBMIT)
    return [(action, reason) for action in mine if (reason := why_not(actor, action, case))]


def step_of(action: Action, kind: Kind | str, status: Status | str | None = None) -> Step:
    """The row for an action already allowed; for SUBMIT leave the status out."""
    return next(
        s for s in STEPS if s.action == action and kind in s.kinds and (status is None or not s.source or status in s.source)
    )
