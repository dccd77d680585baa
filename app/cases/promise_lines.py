"""Thread lines of what was promised: which commitment, by whom, until when, and what became of it."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _

from ..journal.models import Event
from ..rules.workflow import Action, Role
from ..words import show_date
from .names import Names

TOLD = frozenset({Action.PROMISE, Action.REPORT_DONE, Action.CONFIRM_KEPT, Action.FIND_BROKEN, Action.REPLACE_PROMISE,
                  Action.OBJECT})  # fmt: skip
SAID = {Action.PROMISE: "what", Action.REPLACE_PROMISE: "reason", Action.REPORT_DONE: "text",
        Action.CONFIRM_KEPT: "text", Action.FIND_BROKEN: "text", Action.OBJECT: "text"}  # fmt: skip
"""Which fact of such an event is what somebody said."""


def title(event: Event) -> str:
    """The title where the finding came in time to go on working; empty otherwise."""
    if event.action == Action.FIND_BROKEN and event.facts.get("is_back_to_work"):
        return _("Đã kiểm tra: chưa xong, đơn vị còn thời gian làm tiếp")
    return ""


def office(event: Event, names: Names) -> str:
    """The unit that promised, reported or looked; empty for other events."""
    if event.action not in TOLD or event.actor_role == Role.RESIDENT:
        return ""
    return names.units.get(str(event.facts.get("unit", "")), "")


def summary(event: Event, reader: str, names: Names) -> str:
    """Number, what was promised and by when; of a replacement the new promise."""
    facts = event.facts
    number, until = str(facts.get("commitment", "")), _day(facts.get("until"))
    if event.action == Action.PROMISE:
        return _("Cam kết %(number)s, làm xong trước hết %(day)s", number=number, day=until)
    old = _("Cam kết %(number)s: %(what)s", number=number, what=facts.get("what", ""))
    if event.action != Action.REPLACE_PROMISE:
        return old
    new = _("Nay là %(number)s, hạn %(day)s: %(what)s", number=facts.get("by", ""), day=_day(facts.get("by_until")),
            what=facts.get("by_what", ""))  # fmt: skip
    return f"{old.rstrip('.')}. {new}"


def _day(text: object) -> str:
    return show_date(date.fromisoformat(str(text)[:10])) if text else ""
