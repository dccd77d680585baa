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
