"""The workflow as tables, one for each kind of case: who may do what, from where to where, with what, who is told."""

from __future__ import annotations

from ..vocabulary import OPEN, Kind, Status
from .complaint import COMPLAINT
from .denunciation import DENUNCIATION
from .dialogue import DIALOGUE
from .feedback import FEEDBACK
from .row import Step

TABLES: dict[Kind, tuple[Step, ...]] = {
    Kind.FEEDBACK: FEEDBACK, Kind.COMPLAINT: COMPLAINT, Kind.DENUNCIATION: DENUNCIATION,
    Kind.DIALOGUE: DIALOGUE,
}  # fmt: skip
STEPS: tuple[Step, ...] = tuple(step for table in TABLES.values() for step in table)

CLOSING = frozenset({
    "answer", "settlement_first", "settlement_second", "settlement_discipline", "settlement", "answer_request",
})  # fmt: skip
"""Stages whose due date is the case's own, and the only ones that count for on time."""

SHOWN = CLOSING | {
    "receive_and_classify", "classify_and_process", "acceptance_first", "acceptance_second", "initial_verification",
}  # fmt: skip
"""Stages whose due date lists show while no closing clock runs: the duties before it, not those after the decision."""

DUTIES = frozenset({
    "send_decision_first", "send_decision_second", "publish_decision", "notify_acceptance", "handler_reports",
    "send_suspension_or_termination", "send_conclusion", "handle_conclusion", "publish_conclusion",
})  # fmt: skip
"""What the office owes beside and after the settlement: officials are warned of it, lists do not show its date."""
DUTY_STATUSES = OPEN | {Status.ANSWERED, Status.ENFORCING}
"""Where such a duty can still be done."""


def closing_stage(kind: Kind | str, instance: int = 1, is_discipline: bool = False) -> str:
    """The stage that ends a case of this kind."""
    if kind == Kind.COMPLAINT:
        first = "settlement_discipline" if is_discipline else "settlement_first"
        return first if instance == 1 else "settlement_second"
    return {Kind.FEEDBACK: "answer", Kind.DENUNCIATION: "settlement", Kind.DIALOGUE: "answer_request"}[Kind(kind)]


def is_of_instance(stage: str, instance: int, is_discipline: bool = False) -> bool:
    """Whether a stage of a complaint belongs to its first or its second settlement; other stages to both."""
    if stage in ("settlement_first", "settlement_discipline"):
        return instance == 1 and (stage == "settlement_discipline") == is_discipline
    if stage.endswith("_first"):
        return instance == 1
    if stage == "filing_limit_second":  # the limit for complaining again runs after the first decision
        return instance == 1
    return instance == 2 if stage.endswith("_second") else True


__all__ = [
    "CLOSING", "DUTIES", "DUTY_STATUSES", "SHOWN", "STEPS", "TABLES", "Step", "closing_stage", "is_of_instance",
]  # fmt: skip
