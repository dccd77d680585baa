"""Each clock of a case unfolded into the steps of its counting, as far as the reader may know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from .. import clock
from ..journal.models import Event
from ..rules.deadlines import Derivation, Row, Rules, steps
from ..rules.workflow import Action
from ..words import is_vietnamese, show_date, word
from .models import Case, Deadline


@dataclass(frozen=True)
class Unfolded:
    """One clock: which duty, how it stands, and the rows of its derivation."""

    name: str
    state: str
    rows: list[Row]
    is_running: bool


def unfold(clocks: Iterable[Deadline], rules: Rules, events: Iterable[Event] = ()) -> list[Unfolded]:
    """These clocks for the page; `events` (those the reader sees) tell why they were paused and by which papers."""
    seen = list(events)
    reasons, papers = reasons_of_pauses(seen), [_number(e) for e in seen if e.action == Action.EXTEND]
    lang = "vi" if is_vietnamese() else "en"
    return [
        Unfolded(
            name=_name(row), state=_state(row), is_running=row.met_at is None and row.ended_at is None,
            rows=steps(Derivation.from_json(row.derivation), lang, rules, row.paused_on, reasons, papers),
        )
        for row in clocks
    ]  # fmt: skip


def for_resident(case: Case, clocks: Iterable[Deadline]) -> list[Deadline]:
    """The clocks its resident may see unfolded: the one shown, and those that end the case; never the house's own.

    Of a denunciation none: its public page knows three states only (Law 25/2018/QH14 art. 8).
    """
    if case.is_sealed:
        return []
    return [row for row in clocks if row.is_closing or (row.stage == case.due_stage and row.ended_at is None)]


def reasons_of_pauses(events: Iterable[Event]) -> dict[date, str]:
    """Why time stood still, by the first day of each suspension: the reason, else the decision that says it."""
    found = {}
    for event in events:
        if event.action == Action.SUSPEND:
            began, number = event.facts.get("on"), _number(event)
            why = str(event.facts.get("reason") or "") or (_("theo quyết định số %(n)s", n=number) if number else "")
            found[date.fromisoformat(began) if began else clock.day_of(event.at)] = why
    return found


def _number(event: Event) -> str:
    return str(event.facts.get("number") or "")


def _name(row: Deadline) -> str:
    name = word(row.stage, "stage")
    return name if row.number == 1 else _("%(stage)s (mở lại lần %(n)s)", stage=name, n=row.number - 1)


def _state(row: Deadline) -> str:
    """How the clock stands, in words."""
    if row.met_at:
        return _("xong %(day)s", day=show_date(row.met_at))
    if row.ended_at:
        return _("thôi tính %(day)s", day=show_date(row.ended_at))
    if row.paused_on:
        return _("tạm dừng từ %(day)s", day=show_date(row.paused_on))
    return _("hạn %(day)s", day=show_date(row.due_on))
