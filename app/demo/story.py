"""How feedback fares: what residents and officials do about it, when and how well. Complaints: settlement.py."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from .. import clock
from ..cases.actions.sort import CHECKS
from ..cases.variants import variant
from ..rules.workflow import closing_stage
from ..units.queries import DEFAULTS
from .arrivals import Arrival
from .judgement import Judgement, judge
from .lives import RESIDENT, SYSTEM, Life
from .telling import Teller
from .world import Running, Spot, World

REOPEN_DAYS = int(DEFAULTS["reopen_days"])
WINDOW = timedelta(days=int(DEFAULTS["answer_window_days"]) + 1)
SPREAD = 0.6
"""How far answers scatter around a unit's usual pace (log-normal)."""
KEPT_AT_HAND = timedelta(days=40)
"""How long a closed file stays in the office before it is put away."""
AWAY = {"guide": "guidance_slip", "transfer_out": "transfer_slip"}
"""By which paper a petition is sent to another body."""


class _Clocked:
    """What cases.variants.variant asks of a case, before there is one."""

    def __init__(self, world: World, arrival: Arrival, unit: Spot, is_complex: bool) -> None:
        self.kind, self.unit, self.commune = arrival.new.kind, unit, world.by_code[arrival.new.commune_code]
        self.category, self.deadline_variant = world.subjects[arrival.new.category_code], ""
        self.is_complex = is_complex


class Story(Teller):
    """Tells one case from its arrival to its end."""

    instance = 1

    def tell(self) -> Life:
        """The whole life; what lies after the end of the seed has simply not happened yet."""
        self._submit()
        return self.go_on()

    def go_on(self) -> Life:
        """The life from the moment the case lies at its first unit."""
        if self._is_in_hand() and self._triage() and self._assign():
            self._work()
        return self.life

    # -- arrival and triage -------------------------------------------------------------------------------------

    def _submit(self) -> None:
        who = self.world.crew(self.arrival.counter).clerk if self.arrival.counter else RESIDENT
        self.add(self.arrival.at, "submit", who)

    def _is_in_hand(self) -> bool:
        """Whether the office may begin at all."""
        return True

    def _triage(self) -> bool:
        """Intake: entered in the register; refused, joined to its twin, or passed to the unit that ought to answer."""
        if self.forgotten(0.01):
            return False
        if self.chance(0.8):
            self.office(2.5, "receive", self.crew.clerk)
        self._sort()
        if self.arrival.refusal:
            self._turn_away(*self.arrival.refusal)
            return False
        if self.arrival.twin_of:
            self.office(2, "mark_duplicate", self.crew.clerk, other=self.arrival.twin_of)
            return False
        if self.unit is not self.arrival.target:
            self._forward(self.arrival.target)
        return True

    def _sort(self) -> None:
        """Some units tick the list of what makes feedback eligible."""
        if self.chance(0.2) and not self.arrival.refusal:
            self._classify()

    def _classify(self, lacking: str = "", remark: str = "") -> None:
        checks = {name: name != lacking for name in CHECKS[self.arrival.new.kind]}
        self.office(1, "classify", self.crew.clerk, checks=checks, remark=remark)

    def _turn_away(self, ground: str, reason: str) -> None:
        """Refused at intake; or, where another body is competent, sent there by a paper of the head's."""
        body = self.arrival.competent
        if not body or self.chance(0.35):
            self.office(1.5, "refuse", self.crew.clerk, ground=ground, reason=reason)
            return
        verb = "transfer_out" if self.arrival.can_pass_on and self.chance(0.6) else "guide"
        self.paper(5, verb, AWAY[verb], self.crew.head, {"reason": reason}, body=body)

    def _forward(self, to: Spot) -> None:
        self.office(3, "forward", self.crew.clerk, unit=to.id, reason=self.say("forward", unit=to.short_vi))
        self.unit = to
        if self.chance(0.8):
            self.office(3, "receive", self.crew.clerk)

    def _assign(self) -> bool:
        if self.forgotten(0.012):
            return False
        self.officer = self.dice.choice(self.crew.officers)
        if self.chance(0.25):
            self.office(3, "take", self.officer)
        else:
            self.office(3, "assign", self.crew.head if self.chance(0.6) else self.crew.clerk, officer=self.officer)
        if self._is_taken_back():
            self.resident(30, "withdraw", reason=self.say("withdraw"))
            return False
        return True

    def _is_taken_back(self) -> bool:
        return self.chance(0.018)

    # -- work ---------------------------------------------------------------------------------------------------

    def _work(self) -> None:
        goal = self._goal(self.arrival.at)
        self._talk()
        if self.chance(0.4 if self.is_on_stage() else 0.2) and not self._ask():
            return
        if self.forgotten(0.03):
            return
        self._answer(goal)
        self._judged()

    def _talk(self) -> None:
        """Colleagues leave a note; the resident adds something."""
        if self.chance(0.12):
            self.office(4, "note", self.officer, text=self.say("note"))
        if self.chance(0.05):
            self.resident(20, "reply", text=self.say("extra"))

    def _running(self, on: date, is_complex: bool = False) -> Running | None:
        """The closing clock as it starts on a day."""
        kind = self.arrival.new.kind
        seen: Any = _Clocked(self.world, self.arrival, self.unit, is_complex)
        stage = closing_stage(kind, self.instance)
        return self.world.running(kind, stage, variant(seen, stage), on)

    def _goal(self, from_at: datetime, is_complex: bool = False) -> float:
        """The office minute at which the answer goes out, by the unit's pace and the time the law allows."""
        running = self._running(clock.day_of(from_at), is_complex)
        begins = self.world.hours.minutes(from_at)
        ends = self.world.hours.minutes(clock.start_of(running.due_on)) + 450 if running else begins + 15 * 450
        return begins + (ends - begins) * self.world.pace(self.unit) * self.dice.lognormvariate(0, SPREAD)

    def _ask(self) -> bool:
        """Ask the resident something; whether work goes on afterwards."""
        self.office(5, "ask", self.officer, text=self.arrival.filling(self.arrival.situation.question))
        if self.chance(0.85):
            self.resident(16, "reply", text=self.arrival.filling(self.arrival.situation.reply))
            return True
        self.add(self.early(self.last + WINDOW), "remind", SYSTEM)
        if self.chance(0.55):
            self.resident(24, "reply", text=self.arrival.filling(self.arrival.situation.reply))
            return True
        self.now = self.world.hours.minutes(self.early(self.last + WINDOW + timedelta(days=1)))
        self.office(3, "close", self.officer, outcome="explained")
        return False

    def _answer(self, goal: float, text: str = "") -> None:
        """Draft, propose, perhaps sent back, sign."""
        situation, filling = self.arrival.situation, self.arrival.filling
        text, outcome = text or filling(situation.answer), situation.outcome
        signing = self.dice.lognormvariate(0, 0.7) * 150
        if self.chance(0.15):
            self.office(3, "draft", self.officer, text=". ".join(text.split(". ")[:2]), outcome="")
        self.now = max(self.now + self.dice.uniform(15, 60), goal - signing)
        self.office(0.1, "propose", self.officer, text=text, outcome=outcome)
        if self.chance(0.08):
            self.office(2, "send_back", self.crew.head, reason=self.say("send_back"))
            self.office(4, "propose", self.officer, text=text, outcome=outcome)
        self.office(signing / 60, "approve", self.crew.head, spread=0.1)

    # -- afterwards ---------------------------------------------------------------------------------------------

    def _judged(self) -> None:
        answered = self.last
        verdict = judge(self.arrival, answered - self.arrival.at > timedelta(days=14), self.dice)
        if verdict.level:
            self._rate(verdict)
        if verdict.reopens:
            self._reopened(answered)
            return
        if self.arrival.new.is_public and self.chance(0.5):
            self.dated(10, "publish", self.officer, text=self.say("publish_answer"))
        if self.chance(0.75):
            self.wait_until(answered + timedelta(days=REOPEN_DAYS + 1))
            self.office(12, "close", self.officer, outcome=self.arrival.situation.outcome)
            self._put_away()

    def _put_away(self) -> None:
        """Some units bring the files of old cases to their archive."""
        if self.chance(0.3):
            self.wait_until(self.last + KEPT_AT_HAND)
            self.office(30, "archive", self.officer, reason="")

    def _rate(self, verdict: Judgement) -> None:
        self.resident(14, "rate", level=verdict.level, reasons=verdict.reasons, text=verdict.text)

    def _reopened(self, answered: datetime) -> None:
        at = answered + timedelta(days=self.dice.uniform(1, REOPEN_DAYS - 4))
        self.add(max(at, self.last), "reopen", RESIDENT, reason=self.say("reopen"))
        self._answer(self.now + self.dice.uniform(1, 6) * 450, self.say("answer_again"))
        if self.chance(0.5):
            self.resident(20, "rate", level=self.dice.choice((3, 4, 4, 5)), reasons=("clear",), text="")
