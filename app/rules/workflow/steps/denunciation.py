"""Denunciations (tố cáo): Law 25/2018/QH14 as amended. Only named handlers work on one; nobody is told by mail.

The web pre-registers the content without saying who writes. The clock starts when the signed original is registered
(art. 23, 24); who wrote it stands on paper only (Decision 774/QD-TTg).
"""

from __future__ import annotations

from ..vocabulary import OPEN, Action, Carry, Kind, Role, Status
from .row import (
    ANYWHERE,
    BEFORE_WORK,
    DECIDED,
    NAMED_HEAD,
    NAMED_OFFICER,
    REGISTRAR,
    RESIDENT,
    SYSTEM,
    WORK,
    Table,
)

_A, _S, _C, _R = Action, Status, Carry, Role
_row = Table(Kind.DENUNCIATION).row
_SORTED = ("classify_and_process", "initial_verification", "transfer")
_HANDLERS = (NAMED_OFFICER, NAMED_HEAD)

# fmt: off
DENUNCIATION = (
    _row(_A.SUBMIT, [RESIDENT, REGISTRAR], [], _S.RECEIVED, _C.TEXT, tells=[_R.REGISTRAR]),
    _row(_A.REGISTER, [REGISTRAR], [_S.RECEIVED], None, _C.DATE, _C.PAPER_FILE, starts=_SORTED),
    _row(_A.NAME_HANDLER, [REGISTRAR], [_S.RECEIVED], _S.ASSIGNED, _C.OFFICER, tells=[_R.OFFICER]),
    _row(_A.NAME_HANDLER, [REGISTRAR], [_S.ASSIGNED, _S.VERIFYING, _S.SUSPENDED], None, _C.OFFICER,
         tells=[_R.OFFICER]),
    _row(_A.DISMISS_HANDLER, [REGISTRAR], ANYWHERE, None, _C.OFFICER, _C.REASON),
    _row(_A.CLASSIFY, [REGISTRAR, *_HANDLERS], BEFORE_WORK, None, _C.CHECKLIST),
    _row(_A.CORRECT, [REGISTRAR, *_HANDLERS], BEFORE_WORK, None, _C.REASON),
    _row(_A.MARK_DUPLICATE, [REGISTRAR], BEFORE_WORK, _S.CLOSED, _C.CASE),
    _row(_A.TRANSFER_OUT, [NAMED_HEAD], BEFORE_WORK, _S.CLOSED, _C.DOCUMENT, meets=_SORTED),
    _row(_A.RETURN_PETITION, [NAMED_HEAD], BEFORE_WORK, _S.CLOSED, _C.DOCUMENT, meets=_SORTED),
    _row(_A.NOT_ACCEPT, [NAMED_HEAD], BEFORE_WORK, _S.CLOSED, _C.DOCUMENT, meets=_SORTED),
    # Art. 29: accepted by a decision; both sides told within 5 working days.
    _row(_A.ACCEPT, [NAMED_HEAD], [_S.ASSIGNED], None, _C.DOCUMENT, starts=["settlement", "notify_acceptance"],
         meets=_SORTED),
    _row(_A.VERIFY, [NAMED_HEAD], [_S.ASSIGNED], _S.VERIFYING, _C.DOCUMENT),
    _row(_A.NOTE, _HANDLERS, ANYWHERE, None, _C.TEXT),
    # Art. 30.2-4: complex once, or specially complex twice, each from the due date before.
    _row(_A.EXTEND, [NAMED_HEAD], WORK, None, _C.DOCUMENT, _C.VARIANT),
    # Art. 34: time stands still; the decision is sent within 5 working days.
    _row(_A.SUSPEND, [NAMED_HEAD], WORK, _S.SUSPENDED, _C.DOCUMENT, _C.DATE, pauses=["settlement"],
         starts=["send_suspension_or_termination"]),
    _row(_A.RESUME, [NAMED_HEAD], [_S.SUSPENDED], _S.ASSIGNED, _C.DOCUMENT, _C.DATE, resumes=["settlement"]),
    _row(_A.TERMINATE, [NAMED_HEAD], WORK | {_S.SUSPENDED}, _S.CLOSED, _C.DOCUMENT,
         starts=["send_suspension_or_termination"]),
    _row(_A.WITHDRAW_PART, _HANDLERS, OPEN, None, _C.TEXT, _C.DATE),
    _row(_A.WITHDRAW, _HANDLERS, BEFORE_WORK | {_S.VERIFYING, _S.SUSPENDED}, _S.CLOSED, _C.REASON, _C.DATE),
    _row(_A.CONCLUDE, [NAMED_HEAD], WORK, _S.ANSWERED, _C.DOCUMENT, _C.VERDICT,
         starts=["send_conclusion", "handle_conclusion", "publish_conclusion"], meets=["settlement"]),
    # Art. 38: late, so the level above asks why; the handlers report within 5 working days.
    _row(_A.REQUEST_REPORT, [REGISTRAR], OPEN, None, _C.TEXT, starts=["handler_reports"],
         meets=["superior_requests_report"], tells=[_R.OFFICER]),
    _row(_A.GIVE_REPORT, _HANDLERS, OPEN | DECIDED, None, _C.TEXT, meets=["handler_reports"], tells=[_R.REGISTRAR]),
    _row(_A.ISSUE, [NAMED_HEAD], OPEN | DECIDED, None, _C.DOCUMENT),
    _row(_A.WRITE, _HANDLERS, OPEN | DECIDED, None, _C.TEXT),
    _row(_A.SUBMIT_PAPER, _HANDLERS, OPEN | DECIDED, None, _C.TEXT, tells=[_R.HEAD]),
    _row(_A.RETURN_PAPER, [NAMED_HEAD], OPEN | DECIDED, None, _C.REASON, tells=[_R.OFFICER]),
    _row(_A.DROP_PAPER, _HANDLERS, OPEN | DECIDED, None),
    _row(_A.SEND, _HANDLERS, DECIDED | {_S.SUSPENDED, _S.ASSIGNED, _S.VERIFYING}, None, _C.DATE, _C.TEXT,
         meets=["send_conclusion", "send_suspension_or_termination", "notify_acceptance"]),
    _row(_A.ENFORCE, _HANDLERS, [_S.ANSWERED], _S.ENFORCING, _C.DATE, _C.TEXT, meets=["handle_conclusion"]),
    _row(_A.PUBLISH, _HANDLERS, DECIDED, None, _C.DATE, _C.TEXT, meets=["publish_conclusion"]),
    _row(_A.CLOSE, _HANDLERS, [_S.ANSWERED, _S.ENFORCING], _S.CLOSED),
    _row(_A.ARCHIVE, [NAMED_HEAD, REGISTRAR], [_S.CLOSED], _S.ARCHIVED),
    _row(_A.ARCHIVE, [NAMED_HEAD, REGISTRAR], BEFORE_WORK, _S.ARCHIVED, _C.REASON, starts=["archived_ineligible"],
         meets=_SORTED),
    _row(_A.HAND_OVER, [SYSTEM], OPEN, None),
    _row(_A.SUCCEED, [SYSTEM], OPEN, None),
    _row(_A.RECOMPUTE, [SYSTEM], OPEN | DECIDED, None, _C.REASON),
    _row(_A.ESCALATE, [SYSTEM], OPEN | DECIDED, None),
)
