"""Complaints (khiếu nại), first and second time: Law 02/2011/QH13 as amended by Law 136/2025/QH15.

A complaint is a signed letter (art. 8): its clocks start when the original is registered. It is accepted or refused
with a reason (art. 27), verified (art. 29), suspended and resumed (art. 11a), decided (art. 31), and may be complained
of again to the next level up (art. 33). What leaves the house is a signed paper.
"""

from __future__ import annotations

from ..vocabulary import OPEN, Action, Carry, Kind, Role, Status
from .row import (
    ABOVE_CLERK,
    ABOVE_HEAD,
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
    WORK,
    Table,
)

_A, _S, _C, _R = Action, Status, Carry, Role
_row = Table(Kind.COMPLAINT).row
_SORTED = ("classify_and_process", "acceptance_first", "acceptance_second")
_SETTLED = ("settlement_first", "settlement_second", "settlement_discipline")
_SENT = ("send_decision_first", "send_decision_second")

# fmt: off
COMPLAINT = (
    # By web it is only written down; its clocks wait for the signed original.
    _row(_A.SUBMIT, [RESIDENT, CLERK, COLLEAGUE, HEAD], [], _S.RECEIVED, _C.TEXT, tells=[_R.RESIDENT, _R.CLERK]),
    _row(_A.REGISTER, [CLERK, HEAD], BEFORE_WORK, None, _C.DATE, starts=_SORTED, tells=[_R.RESIDENT]),
    _row(_A.RECEIVE, [CLERK, HEAD], [_S.RECEIVED], None, tells=[_R.RESIDENT]),
    _row(_A.CLASSIFY, [CLERK, OFFICER, HEAD], BEFORE_WORK, None, _C.CHECKLIST),
    _row(_A.CORRECT, [CLERK, HEAD, OFFICER], BEFORE_WORK, None, _C.REASON),
    _row(_A.SPLIT, [CLERK, HEAD, OFFICER], BEFORE_WORK, None, _C.TEXT, _C.REASON, tells=[_R.RESIDENT]),
    _row(_A.MARK_DUPLICATE, [CLERK, HEAD, OFFICER], BEFORE_WORK, _S.CLOSED, _C.CASE, tells=[_R.RESIDENT]),
    _row(_A.ASSIGN, [CLERK, HEAD], BEFORE_WORK, _S.ASSIGNED, _C.OFFICER, tells=[_R.OFFICER]),
    _row(_A.ASSIGN, [HEAD], [_S.VERIFYING, _S.WAITING, _S.SUSPENDED], None, _C.OFFICER, tells=[_R.OFFICER]),
    _row(_A.TAKE, [COLLEAGUE], [_S.RECEIVED], _S.ASSIGNED),
    _row(_A.FORWARD, [CLERK, HEAD, OFFICER], BEFORE_WORK, _S.RECEIVED, _C.UNIT, _C.REASON,
         tells=[_R.RESIDENT, _R.CLERK]),
    # Not ours, or not to be taken up: each by a paper that says why.
    _row(_A.GUIDE, [HEAD], BEFORE_WORK, _S.CLOSED, _C.DOCUMENT, meets=_SORTED, tells=[_R.RESIDENT]),
    _row(_A.TRANSFER_OUT, [HEAD], BEFORE_WORK, _S.CLOSED, _C.DOCUMENT, meets=_SORTED, tells=[_R.RESIDENT]),
    _row(_A.RETURN_PETITION, [HEAD], BEFORE_WORK, _S.CLOSED, _C.DOCUMENT, meets=_SORTED, tells=[_R.RESIDENT]),
    _row(_A.NOT_ACCEPT, [HEAD], BEFORE_WORK, _S.CLOSED, _C.DOCUMENT, meets=_SORTED, tells=[_R.RESIDENT]),
    _row(_A.ACCEPT, [HEAD], BEFORE_WORK, None, _C.DOCUMENT, starts=_SETTLED, meets=_SORTED, tells=[_R.RESIDENT]),
    _row(_A.VERIFY, [HEAD], [_S.ASSIGNED], _S.VERIFYING, _C.DOCUMENT, tells=[_R.OFFICER]),
    _row(_A.ASK, [OFFICER], WORK, _S.WAITING, _C.TEXT, tells=[_R.RESIDENT]),
    _row(_A.REPLY, [RESIDENT], [_S.WAITING], _S.ASSIGNED, _C.TEXT, tells=[_R.OFFICER]),
    _row(_A.REPLY, [RESIDENT], [_S.RECEIVED, _S.ASSIGNED, _S.VERIFYING, _S.SUSPENDED], None, _C.TEXT,
         tells=[_R.OFFICER]),
    # A complaint that goes along with an earlier one: its sender is heard while that is worked on.
    _row(_A.REPLY, [RESIDENT], [_S.CLOSED], None, _C.TEXT),
    _row(_A.REMIND, [SYSTEM], [_S.WAITING], None, tells=[_R.RESIDENT]),
    _row(_A.NOTE, [CLERK, COLLEAGUE, HEAD], ANYWHERE, None, _C.TEXT),
    _row(_A.REQUEST_PART, [OFFICER, HEAD], WORK, None, _C.UNIT, _C.TEXT, _C.DATE),
    _row(_A.GIVE_PART, [PART_OFFICER, PART_HEAD], OPEN, None, _C.TEXT, tells=[_R.OFFICER]),
    # Art. 11a: time stands still from the suspension until work resumes.
    _row(_A.SUSPEND, [HEAD], WORK | {_S.WAITING}, _S.SUSPENDED, _C.DOCUMENT, _C.DATE, pauses=_SETTLED,
         tells=[_R.RESIDENT]),
    _row(_A.RESUME, [HEAD], [_S.SUSPENDED], _S.ASSIGNED, _C.DOCUMENT, _C.DATE, resumes=_SETTLED,
         tells=[_R.RESIDENT, _R.OFFICER]),
    _row(_A.TERMINATE, [HEAD], WORK | {_S.WAITING, _S.SUSPENDED}, _S.CLOSED, _C.DOCUMENT, tells=[_R.RESIDENT]),
    # Art. 28, 37: complex replaces the term, counted from the same acceptance.
    _row(_A.MAKE_COMPLEX, [HEAD], WORK | {_S.WAITING}, None, _C.DOCUMENT, tells=[_R.RESIDENT]),
    _row(_A.HOLD_DIALOGUE, [OFFICER, HEAD], WORK, None, _C.DATE, _C.TEXT, tells=[_R.RESIDENT]),
    _row(_A.WITHDRAW_PART, [CLERK, OFFICER, HEAD], OPEN - {_S.SUSPENDED}, None, _C.TEXT, _C.DATE),
    # Art. 10: by web only until the signed original is registered; then on a signed paper that the office records,
    # and once accepted by a decision to terminate (art. 11a).
    _row(_A.WITHDRAW, [RESIDENT], OPEN, _S.CLOSED, tells=[_R.OFFICER]),
    _row(_A.WITHDRAW, [CLERK, OFFICER, HEAD], BEFORE_WORK, _S.CLOSED, _C.REASON, _C.DATE, tells=[_R.RESIDENT]),
    _row(_A.DECIDE, [HEAD], WORK, _S.ANSWERED, _C.DOCUMENT, _C.VERDICT,
         starts=[*_SENT, "publish_decision", "decision_takes_effect_first"], meets=_SETTLED,
         tells=[_R.RESIDENT, _R.OFFICER]),
    _row(_A.ISSUE, [HEAD], OPEN | DECIDED, None, _C.DOCUMENT),
    _row(_A.WRITE, [CLERK, OFFICER, HEAD], OPEN | DECIDED, None, _C.TEXT),
    _row(_A.SUBMIT_PAPER, [CLERK, OFFICER, HEAD], OPEN | DECIDED, None, _C.TEXT, tells=[_R.HEAD]),
    _row(_A.RETURN_PAPER, [HEAD], OPEN | DECIDED, None, _C.REASON, tells=[_R.OFFICER]),
    _row(_A.DROP_PAPER, [CLERK, OFFICER, HEAD], OPEN | DECIDED, None),
    _row(_A.SEND, [OFFICER, HEAD], [_S.ANSWERED, _S.ENFORCING], None, _C.DATE, _C.TEXT, meets=_SENT,
         starts=["filing_limit_second"], tells=[_R.RESIDENT]),
    _row(_A.PUBLISH, [OFFICER, HEAD], DECIDED, None, _C.DATE, _C.TEXT, meets=["publish_decision"],
         starts=["posting_duration"], tells=[_R.RESIDENT]),
    _row(_A.ENFORCE, [OFFICER, HEAD], [_S.ANSWERED], _S.ENFORCING, _C.DATE, _C.TEXT, tells=[_R.RESIDENT]),
    _row(_A.RATE, [RESIDENT], DECIDED, None, _C.LEVEL),
    # To the next level up, by the resident or on paper at a counter above (art. 33).
    _row(_A.APPEAL, [RESIDENT, ABOVE_CLERK, ABOVE_HEAD], DECIDED | OPEN, None, _C.TEXT, tells=[_R.OFFICER, _R.HEAD]),
    _row(_A.CLOSE, [OFFICER, HEAD], [_S.ANSWERED, _S.ENFORCING], _S.CLOSED),
    _row(_A.CLOSE, [OFFICER, HEAD], [_S.WAITING], _S.CLOSED, _C.OUTCOME, meets=_SETTLED, tells=[_R.RESIDENT]),
    _row(_A.ARCHIVE, [OFFICER, HEAD], [_S.CLOSED], _S.ARCHIVED),
    _row(_A.ARCHIVE, [HEAD], BEFORE_WORK, _S.ARCHIVED, _C.REASON, starts=["archived_ineligible"], meets=_SORTED),
    _row(_A.HAND_OVER, [ADMINISTRATOR, SYSTEM], OPEN, None, tells=[_R.OFFICER]),
    _row(_A.SUCCEED, [ADMINISTRATOR, SYSTEM], OPEN, None, tells=[_R.RESIDENT, _R.CLERK]),
    _row(_A.RECOMPUTE, [SYSTEM], OPEN | DECIDED, None, _C.REASON),
    _row(_A.ESCALATE, [SYSTEM], OPEN | DECIDED, None),
)
