"""What will happen to a petition once it is entered: which unit takes it and why, which clocks start, by which article.

Counted by the same rules as the real clocks, before anything is saved.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _

from .. import clock
from ..cases.actions import NewCase
from ..cases.actions.places import first_complaint, one_above
from ..cases.variants import variant
from ..refusals import Invalid, NotAllowed, WrongStep
from ..rules.deadlines import Rules
from ..rules.workflow import Action, Actor, Kind, closing_stage, is_of_instance, step_of
from ..units.calendar import law
from ..units.models import Category, Unit
from ..units.queries import category_by_code, unit_by_code
from ..units.suggest import suggest_first
from ..words import named
from .following import Following, basis_of, started


@dataclass(frozen=True)
class Coming:
    """What the counter shows before it writes."""

    unit: Unit
    reason: str
    clocks: list[Following]
    terms: list[Following]
    """After acceptance: the two lengths, plain and complex, were it accepted on that day."""
    is_remote: bool
    waits: bool
    """A complaint whose signed original is not there yet: no clock runs."""


def coming(new: NewCase, at: Unit | None, signed_on: date | None, actor: Actor, now: datetime) -> Coming | None:
    """What the law makes of it; None while the subject is not chosen or the place is not on the list."""
    category = category_by_code(new.category_code)
    if category is None:
        return None
    today = clock.day_of(now)
    commune, wanted = unit_by_code(new.commune_code), unit_by_code(new.wanted_unit_code)
    try:
        first = first_complaint(new, actor, now)
    except (Invalid, NotAllowed, WrongStep):
        first = None
    unit, reason = _place(category, commune, wanted, at, today)
    if first is not None:
        unit = one_above(first.unit, today)
        reason = _("%(unit)s là cấp trên trực tiếp của nơi giải quyết lần đầu", unit=named(unit))
    facts = SimpleNamespace(
        kind=new.kind, instance=2 if first is not None else 1, is_discipline=new.is_discipline, is_complex=False,
        deadline_variant="", unit=unit, commune=commune, category=category,
    )  # fmt: skip
    rules, waits = law(), new.kind == Kind.COMPLAINT and signed_on is None
    return Coming(
        unit, reason, [] if waits else _clocks(rules, facts, signed_on or today),
        _terms(rules, facts, today) if new.kind == Kind.COMPLAINT else [],
        unit.is_remote or (commune is not None and commune.is_remote), waits,
    )  # fmt: skip


def _place(category: Category, commune: Unit | None, wanted: Unit | None, at: Unit | None,
           today: date) -> tuple[Unit, str]:  # fmt: skip
    """The same choice as cases.actions.submit makes: the unit chosen, else this counter for its own place."""
    if wanted is not None:
        return wanted, _("%(unit)s được chọn ở mục thẩm quyền", unit=named(wanted))
    if at is not None and commune in (None, at):
        return at, _("%(unit)s là nơi nhập, và là nơi xảy ra việc hoặc chưa rõ nơi nào khác", unit=named(at))
    found = suggest_first(category, commune, None, today)
    return found.unit, found.reason


def _clocks(rules: Rules, facts: Any, on: date) -> list[Following]:
    """The clocks that arrival, or the registered original, starts."""
    action = Action.REGISTER if facts.kind == Kind.COMPLAINT else Action.SUBMIT
    stages = [s for s in step_of(action, facts.kind).starts if is_of_instance(s, facts.instance, facts.is_discipline)]
    found = [started(rules, facts.kind, stage, variant(facts, stage), on) for stage in stages]
    return [one for one in found if one is not None]


def _terms(rules: Rules, facts: Any, on: date) -> list[Following]:
    """How long settlement takes from acceptance: complex or not is found then, not at the counter."""
    stage = closing_stage(facts.kind, facts.instance, facts.is_discipline)
    found = []
    for is_complex in (False, True):
        facts.is_complex = is_complex
        rule = rules.find(facts.kind, stage, variant(facts, stage), on)
        if rule is not None:
            words = _("vụ việc phức tạp") if is_complex else _("vụ việc thông thường")
            found.append(Following(stage=words, how=_("%(n)s ngày từ ngày thụ lý", n=rule.length),
                                   basis=basis_of(rule)))  # fmt: skip
    return found
