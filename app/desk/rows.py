"""A case as a row of a list: what an official must know before opening it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from ..cases.due import clocks_shown, due_row
from ..cases.models import Case
from ..dialogues.queries.requests import sessions_of
from ..rules.visibility import Sight, sight
from ..rules.workflow import OPEN, Actor, Status
from ..units.calendar import law
from ..words import STATUS_ICONS, named, show_date, status_word, word
from .papers import open_papers, title_of


def rows(cases: Sequence[Case], actor: Actor, today: date, news: Mapping[int, int],
         view: str = "") -> list[dict[str, Any]]:  # fmt: skip
    """Rows for the queue() macro, two statements for all of them; `view` is carried along to the case page."""
    if not cases:
        return []
    calendar, clocks = law().calendar, clocks_shown(cases)
    waiting, meetings = _papers_waiting(cases), _meetings(cases)
    return [
        _sealed_row(case, due_row(case, clocks.get(case.id), calendar, today), view, bool(news.get(case.id)))
        if case.is_sealed else
        {
            "url": url_for("desk.case", reference=case.reference, view=view or None),
            "title": "" if case.is_sealed else case.title,
            "sealed": case.is_sealed,
            "reference": case.reference,
            "kind": word(case.kind, "kind"),
            "category": named(case.category),
            "files": case.files_count,
            "pick": case.reference if case.status in OPEN and not case.is_sealed else None,
            "place": _place(case),
            **_present(
                case,
                actor,
                due_row(case, clocks.get(case.id), calendar, today),
                bool(news.get(case.id)),
                waiting.get(case.id, "") or meetings.get(case.id, ""),
            ),
        }
        for case in cases
    ]  # fmt: skip


def _sealed_row(case: Case, due: dict[str, Any], view: str, is_news: bool) -> dict[str, Any]:
    """A denunciation in a list: that there is one, and how urgent; nothing of what it says, of whom or where."""
    named_ = [handler.official.name for handler in case.handlers if handler.ended_at is None]
    unsigned = "" if case.is_registered else _("chưa có bản gốc")
    notes = [unsigned, due.get("stage", ""), _("có tin mới") if is_news else ""]
    return {
        "url": url_for("desk.case", reference=case.reference, view=view or None), "sealed": True, "pick": None,
        "title": "", "reference": case.reference, "kind": word(case.kind, "kind"), "category": "",
        "files": 0, "place": "",
        "due": due, "state": state_of(case), "holder": ", ".join(named_) or _("Chưa chỉ định ai"),
        "note": ", ".join(note for note in notes if note),
    }  # fmt: skip


def _papers_waiting(cases: Sequence[Case]) -> dict[int, str]:
    """The paper that waits for its signature, by case; of several the first."""
    found = [paper for paper in open_papers(case.id for case in cases) if paper.state == "submitted"]
    return {paper.case_id: _("văn bản chờ ký: %(paper)s", paper=title_of(paper.form)) for paper in found[::-1]}


def _meetings(cases: Sequence[Case]) -> dict[int, str]:
    """When the dialogues are that were agreed, by case; nothing is asked where there are none."""
    at = sessions_of([case.id for case in cases if case.status == Status.SCHEDULED])
    return {
        case_id: _("gặp %(day)s lúc %(hour)s", day=show_date(one.on, "short"), hour=f"{one.starts:%H:%M}")
        for case_id, one in at.items()
    }


def _present(case: Case, actor: Actor, due: dict[str, Any], is_news: bool, first: str = "") -> dict[str, Any]:
    """How it stands now; a past custodian is told only that it was passed on (README, Decisions: who sees what)."""
    if sight(actor, case) == Sight.NOTHING:
        return {"due": None, "state": {"tone": "ink", "icon": "right", "word": _("Đã chuyển đơn vị khác")},
                "holder": _("xem được đến lúc chuyển"), "note": ""}  # fmt: skip
    notes = [first, _since(case), due.get("stage", ""), _("có tin mới") if is_news else ""]
    return {"due": due, "state": state_of(case), "holder": _holder(case), "note": ", ".join(n for n in notes if n)}


def state_of(case: Case) -> dict[str, str]:
    """The workflow's word; indigo where somebody is on it, ink where it waits in line or is done."""
    is_busy = case.status in OPEN and case.status != Status.RECEIVED
    return {"tone": "cham" if is_busy else "ink", "icon": STATUS_ICONS[Status(case.status)],
            "word": status_word(case.kind, case.status)}  # fmt: skip


def _place(case: Case) -> str:
    """The hamlet or street, the first thing named; the commune where it is not this unit's own."""
    commune, spot = named(case.commune, True), re.split(r"[,;(]", case.place)[0].strip()
    if case.commune_id == case.unit_id or not commune:
        return spot or commune
    return f"{spot}, {commune}" if spot and spot.lower() != commune.lower() else commune


def _holder(case: Case) -> str:
    if case.is_sealed:
        return ""
    if case.assigned_to is not None:
        return case.assigned_to.name
    return _("Chưa giao ai") if case.status in OPEN else named(case.unit, True)


def _since(case: Case) -> str:
    if case.status == Status.WAITING and case.asked_at:
        return _("đã hỏi %(day)s", day=show_date(case.asked_at, "short"))
    if case.status == Status.SUSPENDED and case.suspended_on:
        return _("từ %(day)s", day=show_date(case.suspended_on, "short"))
    if case.status == Status.PENDING_APPROVAL and case.proposed_at:
        return _("trình %(day)s", day=show_date(case.proposed_at, "short"))
    return ""
