"""Rows of lists: sessions for the macro queue(), calls for a conference as lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from ...rules.deadlines import Rules
from ...rules.dialogues import voters
from ...rules.dialogues.sessions import Stage, stage_of
from ...units.queries import setting
from ...words import named, show_date, word
from ..actions.calls import share
from ..clocks import clocks_of, next_clock
from ..models import ConferenceCall, DialogueSession

LOOKS = {
    Stage.PLANNED: ("ink", "cal"), Stage.ANNOUNCED: ("cham", "send"), Stage.CALLED_OFF: ("pause", "x"),
    Stage.HELD: ("cham", "pen"), Stage.SUBMITTED: ("cham", "clock"), Stage.APPROVED: ("cham", "okc"),
    Stage.PUBLISHED: ("ok", "okc"),
}  # fmt: skip
"""How each stage is shown: tone and icon; the word stands beside them."""


def look(session: DialogueSession) -> dict[str, str]:
    """Tone, icon and word of where a session stands."""
    stage = stage_of(session)
    tone, icon = LOOKS[stage]
    return {"tone": tone, "icon": icon, "word": word(stage, "session_stage")}


def session_rows(sessions: Iterable[DialogueSession], rules: Rules, today: date) -> list[dict[str, Any]]:
    """What the desk's list shows of each."""
    rows = []
    for session in sessions:
        clock = next_clock(clocks_of(session, rules, today))
        due = {**clock.due, "done": 0, "left": 0, "over": 0} if clock else _without(session)
        rows.append({
            "url": url_for("dialogues.desk_session", number=session.number), "title": session.title,
            "reference": session.number, "kind": word(session.kind, "session_kind"), "due": due,
            "category": f"{show_date(session.on, 'long')} {session.starts:%H:%M}", "place": named(session.unit, True),
            "state": look(session), "holder": clock.name if clock and clock.is_running else "",
        })  # fmt: skip
    return rows


def _without(session: DialogueSession) -> dict[str, Any]:
    if session.called_off_at is not None:
        return {"tone": "none", "word": _("Không còn hạn"), "date": ""}
    return {"tone": "none", "word": _("Không đặt hạn"), "date": _("quy định không đặt")}


@dataclass(frozen=True)
class CallLine:
    """How far voters of one commune are with asking for a conference."""

    call: ConferenceCall
    counted: int
    needed: int
    voters: int
    percent: float | None
    is_owed: bool
    share: int
    """The share that obliges, in percent."""


def call_lines(calls: Iterable[ConferenceCall]) -> list[CallLine]:
    """Each call, by the number of voters known now where none was known when it began."""
    return [call_line(call) for call in calls]


def call_line(call: ConferenceCall) -> CallLine:
    """One call; owed from the moment the tenth is reached, until a conference answers it."""
    known = call.voters or int(setting("voters", call.unit_id) or 0)
    part = share(call.opened_on) or 0
    need = call.needed or voters.needed(known, part)
    is_owed = call.reached_at is not None or voters.reached(call.counted, need)
    return CallLine(call, call.counted, need, known, voters.percent(call.counted, known), is_owed,
                    round(100 * part))  # fmt: skip
