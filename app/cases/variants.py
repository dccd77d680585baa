"""Which of the law's lengths fits a case: by place, by complexity, by the category's own choice."""

from __future__ import annotations

from ..rules.workflow import Kind, closing_stage
from .models import Case


def closing_of(case: Case) -> str:
    """The stage that ends this case."""
    return closing_stage(case.kind, case.instance, case.is_discipline)


def variant(case: Case, stage: str, is_complex: bool | None = None) -> str:
    """Which variant of a stage's rule fits this case; `is_complex` where that is only about to be decided."""
    complex_ = case.is_complex if is_complex is None else is_complex
    # Law 02/2011/QH13 art. 28, 37: a remote place with hard travel, a complex matter, or both.
    if stage in ("settlement_first", "settlement_second"):
        names = {(False, False): "normal", (False, True): "complex", (True, False): "remote"}
        return names.get((is_remote(case), complex_), "remote_complex")
    if stage == "settlement_discipline":
        return "complex" if complex_ else "normal"
    if stage == "filing_limit_second":
        return "remote" if is_remote(case) else "normal"
    if stage == "decision_takes_effect_first":
        return "remote" if is_remote(case) else ""
    if stage == "initial_verification":
        return case.deadline_variant or "normal"
    return _of_feedback(case, stage) if case.kind == Kind.FEEDBACK else ""


def _of_feedback(case: Case, stage: str) -> str:
    chosen = case.deadline_variant or case.category.deadline_variant
    if stage == "receive_and_classify":
        return "street_level" if chosen.startswith("street_level") else chosen
    return chosen if stage in ("answer", "transfer") else ""


def is_remote(case: Case) -> bool:
    """Whether it lies in a remote place with hard travel: the unit's or the place's own flag."""
    return case.unit.is_remote or (case.commune is not None and case.commune.is_remote)
