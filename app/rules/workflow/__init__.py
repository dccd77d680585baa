"""What may be done to a case, by whom, in which state, and what follows: vocabulary, table, actors, permission."""

from .actors import RESIDENT_NOBODY, THE_SYSTEM, Actor, CaseFacts, PostFact
from .permission import allowed_actions, find_step, is_held_by, reaches, refusals, step_of, why_not
from .steps import CLOSING, STEPS, Step
from .vocabulary import ANSWER_OUTCOMES, N_, OPEN, Action, Carry, Kind, Outcome, Reach, Role, Status

__all__ = [
    "ANSWER_OUTCOMES",
    "CLOSING",
    "N_",
    "OPEN",
    "RESIDENT_NOBODY",
    "STEPS",
    "THE_SYSTEM",
    "Action",
    "Actor",
    "Carry",
    "CaseFacts",
    "Kind",
    "Outcome",
    "PostFact",
    "Reach",
    "Role",
    "Status",
    "Step",
    "allowed_actions",
    "find_step",
    "is_held_by",
    "reaches",
    "refusals",
    "step_of",
    "why_not",
]
