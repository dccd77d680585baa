"""The ways of the staff mast: which rooms an official may enter, with what waits there."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g, request, url_for
from flask_babel import gettext as _
from flask_babel import pgettext
from flask_login import current_user

from .. import clock
from ..accounts import two_person
from ..rules.visibility import ABOVE, DESK, ROOM, can_administer, holds, sees_journal
from ..rules.visibility import may_search as searches
from ..rules.workflow import Role
from .queries import news


@dataclass(frozen=True)
class Way:
    """One entry of the mast."""

    url: str
    label: str
    current: bool
    count: int = 0


def ways() -> list[Way]:
    """The rooms open to whoever is signed in, in the order of the day."""
    if not current_user.is_authenticated or "actor" not in g or not is_let_in():
        return []
    actor = g.actor
    rows: list[tuple[str, str, int]] = []
    if holds(actor, *DESK, Role.REGISTRAR):
        rows.append(("desk.queue", _("Bàn việc"), len(news_here())))
    if holds(actor, *DESK):
        rows.append(("desk.intake", _("Nhập tại quầy"), 0))
        rows.append(("dialogues.days", _("Tiếp dân"), 0))
    if holds(actor, *ROOM):
        rows.append(("dialogues.desk_sessions", _("Đối thoại"), talks_here()))
    if holds(actor, *ROOM):
        rows.append(("dialogues.commitments", _("Cam kết"), promises_here()))
    if holds(actor, *ABOVE):
        rows.append(("reports.overview", _("Thống kê"), 0))
    if sees_journal(g.actor):
        rows.append(("reports.journal", _("Nhật ký"), 0))
    if can_administer(g.actor):
        rows.append(("accounts.officials", _("Cán bộ"), 0))
        if two_person.is_on():
            rows.append(("second.requests", _("Chờ duyệt"), requests_here()))
        rows.append(("units.tree", pgettext("page", "Đơn vị"), 0))
        rows.append(("letters.dead", _("Thư gửi đi"), 0))
    return [Way(url_for(endpoint), label, _is_here(endpoint), count) for endpoint, label, count in rows]


def is_let_in() -> bool:
    """Whether the rooms open: not before the own password is chosen and, where it is asked for, the second factor."""
    return not (current_user.must_change_password or current_user.must_enrol)


def requests_here() -> int:
    """How many changes wait for this administrator to be the second."""
    rows = two_person.waiting(g.actor, clock.now())
    return sum(current_user.id not in (row.asked_by_id, row.official_id) for row in rows)


def may_search() -> bool:
    """Whether the mast offers the search: administrators see no case."""
    return "actor" in g and is_let_in() and searches(g.actor)


def news_here() -> dict[int, int]:
    """What is new at this official's desk, by case, asked once a request."""
    if "news" not in g:
        g.news, g.promise_news, g.talk_news = news(g.actor)
    return dict(g.news)


def promises_here() -> int:
    """Of how many commitments this official was told something and has not looked."""
    news_here()
    return int(g.promise_news)


def talks_here() -> int:
    """Of how many dialogue sessions and voters' calls this official was told something and has not looked."""
    news_here()
    return int(g.talk_news)


QUEUE_PAGES = ("desk.queue", "desk.case", "desk.act", "desk.search", "desk.renew_code", "desk.bulk", "desk.save_filter",
               "desk.phrases", "desk.phrase", "desk.new_phrase", "desk.sealed_act", "desk.sealed_new",
               "desk.sealed_receipt")  # fmt: skip
OFFICIAL_PAGES = ("accounts.official", "accounts.new_official", "house.leave")
PHRASE_PAGES = ("desk.phrases", "desk.phrase", "desk.new_phrase")
"""Phrases stand in the queue's room for the desk, among the units' settings for administrators."""
RECEPTION_PAGES = ("dialogues.day", "dialogues.new_day", "dialogues.move_day", "dialogues.hold_day",
                   "dialogues.patterns", "dialogues.visit", "dialogues.visit_act", "dialogues.book_here",
                   "dialogues.unscheduled", "dialogues.register", "desk.make_case")  # fmt: skip
STATISTICS_PAGES = (
    "reports.unit", "reports.answer", "reports.cases", "reports.being_heard", "reports.being_heard_rows",
    "reports.official_forms", "reports.official_form", "reports.official_cases", "reports.official_figures",
)  # fmt: skip
PAGES = {
    "desk.queue": QUEUE_PAGES, "desk.intake": ("desk.intake_receipt",), "accounts.officials": OFFICIAL_PAGES,
    "reports.overview": STATISTICS_PAGES,
    "dialogues.days": RECEPTION_PAGES,
    "dialogues.commitments": ("dialogues.commitment", "dialogues.act_on_commitment", "dialogues.make_promise"),
    "dialogues.desk_sessions": ("dialogues.desk_session", "dialogues.session_act", "dialogues.new_session",
                                "dialogues.desk_conference"),
}  # fmt: skip
"""Pages that belong to the room behind an entry of the mast."""


def _is_here(endpoint: str) -> bool:
    here = request.endpoint or ""
    if endpoint == "units.tree":
        return here.startswith("units.") or here in ("house.close", *PHRASE_PAGES)
    return here == endpoint or here in PAGES.get(endpoint, ())
