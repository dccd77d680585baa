"""Promises: reported done by who made them, found kept or broken by somebody else; late is derived, never stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

from ..workflow.vocabulary import N_, Action


class State(StrEnum):
    """Where a commitment stands; "kept late" and "overdue" follow from its dates."""

    DRAFT = "draft"
    """Written into an answer that is not signed yet: nobody outside the unit is told; it stands with the signature."""
    DROPPED = "dropped"
    """A draft that was taken out again before the answer was signed: never a promise."""
    OPEN = "open"
    REPORTED = "reported"
    KEPT = "kept"
    BROKEN = "broken"
    REPLACED = "replaced"


OPEN = frozenset({State.OPEN, State.REPORTED})
"""Still owed: not yet done, or done and not yet confirmed by the other unit."""

NOT_MADE = frozenset({State.DRAFT, State.DROPPED})
"""No promise yet, or never one: counted nowhere and shown to nobody outside the unit."""

MOVES: dict[Action, tuple[frozenset[State], State]] = {
    Action.DROP_PROMISE: (frozenset({State.DRAFT}), State.DROPPED),
    Action.REPORT_DONE: (frozenset({State.OPEN}), State.REPORTED),
    Action.CONFIRM_KEPT: (frozenset({State.REPORTED}), State.KEPT),
    # The other unit says no: back to work while there is time, broken once the date has passed (`leads_to`).
    Action.FIND_BROKEN: (frozenset({State.OPEN, State.REPORTED, State.KEPT}), State.BROKEN),
    # What is reported done waits for its finding first: nobody replaces what they say is done.
    Action.REPLACE_PROMISE: (frozenset({State.OPEN, State.BROKEN}), State.REPLACED),
    Action.OBJECT: (frozenset({State.REPORTED, State.KEPT}), State.REPORTED),
}
"""From which states a verb may be done, and where it leads. An objection opens the finding again."""


def leads_to(action: Action, state: str, due_on: date, today: date) -> State:
    """The state after a verb that `why_not` allows.

    "Not done" on or before the due date sends a reported promise back to work with the finding; after it the promise
    is broken, even where the report came in time. A promise replaced on or before its date is judged by the one in
    its place; replaced later it stays, or becomes, broken: a new promise does not undo a missed one.
    """
    if action == Action.FIND_BROKEN and today <= due_on:
        return State.OPEN
    if action == Action.REPLACE_PROMISE and (state == State.BROKEN or today > due_on):
        return State.BROKEN
    return MOVES[action][1]


class Promise(Protocol):
    """What of a commitment the rules look at."""

    @property
    def state(self) -> str: ...
    @property
    def due_on(self) -> date: ...
    @property
    def reported_on(self) -> date | None: ...


def is_overdue(promise: Promise | Any, today: date) -> bool:
    """Not reported done and past its date; one reported in time waits for its finding without being late."""
    if promise.state == State.OPEN:
        return bool(promise.due_on < today)
    return promise.state == State.REPORTED and (promise.reported_on or today) > promise.due_on


def is_kept_late(promise: Promise | Any) -> bool:
    """Kept, but done after its date."""
    return promise.state == State.KEPT and promise.reported_on is not None and promise.reported_on > promise.due_on


def shown(promise: Promise | Any, today: date) -> str:
    """The word that pages show: open, overdue, reported, kept, kept_late, broken, replaced."""
    if is_kept_late(promise):
        return "kept_late"
    if promise.state == State.OPEN and is_overdue(promise, today):
        return "overdue"
    return str(promise.state)


def why_not(action: Action, state: str, due_on: date, today: date) -> str | None:
    """Why this cannot be done with a commitment that stands so, or None."""
    sources, _to = MOVES[action]
    if state not in sources:
        if action == Action.DROP_PROMISE:
            return N_("Cam kết đã có hiệu lực thì không bỏ được, chỉ thay bằng cam kết khác.")
        return {
            State.DRAFT: N_("Cam kết này còn nằm trong câu trả lời chưa ký."),
            State.DROPPED: N_("Cam kết này đã bỏ khỏi câu trả lời trước khi ký."),
            State.OPEN: N_("Đơn vị chưa báo là đã làm xong."),
            State.REPORTED: N_("Đã báo xong, đang chờ đơn vị khác xác nhận."),
            State.KEPT: N_("Cam kết này đã được xác nhận là giữ đúng."),
            State.BROKEN: N_("Cam kết này đã được xác định là không giữ."),
            State.REPLACED: N_("Cam kết này đã được thay bằng cam kết khác."),
        }[State(state)]
    if action == Action.FIND_BROKEN and state == State.OPEN and due_on >= today:
        return N_("Chưa hết hạn của cam kết, chưa kết luận là không giữ được.")
    return None


@dataclass(frozen=True)
class Tally:
    """Commitments of a unit that fell due in a period, and those still owed at its end."""

    made: int = 0
    due: int = 0
    """Fell due in the period and were not replaced: the denominator of kept and of on time."""
    kept: int = 0
    on_time: int = 0
    broken: int = 0
    open: int = 0
    overdue: int = 0
    replaced: int = 0


def tally(promises: Iterable[Any], start: date, end: date, passed: date | None = None) -> Tally:
    """Count commitments for a period of days, `end` included: each has made_on, due_on, state, reported_on.

    Drafts of unsigned answers are no promises and count nowhere. Kept: fell due in the period and was confirmed. On
    time: the same, and done by its date. Those replaced before their date are judged by the commitment in their
    place. Open and overdue are as of the period's last day, by today's state. `passed` is the last day that is over,
    if that is not the last of the period: what falls due today is not judged yet.
    """
    rows, over = [p for p in promises if p.state not in NOT_MADE], end if passed is None else passed
    due = [p for p in rows if start <= p.due_on <= over and p.state != State.REPLACED]
    return Tally(
        made=sum(start <= p.made_on <= end for p in rows), due=len(due),
        kept=sum(p.state == State.KEPT for p in due),
        on_time=sum(p.state == State.KEPT and not is_kept_late(p) for p in due),
        broken=sum(p.state == State.BROKEN for p in due),
        open=sum(p.state in OPEN and p.made_on <= end for p in rows),
        overdue=sum(is_overdue(p, end) and p.made_on <= end for p in rows),
        replaced=sum(p.state == State.REPLACED and start <= p.due_on <= over for p in rows),
    )  # fmt: skip
