"""Feedback and recommendations (phản ánh, kiến nghị): one clock from receipt to the signed answer, a forward or not."""

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
    PART_HEAD,
    PART_OFFICER,
    RESIDENT,
    SYSTEM,
    Table,
)

_A, _S, _C, _R = Action, Status, Carry, Role
_row = Table(Kind.FEEDBACK).row

# fmt: off
FEEDBACK = (
    _row(_A.SUBMIT, [RESIDENT, CLERK, COLLEAGUE, HEAD], [], _S.RECEIVED, _C.TEXT,
         starts=["receive_and_classify", "answer", "transfer"], tells=[_R.RESIDENT, _R.CLERK]),
    _row(_A.RECEIVE, [CLERK, HEAD], [_S.RECEIVED], None, meets=["receive_and_classify"], tells=[_R.RESIDENT]),
    _row(_A.CLASSIFY, [CLERK, OFFICER, HEAD], BEFORE_WORK, None, _C.CHECKLIST, meets=["receive_and_classify"]),
    _row(_A.CORRECT, [CLERK, HEAD, OFFICER], BEFORE_WORK, None, _C.REASON),
    _row(_A.SPLIT, [CLERK, HEAD, OFFICER], BEFORE_WORK, None, _C.TEXT, _C.REASON, tells=[_R.RESIDENT]),
    _row(_A.MARK_DUPLICATE, [CLERK, HEAD, OFFICER], BEFORE_WORK, _S.CLOSED, _C.CASE, tells=[_R.RESIDENT]),
    _row(_A.REFUSE, [CLERK, HEAD], BEFORE_WORK, _S.CLOSED, _C.REASON, _C.OUTCOME, tells=[_R.RESIDENT]),
    _row(_A.ASSIGN, [CLERK, HEAD], BEFORE_WORK, _S.ASSIGNED, _C.OFFICER, meets=["receive_and_classify"],
         tells=[_R.OFFICER]),
    _row(_A.ASSIGN, [HEAD], [_S.WAITING, _S.PENDING_APPROVAL], None, _C.OFFICER, tells=[_R.OFFICER]),
    _row(_A.TAKE, [COLLEAGUE], [_S.RECEIVED], _S.ASSIGNED, meets=["receive_and_classify"]),
    _row(_A.FORWARD, [CLERK, HEAD, OFFICER], BEFORE_WORK, _S.RECEIVED, _C.UNIT, _C.REASON,
         meets=["receive_and_classify", "transfer"], tells=[_R.RESIDENT, _R.CLERK]),
    # Out of the house: to a body that does not work in this system.
    _row(_A.GUIDE, [HEAD], BEFORE_WORK, _S.CLOSED, _C.DOCUMENT, meets=["receive_and_classify", "transfer"],
         tells=[_R.RESIDENT]),
    _row(_A.TRANSFER_OUT, [HEAD], BEFORE_WORK, _S.CLOSED, _C.DOCUMENT, meets=["receive_and_classify", "transfer"],
         tells=[_R.RESIDENT]),
    _row(_A.RETURN_PETITION, [HEAD], BEFORE_WORK, _S.CLOSED, _C.DOCUMENT, meets=["receive_and_classify", "transfer"],
         tells=[_R.RESIDENT]),
    _row(_A.ISSUE, [HEAD], OPEN | DECIDED, None, _C.DOCUMENT),
    _row(_A.WRITE, [CLERK, OFFICER, HEAD], OPEN | DECIDED, None, _C.TEXT),
    _row(_A.SUBMIT_PAPER, [CLERK, OFFICER, HEAD], OPEN | DECIDED, None, _C.TEXT, tells=[_R.HEAD]),
    _row(_A.RETURN_PAPER, [HEAD], OPEN | DECIDED, None, _C.REASON, tells=[_R.OFFICER]),
    _row(_A.DROP_PAPER, [CLERK, OFFICER, HEAD], OPEN | DECIDED, None),
    _row(_A.ASK, [OFFICER], [_S.ASSIGNED], _S.WAITING, _C.TEXT, tells=[_R.RESIDENT]),
    _row(_A.REPLY, [RESIDENT], [_S.WAITING], _S.ASSIGNED, _C.TEXT, tells=[_R.OFFICER]),
    _row(_A.REPLY, [RESIDENT], [_S.RECEIVED, _S.ASSIGNED, _S.PENDING_APPROVAL], None, _C.TEXT, tells=[_R.OFFICER]),
    # A case that goes along with an earlier one: its sender is heard while that is worked on.
    _row(_A.REPLY, [RESIDENT], [_S.CLOSED], None, _C.TEXT),
    _row(_A.REMIND, [SYSTEM], [_S.WAITING], None, tells=[_R.RESIDENT]),
    _row(_A.NOTE, [CLERK, COLLEAGUE, HEAD], ANYWHERE, None, _C.TEXT),
    # The lead answers; others give their part inside the house by a date of the lead's own.
    _row(_A.REQUEST_PART, [OFFICER, HEAD], [_S.ASSIGNED, _S.WAITING], None, _C.UNIT, _C.TEXT, _C.DATE),
    _row(_A.GIVE_PART, [PART_OFFICER, PART_HEAD], OPEN, None, _C.TEXT, tells=[_R.OFFICER]),
    _row(_A.DRAFT, [OFFICER], [_S.ASSIGNED, _S.WAITING], None, _C.TEXT),
    _row(_A.PROPOSE, [OFFICER], [_S.ASSIGNED], _S.PENDING_APPROVAL, _C.TEXT, _C.OUTCOME, tells=[_R.HEAD]),
    _row(_A.SEND_BACK, [HEAD], [_S.PENDING_APPROVAL], _S.ASSIGNED, _C.REASON, tells=[_R.OFFICER]),
    _row(_A.APPROVE, [HEAD], [_S.PENDING_APPROVAL], _S.ANSWERED, _C.SIGNATURE, meets=["answer", "transfer"],
         tells=[_R.RESIDENT, _R.OFFICER]),
    _row(_A.PUBLISH, [OFFICER, HEAD], [_S.ANSWERED, _S.CLOSED], None, _C.DATE, _C.TEXT),
    _row(_A.RATE, [RESIDENT], DECIDED, None, _C.LEVEL),
    _row(_A.REOPEN, [RESIDENT], DECIDED, _S.ASSIGNED, _C.REASON, starts=["answer"], tells=[_R.OFFICER, _R.HEAD]),
    _row(_A.CLOSE, [OFFICER, HEAD], [_S.ANSWERED], _S.CLOSED, _C.OUTCOME),
    # The resident did not answer a question, not even after the reminder: closed as explained, reopenable.
    _row(_A.CLOSE, [OFFICER, HEAD], [_S.WAITING], _S.CLOSED, _C.OUTCOME, meets=["answer", "transfer"],
         tells=[_R.RESIDENT]),
    _row(_A.WITHDRAW_PART, [CLERK, OFFICER, HEAD], [_S.RECEIVED, _S.ASSIGNED, _S.WAITING], None, _C.TEXT, _C.DATE),
    _row(_A.WITHDRAW, [RESIDENT], OPEN, _S.CLOSED, tells=[_R.OFFICER]),
    _row(_A.ARCHIVE, [OFFICER, HEAD], [_S.CLOSED], _S.ARCHIVED),
    _row(_A.ARCHIVE, [HEAD], BEFORE_WORK, _S.ARCHIVED, _C.REASON, starts=["archived_ineligible"],
         meets=["receive_and_classify", "transfer"]),
    # The house moves: an officer leaves, a unit is merged into another. The law or the calendar moves.
    _row(_A.HAND_OVER, [ADMINISTRATOR, SYSTEM], OPEN, None, tells=[_R.OFFICER]),
    _row(_A.SUCCEED, [ADMINISTRATOR, SYSTEM], OPEN, None, tells=[_R.RESIDENT, _R.CLERK]),
    _row(_A.RECOMPUTE, [SYSTEM], OPEN, None, _C.REASON),
    _row(_A.ESCALATE, [SYSTEM], OPEN, None),
)
