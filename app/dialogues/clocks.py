"""The two clocks of a session in words: announce before, publish after. For _macros/deadline.html."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from ..cases.unfold import Unfolded
from ..rules import deadlines
from ..rules.deadlines import Derivation, Rules
from ..rules.dialogues import sessions
from ..words import is_vietnamese, show_date, word
from .models import DialogueSession


@dataclass(frozen=True)
class Clock:
    """One duty of a session: how it stands, and the steps of its counting."""

    stage: str
    name: str
    due: dict[str, Any]
    basis: str
    is_running: bool
    unfolded: Unfolded


def clocks_of(session: DialogueSession, rules: Rules, today: date) -> list[Clock]:
    """Both duties in their order; none where the law sets none, or the session was called off."""
    if session.called_off_at is not None:
        return []
    given = (
        ("announce", session.announce_due_on, session.announce_derivation, session.announced_on),
        ("publish_results", session.publish_due_on, session.publish_derivation, session.published_on),
    )
    return [
        _clock(stage, due_on, Derivation.from_json(proof), done_on, rules, today)
        for stage, due_on, proof, done_on in given
        if due_on is not None and proof is not None
    ]


def next_clock(clocks: list[Clock]) -> Clock | None:
    """The duty that is still to be done, the nearest first; else the last one done."""
    running = [clock for clock in clocks if clock.is_running]
    return next(iter(running or clocks[-1:]), None)


def _clock(stage: str, due_on: date, proof: Derivation, done_on: date | None, rules: Rules, today: date) -> Clock:
    lang = "vi" if is_vietnamese() else "en"
    due = _done(due_on, done_on) if done_on else _ahead(due_on, today, proof, rules)
    state = f"{due['word']} ({show_date(done_on)})" if done_on else _("hạn %(day)s", day=show_date(due_on))
    rows = deadlines.steps(proof, lang, rules)
    basis = proof.legal_basis if is_vietnamese() else proof.legal_basis_en or proof.legal_basis
    name = word(stage, "stage")
    return Clock(stage, name, due, basis, done_on is None, Unfolded(name, state, rows, done_on is None))


def _done(due_on: date, done_on: date) -> dict[str, Any]:
    late = sessions.days_late(due_on, done_on)
    words = ngettext("Xong trễ %(num)s ngày", "Xong trễ %(num)s ngày", late) if late else _("Xong đúng hạn")
    return {"tone": "late" if late else "ok", "word": words, "date": show_date(done_on, "short")}


def _ahead(due_on: date, today: date, proof: Derivation, rules: Rules) -> dict[str, Any]:
    left = deadlines.days_left(due_on, today, rules.calendar, proof.unit)
    if left < 0:
        words = ngettext("Quá hạn %(num)s ngày", "Quá hạn %(num)s ngày", -left)
    else:
        words = ngettext("Còn %(num)s ngày", "Còn %(num)s ngày", left) if left else _("Hết hạn hôm nay")
    return {"tone": deadlines.tone(due_on, today, rules.calendar, proof.unit, proof.length), "word": words,
            "date": show_date(due_on, "short")}  # fmt: skip
