"""The words of the workflow: kinds, statuses, roles, reaches, outcomes and every verb."""

from __future__ import annotations

from enum import StrEnum


def N_(sentence: str) -> str:
    """Mark a sentence for translation where it is shown; rules know no languages."""
    return sentence


class Kind(StrEnum):
    """What the law calls the thing a resident asked."""

    FEEDBACK = "feedback"
    COMPLAINT = "complaint"
    DENUNCIATION = "denunciation"


class Status(StrEnum):
    """Where a case stands. Overdue, draft, extended, rated, published are facts about a case, not statuses."""

    RECEIVED = "received"
    ASSIGNED = "assigned"
    VERIFYING = "verifying"
    WAITING = "waiting"
    SUSPENDED = "suspended"
    PENDING_APPROVAL = "pending_approval"
    ANSWERED = "answered"
    """The answer, the decision or the conclusion is signed and issued."""
    ENFORCING = "enforcing"
    CLOSED = "closed"
    ARCHIVED = "archived"


OPEN = frozenset({Status.RECEIVED, Status.ASSIGNED, Status.VERIFYING, Status.WAITING, Status.SUSPENDED,
                  Status.PENDING_APPROVAL})  # fmt: skip
"""States in which the office owes the resident something."""


class Role(StrEnum):
    """The hats people wear. Residents and the system wear theirs without a post."""

    RESIDENT = "resident"
    CLERK = "clerk"
    OFFICER = "officer"
    HEAD = "head"
    SUPERVISOR = "supervisor"
    INSPECTOR = "inspector"
    REGISTRAR = "registrar"
    """Keeps the sealed register of denunciations: enters the signed originals and names who handles them."""
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"


class Reach(StrEnum):
    """How far a hat reaches: one's own case, cases assigned to me, my unit's, my unit's and all below."""

    OWN = "own"
    ASSIGNED = "assigned"
    UNIT = "unit"
    SUBTREE = "subtree"
    NAMED = "named"
    """Denunciations: only to cases whose handler this official was named."""
    PART = "part"
    """Cases of another unit that asked mine for its part."""
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


class Verdict(StrEnum):
    """What a decision or a conclusion says of the claim (form 03/KQGQ counts these three)."""

    RIGHT = "right"
    PARTLY_RIGHT = "partly_right"
    WRONG = "wrong"


VERDICT_OUTCOMES = {Verdict.RIGHT: Outcome.RESOLVED, Verdict.PARTLY_RIGHT: Outcome.PARTLY_RESOLVED,
                    Verdict.WRONG: Outcome.EXPLAINED}  # fmt: skip


class Action(StrEnum):
    """Every verb somebody can do: permission, button, event, letter, timeline line and test id are this one word."""

    # Arriving and sorting.
    SUBMIT = "submit"
    REGISTER = "register"
    RECEIVE = "receive"
    CLASSIFY = "classify"
    CORRECT = "correct"
    SPLIT = "split"
    MARK_DUPLICATE = "mark_duplicate"
    REFUSE = "refuse"
    NAME_HANDLER = "name_handler"
    DISMISS_HANDLER = "dismiss_handler"
    ASSIGN = "assign"
    TAKE = "take"
    FORWARD = "forward"
    # Deeds that are done by signing a paper.
    GUIDE = "guide"
    TRANSFER_OUT = "transfer_out"
    RETURN_PETITION = "return_petition"
    NOT_ACCEPT = "not_accept"
    ACCEPT = "accept"
    VERIFY = "verify"
    SUSPEND = "suspend"
    RESUME = "resume"
    MAKE_COMPLEX = "make_complex"
    EXTEND = "extend"
    TERMINATE = "terminate"
    DECIDE = "decide"
    CONCLUDE = "conclude"
    ISSUE = "issue"
    # A paper on its way to the signature.
    WRITE = "write"
    SUBMIT_PAPER = "submit_paper"
    RETURN_PAPER = "return_paper"
    DROP_PAPER = "drop_paper"
    # Working on it.
    ASK = "ask"
    REPLY = "reply"
    REMIND = "remind"
    NOTE = "note"
    REQUEST_PART = "request_part"
    GIVE_PART = "give_part"
    HOLD_DIALOGUE = "hold_dialogue"
    REQUEST_REPORT = "request_report"
    GIVE_REPORT = "give_report"
    WITHDRAW_PART = "withdraw_part"
    WITHDRAW = "withdraw"
    # The answer to feedback.
    DRAFT = "draft"
    PROPOSE = "propose"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    # After the answer.
    SEND = "send"
    PUBLISH = "publish"
    ENFORCE = "enforce"
    RATE = "rate"
    REOPEN = "reopen"
    APPEAL = "appeal"
    CLOSE = "close"
    ARCHIVE = "archive"
    # The house moves, the law moves.
    HAND_OVER = "hand_over"
    SUCCEED = "succeed"
    RECOMPUTE = "recompute"
    WARN = "warn"
    ESCALATE = "escalate"
    # Deeds that are remembered but move no case.
    LOOK = "look"
    SIGN_IN = "sign_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGN_OUT = "sign_out"
    DENIED = "denied"
    LINK_SENT = "link_sent"
    CODE_RENEWED = "code_renewed"
    OFFICIAL_CHANGED = "official_changed"
    UNIT_CHANGED = "unit_changed"
    SETTING_CHANGED = "setting_changed"
    PHRASE_CHANGED = "phrase_changed"
    EXPORTED = "exported"
    IMPORTED = "imported"


BY_PAPER = frozenset({
    Action.GUIDE, Action.TRANSFER_OUT, Action.RETURN_PETITION, Action.NOT_ACCEPT, Action.ACCEPT, Action.VERIFY,
    Action.SUSPEND, Action.RESUME, Action.MAKE_COMPLEX, Action.EXTEND, Action.TERMINATE, Action.DECIDE,
    Action.CONCLUDE, Action.ISSUE,
})  # fmt: skip
"""Verbs that happen when their paper is signed, and never without one."""


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
    PAPER_FILE = "paper_file"
    CHECKLIST = "checklist"
    VARIANT = "variant"
    VERDICT = "verdict"
    DOCUMENT = "document"
    SIGNATURE = "signature"
