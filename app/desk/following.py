"""The clock that will follow a paper: counted by the same rules, before anything is signed or saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from ..cases.models import Case
from ..cases.paper_facts import facts_of
from ..cases.variants import closing_of, variant
from ..rules import deadlines
from ..rules.deadlines import Rule, Rules
from ..rules.workflow import Action
from ..units.calendar import law
from ..words import is_vietnamese, show_date, word


@dataclass(frozen=True)
class Following:
    """A clock as it will run: which, from when, until when, and why; or the sentence that says why none moves."""

    stage: str = ""
    start: date | None = None
    old: date | None = None
    new: date | None = None
    how: str = ""
    basis: str = ""
    warning: str = ""


MOVES = frozenset({Action.ACCEPT, Action.EXTEND, Action.MAKE_COMPLEX, Action.RESUME, Action.SUSPEND})
"""Verbs whose signature starts, moves or stops the closing clock."""


def started(rules: Rules, kind: str, stage: str, chosen: str, on: date) -> Following | None:
    """A clock that starts on that day; None where the law sets none."""
    rule = rules.find(kind, stage, chosen, on)
    if rule is None:
        return None
    proof = deadlines.due(rule, on, rules.calendar)
    how = deadlines.explain(proof, "vi" if is_vietnamese() else "en")
    return Following(word(stage, "stage"), on, None, proof.due_on, how, basis_of(rule))


def basis_of(rule: Rule) -> str:
    """The article behind a rule, in the reader's language."""
    return rule.legal_basis if is_vietnamese() else rule.legal_basis_en or rule.legal_basis


def following(case: Case, action: Action, cargo: Mapping[str, Any], today: date) -> Following | None:
    """What the signature of such a paper does to the clock; None where it does nothing to it."""
    if action not in MOVES:
        return None
    if action == Action.ACCEPT:
        return _accepted(case, bool(cargo.get("is_complex")), today)
    if action == Action.SUSPEND:
        return _suspended(case, str(cargo.get("on", "")))
    facts = facts_of(case, action, cargo)
    old, new = facts["old_due_on"], facts["new_due_on"]
    if old is None or new is None:
        return Following(old=old, warning=_("Chưa tính được hạn mới. Chọn đủ các mục ở trên; nếu đã đủ thì luật không"
                                            " cho đổi hạn như vậy nữa."))  # fmt: skip
    how = _("Tính lại từ cùng ngày thụ lý.") if action == Action.MAKE_COMPLEX else ""
    return Following(word(case.due_stage, "stage"), None, old, new, how)


def _accepted(case: Case, is_complex: bool, today: date) -> Following | None:
    stage = closing_of(case)
    return started(law(), case.kind, stage, variant(case, stage, is_complex), today)


def _suspended(case: Case, on: str) -> Following:
    """Time stands still only where the law of that day says so (Law 02/2011/QH13 art. 11a)."""
    rules, stage = law(), closing_of(case)
    rule = rules.find(case.kind, stage, variant(case, stage), case.accepted_on or case.submitted_at.date())
    try:
        day = date.fromisoformat(on)
    except ValueError:
        return Following(warning=_("Ghi ngày tạm đình chỉ để thấy thời hạn dừng từ khi nào."))
    if rule is None or not rule.honours(day):
        return Following(old=case.due_on, warning=_("Tạm đình chỉ từ ngày này không làm dừng thời hạn: luật chưa cho."))
    return Following(word(stage, "stage"), day, case.due_on, None,
                     _("Thời hạn dừng từ %(day)s, đến khi có quyết định tiếp tục giải quyết.",
                       day=show_date(day, "long")), basis_of(rule))  # fmt: skip
