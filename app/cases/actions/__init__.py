"""All verbs that change a case. Each checks the workflow, changes the row, records the event; the caller commits.

Every verb takes the case, its own cargo, `actor` and `now`; refusals are raised (app/refusals.py) before anything
changes. `version` is the number the page was made from; a stale one raises Stale. Verbs that happen by a signature
(rules.workflow.BY_PAPER) have no function of their own: `papers.sign` does them (deeds.py), `issue` in one go.
"""

from .after import archive, enforce, hold_dialogue, publish, record_withdrawal, send, withdraw_part
from .answer import approve, close, draft, propose, send_back
from .arrive import MeetingWish, NewCase, receive, register, submit
from .converse import ask, note, remind, reply
from .house import hand_over, succeed
from .judge import rate, reopen, withdraw
from .lost_code import may_renew, renew_code
from .meeting import Meeting, choose_time, insist, meet, offer_times, publish_request, reschedule, schedule
from .papers import drop_paper, issue, return_paper, rewrite, sign, submit_paper, write
from .parts import give_part, request_part
from .recompute import recompute
from .sealed import dismiss_handler, give_report, leave, look, name_handler, request_report, shield_successor
from .sort import classify, correct
from .split import Part, split
from .triage import assign, forward, mark_duplicate, refuse, take

__all__ = [
    "Meeting",
    "MeetingWish",
    "NewCase",
    "Part",
    "approve",
    "archive",
    "ask",
    "assign",
    "choose_time",
    "classify",
    "close",
    "correct",
    "dismiss_handler",
    "draft",
    "drop_paper",
    "enforce",
    "forward",
    "give_part",
    "give_report",
    "hand_over",
    "hold_dialogue",
    "insist",
    "issue",
    "leave",
    "look",
    "mark_duplicate",
    "may_renew",
    "meet",
    "name_handler",
    "note",
    "offer_times",
    "propose",
    "publish",
    "publish_request",
    "rate",
    "receive",
    "recompute",
    "record_withdrawal",
    "refuse",
    "register",
    "remind",
    "renew_code",
    "reopen",
    "reply",
    "request_part",
    "request_report",
    "reschedule",
    "return_paper",
    "rewrite",
    "schedule",
    "send",
    "send_back",
    "shield_successor",
    "sign",
    "split",
    "submit",
    "submit_paper",
    "succeed",
    "take",
    "withdraw",
    "withdraw_part",
    "write",
]
