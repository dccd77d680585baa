"""How a unit's receptions read: the duty in a sentence, a recurring rule, what happened to a day or a visit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from .. import clock
from ..accounts.models import Official
from ..extensions import db
from ..journal.models import Event
from ..rules.dialogues import recurrence
from ..rules.dialogues.duties import Term
from ..words import is_vietnamese, show_date, word
from .models import ReceptionDay, ReceptionPattern
from .queries.hosts import Standing

CHAIRMEN = ("commune_chairman", "provincial_chairman")
WEEKDAYS = (_l("thứ Hai"), _l("thứ Ba"), _l("thứ Tư"), _l("thứ Năm"), _l("thứ Sáu"), _l("thứ Bảy"), _l("Chủ nhật"))
WHICH = {1: _l("đầu tiên"), 2: _l("thứ hai"), 3: _l("thứ ba"), 4: _l("thứ tư"), -1: _l("cuối cùng")}


@dataclass(frozen=True)
class DutyLine:
    """The duty of one period in words, and whether it is met, planned or short."""

    words: str
    more: str
    basis: str
    tone: str


def duty_lines(standings: Iterable[Standing | None], today: date) -> list[DutyLine]:
    """The duty of this period and the next, as the head of the page says it."""
    return [_line(one, today) for one in standings if one is not None]


def _line(one: Standing, today: date) -> DutyLine:
    duty, owed = one.term.duty, one.term.owed
    who = _("Chủ tịch") if duty.who in CHAIRMEN else _("Người đứng đầu")
    words = _("%(who)s đã tiếp %(held)s trên %(owed)s ngày của %(period)s.", who=who, held=one.held, owed=owed,
              period=period(one.term))  # fmt: skip
    lacking = owed - one.held - one.planned
    if one.held >= owed:
        more, tone = _("Đủ số ngày luật định."), "ok"
    elif lacking <= 0:
        more, tone = ngettext("Còn %(num)s buổi đã lên lịch.", "Còn %(num)s buổi đã lên lịch.", one.planned), "ok"
    else:
        more = ngettext("Thiếu %(num)s buổi chưa lên lịch.", "Thiếu %(num)s buổi chưa lên lịch.", lacking)
        tone = "soon" if one.term.start <= today else "cham"
    return DutyLine(words, more, duty.legal_basis if is_vietnamese() else duty.legal_basis_en, tone)


def period(term: Term) -> str:
    """A period of a duty as people name it."""
    if term.duty.per == "month":
        return _("tháng %(month)s", month=f"{term.start:%m/%Y}".lstrip("0"))
    if term.duty.per == "year":
        return _("năm %(year)s", year=term.start.year)
    return _("tuần %(first)s – %(last)s", first=show_date(term.start, "short"), last=show_date(term.end, "short"))


def pattern_said(row: ReceptionPattern) -> str:
    """A recurring rule as people say it."""
    rule = recurrence.read(row.rule)
    if rule.way == "days":
        return _("ngày %(days)s hằng tháng", days=_listed([str(day) for day in rule.days]))
    names = _listed([str(WEEKDAYS[day]) for day in rule.weekdays])
    if rule.way == "weekly":
        return _("%(days)s hằng tuần", days=names)
    which = _listed([str(WHICH[number]) for number in rule.which])
    return _("%(days)s %(which)s trong tháng", days=names, which=which)


def _listed(items: Sequence[str]) -> str:
    if len(items) < 2:
        return "".join(items)
    return _("%(first)s và %(last)s", first=", ".join(items[:-1]), last=items[-1])


def has_begun(day: ReceptionDay, now: datetime) -> bool:
    """Whether the day's hour has come; wall times of the town."""
    return datetime.combine(day.on, day.starts) <= clock.local(now).replace(tzinfo=None)


@dataclass(frozen=True)
class Happened:
    """One line of what happened to a day or a visit."""

    at: datetime
    words: str
    who: str
    more: str


def lines(events: Sequence[Event]) -> list[Happened]:
    """What happened, the last first; never what somebody said."""
    ids = {event.official_id for event in events if event.official_id is not None}
    names = {one.id: one.name for one in db.session.query(Official).filter(Official.id.in_(ids))} if ids else {}
    return [
        Happened(event.at, word(event.action, "happened"), names.get(event.official_id or 0, _by(event)),
                 _more(event.facts))
        for event in reversed(events)
    ]  # fmt: skip


def _by(event: Event) -> str:
    return _("Người hẹn") if event.actor_role == "resident" else _("Hệ thống")


def _more(facts: dict[str, Any]) -> str:
    """From when to when a booking went, and why."""
    parts = [_when(facts.get("from_on"), facts.get("from_slot")), _when(facts.get("on"), facts.get("slot"))]
    said = " → ".join(part for part in parts if part) if parts[0] else ""
    return ". ".join(part for part in (said, str(facts.get("reason") or ""), str(facts.get("case") or "")) if part)


def _when(on: str | None, slot: str | None) -> str:
    return f"{show_date(date.fromisoformat(on))} {slot or ''}".strip() if on else ""
