"""Who may do what at a unit that receives citizens, holds dialogues or owes a promise; and who sees it.

Cases have their own table (rules/workflow); these verbs move bookings, days, sessions and commitments.
"""

from __future__ import annotations

from ..visibility import holds_at, holds_over, sight_at
from ..workflow.actors import Actor
from ..workflow.vocabulary import Action, Reach, Role

__all__ = ["WHO", "may_at", "sight_at"]

STAFF = ((Role.CLERK, Reach.UNIT), (Role.OFFICER, Reach.UNIT), (Role.HEAD, Reach.UNIT))
WORKERS = ((Role.OFFICER, Reach.UNIT), (Role.HEAD, Reach.UNIT))
HEADS = ((Role.HEAD, Reach.UNIT),)
FINDERS = ((Role.OFFICER, Reach.UNIT), (Role.HEAD, Reach.UNIT), (Role.INSPECTOR, Reach.UNIT))
"""At the unit that verifies: never the unit that promised."""

WHO: dict[Action, tuple[tuple[Role, Reach], ...]] = {
    Action.OPEN_DAY: STAFF, Action.MOVE_DAY: STAFF, Action.HOLD_DAY: STAFF,
    Action.BOOK: STAFF, Action.MOVE_BOOKING: STAFF, Action.CANCEL_BOOKING: STAFF, Action.CHECK_IN: STAFF,
    Action.TURN_AWAY: STAFF, Action.MISS: STAFF, Action.HEAR: STAFF, Action.NOTIFY_RESULT: STAFF,
    Action.PLAN_SESSION: WORKERS, Action.CHANGE_SESSION: WORKERS, Action.ANNOUNCE_SESSION: WORKERS,
    Action.MOVE_SESSION: WORKERS, Action.CALL_OFF_SESSION: HEADS, Action.HOLD_SESSION: WORKERS,
    Action.PUT_QUESTION: STAFF, Action.ANSWER_QUESTION: WORKERS, Action.WRITE_MINUTES: WORKERS,
    Action.SUBMIT_MINUTES: WORKERS, Action.RETURN_MINUTES: HEADS, Action.APPROVE_MINUTES: HEADS,
    Action.PUBLISH_MINUTES: WORKERS, Action.CALL_CONFERENCE: STAFF,
    Action.PROMISE: WORKERS, Action.DROP_PROMISE: WORKERS, Action.REPORT_DONE: WORKERS, Action.REPLACE_PROMISE: HEADS,
    Action.CONFIRM_KEPT: FINDERS, Action.FIND_BROKEN: FINDERS,
}  # fmt: skip
"""For each verb who may do it at the unit whose day, session or promise it is (of a finding: the verifying unit)."""


def may_at(actor: Actor, action: Action, unit_id: int, unit_path: str) -> bool:
    """Whether one of the actor's posts allows the verb at that unit."""
    if actor.role == Role.SYSTEM:
        return True
    return any(
        holds_at(actor, (role,), unit_id) if reach == Reach.UNIT else holds_over(actor, (role,), unit_path)
        for role, reach in WHO[action]
    )
