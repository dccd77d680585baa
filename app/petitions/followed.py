"""What the follow page says: the answer first if there is one, what is asked, the thread in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from .. import clock
from ..accounts.models import Official
from ..attachments import queries as files
from ..attachments.models import Attachment
from ..cases import queries
from ..cases.due import clock_shown, due_card, due_row
from ..cases.lines import RESIDENT, thread_items
from ..cases.models import Case, Deadline
from ..cases.names import Names, names_of
from ..cases.receipts import hashed
from ..cases.unfold import Unfolded, for_resident, reasons_of_pauses, unfold
from ..extensions import db
from ..journal.models import Event
from ..rules import deadlines
from ..rules.deadlines import Derivation, Rules
from ..rules.visibility import Sight
from ..rules.workflow import OPEN, Action, Actor, Kind, Status, allowed_actions
from ..units.calendar import law
from ..units.queries import setting
from ..words import named, show_date, show_time, word

TITLES = {
    Action.SUBMIT: _l("Ông/bà gửi đơn"), Action.REPLY: _l("Ông/bà nhắn"), Action.RATE: _l("Ông/bà đánh giá"),
    Action.REOPEN: _l("Ông/bà mở lại việc"), Action.WITHDRAW: _l("Ông/bà rút đơn"),
    Action.MARK_DUPLICATE: _l("Việc này đã có người gửi trước"), Action.REMIND: _l("Nhắc ông/bà trả lời câu hỏi"),
}  # fmt: skip
"""The resident's own deeds, as told to the resident."""


def holder_of(case_id: int) -> str:
    """Under what name the holding area keeps files for a message that is not sent yet."""
    return hashed(f"follow:{case_id}")


@dataclass(frozen=True)
class Followed:
    """Everything the page shows, gathered in at most ten statements."""

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
    needs_paper: bool = False
    """A complaint whose signed original is still awaited (Law 02/2011/QH13 art. 8)."""
    unfolded: Sequence[Unfolded] = ()


def followed(case: Case, actor: Actor, today: date, url: Callable[[str], str], paper: Callable[[str], str]) -> Followed:
    """Gather the page; `url` gives a file's address, `paper` a signed paper's."""
    events = queries.events_for(case, actor, Sight.FULL)
    clocks, rules = queries.deadlines_of(case), law()
    names = names_of(events, today, _files(case, url))
    shown = clock_shown(case, clocks)
    may = frozenset(str(action) for action in allowed_actions(actor, case))
    return Followed(
        case=case, may=may, items=_items(case, events, names, paper), due=_due(case, shown, rules, today, events),
        unfolded=unfold(for_resident(case, clocks), rules, events), row=due_row(case, shown, rules.calendar, today),
        needs_paper=case.kind == Kind.COMPLAINT and not case.is_registered and case.status in OPEN,
        answer=_answer(case, events, names, clocks, rules, paper), question=_question(case, events, names),
        rated=_rated(events), main=_main(case),
        held=[files.listing(file) for file in files.held(holder_of(case.id))] if Action.REPLY in may else [],
    )  # fmt: skip


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
    if case.has_answer and case.status not in OPEN:
        above[Action.APPROVE] = _("Xem câu trả lời ở trên.")
    if case.status == Status.WAITING:
        above[Action.ASK] = _("Xem câu hỏi ở trên.")
    seqs = {getattr(_last(events, action), "seq", 0): words for action, words in above.items()}
    items = thread_items(events, RESIDENT, names, paper)
    for item in items:
        title = TITLES.get(Action(item["action"])) if item.get("action") else None
        if title is not None:
            item["title"], item["who"] = str(title), ""
        if item.get("seq") in seqs:
            item.update(text="", summary=seqs[item["seq"]], link=None, files=[])
    return items


def _last(events: Iterable[Event], action: Action) -> Event | None:
    return max((event for event in events if event.action == action), key=lambda event: event.seq, default=None)


def _answer(case: Case, events: Sequence[Event], names: Names, clocks: Sequence[Deadline], rules: Rules,
            paper: Callable[[str], str]) -> dict[str, Any] | None:  # fmt: skip
    """The signed answer in force, who signed it, and how long it took."""
    event = _last(events, Action.APPROVE)
    if event is None or not case.has_answer:
        return None
    facts, speed = event.facts, _speed(event, clocks, rules)
    unit = names.units.get(event.unit_id or 0, named(case.unit))
    return {
        "text": case.answer_text, "unit": unit, "told": _told(unit, show_date(event.at), speed),
        "at": show_time(event.at), "signer": facts.get("signed_by", ""),
        "title": _title(event.official_id), "number": facts.get("number", ""),
        "paper": paper(facts["document"]) if facts.get("document") else "",
        "outcome": word(facts.get("outcome"), "outcome"), "speed": speed,
        "is_standing": case.status not in OPEN, "files": list(names.files.get(event.seq, ())),
    }  # fmt: skip


def _title(official_id: int | None) -> str:
    """The post of whoever signed; the name stands in the event."""
    return str(db.session.scalar(select(Official.title).where(Official.id == official_id)) or "")


def _speed(event: Event, clocks: Sequence[Deadline], rules: Rules) -> dict[str, Any] | None:
    """After how many of the days the law counts, and whether that was in time; None for a case without a target."""
    met = [c for c in clocks if c.is_closing and c.met_at is not None and c.met_at <= event.at]
    if not met:
        return None
    proof = Derivation.from_json(met[-1].derivation)
    answered_on = clock.day_of(event.at)
    taken = deadlines.counted_days(proof.start_on, answered_on, rules.calendar, proof.unit, proof.pauses)
    return {
        "taken": taken, "of": len(proof.counted), "is_late": deadlines.is_late(proof.due_on, answered_on),
        "is_working": proof.unit == "working_days", "is_same_day": answered_on == proof.start_on,
    }  # fmt: skip


def _told(unit: str, day: str, speed: dict[str, Any] | None) -> str:
    """Who answered when, after how long."""
    if speed and speed["is_same_day"]:
        return _("%(unit)s trả lời ngay trong ngày, %(day)s.", unit=unit, day=day)
    if speed is None or not speed["taken"]:
        return _("%(unit)s trả lời ngày %(day)s.", unit=unit, day=day)
    taken, of = speed["taken"], speed["of"]
    if speed["is_working"]:
        return _("%(unit)s trả lời ngày %(day)s, sau %(taken)s trên %(of)s ngày làm việc.",
                 unit=unit, day=day, taken=taken, of=of)  # fmt: skip
    return _("%(unit)s trả lời ngày %(day)s, sau %(taken)s trên %(of)s ngày.", unit=unit, day=day, taken=taken, of=of)


def _question(case: Case, events: Sequence[Event], names: Names) -> dict[str, Any] | None:
    """What the unit waits to hear, and until when."""
    asked = _last(events, Action.ASK)
    if case.status != Status.WAITING or asked is None or case.asked_at is None:
        return None
    window = timedelta(days=int(setting("answer_window_days", case.unit_id)))
    since = clock.day_of(case.reminded_at or case.asked_at)
    return {
        "text": asked.facts.get("text", ""), "unit": names.units.get(asked.unit_id or 0, named(case.unit)),
        "at": show_time(asked.at, "short"), "until": show_date(since + window, "long"),
    }  # fmt: skip


def _rated(events: Sequence[Event]) -> dict[str, Any] | None:
    """The judgement of the answer in force."""
    rated, answered = _last(events, Action.RATE), _last(events, Action.APPROVE)
    if rated is None or answered is None or rated.seq < answered.seq:
        return None
    return {"level": rated.facts.get("level"), "reasons": rated.facts.get("reasons", []),
            "text": rated.facts.get("text", "")}  # fmt: skip


def _main(case: Case) -> dict[str, Any] | None:
    """A duplicate follows the case that came first: its status, its unit, its answer; nobody's name."""
    main = case.duplicate_of
    if main is None:
        return None
    return {
        "status": main.status, "reference": main.reference, "unit": named(main.unit), "answer": _masked(main),
        "answered": show_date(main.answered_at), "due": show_date(main.due_on, "long") if main.due_on else "",
        "is_open": main.status in OPEN,
    }  # fmt: skip


def _masked(main: Case) -> str:
    """The answer to somebody else, without what says who that is."""
    hidden = {
        main.contact_name: _("[đã che: tên]"), main.contact_phone: _("[đã che: số điện thoại]"),
        main.contact_email: _("[đã che: thư điện tử]"), main.contact_address: _("[đã che: địa chỉ]"),
    }  # fmt: skip
    text = main.answer_text
    for words, instead in hidden.items():
        text = text.replace(words, instead) if words else text
    return text
