"""Thread lines of cases that go along with an earlier one: what was done to that one, what their senders say to it."""

from __future__ import annotations

from flask_babel import gettext as _

from ..journal.models import Event
from ..rules.workflow import Action, Role

TOLD = frozenset({Action.APPROVE, Action.DECIDE, Action.CLOSE})
"""Deeds done to the main case that are told on the cases that go along with it."""


def is_told(event: Event) -> bool:
    """Whether the event tells of the main case, and the deed itself stands there."""
    return event.action in TOLD and bool(event.facts.get("of"))


def title(event: Event) -> str:
    """The title where a merged case has one of its own; empty otherwise."""
    if event.action == Action.NOTE and event.actor_role == Role.RESIDENT:
        return _("Người gửi việc trùng nhắn")
    if event.action == Action.REOPEN and event.facts.get("of"):
        return _("Việc này lại được giải quyết riêng")
    return _("Việc giải quyết chung đã kết thúc") if is_told(event) and event.action == Action.CLOSE else ""


def of_main(event: Event) -> str:
    """Under the title: which case it goes along with, or went."""
    reference = event.facts.get("of", "")
    if event.action == Action.NOTE and reference:
        return _("Số %(reference)s, được giải quyết chung với việc này", reference=reference)
    if event.action == Action.REOPEN and reference:
        return _("Việc chung %(reference)s đã được người gửi rút", reference=reference)
    return _("Theo việc chung %(reference)s", reference=reference) if is_told(event) else ""
