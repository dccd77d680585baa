"""Requests for a dialogue (đề nghị đối thoại): answered with a time, with other times, in writing, or with a reason.

The clock is that of the request: it is met when a time stands or the answer is signed, not when people meet. Whoever
got a written answer instead may insist once.
"""

from __future__ import annotations

from ..vocabulary import OPEN, Action, Carry, Kind, Role, Status
from .row import (
    ADMINISTRATOR,
    ANYWHERE,
    BEFORE_WORK,
    CLERK,
    COLLEAGUE,
    DECIDED,
    HEAD,
    OFFICER,
    RESIDENT,
    SYSTEM,
    Table,
)

_A, _S, _C, _R = Action, Status, Carry, Role
_row = Table(Kind.DIALOGUE).row
_REQUEST = ("answer_request",)
_ALIVE = OPEN | {_S.SCHEDULED}

# fmt: off
DIALOGUE = (
    _row(_A.SUBMIT, [RESIDENT, CLERK, COLLEAGUE, HEAD], [], _S.RECEIVED, _C.TEXT, starts=_REQUEST,
         tells=[_R.RESIDENT, _R.CLERK]),
    _row(_A.RECEIVE, [CLERK, HEAD], [_S.RECEIVED], None, tells=[_R.RESIDENT]),
    _row(_A.CORRECT, [CLERK, HEAD, OFFICER], BEFORE_WORK, None, _C.REASON),
    _row(_A.REFUSE, [HEAD], BEFORE_WORK, _S.CLOSED, _C.REASON, _C.OUTCOME, tells=[_R.RESIDENT]),
    _row(_A.ASSIGN, [CLERK, HEAD], BEFORE_WORK, _S.ASSIGNED, _C.OFFICER, tells=[_R.OFFICER]),
    _row(_A.ASSIGN, [HEAD], [_S.WAITING, _S.PENDING_APPROVAL, _S.SCHEDULED], None, _C.OFFICER, tells=[_R.OFFICER]),
    _row(_A.TAKE, [COLLEAGUE], [_S.RECEIVED], _S.ASSIGNED),
    _row(_A.FORWARD, [CLERK, HEAD, OFFICER], BEFORE_WORK, _S.RECEIVED, _C.UNIT, _C.REASON,
         tells=[_R.RESIDENT, _R.CLERK]),
    # A time, or several to choose from. While the choice is the resident's, the clock stands still.
    _row(_A.SCHEDULE, [COLLEAGUE, HEAD], BEFORE_WORK | {_S.WAITING}, _S.SCHEDULED, _C.DATE, meets=_REQUEST,
         tells=[_R.RESIDENT, _R.OFFICER]),
    _row(_A.OFFER_TIMES, [COLLEAGUE, HEAD], BEFORE_WORK, _S.WAITING, _C.DATE, pauses=_REQUEST, tells=[_R.RESIDENT]),
    _row(_A.CHOOSE_TIME, [RESIDENT], [_S.WAITING], _S.SCHEDULED, _C.DATE, meets=_REQUEST,
         tells=[_R.RESIDENT, _R.OFFICER]),
    _row(_A.RESCHEDULE, [COLLEAGUE, HEAD], [_S.SCHEDULED], None, _C.DATE, _C.REASON, tells=[_R.RESIDENT]),
    _row(_A.ASK, [OFFICER], [_S.ASSIGNED], _S.WAITING, _C.TEXT, tells=[_R.RESIDENT]),
    _row(_A.REPLY, [RESIDENT], [_S.WAITING], _S.ASSIGNED, _C.TEXT, resumes=_REQUEST, tells=[_R.OFFICER]),
    _row(_A.REPLY, [RESIDENT], [_S.RECEIVED, _S.ASSIGNED, _S.PENDING_APPROVAL, _S.SCHEDULED], None, _C.TEXT,
         tells=[_R.OFFICER]),
    _row(_A.REMIND, [SYSTEM], [_S.WAITING], None, tells=[_R.RESIDENT]),
    _row(_A.NOTE, [CLERK, COLLEAGUE, HEAD], ANYWHERE, None, _C.TEXT),
    # In writing instead of a meeting; the resident may insist once.
    _row(_A.DRAFT, [OFFICER], [_S.ASSIGNED, _S.WAITING], None, _C.TEXT),
    _row(_A.PROPOSE, [OFFICER], [_S.ASSIGNED], _S.PENDING_APPROVAL, _C.TEXT, _C.OUTCOME, tells=[_R.HEAD]),
    _row(_A.SEND_BACK, [HEAD], [_S.PENDING_APPROVAL], _S.ASSIGNED, _C.REASON, tells=[_R.OFFICER]),
    _row(_A.APPROVE, [HEAD], [_S.PENDING_APPROVAL], _S.ANSWERED, _C.SIGNATURE, meets=_REQUEST,
         tells=[_R.RESIDENT, _R.OFFICER]),
    _row(_A.INSIST, [RESIDENT], [_S.ANSWERED, _S.CLOSED], _S.ASSIGNED, _C.REASON, starts=_REQUEST,
         tells=[_R.OFFICER, _R.HEAD]),
    # Others may join a request that was made public, each counted once.
    _row(_A.PUBLISH_REQUEST, [COLLEAGUE, HEAD], _ALIVE, None, _C.TEXT, tells=[_R.RESIDENT]),
    _row(_A.HOLD_DIALOGUE, [COLLEAGUE, HEAD], [_S.SCHEDULED], _S.ANSWERED, _C.DATE, _C.TEXT,
         tells=[_R.RESIDENT, _R.OFFICER]),
    _row(_A.PUBLISH, [COLLEAGUE, HEAD], [_S.ANSWERED, _S.CLOSED], None, _C.DATE, _C.TEXT, tells=[_R.RESIDENT]),
    _row(_A.RATE, [RESIDENT], DECIDED, None, _C.LEVEL),
    _row(_A.CLOSE, [COLLEAGUE, HEAD], [_S.ANSWERED], _S.CLOSED),
    # The resident did not say which time suits, not even after the reminder.
    _row(_A.CLOSE, [COLLEAGUE, HEAD], [_S.WAITING], _S.CLOSED, _C.OUTCOME, meets=_REQUEST, tells=[_R.RESIDENT]),
    _row(_A.WITHDRAW, [RESIDENT], _ALIVE, _S.CLOSED, tells=[_R.OFFICER]),
    _row(_A.ARCHIVE, [COLLEAGUE, HEAD], [_S.CLOSED], _S.ARCHIVED),
    _row(_A.HAND_OVER, [ADMINISTRATOR, SYSTEM], _ALIVE, None, tells=[_R.OFFICER]),
    _row(_A.SUCCEED, [ADMINISTRATOR, SYSTEM], _ALIVE, None, tells=[_R.RESIDENT, _R.CLERK]),
    _row(_A.RECOMPUTE, [SYSTEM], OPEN, None, _C.REASON),
    _row(_A.ESCALATE, [SYSTEM], OPEN, None),
)
