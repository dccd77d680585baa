"""What lies ahead of a complaint, by the stage it has reached, and what the complainant may still do about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _

from ..cases.models import Case, Deadline
from ..cases.windows import appeal_until
from ..journal.models import Event
from ..rules.workflow import CLOSING, OPEN, Action, Kind, Status
from ..words import named, show_date, status_word
from .answers import last

Line = dict[str, str]
ENDINGS = (Action.GUIDE, Action.TRANSFER_OUT, Action.RETURN_PETITION, Action.NOT_ACCEPT, Action.TERMINATE)
"""Deeds that end a case without an answer, each by a paper that says why."""


def by(day: date | None) -> str:
    """No later than that day, in a word; nothing where there is none."""
    return _("chậm nhất %(day)s", day=show_date(day, "short")) if day else ""


def complaint_ahead(case: Case, clocks: Sequence[Deadline], is_appealed: bool = False) -> list[Line]:
    """The steps to come, in their order: nothing any more once the complaint is closed.

    A first decision complained of again takes no effect: the second settlement goes on from there.
    """
    if case.status in OPEN:
        return [*_until_accepted(case), *_until_decided(case)]
    return _after_decision(case, clocks, is_appealed) if case.status in (Status.ANSWERED, Status.ENFORCING) else []


def _until_accepted(case: Case) -> list[Line]:
    if case.is_accepted:
        return []
    signed = [] if case.is_registered else [
        {"when": _("việc của ông/bà"), "title": _("In đơn, ký tên, nộp bản gốc"),
         "summary": _("Nộp tại quầy hoặc gửi bưu điện. Ngày bản gốc được vào sổ là ngày bắt đầu tính hạn.")},
    ]  # fmt: skip
    due = by(case.due_on) or _("sau khi nhận bản gốc")
    return [*signed, {"when": due, "title": _("Quyết định thụ lý, hoặc nói rõ vì sao không")}]


def _until_decided(case: Case) -> list[Line]:
    stopped = [
        {"when": _("trong lúc tạm đình chỉ"), "title": _("Tiếp tục giải quyết khi lý do tạm đình chỉ không còn")},
    ] if case.status == Status.SUSPENDED else []  # fmt: skip
    heard = [] if case.has_dialogue else [{
        "when": _("trong lúc giải quyết"),
        "title": _("Xác minh, và đối thoại khi ý kiến còn khác nhau") if case.instance == 1
        else _("Xác minh, và đối thoại với ông/bà"),
    }]  # fmt: skip
    due = by(case.due_on) if case.due_stage in CLOSING else ""
    decided = {"when": due or _("trong thời hạn luật định"), "title": _("Quyết định giải quyết bằng văn bản có ký")}
    return [*stopped, *heard, decided]


def _after_decision(case: Case, clocks: Sequence[Deadline], is_appealed: bool) -> list[Line]:
    due = {clock.stage: clock.due_on for clock in clocks if clock.met_at is None and clock.ended_at is None}
    sent = due.get("send_decision_first") or due.get("send_decision_second")
    lines = [] if case.is_sent else [{"when": by(sent), "title": _("Gửi quyết định đến ông/bà")}]
    if not case.is_published:
        lines.append({"when": by(due.get("publish_decision")), "title": _("Công khai quyết định")})
    if is_appealed:
        return lines
    effect = due.get("decision_takes_effect_first")
    if effect is not None:
        lines.append({"when": _("sau ngày %(day)s", day=show_date(effect, "short")),
                      "title": _("Quyết định có hiệu lực, nếu không khiếu nại lần hai")})  # fmt: skip
    if case.status == Status.ANSWERED:
        lines.append({"when": _("khi quyết định có hiệu lực"), "title": _("Thi hành quyết định")})
    return lines


def again(case: Case, may: bool, kin: Sequence[Case]) -> dict[str, Any] | None:
    """The way to complain a second time (Law 02/2011/QH13 art. 33): open, shut, or never there for this case.

    `is_ours` is false where the body above lies outside this system: the province's own first decision.
    """
    if case.kind != Kind.COMPLAINT or not case.is_accepted or case.instance != 1:
        return None
    is_decided = case.status in (Status.ANSWERED, Status.ENFORCING, Status.CLOSED, Status.ARCHIVED) and case.has_answer
    if not may and not is_decided:
        return None
    return {"may": may, "is_decided": is_decided, "is_ours": case.unit.parent_id is not None,
            "until": show_date(appeal_until(case), "long"),
            "second": next((other.reference for other in kin if other.appeal_of_id == case.id), "")}  # fmt: skip


def stopped(case: Case, events: Sequence[Event], paper: Callable[[str], str]) -> dict[str, Any] | None:
    """Suspended: since when, by which decision, and whether the clock stands still (law 02/2011/QH13 art. 11a)."""
    event = last(events, Action.SUSPEND)
    if case.status != Status.SUSPENDED or event is None:
        return None
    return {"since": show_date(case.suspended_on), "is_counted": bool(event.facts.get("is_counted")),
            **_paper(event, paper)}  # fmt: skip


def ended(case: Case, events: Sequence[Event], paper: Callable[[str], str]) -> dict[str, Any] | None:
    """Closed without an answer: the paper that says why, and the body it names."""
    event = last(events, *ENDINGS)
    if case.status in OPEN or case.has_answer or event is None:
        return None
    return {"body": event.facts.get("body", ""), **_paper(event, paper)}


def _paper(event: Event, paper: Callable[[str], str]) -> dict[str, Any]:
    document = event.facts.get("document")
    is_ours = document and event.facts.get("shown_to", "resident") == "resident"
    return {"number": event.facts.get("number", ""), "paper": paper(str(document)) if is_ours else ""}


def relatives(case: Case, kin: Sequence[Case]) -> list[dict[str, Any]]:
    """The sender's other cases that belong to this one, as the page lists them."""
    return [
        {
            "reference": other.reference, "title": other.title, "status": status_word(other.kind, other.status),
            "what": _what(case, other), "unit": named(other.unit),
            "due": show_date(other.due_on, "long") if other.due_on and other.status in OPEN else "",
        }
        for other in kin
    ]  # fmt: skip


def _what(case: Case, other: Case) -> str:
    """How the other belongs to this one."""
    if other.appeal_of_id == case.id:
        return _("Khiếu nại lần hai")
    if case.appeal_of_id == other.id:
        return _("Khiếu nại lần đầu")
    return _("Đơn ban đầu") if case.split_from_id == other.id else _("Phần tách từ cùng một đơn")
