"""The answer or the decision in force, who signed it, how long it took; and the answer shared with an earlier case."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from .. import clock
from ..accounts.models import Official
from ..cases.merged_lines import is_told
from ..cases.models import Case, Deadline
from ..cases.names import Names
from ..extensions import db
from ..journal.models import Event
from ..rules import deadlines
from ..rules.deadlines import Derivation, Rules
from ..rules.workflow import OPEN, Action, Status
from ..words import named, show_date, show_time, word

ANSWERS = (Action.APPROVE, Action.DECIDE)
"""What ends a case with a word: the answer to feedback, the decision on a complaint."""


def is_answer(event: Event) -> bool:
    """Those, and a dialogue that was asked for and held; within a complaint's settlement a dialogue ends nothing."""
    return event.action in ANSWERS or (event.action == Action.HOLD_DIALOGUE and bool(event.facts.get("outcome")))


Paper = Callable[[str], str]


def stands(case: Case) -> bool:
    """Whether the last answer is in force: not while it is owed anew, or a meeting is to come after it."""
    return case.status not in OPEN and case.status != Status.SCHEDULED


def last(events: Iterable[Event], *wanted: Action) -> Event | None:
    """The newest event of these actions."""
    return max((event for event in events if event.action in wanted), key=lambda event: event.seq, default=None)


def answered_by(events: Iterable[Event]) -> Event | None:
    """The event by which this very case got its answer in force."""
    return _newest(event for event in events if not is_told(event))


def _newest(events: Iterable[Event]) -> Event | None:
    return max((event for event in events if is_answer(event)), key=lambda event: event.seq, default=None)


def answer_of(case: Case, events: Sequence[Event], names: Names, clocks: Sequence[Deadline], rules: Rules,
              paper: Paper) -> dict[str, Any] | None:  # fmt: skip
    """The signed answer in force, who signed it, and how long it took."""
    event = answered_by(events)
    if event is None or not case.has_answer:
        return None
    facts, is_decision, is_meeting = event.facts, event.action == Action.DECIDE, event.action == Action.HOLD_DIALOGUE
    speed = None if is_meeting else _speed(event, clocks, rules)
    unit = names.units.get(event.unit_id or 0, named(case.unit))
    return {
        "text": case.answer_text, "unit": unit, "is_meeting": is_meeting,
        "told": _met(unit, case) if is_meeting else _told(unit, show_date(event.at), speed, is_decision),
        "at": show_time(event.at), "signer": facts.get("signed_by", ""),
        "title": _title(event.official_id), "number": facts.get("number", ""),
        "paper": paper(facts["document"]) if facts.get("document") else "",
        "outcome": word(facts.get("outcome"), "outcome"), "speed": speed, "is_decision": is_decision,
        "verdict": word(facts["verdict"], "verdict") if facts.get("verdict") else "",
        "is_standing": stands(case), "files": list(names.files.get(event.seq, ())),
    }  # fmt: skip


def _met(unit: str, case: Case) -> str:
    return _("%(unit)s gặp ông/bà ngày %(day)s.", unit=unit, day=show_date(case.dialogue_on))


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


def _told(unit: str, day: str, speed: dict[str, Any] | None, is_decision: bool) -> str:
    """Who answered or decided when, after how long."""
    if is_decision:
        return _decided(unit, day, speed)
    if speed and speed["is_same_day"]:
        return _("%(unit)s trả lời ngay trong ngày, %(day)s.", unit=unit, day=day)
    if speed is None or not speed["taken"]:
        return _("%(unit)s trả lời ngày %(day)s.", unit=unit, day=day)
    taken, of = speed["taken"], speed["of"]
    if speed["is_working"]:
        return _("%(unit)s trả lời ngày %(day)s, sau %(taken)s trên %(of)s ngày làm việc.",
                 unit=unit, day=day, taken=taken, of=of)  # fmt: skip
    return _("%(unit)s trả lời ngày %(day)s, sau %(taken)s trên %(of)s ngày.", unit=unit, day=day, taken=taken, of=of)


def _decided(unit: str, day: str, speed: dict[str, Any] | None) -> str:
    if not speed or not speed["taken"]:
        return _("%(unit)s ra quyết định ngày %(day)s.", unit=unit, day=day)
    return _("%(unit)s ra quyết định ngày %(day)s, sau %(taken)s trên %(of)s ngày.", unit=unit, day=day,
             taken=speed["taken"], of=speed["of"])  # fmt: skip


def rated_by(events: Sequence[Event]) -> dict[str, Any] | None:
    """The judgement of the answer in force, be it the own or that of the case this one goes along with."""
    rated, answered = last(events, Action.RATE), _newest(events)
    if rated is None or (answered is not None and rated.seq < answered.seq):
        return None
    return {"level": rated.facts.get("level"), "reasons": rated.facts.get("reasons", []),
            "text": rated.facts.get("text", "")}  # fmt: skip


def main_of(case: Case) -> dict[str, Any] | None:
    """A duplicate follows the case that came first: its status, its unit, its answer; nobody's name."""
    main = case.duplicate_of
    if main is None:
        return None
    return {
        "kind": main.kind, "status": main.status, "reference": main.reference, "unit": named(main.unit),
        "answer": _masked(main), "answered": show_date(main.answered_at),
        "due": show_date(main.due_on, "long") if main.due_on else "", "is_open": main.status in OPEN,
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
