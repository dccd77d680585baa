"""A case's events as lines of its thread, for the resident and for officials. Pure: events and names in, words out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from .. import clock
from ..documents import paper_forms as forms
from ..journal.models import Event
from ..rules.visibility import is_inside
from ..rules.workflow import BY_PAPER, Action, Role
from ..words import is_vietnamese, show_date, show_time, word
from . import corrections, data_lines, meeting_lines, merged_lines, promise_lines
from .names import Names

RESIDENT, OFFICIAL = "resident", "official"
"""Who reads: words differ, and officials are named to officials only."""

SAID = {
    Action.SUBMIT: "text", Action.REPLY: "text", Action.ASK: "text", Action.NOTE: "text", Action.APPROVE: "text",
    Action.REFUSE: "reason", Action.FORWARD: "reason", Action.CORRECT: "reason", Action.SEND_BACK: "reason",
    Action.REOPEN: "reason", Action.WITHDRAW: "reason", Action.RATE: "text", Action.CODE_RENEWED: "statement",
    Action.CLASSIFY: "remark", Action.SPLIT: "reason", Action.RETURN_PAPER: "reason", Action.REQUEST_PART: "text",
    Action.GIVE_PART: "text", Action.HOLD_DIALOGUE: "text", Action.REQUEST_REPORT: "text", Action.SEND: "text",
    Action.GIVE_REPORT: "text", Action.WITHDRAW_PART: "text", **promise_lines.SAID, **data_lines.SAID,
    Action.PUBLISH: "text", Action.ENFORCE: "text", Action.ARCHIVE: "reason", Action.DISMISS_HANDLER: "reason",
    Action.DECIDE: "text", Action.CONCLUDE: "text", Action.RECOMPUTE: "reason", Action.OFFER_TIMES: "text",
    Action.RESCHEDULE: "reason", Action.INSIST: "reason", Action.PUBLISH_REQUEST: "text",
}  # fmt: skip
"""Which fact of an event is what somebody said."""


def thread_items(events: Iterable[Event], reader: str, names: Names,
                 paper: Callable[[str], str] | None = None) -> list[dict[str, Any]]:  # fmt: skip
    """Items for _macros/thread.html, newest first; `paper` gives the address of a signed document.

    A line of the clock follows each event that set or moved the due date.
    """
    items: list[dict[str, Any]] = []
    due_on, events = None, list(events)
    joins = [event.seq for event in events if event.action == Action.JOIN]
    for event in events:
        if event.action == Action.JOIN and event.seq != joins[-1]:
            continue  # one line tells how many joined by now
        items.append(_line(event, reader, names, paper))
        if event.due_on and event.due_on != due_on:
            items.append(_clock_line(event, moved=due_on is not None))
        due_on = event.due_on or due_on
    return items[::-1]


def _line(event: Event, reader: str, names: Names, paper: Callable[[str], str] | None) -> dict[str, Any]:
    document = str(event.facts.get("document") or "")
    return {
        "kind": _kind(event),
        "title": _title(event),
        "who": _who(event, reader, names),
        "when": _when(event, names),
        "machine": event.at.isoformat(),
        "text": str(event.facts.get(SAID.get(Action(event.action), ""), "") or ""),
        "summary": _summary(event, reader, names),
        "files": list(names.files.get(event.seq, ())),
        "link": (paper(document), _("Xem bản có số và chữ ký")) if paper and _is_handed(event, reader) else None,
        "internal": is_inside(event),
        "action": event.action,
        "seq": event.seq,
    }


def _is_handed(event: Event, reader: str) -> bool:
    """Whether the event has a signed paper that this reader is given: a resident only those meant for residents."""
    is_meant = reader != RESIDENT or event.facts.get("shown_to", "resident") == "resident"
    return is_meant and bool(event.facts.get("document"))


def _clock_line(event: Event, moved: bool) -> dict[str, Any]:
    due = show_date(event.due_on, "long")
    title = _("Thời hạn nay là hết %(day)s", day=due) if moved else _("Thời hạn: hết %(day)s", day=due)
    return {"kind": "clock", "title": title}


def _kind(event: Event) -> str:
    """Whose knot it is; a petition entered at the counter is still the resident's word."""
    if event.actor_role == Role.RESIDENT or event.action == Action.SUBMIT:
        return "resident"
    return "clock" if event.actor_role == Role.SYSTEM else "office"


def _title(event: Event) -> str:
    number, own = event.facts.get("number"), merged_lines.title(event) or promise_lines.title(event)
    if own:
        return own
    if event.action in PAPER_STEPS:
        return f"{word(event.action, 'happened')}: {form_name(str(event.facts.get('form', '')))}"
    if event.action == Action.ISSUE:
        return form_name(str(event.facts.get("form", "")))
    if event.action in (Action.DRAFT, Action.PROPOSE) and number:
        titles = {
            Action.DRAFT: _("Soạn trả lời, bản %(n)s", n=number),
            Action.PROPOSE: _("Trình ký bản %(n)s", n=number),
        }
        return titles[Action(event.action)]
    return word(event.action, "happened")


PAPER_STEPS = frozenset({Action.WRITE, Action.SUBMIT_PAPER, Action.RETURN_PAPER, Action.DROP_PAPER})


def form_name(form_id: str) -> str:
    """What kind of paper it is, in the reader's language."""
    form = forms.FORMS.get(form_id)
    if form is None:
        return form_id
    return form.title_vi if is_vietnamese() else form.title_en or form.title_vi


def _when(event: Event, names: Names) -> str:
    is_this_year = clock.day_of(event.at).year == names.today.year
    return show_time(event.at, "short" if is_this_year else "full")


def _who(event: Event, reader: str, names: Names) -> str:
    if event.action == Action.SUBMIT:
        sender = _("Ông/bà") if reader == RESIDENT else _("Người gửi")
        channel = word(event.facts.get("channel", ""), "channel")
        return f"{sender}, {channel[:1].lower()}{channel[1:]}" if channel else sender
    if event.action == Action.JOIN:
        return ""
    if event.actor_role == Role.RESIDENT:
        return _("Ông/bà") if reader == RESIDENT else _("Người gửi")
    if event.actor_role == Role.SYSTEM:
        return ""
    if reader == RESIDENT:
        return promise_lines.office(event, names) or _office(event, names)
    return _official(event, names)


def _office(event: Event, names: Names) -> str:
    """The unit that spoke: the one before, where the event passed the case on."""
    return names.units.get(str(event.facts.get("before", ""))) or names.units.get(event.unit_id or 0, "")


def _official(event: Event, names: Names) -> str:
    name = names.officials.get(event.official_id or 0, "")
    head = names.officials.get(event.facts.get("in_name_of") or 0)
    return _("%(name)s, thay mặt %(head)s", name=name, head=head) if head else name


def _summary(event: Event, reader: str, names: Names) -> str:
    told = SUMMARIES.get(Action(event.action))
    parts = (merged_lines.of_main(event), told(event, reader, names) if told else "")
    return ". ".join(part for part in parts if part)


def _of_forward(event: Event, reader: str, names: Names) -> str:
    codes = [str(event.facts.get(key, "")) for key in ("before", "unit")]
    before, after = (names.units.get(code, code) for code in codes)
    return _("Từ %(before)s đến %(after)s", before=before, after=after)


def _of_escalation(event: Event, reader: str, names: Names) -> str:
    return _("Đã báo %(unit)s", unit=names.units.get(str(event.facts.get("unit", "")), ""))


def _of_assignment(event: Event, reader: str, names: Names) -> str:
    officer = str(event.facts.get("officer") or "")
    if reader == RESIDENT:
        return ""
    return officer or _("Chưa giao ai, chờ phân công lại")


def _of_outcome(event: Event, reader: str, names: Names) -> str:
    outcome = event.facts.get("outcome")
    return _("Kết quả: %(outcome)s", outcome=word(outcome, "outcome")) if outcome else ""


def _of_refusal(event: Event, reader: str, names: Names) -> str:
    return word(event.facts.get("ground", ""), "ground")


def _of_duplicate(event: Event, reader: str, names: Names) -> str:
    return _("Theo chung việc %(reference)s. Cả hai biên nhận đều còn dùng được.", reference=event.facts.get("of", ""))


def _of_rating(event: Event, reader: str, names: Names) -> str:
    reasons = [word(reason, "reason") for reason in event.facts.get("reasons", ())]
    return ", ".join([word(event.facts.get("level"), "level"), *reasons])


def _of_registration(event: Event, reader: str, names: Names) -> str:
    return _("Nhận bản gốc ngày %(day)s", day=_stored_day(event.facts.get("registered_on")))


def _stored_day(text: str | None) -> str:
    return show_date(date.fromisoformat(str(text)[:10])) if text else ""


CHECKS = {
    "papers": _l("Đã xem giấy tờ tùy thân"),
    "call_back": _l("Đã gọi lại số điện thoại trong đơn"),
    "known": _l("Cán bộ biết rõ người này"),
}


def _of_new_code(event: Event, reader: str, names: Names) -> str:
    return str(CHECKS.get(event.facts.get("check", ""), ""))


def _of_paper(event: Event, reader: str, names: Names) -> str:
    """The paper's number, and what its deed adds: a verdict, a new due date, a body."""
    facts = event.facts
    parts = [
        _("Số %(number)s", number=facts["number"]) if facts.get("number") else "",
        _("kết luận: %(verdict)s", verdict=word(facts["verdict"], "verdict").lower()) if facts.get("verdict") else "",
        _("từ ngày %(day)s", day=_stored_day(facts["on"])) if facts.get("on") else "",
        _("hạn cũ %(day)s", day=_stored_day(facts["old_due_on"])) if facts.get("approved_by") else "",
        _("hạn mới %(day)s", day=_stored_day(facts["new_due_on"])) if facts.get("new_due_on") else "",
        *_of_extension(facts, reader),
        str(facts.get("body", "")),
        _("thời gian này vẫn tính vào hạn") if facts.get("is_counted") else "",
    ]
    return ", ".join(part for part in parts if part)


def _of_extension(facts: Mapping[str, Any], reader: str) -> list[str]:
    """Within the house: why more time was given, who asked for it and who granted it."""
    if reader != OFFICIAL or not facts.get("approved_by"):
        return []
    return [
        _("lý do: %(reason)s", reason=facts.get("reason") or "-"),
        _("người đề nghị: %(name)s", name=facts.get("requested_by", "")),
        _("người duyệt: %(name)s", name=facts["approved_by"]),
    ]


def _of_day(event: Event, reader: str, names: Names) -> str:
    return _("Ngày %(day)s", day=_stored_day(event.facts.get("on")))


def _of_split(event: Event, reader: str, names: Names) -> str:
    return _("Phần tách ra: %(title)s, số %(reference)s", title=event.facts.get("title", ""),
             reference=event.facts.get("part", ""))  # fmt: skip


def _of_appeal(event: Event, reader: str, names: Names) -> str:
    return _("Đơn khiếu nại lần hai: %(reference)s", reference=event.facts.get("second", ""))


def _of_part(event: Event, reader: str, names: Names) -> str:
    unit = names.units.get(str(event.facts.get("unit", "")), "")
    return _("%(unit)s, trả lời trước hết %(day)s", unit=unit, day=_stored_day(event.facts.get("part_due_on")))


def _of_checklist(event: Event, reader: str, names: Names) -> str:
    return _("Đủ điều kiện xử lý") if event.facts.get("is_eligible") else _("Chưa đủ điều kiện xử lý")


def _of_recompute(event: Event, reader: str, names: Names) -> str:
    """Officials read every clock moved; the resident the one line of the due date that follows."""
    if reader == RESIDENT:
        return ""
    return "; ".join(
        _("%(what)s: %(old)s → %(new)s", what=word(one["stage"], "stage"), old=_stored_day(one["old"]),
          new=_stored_day(one["new"]))
        for one in event.facts.get("clocks", ())
    )  # fmt: skip


SUMMARIES: dict[Action, Callable[[Event, str, Names], str]] = {
    Action.FORWARD: _of_forward,
    Action.SUCCEED: _of_forward,
    Action.ESCALATE: _of_escalation,
    Action.ASSIGN: _of_assignment,
    Action.HAND_OVER: _of_assignment,
    Action.APPROVE: _of_outcome,
    Action.CLOSE: _of_outcome,
    Action.REFUSE: _of_refusal,
    Action.MARK_DUPLICATE: _of_duplicate,
    Action.RATE: _of_rating,
    Action.REGISTER: _of_registration,
    **dict.fromkeys(BY_PAPER, _of_paper),
    **dict.fromkeys((Action.HOLD_DIALOGUE, Action.WITHDRAW_PART, Action.SEND, Action.PUBLISH, Action.ENFORCE), _of_day),
    Action.SPLIT: _of_split,
    Action.APPEAL: _of_appeal,
    Action.REQUEST_PART: _of_part,
    Action.CLASSIFY: _of_checklist,
    **dict.fromkeys((Action.NAME_HANDLER, Action.DISMISS_HANDLER), _of_assignment),
    Action.CORRECT: corrections.told,
    Action.CODE_RENEWED: _of_new_code,
    **dict.fromkeys(data_lines.TOLD, data_lines.told),
    Action.RECOMPUTE: _of_recompute,
    **dict.fromkeys(promise_lines.TOLD, promise_lines.summary),
    **dict.fromkeys(meeting_lines.TOLD, meeting_lines.told),
}
"""The line under a title, for actions that have one."""
