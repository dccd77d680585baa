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
    DIALOGUE = "dialogue"
    """A request to be heard: by whom, on what, when."""


class Status(StrEnum):
    """Where a case stands. Overdue, draft, extended, rated, published are facts about a case, not statuses."""

    RECEIVED = "received"
    ASSIGNED = "assigned"
    VERIFYING = "verifying"
    WAITING = "waiting"
    SCHEDULED = "scheduled"
    """A dialogue: the request is answered with a time, the meeting is still to come."""
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
    # A dialogue that was asked for.
    OFFER_TIMES = "offer_times"
    CHOOSE_TIME = "choose_time"
    SCHEDULE = "schedule"
    RESCHEDULE = "reschedule"
    INSIST = "insist"
    PUBLISH_REQUEST = "publish_request"
    JOIN = "join"
    # Receiving citizens: days, bookings, what was said.
    OPEN_DAY = "open_day"
    MOVE_DAY = "move_day"
    HOLD_DAY = "hold_day"
    BOOK = "book"
    MOVE_BOOKING = "move_booking"
    CANCEL_BOOKING = "cancel_booking"
    REMIND_BOOKING = "remind_booking"
    CHECK_IN = "check_in"
    TURN_AWAY = "turn_away"
    MISS = "miss"
    HEAR = "hear"
    NOTIFY_RESULT = "notify_result"
    # Sessions: planned, announced, held, their minutes approved and published.
    PLAN_SESSION = "plan_session"
    CHANGE_SESSION = "change_session"
    ANNOUNCE_SESSION = "announce_session"
    MOVE_SESSION = "move_session"
    CALL_OFF_SESSION = "call_off_session"
    HOLD_SESSION = "hold_session"
    PUT_QUESTION = "put_question"
    ANSWER_QUESTION = "answer_question"
    WRITE_MINUTES = "write_minutes"
    SUBMIT_MINUTES = "submit_minutes"
    RETURN_MINUTES = "return_minutes"
    APPROVE_MINUTES = "approve_minutes"
    PUBLISH_MINUTES = "publish_minutes"
    CALL_CONFERENCE = "call_conference"
    """Voters ask for a conference: one voice, or a paper list of many."""
    # What was promised.
    PROMISE = "promise"
    DROP_PROMISE = "drop_promise"
    REPORT_DONE = "report_done"
    CONFIRM_KEPT = "confirm_kept"
    FIND_BROKEN = "find_broken"
    REPLACE_PROMISE = "replace_promise"
    OBJECT = "object"
    # The house moves, the law moves.
    HAND_OVER = "hand_over"
    SUCCEED = "succeed"
    RECOMPUTE = "recompute"
    WARN = "warn"
    ESCALATE = "escalate"
    MONTHLY_REPORT = "monthly_report"
    ALERT = "alert"
    ALERT_OVER = "alert_over"
    # Deeds that are remembered but move no case.
    LOOK = "look"
    SIGN_IN = "sign_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGN_OUT = "sign_out"
    DENIED = "denied"
    LINK_SENT = "link_sent"
    CODE_RENEWED = "code_renewed"
    CHOOSE_CHANNEL = "choose_channel"
    OFFICIAL_CHANGED = "official_changed"
    PASSWORD_LINK = "password_link"
    CHANGE_ASKED = "change_asked"
    CHANGE_APPROVED = "change_approved"
    CHANGE_DECLINED = "change_declined"
    UNIT_CHANGED = "unit_changed"
    SETTING_CHANGED = "setting_changed"
    PHRASE_CHANGED = "phrase_changed"
    FIGURE_TYPED = "figure_typed"
    EXPORTED = "exported"
    CONTACT_SHOWN = "contact_shown"
    # Whose data it is: what residents ask of it, how long it is kept.
    DATA_ASKED = "data_asked"
    DATA_EXTENDED = "data_extended"
    DATA_GRANTED = "data_granted"
    DATA_REFUSED = "data_refused"
    HOLD_ERASURE = "hold_erasure"
    LIFT_HOLD = "lift_hold"
    APPROVE_ERASURE = "approve_erasure"
    ERASE = "erase"
    IMPORTED = "imported"
    FILE_REMOVED = "file_removed"
    """A file that waited for the virus scanner had a virus."""
    CLOCK_JUMPED = "clock_jumped"
    CHECKPOINT_SENT = "checkpoint_sent"
    LETTER_RETRIED = "letter_retried"


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
