"""What becomes of a request for a dialogue: a time, times to choose from, another time, the meeting itself.

The sessions themselves are kept by the dialogues room, which calls these verbs and says when and where (`Meeting`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from ... import clock
from ...journal.models import Event
from ...refusals import Invalid
from ...rules.workflow import N_, Action, Actor, Outcome
from ..models import Case, DialogueRequest
from ..search import index
from . import clocks
from .converse import first_word
from .judge import take_up_again
from .perform import custody_of, done, must, needed
from .triage import stop_waiting

MOST_OFFERS = 5


@dataclass(frozen=True)
class Meeting:
    """When and where, in wall times of the town; `session_id` and `number` once the session is planned."""

    on: date
    starts: time
    ends: time
    mode: str = "in_person"
    place: str = ""
    link: str = ""
    session_id: int | None = None
    number: str = ""

    def facts(self) -> dict[str, Any]:
        """The meeting as an event or an offer keeps it."""
        return {"on": self.on.isoformat(), "starts": f"{self.starts:%H:%M}", "ends": f"{self.ends:%H:%M}",
                "mode": self.mode, "place": self.place, "link": self.link, "session": self.number}  # fmt: skip

    @classmethod
    def of(cls, facts: dict[str, Any]) -> Meeting:
        """Read back from an offer or an event."""
        return cls(date.fromisoformat(facts["on"]), time.fromisoformat(facts["starts"]),
                   time.fromisoformat(facts["ends"]), facts.get("mode", "in_person"), facts.get("place", ""),
                   facts.get("link", ""), None, facts.get("session", ""))  # fmt: skip


def _request(case: Case) -> DialogueRequest:
    assert case.asked_to_meet is not None, "a dialogue request has its own part"
    return case.asked_to_meet


def _ahead(meeting: Meeting, now: datetime) -> None:
    """Invalid, unless the meeting is still to come and ends after it begins."""
    if datetime.combine(meeting.on, meeting.starts) <= clock.local(now).replace(tzinfo=None):
        raise Invalid(N_("Giờ này đã qua. Chọn giờ khác."), "on")
    if meeting.ends <= meeting.starts:
        raise Invalid(N_("Giờ kết thúc phải sau giờ bắt đầu."), "ends")


def offer_times(case: Case, offers: Sequence[Meeting], text: str, actor: Actor, now: datetime,
                version: int | None = None) -> Event:  # fmt: skip
    """Propose one to five times; the case waits for the resident's choice and the clock stands still."""
    step = must(Action.OFFER_TIMES, case, actor, now, version)
    if not 1 <= len(offers) <= MOST_OFFERS:
        raise Invalid(N_("Đề xuất từ một đến năm giờ."), "on")
    for offer in offers:
        _ahead(offer, now)
    request, custody = _request(case), custody_of(case)
    request.offered_times = [offer.facts() for offer in offers]
    case.asked_at, case.reminded_at, case.held_status = now, None, case.status
    first_word(case, now)
    clocks.pause(case, custody, step.pauses, clock.day_of(now))
    return done(Action.OFFER_TIMES, case, actor, now, step, text=text.strip()[:2000], offers=request.offered_times)


def schedule(case: Case, meeting: Meeting, actor: Actor, now: datetime, version: int | None = None) -> Event:
    """Grant the request with a time: the clock of the request is met."""
    step = must(Action.SCHEDULE, case, actor, now, version)
    return _agree(case, meeting, Action.SCHEDULE, step, actor, now)


def offered(case: Case, number: int) -> Meeting:
    """The offer of that number, from 0; Invalid where there is none such."""
    offers = _request(case).offered_times
    if not 0 <= number < len(offers):
        raise Invalid(N_("Chọn một trong các giờ được đề xuất."), "offer")
    return Meeting.of(offers[number])


def choose_time(case: Case, meeting: Meeting, actor: Actor, now: datetime) -> Event:
    """The resident takes one of the times proposed."""
    step = must(Action.CHOOSE_TIME, case, actor, now)
    return _agree(case, meeting, Action.CHOOSE_TIME, step, actor, now)


def _agree(case: Case, meeting: Meeting, action: Action, step: Any, actor: Actor, now: datetime) -> Event:
    _ahead(meeting, now)
    custody = custody_of(case)
    clocks.resume(case, custody, ("answer_request",), clock.day_of(now))
    stop_waiting(case, custody, now)
    first_word(case, now)
    request = _request(case)
    request.session_id, request.offered_times, case.held_status = meeting.session_id, [], ""
    case.received_at = case.received_at or now
    custody.finished_at = custody.finished_at or now
    custody.resolved_at, custody.is_open = now, False
    case.first_answered_at = case.first_answered_at or now
    case.proposed_at = None
    return done(action, case, actor, now, step, **meeting.facts())


def reschedule(case: Case, meeting: Meeting, reason: str, actor: Actor, now: datetime) -> Event:
    """The session moved, with a reason and a new time; everybody who is to come is told."""
    step = must(Action.RESCHEDULE, case, actor, now)
    reason = needed(reason, "reason", 2000)
    _ahead(meeting, now)
    return done(Action.RESCHEDULE, case, actor, now, step, reason=reason, **meeting.facts())


def meet(case: Case, on: date, text: str, actor: Actor, now: datetime, *, session: str = "") -> Event:
    """The dialogue took place: what came of it for this request; now it can be judged."""
    step = must(Action.HOLD_DIALOGUE, case, actor, now)
    text = needed(text, "text", 5000)
    if on > clock.day_of(now):
        raise Invalid(N_("Ngày này chưa đến. Kiểm tra lại giúp."), "on")
    custody = custody_of(case)
    custody.resolved_at, custody.outcome = now, str(Outcome.RESOLVED)
    case.dialogue_on, case.outcome, case.answered_at = on, str(Outcome.RESOLVED), now
    case.answer_text, case.answered_by_id = text, actor.official_id
    case.answer_number += 1
    index(case)
    return done(Action.HOLD_DIALOGUE, case, actor, now, step, text=text, on=on, session=session, outcome=case.outcome)


def insist(case: Case, reason: str, actor: Actor, now: datetime) -> Event:
    """A written answer was given instead, and the resident still wants to meet: once, within the unit's window."""
    step = must(Action.INSIST, case, actor, now)
    reason = needed(reason, "reason", 5000)
    _request(case).insisted_at = now
    return done(Action.INSIST, case, actor, now, step, to=take_up_again(case, now), reason=reason)


def publish_request(case: Case, title: str, text: str, actor: Actor, now: datetime,
                    version: int | None = None) -> Event:  # fmt: skip
    """Let others join, in words that name nobody; only where the sender agreed to be public."""
    step = must(Action.PUBLISH_REQUEST, case, actor, now, version)
    request = _request(case)
    title, text = needed(title, "title", 200), needed(text, "text", 5000)
    request.shared_on, request.shared_title, request.shared_text = clock.day_of(now), title, text
    return done(Action.PUBLISH_REQUEST, case, actor, now, step, title=title, text=text)
