"""One row of a list as the page writes it: when, what, where, how it stands; names only for who may see them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from ...dialogues.models import Booking, Commitment, DialogueSession, ReceptionDay
from ...dialogues.queries.visible import sight_of_session, sight_of_visit
from ...rules.dialogues import commitments, sessions
from ...rules.dialogues.commitments import shown
from ...rules.dialogues.reception import BookingState
from ...rules.visibility import Sight
from ...rules.workflow import Actor
from ...words import is_vietnamese, named, show_date, word
from ..tree import Node
from .figures import TermRow
from .links import door

Line = dict[str, Any]
DONE = {"kept": "ok", "kept_late": "soon", "broken": "late", "overdue": "late", "reported": "cham"}


def line(row: Any, units: Mapping[int, Node], actor: Actor, today: date, counted: bool) -> Line:
    """A day, visit, session or promise as a row."""
    writers: dict[type, Callable[[], Line]] = {
        ReceptionDay: lambda: _day(row, counted),
        Booking: lambda: _visit(row, sight_of_visit(row, actor)),
        DialogueSession: lambda: _session(row, sight_of_session(row, actor)),
        Commitment: lambda: _promise(row, today),
    }
    return {"unit": named(units[row.unit_id], True), **writers[type(row)]()}


def _day(day: ReceptionDay, counted: bool) -> Line:
    if day.state == "moved":
        to = _("sang ngày %(day)s", day=show_date(day.moved_to.on)) if day.moved_to else ""
        state, detail = ("soon", _("Đã dời")), [to, day.reason]
    else:
        who = day.received_by.name if day.received_by else ""
        is_duty = (
            _("tính cho nghĩa vụ của người đứng đầu") if counted else _("không tính cho nghĩa vụ của người đứng đầu")
        )
        state, detail = ("ok" if counted else "ink", word(day.state, "day_state")), [who, is_duty]
    return {"when": show_date(day.on), "title": word(day.kind, "day_kind"), "meta": [day.place],
            "url": door("dialogues.day", day_id=day.id), "state": state, "detail": detail}  # fmt: skip


def _visit(visit: Booking, sight: Sight) -> Line:
    tone = {BookingState.DONE: "ok", BookingState.REFUSED: "late"}.get(BookingState(visit.state), "ink")
    people = ngettext("%(num)s người", "%(num)s người", visit.people)
    told = ""
    if visit.notify_due_on and visit.state == BookingState.DONE:
        told = (
            _("báo kết quả %(day)s, hạn %(due)s", day=show_date(visit.notified_on), due=show_date(visit.notify_due_on))
            if visit.notified_on
            else _("chưa báo kết quả, hạn %(due)s", due=show_date(visit.notify_due_on))
        )
    names = [visit.name, visit.reference] if sight == Sight.FULL else [visit.reference]
    ground = word(visit.ground, "turned_away") if visit.ground else ""
    direction = word(visit.direction, "direction") if visit.direction else ""
    return {
        "when": show_date(visit.day.on), "title": visit.subject or _("Lượt tiếp công dân"), "meta": [*names, people],
        "url": door("dialogues.visit", reference=visit.reference), "state": (tone, word(visit.state, "booking")),
        "detail": [direction, ground, told],
    }  # fmt: skip


def _session(session: DialogueSession, sight: Sight) -> Line:
    """One within a complaint that the reader does not see whole is counted and dated, never named."""
    stage = sessions.stage_of(session)
    came = ngettext("%(num)s người dự", "%(num)s người dự", session.attended)
    is_seen = sight != Sight.NOTHING
    return {"when": show_date(session.on),
            "title": session.title if is_seen else word(session.kind, "session_kind"),
            "meta": [session.number if is_seen else "", word(session.kind, "session_kind"), session.area, came],
            "url": door("dialogues.desk_session", number=session.number) if is_seen else None,
            "state": ("ok" if stage == sessions.Stage.PUBLISHED else "ink", word(stage, "session_stage")),
            "detail": [_announced(session), _published(session)]}  # fmt: skip


def _announced(session: DialogueSession) -> str:
    if session.announce_due_on is None:
        return ""
    due = show_date(session.announce_due_on)
    if session.announced_on is None:
        return _("không thông báo, hạn %(due)s", due=due)
    return _("thông báo %(day)s, hạn %(due)s", day=show_date(session.announced_on), due=due)


def _published(session: DialogueSession) -> str:
    if session.publish_due_on is None:
        return ""
    due = show_date(session.publish_due_on)
    if session.published_on is None:
        return _("chưa công khai, hạn %(due)s", due=due)
    return _("công khai %(day)s, hạn %(due)s", day=show_date(session.published_on), due=due)


def _promise(promise: Commitment, today: date) -> Line:
    code = "overdue" if commitments.is_overdue(promise, today) else shown(promise, today)
    done = _("báo xong %(day)s", day=show_date(promise.reported_on)) if promise.reported_on else ""
    return {"when": _("hạn %(day)s", day=show_date(promise.due_on)), "title": promise.what,
            "meta": [promise.number, _("hứa %(day)s", day=show_date(promise.made_on))],
            "url": door("dialogues.commitment", number=promise.number),
            "state": (DONE.get(code, "ink"), word(code, "commitment")), "detail": [done, promise.reason]}  # fmt: skip


def term_line(row: TermRow, units: Mapping[int, Node]) -> Line:
    """A period of a duty: how much was owed in it, and the days on which it was done."""
    duty, missing = row.term.duty, row.term.owed - row.counted
    held = ", ".join(show_date(day, "short") for day in row.days)
    state = ("late", ngettext("Thiếu %(num)s", "Thiếu %(num)s", missing)) if missing else ("ok", _("Đủ"))
    return {
        "unit": named(units[row.unit_id], True), "when": show_date(row.term.end), "state": state, "url": None,
        "title": _("%(period)s: %(k)s trên %(n)s phải làm", period=_period(row), k=row.counted, n=row.term.owed),
        "meta": [duty.legal_basis if is_vietnamese() else duty.legal_basis_en],
        "detail": [_("ngày %(days)s", days=held) if held else _("không có ngày nào")],
    }  # fmt: skip


def _period(row: TermRow) -> str:
    term = row.term
    if term.duty.per == "week":
        return _("Tuần %(a)s đến %(b)s", a=show_date(term.start, "short"), b=show_date(term.end))
    if term.duty.per == "month":
        return _("Tháng %(month)s/%(year)s", month=term.start.month, year=term.start.year)
    return _("Năm %(year)s", year=term.start.year)
