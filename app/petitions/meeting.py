"""What the follow page says of a request for a dialogue: the time agreed, those offered, who joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from .. import clock
from ..cases.actions import Meeting
from ..cases.models import Case
from ..dialogues.models import DialogueSession
from ..dialogues.queries.requests import session_of
from ..journal.models import Event
from ..rules.workflow import OPEN, Action, Kind, Status
from ..units.queries import setting
from ..words import named, show_date, word
from .coming import by

Line = dict[str, str]


@dataclass(frozen=True)
class Talk:
    """The request's own part of the page."""

    wish: list[tuple[str, str]]
    """What was asked for, as (term, words)."""
    agreed: dict[str, Any] | None = None
    """The time that stands: day, hours, place, link; None before and after."""
    offers: Sequence[str] = ()
    """The times to choose from, in their order."""
    offered_text: str = ""
    until: str = ""
    """Until when a choice is awaited."""
    insist_until: str = ""
    """A written answer was given and may still be insisted against, until this day."""
    joined: int | None = None
    """How many others joined; None where it is not public."""
    published: str = ""
    """Number of the session whose results are public."""


def talk_of(case: Case, events: Sequence[Event], may: frozenset[str]) -> Talk | None:
    """None for other kinds of case."""
    wish = case.asked_to_meet if case.kind == Kind.DIALOGUE else None
    if wish is None:
        return None
    session = session_of(case)
    is_offered = case.status == Status.WAITING and bool(wish.offered_times)
    return Talk(
        wish=wish_rows(case), agreed=_agreed(session) if case.status == Status.SCHEDULED else None,
        offers=[hours_of(Meeting.of(facts)) for facts in wish.offered_times] if is_offered else (),
        offered_text=_said(events) if is_offered else "", until=_until(case) if is_offered else "",
        insist_until=show_date(case.reopen_until, "long") if Action.INSIST in may else "",
        joined=wish.joined if case.is_shared else None,
        published=_published(session),
    )  # fmt: skip


def wish_rows(case: Case) -> list[tuple[str, str]]:
    """With whom, how many, when and how they wish to meet."""
    wish = case.asked_to_meet
    assert wish is not None
    whom = word(wish.with_level, "with_level")
    who = ngettext("%(num)s người", "%(num)s người", wish.people) if wish.people > 1 else _("Một mình")
    needs = [word(wish.interpreter, "interpreter") if wish.interpreter else "",
             _("lối vào cho xe lăn") if wish.wheelchair else ""]  # fmt: skip
    rows = [
        (_("Muốn gặp"), f"{whom}, {named(case.wanted_unit)}" if case.wanted_unit else whom),
        (_("Người đến"), who), (_("Người đại diện"), ", ".join(wish.representatives)),
        (_("Giờ tiện"), wish.wanted_times), (_("Cách gặp"), word(wish.mode, "mode")),
        (_("Cần"), ", ".join(need for need in needs if need)),
    ]  # fmt: skip
    return [(term, words) for term, words in rows if words]


def hours_of(meeting: Meeting) -> str:
    """One time in a line: day, hours, place or online."""
    where = word(meeting.mode, "mode") if meeting.mode == "online" else meeting.place
    hours = f"{show_date(meeting.on, 'long')}, {meeting.starts:%H:%M}–{meeting.ends:%H:%M}"
    return f"{hours}, {where}" if where else hours


def _agreed(session: DialogueSession | None) -> dict[str, Any] | None:
    """The session as it stands now, moved or not; one called off says so."""
    if session is None:
        return None
    return {
        "day": show_date(session.on, "long"), "hours": f"{session.starts:%H:%M}–{session.ends:%H:%M}",
        "place": session.place, "link": session.link, "is_online": session.mode == "online",
        "number": session.number, "is_off": session.called_off_at is not None, "reason": session.reason,
    }  # fmt: skip


def _published(session: DialogueSession | None) -> str:
    """The number under which the minutes are public."""
    is_out = session is not None and session.published_on is not None and session.is_public
    return session.number if session is not None and is_out else ""


def _said(events: Sequence[Event]) -> str:
    offered = [event for event in events if event.action == Action.OFFER_TIMES]
    return str(offered[-1].facts.get("text", "")) if offered else ""


def _until(case: Case) -> str:
    """The last day of the unit's window for an answer."""
    since: datetime | None = case.reminded_at or case.asked_at
    if since is None:
        return ""
    window = timedelta(days=int(setting("answer_window_days", case.unit_id)))
    return show_date(clock.day_of(since) + window, "long")


def request_ahead(case: Case) -> list[Line]:
    """The steps to come, for the receipt and the follow page."""
    if case.status not in OPEN:
        return []
    due: date | None = case.due_on
    answered: list[Line] = [] if case.has_offer else [
        {"when": by(due), "title": _("Đơn vị trả lời: hẹn giờ, đề xuất vài giờ, hoặc trả lời bằng văn bản"),
         "summary": _("Từ chối thì phải nói rõ vì sao.")},
    ]  # fmt: skip
    return [
        *answered,
        {"when": _("vào giờ đã hẹn"), "title": _("Đối thoại, có biên bản")},
        {"when": _("sau buổi gặp"), "title": _("Kết luận, cam kết của đơn vị, và ông/bà chấm điểm")},
    ]  # fmt: skip
