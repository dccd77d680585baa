"""What the follow page says: the answer first if there is one, what is asked, the thread in plain words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from .. import clock
from ..attachments import queries as files
from ..attachments.models import Attachment
from ..cases import queries
from ..cases.due import clock_shown, due_card, due_row
from ..cases.family import family_of
from ..cases.lines import RESIDENT, thread_items
from ..cases.models import Case, Deadline
from ..cases.names import Names, names_of
from ..cases.receipts import hashed
from ..cases.unfold import Unfolded, for_resident, reasons_of_pauses, unfold
from ..journal.models import Event
from ..rules.deadlines import Rules
from ..rules.visibility import Sight
from ..rules.workflow import OPEN, Action, Actor, Kind, Status, allowed_actions
from ..units.calendar import law
from ..units.queries import setting
from ..words import named, show_date, show_time
from . import coming, meeting
from .answers import answer_of, answered_by, last, main_of, rated_by, stands

TITLES = {
    Action.SUBMIT: _l("Ông/bà gửi đơn"), Action.REPLY: _l("Ông/bà nhắn"), Action.RATE: _l("Ông/bà đánh giá"),
    Action.REOPEN: _l("Ông/bà mở lại việc"), Action.WITHDRAW: _l("Ông/bà rút đơn"),
    Action.MARK_DUPLICATE: _l("Việc này đã có người gửi trước"), Action.REMIND: _l("Nhắc ông/bà trả lời câu hỏi"),
    Action.APPEAL: _l("Ông/bà khiếu nại lần hai"), Action.WITHDRAW_PART: _l("Ông/bà rút một phần"),
    Action.SPLIT: _l("Đơn có nhiều nội dung, đã tách thành việc riêng"),
    Action.OBJECT: _l("Ông/bà báo cam kết chưa xong"),
    Action.DATA_ASKED: _l("Ông/bà yêu cầu về dữ liệu của mình"),
    Action.CHOOSE_TIME: _l("Ông/bà chọn giờ gặp"), Action.INSIST: _l("Ông/bà đề nghị gặp lần nữa"),
    Action.OFFER_TIMES: _l("Đơn vị đề xuất giờ để ông/bà chọn"),
}  # fmt: skip
"""What concerns the resident most, as told to the resident."""


def holder_of(case_id: int) -> str:
    """Under what name the holding area keeps files for a message that is not sent yet."""
    return hashed(f"follow:{case_id}")


@dataclass(frozen=True)
class Followed:
    """Everything the page shows, gathered in at most ten statements; a complaint's windows take four more."""

    case: Case
    may: frozenset[str]
    items: list[dict[str, Any]]
    due: dict[str, Any]
    row: dict[str, Any]
    answer: dict[str, Any] | None
    question: dict[str, Any] | None
    rated: dict[str, Any] | None
    main: dict[str, Any] | None
    held: list[dict[str, Any]]
    related: list[dict[str, Any]]
    ahead: list[dict[str, Any]]
    again: dict[str, Any] | None
    stopped: dict[str, Any] | None
    ended: dict[str, Any] | None
    withdraws: bool
    """Whether the page leads on to taking the petition back, here or on paper."""
    needs_paper: bool = False
    """A complaint whose signed original is still awaited (Law 02/2011/QH13 art. 8)."""
    unfolded: Sequence[Unfolded] = ()
    talk: meeting.Talk | None = None
    """Of a request for a dialogue: times, wishes, who joined."""


def followed(case: Case, actor: Actor, today: date, url: Callable[[str], str], paper: Callable[[str], str]) -> Followed:
    """Gather the page; `url` gives a file's address, `paper` a signed paper's."""
    events = queries.events_for(case, actor, Sight.FULL)
    clocks, rules = queries.deadlines_of(case), law()
    names = names_of(events, today, _files(case, url))
    shown, kin = clock_shown(case, clocks), _kin(case, events)
    may = frozenset(str(action) for action in allowed_actions(actor, case))
    return Followed(
        case=case, may=may, items=_items(case, events, names, paper), due=_due(case, shown, rules, today, events),
        unfolded=unfold(for_resident(case, clocks), rules, events), row=due_row(case, shown, rules.calendar, today),
        needs_paper=case.kind == Kind.COMPLAINT and not case.is_registered and case.status in OPEN,
        answer=answer_of(case, events, names, clocks, rules, paper), question=_question(case, events, names),
        rated=rated_by(events), main=main_of(case), related=coming.relatives(case, kin),
        ahead=_ahead(case, clocks, kin),
        again=coming.again(case, Action.APPEAL in may, kin), stopped=coming.stopped(case, events, paper),
        ended=coming.ended(case, events, paper), withdraws=Action.WITHDRAW in may or needs_signed_withdrawal(case),
        talk=meeting.talk_of(case, events, may),
        held=[files.listing(file) for file in files.held(holder_of(case.id))] if Action.REPLY in may else [],
    )  # fmt: skip


def _kin(case: Case, events: Sequence[Event]) -> list[Case]:
    """The sender's other cases that belong to this one; not asked for where nothing ever made any."""
    has_kin = case.split_from_id or case.appeal_of_id or last(events, Action.SPLIT, Action.APPEAL)
    return family_of(case) if has_kin else []


def _files(case: Case, url: Callable[[str], str]) -> dict[int, Sequence[dict[str, Any]]]:
    if not case.files_count:
        return {}
    found = files.by_event(files.of_case(case.id))
    return {seq: [_listed(file, url) for file in group] for seq, group in found.items()}


def _listed(file: Attachment, url: Callable[[str], str]) -> dict[str, Any]:
    return files.listing(file, url(file.public_id))


def _due(case: Case, shown: Deadline | None, rules: Rules, today: date, events: Sequence[Event]) -> dict[str, Any]:
    why = reasons_of_pauses(events).get(shown.paused_on, "") if shown and shown.paused_on else ""
    card = due_card(case, shown, rules.calendar, today, why)
    return {**card, "big": card["big"][:1].upper() + card["big"][1:]}


def _items(case: Case, events: Sequence[Event], names: Names, paper: Callable[[str], str]) -> list[dict[str, Any]]:
    """The thread, told to the one it is about; what already stands above is not repeated."""
    above = {}
    if case.has_answer and stands(case):
        above[getattr(answered_by(events), "seq", 0)] = _answer_above(case)
    if case.status == Status.WAITING:
        above[getattr(last(events, Action.ASK), "seq", 0)] = _("Xem câu hỏi ở trên.")
    items = thread_items(events, RESIDENT, names, paper)
    for item in items:
        title = TITLES.get(Action(item["action"])) if item.get("action") else None
        if title is not None and not (item["action"] == Action.REOPEN and item["kind"] != "resident"):
            item["title"], item["who"] = str(title), ""
        if item.get("seq") in above:
            item.update(text="", summary=above[item["seq"]], link=None, files=[])
    return items


def _answer_above(case: Case) -> str:
    if case.has_dialogue and case.kind == Kind.DIALOGUE:
        return _("Xem kết luận ở trên.")
    return _("Xem quyết định ở trên.") if case.kind == Kind.COMPLAINT else _("Xem câu trả lời ở trên.")


def _ahead(case: Case, clocks: list[Deadline], kin: Sequence[Case]) -> list[dict[str, Any]]:
    """The thread to come, for a complaint: the law knows its steps; for a request to meet, as the receipt told it."""
    if case.kind == Kind.DIALOGUE:
        return [{"kind": "office", "ahead": True, **line} for line in meeting.request_ahead(case)]
    if case.kind != Kind.COMPLAINT:
        return []
    is_appealed = any(other.appeal_of_id == case.id for other in kin)
    return [{"kind": "office", "ahead": True, **line} for line in coming.complaint_ahead(case, clocks, is_appealed)]


def needs_signed_withdrawal(case: Case) -> bool:
    """A complaint whose original is registered is taken back by a signed letter or minutes (law 02/2011 art. 10)."""
    return case.kind == Kind.COMPLAINT and case.is_registered and case.status in OPEN


def _question(case: Case, events: Sequence[Event], names: Names) -> dict[str, Any] | None:
    """What the unit waits to hear, and until when."""
    asked = None if case.has_offer else last(events, Action.ASK)
    if case.status != Status.WAITING or asked is None or case.asked_at is None:
        return None
    window = timedelta(days=int(setting("answer_window_days", case.unit_id)))
    since = clock.day_of(case.reminded_at or case.asked_at)
    return {
        "text": asked.facts.get("text", ""), "unit": names.units.get(asked.unit_id or 0, named(case.unit)),
        "at": show_time(asked.at, "short"), "until": show_date(since + window, "long"),
    }  # fmt: skip
