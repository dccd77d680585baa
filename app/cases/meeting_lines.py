"""The line under a dialogue's events: the time agreed or offered, where, and how many joined."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import ngettext

from ..journal.models import Event
from ..rules.workflow import Action
from ..words import show_date, word
from .names import Names

TOLD = (Action.SCHEDULE, Action.CHOOSE_TIME, Action.RESCHEDULE, Action.OFFER_TIMES, Action.JOIN)


def told(event: Event, reader: str, names: Names) -> str:
    """Wall hours of the town, as they were agreed then."""
    if event.action == Action.JOIN:
        joined = int(event.facts.get("joined", 0))
        return ngettext("%(num)s người đã cùng đề nghị", "%(num)s người đã cùng đề nghị", joined)
    if event.action == Action.OFFER_TIMES:
        return "; ".join(_when_and_where(one) for one in event.facts.get("offers", ()))
    return _when_and_where(event.facts)


def _when_and_where(facts: Mapping[str, Any]) -> str:
    if not facts.get("on"):
        return ""
    when = f"{show_date(date.fromisoformat(str(facts['on'])[:10]), 'long')}, {facts.get('starts')}–{facts.get('ends')}"
    where = word("online", "mode") if facts.get("mode") == "online" else str(facts.get("place") or "")
    return f"{when}, {where}" if where else when
