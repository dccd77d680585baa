"""What an official may do to a commitment now, and why not: what the page offers is what the verbs allow."""

from __future__ import annotations

from datetime import date

from ...rules.dialogues import commitments, may_at
from ...rules.workflow import N_, Action, Actor
from ..actions.commitments import source_unit
from ..actions.findings import not_another
from ..models import Commitment

VERBS: tuple[Action, ...] = (
    Action.REPORT_DONE,
    Action.CONFIRM_KEPT,
    Action.FIND_BROKEN,
    Action.REPLACE_PROMISE,
    Action.DROP_PROMISE,
)
FINDINGS: tuple[Action, ...] = (Action.CONFIRM_KEPT, Action.FIND_BROKEN)


def why_not(action: Action, commitment: Commitment, actor: Actor, today: date) -> str | None:
    """The sentence that says why this is not done by this official now, or None."""
    unit = commitment.verifier if action in FINDINGS else commitment.unit
    if action == Action.DROP_PROMISE:
        unit = source_unit(commitment)
    if not may_at(actor, action, unit.id, unit.path):
        return N_("Việc này không thuộc phần của vai trò hiện có.")
    refused = not_another(commitment, actor) if action in FINDINGS else None
    if action == Action.REPLACE_PROMISE and commitment.replaced_by_id is not None:
        refused = N_("Cam kết này đã được thay bằng cam kết khác.")
    return refused or commitments.why_not(action, commitment.state, commitment.due_on, today)


def allowed(commitment: Commitment, actor: Actor, today: date) -> tuple[list[Action], list[tuple[Action, str]]]:
    """The verbs open to this official now, and those closed, each with its reason."""
    said: dict[Action, str | None] = {action: why_not(action, commitment, actor, today) for action in VERBS}
    closed: list[tuple[Action, str]] = []
    for action, reason in said.items():
        if reason and action != Action.DROP_PROMISE:
            closed.append((action, reason))
    return [action for action, reason in said.items() if reason is None], closed
