"""All verbs that change a case. Each checks the workflow, changes the row, records the event; the caller commits.

Every verb takes the case, its own cargo, `actor` and `now`; refusals are raised (app/refusals.py) before anything
changes. `version` is the number the page was made from; a stale one raises Stale.
"""

from .answer import approve, close, draft, propose, send_back
from .arrive import NewCase, accept, correct, receive, register, submit
from .converse import ask, note, remind, reply
from .house import hand_over, succeed
from .judge import rate, reopen, withdraw
from .lost_code import may_renew, renew_code
from .triage import assign, forward, mark_duplicate, refuse, take

__all__ = [
    "NewCase",
    "accept",
    "approve",
    "ask",
    "assign",
    "close",
    "correct",
    "draft",
    "forward",
    "hand_over",
    "mark_duplicate",
    "may_renew",
    "note",
    "propose",
    "rate",
    "receive",
    "refuse",
    "register",
    "remind",
    "renew_code",
    "reopen",
    "reply",
    "send_back",
    "submit",
    "succeed",
    "take",
    "withdraw",
]
