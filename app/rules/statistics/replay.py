"""The facts of a case's custodies from its events alone: what every cached figure is proved against.

Each verb is read as the house does it (app/cases/actions). Events say most of it by what they are; what they carry for
this is: submitted_at, kind, category, commune, channel (arrival), target_on and again_on (due dates that the closing
clock got), happened_at (a moment before that of the event written last), outcome, level, reasons, answer, is_counted,
days_stood, changes, of. Where older events lack one of them, see `_arrive`, `_targets`, `_resume` and `_rate`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime

from ..workflow import OPEN, Action, Kind, Outcome, Role, Status
from .told import UNSAID, Happened, Stay, day_of, moment_of, second_of

CLOSES_AT_ONCE = frozenset({Kind.FEEDBACK, Kind.DIALOGUE})
"""Kinds whose closing clock starts with their arrival; the others' with their acceptance."""


def replay(events: Iterable[Happened], kind: str = UNSAID) -> list[Stay]:
    """The custodies of one case, from all its events in order; `kind` stands in where older ones do not say it."""
    told = _Told(kind)
    for event in events:
        told.take(event)
    return told.finished()


class _Told:
    """The case as far as its events have told it."""

    def __init__(self, kind: str) -> None:
        self.stays: list[Stay] = []
        self.kind = kind
        self.status = ""
        self.asked_at: datetime | None = None
        self.suspended_on: date | None = None
        self.is_stopped = False
        """Whether the suspension stopped a clock."""
        self.was_answered = False
        self.answers = 0
        self.ratings: dict[int, tuple[datetime, tuple[str, ...]]] = {}
        self.again_on: date | None = None
        self.says_targets = False
        self.closing_runs = False
        """Older events: whether the date they show is that of the first closing clock."""
        self.is_import = False

    @property
    def stay(self) -> Stay:
        return self.stays[-1]

    def take(self, event: Happened) -> None:
        """One event more."""
        if not self.stays:
            self._arrive(event)
        elif event.unit_id != self.stay.unit_id and event.action == Action.SUCCEED:
            self._stop_waiting(event.moment)
        if event.unit_id != self.stay.unit_id:
            self._move(event)
        deed = _DEEDS.get(event.action)
        if deed is not None and not (event.facts.get("of") and event.action in _TOLD):
            deed(self, event)
        self._targets(event)
        self.status, self.stay.is_open = event.status, event.status in OPEN
        at = self.stay.finished_at if self._is_imported_end(event) else event.at
        self.stay.marks.append((second_of(at or event.at), event.status))
        self.is_import = event.action == Action.IMPORTED

    def finished(self) -> list[Stay]:
        """All custodies, with what only the whole case knows."""
        for stay in self.stays:
            stay.reopening_due_on = self.again_on
            own = [reasons for at, reasons in self.ratings.values() if at == stay.rated_at]
            stay.reasons = own[0] if own else ()
        return self.stays

    def _arrive(self, event: Happened) -> None:
        """The first event. Older ones say neither kind nor category nor commune, one of a split not when it came."""
        facts, is_said = event.facts, "category" in event.facts
        began = moment_of(facts.get("submitted_at")) or event.moment
        nothing = "" if is_said else UNSAID
        self.stays.append(Stay(
            1, event.unit_id, facts.get("kind", self.kind), facts.get("category", UNSAID),
            facts.get("commune", nothing), facts.get("channel", UNSAID), began,
        ))  # fmt: skip
        self.says_targets = is_said
        self.closing_runs = event.action == Action.SUBMIT and self.stay.kind in CLOSES_AT_ONCE

    def _move(self, event: Happened) -> None:
        """The case went to another unit: the closing clock runs on, but for a reopened case, which is not judged."""
        last, now = self.stay, event.moment
        last.ended_at, last.is_open = now, False
        self.stays.append(Stay(
            last.number + 1, event.unit_id, last.kind, last.category, last.commune, last.channel, now,
            due_on=None if last.is_reopening else last.due_on, is_reopening=self.was_answered,
            from_unit_id=last.unit_id,
            came_back=not self.was_answered and event.unit_id in {stay.unit_id for stay in self.stays},
        ))  # fmt: skip

    def _targets(self, event: Happened) -> None:
        """The custody's due date. Older events show one only: that of the closing clock, while it runs."""
        facts = event.facts
        if "target_on" in facts:
            self.stay.due_on = day_of(facts["target_on"])
        elif not self.says_targets and self.closing_runs and not self.was_answered and event.status in OPEN:
            self.stay.due_on = event.due_on
        if "again_on" in facts:
            self.again_on = day_of(facts["again_on"])
        elif event.action in (Action.REOPEN, Action.INSIST) and not facts.get("of") and not self.says_targets:
            self.again_on = event.due_on

    def _is_imported_end(self, event: Happened) -> bool:
        return self.is_import and event.action == Action.CLOSE and event.actor_role == Role.SYSTEM

    # The verbs.

    def first_word(self, event: Happened) -> None:
        """The first human message that the resident can read."""
        self.stay.first_response_at = self.stay.first_response_at or event.moment

    def ask(self, event: Happened) -> None:
        """The resident owes a reply, or a choice."""
        self.first_word(event)
        self.asked_at = event.moment

    def reply(self, event: Happened) -> None:
        """It is owed no longer."""
        self._stop_waiting(event.moment)

    def _stop_waiting(self, now: datetime) -> None:
        if self.asked_at is not None:
            self.stay.waited_seconds += int((now - self.asked_at).total_seconds())
        self.asked_at = None

    def end(self, event: Happened, outcome: str | None = None, at: datetime | None = None) -> None:
        """The case ends without an answer being approved now."""
        now = at or event.moment
        self._resolve(now, str(outcome or event.facts.get("outcome") or ""))
        self._stop_waiting(now)
        self.suspended_on = None

    def _resolve(self, now: datetime, outcome: str | None) -> None:
        stay = self.stay
        stay.finished_at, stay.resolved_at = stay.finished_at or now, now
        stay.outcome = outcome or stay.outcome

    def end_by_paper(self, event: Happened) -> None:
        """Guided, transferred, returned, not accepted, terminated: the sender reads why."""
        self.first_word(event)
        self.end(event)

    def join(self, event: Happened) -> None:
        """It goes along with an earlier case; one that did already only follows another one now."""
        if self.status in OPEN:
            self.end(event, Outcome.DUPLICATE)

    def archive(self, event: Happened) -> None:
        """Put away; where nothing had been answered, that is its end."""
        if self.status in OPEN:
            self.end(event, Outcome.NOT_ACCEPTED)

    def close(self, event: Happened) -> None:
        """Filed after the answer, or ended because the resident stayed silent; imported: when it ended elsewhere."""
        if self._is_imported_end(event):
            self.end(event, at=moment_of(event.facts.get("closed_at")))
        elif self.status == Status.WAITING:
            self.end(event, Outcome.EXPLAINED)
        elif self.stay.kind == Kind.FEEDBACK:
            self.stay.outcome = event.facts.get("outcome") or self.stay.outcome

    def answer(self, event: Happened) -> None:
        """Approved, decided or concluded."""
        self.first_word(event)
        self._resolve(event.moment, event.facts.get("outcome"))
        self.was_answered, self.answers = True, self.answers + 1

    def agree(self, event: Happened) -> None:
        """A time to meet stands: that answers the request."""
        self._stop_waiting(event.moment)
        self.first_word(event)
        self._resolve(event.moment, None)
        self.was_answered = True

    def meet(self, event: Happened) -> None:
        """The dialogue that was asked for took place. In the settlement of a complaint it ends nothing."""
        if self.status == Status.SCHEDULED:
            self.stay.resolved_at, self.stay.outcome = event.moment, str(Outcome.RESOLVED)
            self.answers += 1

    def suspend(self, event: Happened) -> None:
        """Time stands still from the day the paper names."""
        self._stop_waiting(event.moment)
        self.suspended_on = day_of(event.facts.get("on"))
        self.is_stopped = not event.facts.get("is_counted")

    def resume(self, event: Happened) -> None:
        """The days are left out where a clock stood; older events do not say so, the suspension did."""
        stood, on = event.facts.get("days_stood"), day_of(event.facts.get("on"))
        if stood is None:
            stood = (on - self.suspended_on).days if on and self.suspended_on and self.is_stopped else 0
        self.stay.waited_seconds += int(stood) * 24 * 3600
        self.suspended_on = None

    def reopen(self, event: Happened) -> None:
        """Not solved, or the resident insists; set free from a case that was withdrawn, it begins anew."""
        stay = self.stay
        if event.facts.get("of"):
            stay.finished_at = stay.resolved_at = stay.outcome = None
        else:
            stay.reopened_at, stay.resolved_at = stay.reopened_at or event.moment, None

    def rate(self, event: Happened) -> None:
        """Judged; a second judgement of an answer stands for the first. Older events: of the last answer, counted."""
        facts = event.facts
        number = int(facts.get("answer", self.answers))
        self.ratings[number] = (event.moment, tuple(facts.get("reasons") or ()))
        if facts.get("is_counted", True):
            self.stay.rating_level, self.stay.rated_at = facts.get("level"), event.moment

    def accept(self, event: Happened) -> None:
        """The closing clock of a complaint starts."""
        self.closing_runs = True

    def correct(self, event: Happened) -> None:
        """Kind, category and place as they are from now on; earlier custodies keep theirs."""
        changes = event.facts.get("changes") or {}
        for name in ("kind", "category", "commune"):
            if name in changes:
                setattr(self.stay, name, changes[name][1])
        if "kind" in changes:
            self.closing_runs = self.stay.kind in CLOSES_AT_ONCE
            if not self.says_targets:
                self.stay.due_on = None


_TOLD = frozenset({Action.APPROVE, Action.DECIDE, Action.CONCLUDE, Action.CLOSE})
"""What is told on the cases that go along with another one (`of`): the deed itself stands there."""
_Deed = Callable[[_Told, Happened], None]
_DEEDS: dict[str, _Deed] = {
    Action.ASK: _Told.ask, Action.OFFER_TIMES: _Told.ask, Action.REPLY: _Told.reply,
    Action.REFUSE: _Told.end, Action.WITHDRAW: _Told.end, Action.MARK_DUPLICATE: _Told.join,
    **dict.fromkeys((Action.GUIDE, Action.TRANSFER_OUT, Action.RETURN_PETITION, Action.NOT_ACCEPT, Action.TERMINATE),
                    _Told.end_by_paper),
    Action.ARCHIVE: _Told.archive, Action.CLOSE: _Told.close, Action.APPROVE: _Told.answer,
    Action.DECIDE: _Told.answer, Action.CONCLUDE: _Told.answer, Action.SCHEDULE: _Told.agree,
    Action.CHOOSE_TIME: _Told.agree, Action.HOLD_DIALOGUE: _Told.meet, Action.SUSPEND: _Told.suspend,
    Action.RESUME: _Told.resume, Action.REOPEN: _Told.reopen, Action.INSIST: _Told.reopen, Action.RATE: _Told.rate,
    Action.ACCEPT: _Told.accept, Action.CORRECT: _Told.correct,
}  # fmt: skip
NEEDED = frozenset({*_DEEDS, Action.SUBMIT, Action.IMPORTED, Action.FORWARD, Action.SUCCEED, Action.MAKE_COMPLEX,
                    Action.EXTEND, Action.RECOMPUTE})  # fmt: skip
"""Actions whose facts matter; of the others the event's own columns are enough."""
