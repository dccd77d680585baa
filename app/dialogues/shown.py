"""A commitment in words: its state with the day, how near its date is, a row of a list, its history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from .. import clock
from ..cases.lines import OFFICIAL, thread_items
from ..cases.names import names_of
from ..journal.queries import about
from ..rules.dialogues.commitments import shown
from ..rules.workflow import Action
from ..words import named, show_date, word
from .models import Booking, Commitment, DialogueSession

SOON_DAYS = 7
"""So many days before its date a promise is shown as near."""
LOOKS = {
    "draft": ("ink", "pen"), "dropped": ("ink", "x"), "open": ("cham", "hand"), "overdue": ("late", "alert"),
    "reported": ("cham", "eye"), "kept": ("ok", "okc"), "kept_late": ("soon", "okc"), "broken": ("late", "x"),
    "replaced": ("ink", "refresh"),
}  # fmt: skip


SHORT = {
    "draft": _l("Chưa ký"), "dropped": _l("Đã bỏ"), "reported": _l("Chờ xác nhận"), "kept": _l("Đúng hạn"),
    "kept_late": _l("Trễ hạn"), "broken": _l("Không giữ"), "replaced": _l("Đã thay"),
}  # fmt: skip
"""What stands in the narrow column of a list instead of the days left."""


@dataclass(frozen=True)
class Standing:
    """How a commitment stands: the word, its look, and the day that belongs to it."""

    code: str
    tone: str
    icon: str
    word: str
    day: str


def standing(commitment: Commitment, today: date) -> Standing:
    """The state word with its date: when it is due, was reported, found, or replaced."""
    code = shown(commitment, today)
    tone, icon = LOOKS[code]
    return Standing(code, tone, icon, word(code, "commitment"), _day(commitment, code))


def _day(commitment: Commitment, code: str) -> str:
    due = _("hạn %(day)s", day=show_date(commitment.due_on))
    if code == "reported" and commitment.reported_on:
        return _("báo ngày %(day)s, hạn %(due)s", day=show_date(commitment.reported_on),
                 due=show_date(commitment.due_on))  # fmt: skip
    if code in ("kept", "kept_late") and commitment.found_at:
        done = show_date(commitment.reported_on)
        return _("xong %(day)s, xác nhận %(found)s", day=done, found=show_date(clock.day_of(commitment.found_at)))
    if code == "broken" and commitment.found_at:
        return _("kết luận ngày %(day)s, hạn %(due)s", day=show_date(clock.day_of(commitment.found_at)),
                 due=show_date(commitment.due_on))  # fmt: skip
    return due


def due_of(commitment: Commitment, today: date) -> dict[str, Any]:
    """The two lines of a list: tone, word, date, and the ruler's days done, left and over."""
    code, left = shown(commitment, today), (commitment.due_on - today).days
    if code not in ("open", "overdue"):
        tone, icon = LOOKS[code]
        tone = tone if tone in ("ok", "soon", "late") else "none"
        day = show_date(commitment.due_on, "short")
        return {"tone": tone, "icon": icon, "word": str(SHORT[code]), "date": day}
    whole = max((commitment.due_on - commitment.made_on).days, 1)
    tone = "late" if left < 0 else ("soon" if left <= SOON_DAYS else "ok")
    return {
        "tone": tone, "word": left_word(left), "date": show_date(commitment.due_on, "short"),
        "done": whole - max(left, 0) if left < whole else 0, "left": min(max(left, 0), whole), "over": max(-left, 0),
    }  # fmt: skip


def left_word(left: int) -> str:
    """How many days are left, in the words that cases use."""
    if left < 0:
        return ngettext("Quá hạn %(num)s ngày", "Quá hạn %(num)s ngày", -left)
    return ngettext("Còn %(num)s ngày", "Còn %(num)s ngày", left) if left else _("Hết hạn hôm nay")


def made_where(commitment: Commitment) -> str:
    """Where it was promised, without saying whose case it is."""
    if commitment.session is not None:
        return _("tại buổi đối thoại %(number)s", number=commitment.session.number)
    if commitment.booking is not None:
        return _("tại buổi tiếp công dân")
    return _("trong câu trả lời")


def rows(commitments: Sequence[Commitment], today: date, url: Mapping[int, str]) -> list[dict[str, Any]]:
    """Rows for the queue() macro: commitments look like the cases they stand beside."""
    found = []
    for commitment in commitments:
        how = standing(commitment, today)
        note = _("%(unit)s xác nhận", unit=named(commitment.verifier, True))
        found.append({
            "url": url[commitment.id], "title": commitment.what, "reference": commitment.number,
            "kind": _("Cam kết"), "category": made_where(commitment), "sealed": False, "files": 0,
            "place": named(commitment.unit, True), "due": due_of(commitment, today),
            "state": {"tone": how.tone if how.tone in ("cham", "ink") else "ink", "icon": how.icon, "word": how.word},
            "holder": commitment.responsible.name if commitment.responsible else named(commitment.unit, True),
            "note": note,
        })  # fmt: skip
    return found


def history(commitment: Commitment, today: date,
            files: Mapping[int, Sequence[Mapping[str, Any]]]) -> list[dict[str, Any]]:  # fmt: skip
    """Everything that happened to it, newest first; `files` by the event that brought them."""
    events = about(commitment.about)
    items = thread_items(events, OFFICIAL, names_of(events, today, files))
    own = {Action.REPLACE_PROMISE}  # elsewhere the summary names the commitment, and here everybody knows which
    return [item if item.get("action") in own else {**item, "summary": ""} for item in items]


def source_words(commitment: Commitment) -> tuple[str, str]:
    """What it was promised in: the word for it and its number."""
    source = commitment.case or commitment.booking or commitment.session
    if isinstance(source, DialogueSession):
        return _("Buổi đối thoại"), source.number
    if isinstance(source, Booking):
        return _("Buổi tiếp công dân"), source.reference
    return _("Vụ việc"), commitment.case.reference if commitment.case else ""
