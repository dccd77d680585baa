"""What the columns of the official forms count, as plain questions to one fact. Pure: a fact in, a number out.

A petition fact is one petition at one unit in a report window, as it stood when the window ended (or now, if it has
not); a visit fact is one citizen, or one group, received.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ...rules.workflow import Kind, Outcome

ENDS = ("open", "settled", "withdrawn", "terminated", "not_competent", "forwarded", "dropped")
"""How a petition stood at the window's end. `dropped`: returned, not accepted, refused, filed: not eligible."""
DONE = frozenset({"settled", "withdrawn", "terminated"})
OURS = DONE | {"open"}
OTHERS = frozenset({"not_competent", "forwarded"})
END_OF = {
    Outcome.RESOLVED: "settled", Outcome.PARTLY_RESOLVED: "settled", Outcome.EXPLAINED: "settled",
    Outcome.WITHDRAWN: "withdrawn", Outcome.TERMINATED: "terminated", Outcome.NOT_COMPETENT: "not_competent",
    Outcome.NOT_ACCEPTED: "dropped", Outcome.DUPLICATE: "dropped",
}  # fmt: skip
"""A duplicate ends as the case it goes along with; only one that goes along with none is dropped."""


@dataclass(frozen=True)
class PetitionFact:
    """One petition at one unit in a window (or several alike, counted together)."""

    unit_id: int
    kind: str
    is_carried: bool = False
    """Came before the window and was not finished when it began; else it came in the window."""
    is_nameless: bool = False
    is_processed: bool = False
    """Sorted: it is known what becomes of it."""
    is_lacking: bool = False
    """Classified as lacking something the law asks of a petition."""
    is_duplicate: bool = False
    end: str = "open"
    is_transferred: bool = False
    """Not in competence, and sent on by a transfer slip; else its sender was guided."""
    is_again: bool = False
    """Settled once before: a second complaint, or reopened after an answer elsewhere."""
    outcome: str = ""
    is_late: bool = False
    """Settled after the due date."""


@dataclass(frozen=True)
class VisitFact:
    """Citizens received alike at one unit: so many visits and people."""

    unit_id: int
    by: str
    """regular; head: periodic or unscheduled, by the head; stead: the same, by somebody else."""
    is_group: bool = False
    is_again: bool = False
    visits: int = 1
    people: int = 1


def is_eligible(f: PetitionFact) -> bool:
    """Sorted, and fit to be handled (Circular 05/2021/TT-TTCP art. 6.2)."""
    return f.is_processed and not f.is_lacking and f.end != "dropped"


def is_ours(f: PetitionFact) -> bool:
    """Eligible and in the unit's competence."""
    return is_eligible(f) and f.end in OURS


def is_others(f: PetitionFact) -> bool:
    """Eligible and not in the unit's competence: guided or sent on."""
    return is_eligible(f) and f.end in OTHERS


def is_sent_on(f: PetitionFact) -> bool:
    """By a transfer slip to a body outside, or to another unit of this system."""
    return is_others(f) and (f.end == "forwarded" or f.is_transferred)


def is_settled(f: PetitionFact) -> bool:
    """Decided, concluded, answered, withdrawn or terminated by the window's end."""
    return is_ours(f) and f.end in DONE


def is_matter(f: PetitionFact) -> bool:
    """In competence, and no duplicate of an earlier one."""
    return is_ours(f) and not f.is_duplicate


def is_done(f: PetitionFact) -> bool:
    """A matter that is settled."""
    return is_matter(f) and f.end in DONE


def is_concluded(f: PetitionFact) -> bool:
    """A matter on which a conclusion was reached."""
    return is_matter(f) and f.end == "settled"


def _concluded(outcome: Outcome) -> Callable[[PetitionFact], bool]:
    return lambda f: is_concluded(f) and f.outcome == outcome


def _of(kind: Kind, question: Callable[[PetitionFact], bool]) -> Callable[[PetitionFact], bool]:
    return lambda f: f.kind == kind and question(f)


PETITIONS: Mapping[str, Callable[[PetitionFact], bool]] = {
    "all": lambda f: True,
    "carried": lambda f: f.is_carried,
    "carried_other": lambda f: f.is_carried and f.is_nameless,
    "received": lambda f: not f.is_carried,
    "received_other": lambda f: not f.is_carried and f.is_nameless,
    "processed": lambda f: f.is_processed,
    "eligible": is_eligible,
    "matters": lambda f: is_eligible(f) and not f.is_duplicate,
    "complaints": _of(Kind.COMPLAINT, is_eligible),
    "denunciations": _of(Kind.DENUNCIATION, is_eligible),
    "feedback": _of(Kind.FEEDBACK, is_eligible),
    "settled_first": lambda f: is_settled(f) and not f.is_again,
    "settled_again": lambda f: is_settled(f) and f.is_again,
    "being_settled": lambda f: is_ours(f) and f.end == "open",
    "not_settled": is_others,
    "competent": is_ours,
    "competent_complaints": _of(Kind.COMPLAINT, is_ours),
    "competent_denunciations": _of(Kind.DENUNCIATION, is_ours),
    "competent_feedback": _of(Kind.FEEDBACK, is_ours),
    "not_competent": is_others,
    "guided": lambda f: is_others(f) and not is_sent_on(f),
    "forwarded": is_sent_on,
}
DENUNCIATIONS: Mapping[str, Callable[[PetitionFact], bool]] = {
    "competent_denunciations": _of(Kind.DENUNCIATION, is_ours),
    "competent_carried": lambda f: is_ours(f) and f.is_carried,
    "competent_received": lambda f: is_ours(f) and not f.is_carried,
    "competent_matters": is_matter,
    "settled": is_done,
    "concluded": is_concluded,
    "terminated": lambda f: is_done(f) and f.end == "terminated",
    "withdrawn": lambda f: is_done(f) and f.end == "withdrawn",
    "right": _concluded(Outcome.RESOLVED),
    "partly_right": _concluded(Outcome.PARTLY_RESOLVED),
    "wrong": _concluded(Outcome.EXPLAINED),
    "on_time": lambda f: is_done(f) and not f.is_late,
    "late": lambda f: is_done(f) and f.is_late,
}


def _visits(by: str, what: str, is_again: bool | None = None, of_groups: bool = False) -> Callable[[VisitFact], int]:
    def count(f: VisitFact) -> int:
        fits = f.by == by and (not of_groups or f.is_group) and is_again in (None, f.is_again)
        return int(getattr(f, what)) if fits else 0

    return count


def _kinds() -> dict[str, Callable[[VisitFact], int]]:
    found: dict[str, Callable[[VisitFact], int]] = {
        "visits": lambda f: f.visits, "people": lambda f: f.people, "matters": lambda f: f.visits,
    }  # fmt: skip
    for by in ("regular", "head", "stead"):
        for prefix, of_groups in ((by, False), (f"{by}_group", True)):
            found[f"{prefix}_people"] = _visits(by, "people", None, of_groups)
            found[f"{prefix}_first"] = _visits(by, "visits", False, of_groups)
            found[f"{prefix}_again"] = _visits(by, "visits", True, of_groups)
        found[f"{by}_visits"] = _visits(by, "visits")
        found[f"{by}_groups"] = _visits(by, "visits", None, True)
    return found


VISITS: Mapping[str, Callable[[VisitFact], int]] = _kinds()
DAYS = ("head_days", "stead_days", "days_owed", "days_counted")
"""Counted by day, not by visit: reception days held, and the head's duty."""
MEASURES: Mapping[str, Mapping[str, Any]] = {
    "petitions": PETITIONS, "denunciations": DENUNCIATIONS, "receptions": {**VISITS, **dict.fromkeys(DAYS)},
}  # fmt: skip
"""Every count a layout may name, by what the form is counted from."""
