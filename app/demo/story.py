"""How a petition fares: what residents and officials do about it, when and how well. Invents deeds, changes nothing."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

from .. import clock
from ..cases.actions.clocks import variant
from ..rules.workflow import Kind, closing_stage
from ..units.queries import DEFAULTS
from .arrivals import Arrival
from .content import phrases
from .judgement import Judgement, judge
from .lives import RESIDENT, SYSTEM, Deed, Life
from .people import HOME, Crew
from .world import Spot, World

REOPEN_DAYS = int(DEFAULTS["reopen_days"])
WINDOW = timedelta(days=int(DEFAULTS["answer_window_days"]) + 1)
RECENT = timedelta(days=45)
SPREAD = 0.6
"""How far answers scatter around a unit's usual pace (log-normal)."""


class _Clocked:
    """What cases.actions.clocks.variant asks of a case, before there is one."""

    def __init__(self, world: World, arrival: Arrival, unit: Spot, is_complex: bool) -> None:
        self.unit, self.commune = unit, world.by_code[arrival.new.commune_code]
        self.category, self.deadline_variant = world.subjects[arrival.new.category_code], ""
        self.is_complex = is_complex


class Story:
    """Tells one case from its arrival to its end, in office minutes (`now`) and moments."""

    def __init__(self, world: World, arrival: Arrival, dice: random.Random) -> None:
        self.world, self.arrival, self.dice = world, arrival, dice
        self.life = Life(arrival.number, arrival.new, arrival.counter)
        self.unit, self.officer = arrival.first, 0
        self.last = arrival.at
        self.now = world.hours.minutes(arrival.at)
        self.is_complaint = arrival.new.kind == Kind.COMPLAINT

    def tell(self) -> Life:
        """The whole life; what lies after the end of the seed has simply not happened yet."""
        self._submit()
        if (not self.is_complaint or self._bring_original()) and self._triage() and self._assign():
            self._work()
        return self.life

    # -- telling ------------------------------------------------------------------------------------------------

    @property
    def crew(self) -> Crew:
        return self.world.crew(self.unit)

    def _chance(self, share: float) -> bool:
        return self.dice.random() < share

    def _say(self, occasion: str, **words: str) -> str:
        text = self.dice.choice(phrases()[occasion])
        return text.format_map({**self.arrival.filling.words, **words}) if "{" in text else text

    def _add(self, at: datetime, verb: str, who: int, **cargo: Any) -> None:
        at = max(at, self.last + timedelta(seconds=self.dice.randint(20, 90)))
        self.last = at
        self.now = max(self.now, self.world.hours.minutes(at))
        self.life.deeds.append(Deed(at, verb, who, cargo))

    def _office(self, hours: float, verb: str, who: int, spread: float = 0.7, **cargo: Any) -> None:
        """An official does it after about so many open hours."""
        self.now += self.dice.lognormvariate(0, spread) * hours * 60 + self.dice.random()
        self._add(self.world.hours.moment(self.now), verb, who, **cargo)

    def _resident(self, hours: float, verb: str, spread: float = 0.9, **cargo: Any) -> None:
        """The resident does it after about so many hours, awake."""
        at = self.last + timedelta(hours=self.dice.lognormvariate(0, spread) * hours)
        hour = clock.local(at).hour
        if not 6 <= hour <= 22:
            at += timedelta(hours=(6 - hour) % 24, minutes=self.dice.randint(5, 100))
        self._add(at, verb, RESIDENT, **cargo)

    # -- arrival and triage -------------------------------------------------------------------------------------

    def _submit(self) -> None:
        who = self.world.crew(self.arrival.counter).clerk if self.arrival.counter else RESIDENT
        self.life.deeds.append(Deed(self.arrival.at, "submit", who, {}))

    def _bring_original(self) -> bool:
        """A complaint counts once its signed original is in the register; a few never bring it."""
        if self.arrival.counter:
            self._office(0.1, "register", self.crew.clerk, signed_on=clock.day_of(self.last))
            return True
        if self._chance(0.06):
            self._resident(24 * 9, "withdraw", reason=self._say("withdraw"))
            return False
        self.now += self.dice.uniform(0.6, 6) * 450
        self._office(0.5, "register", self.crew.clerk)
        deed = self.life.deeds[-1]
        deed.cargo["signed_on"] = clock.day_of(deed.at)
        return True

    def _triage(self) -> bool:
        """Intake: entered in the register; refused, joined to its twin, or passed to the unit that ought to answer."""
        if self._forgotten(0.01):
            return False
        if self._chance(0.8):
            self._office(2.5, "receive", self.crew.clerk)
        if self.arrival.refusal:
            ground, reason = self.arrival.refusal
            self._office(1.5, "refuse", self.crew.clerk, ground=ground, reason=reason)
            return False
        if self.arrival.twin_of:
            self._office(2, "mark_duplicate", self.crew.clerk, other=self.arrival.twin_of)
            return False
        if self.unit is not self.arrival.target:
            self._forward(self.arrival.target)
        return True

    def _forward(self, to: Spot) -> None:
        self._office(3, "forward", self.crew.clerk, unit=to.id, reason=self._say("forward", unit=to.short_vi))
        self.unit = to
        if self._chance(0.8):
            self._office(3, "receive", self.crew.clerk)

    def _forgotten(self, share: float) -> bool:
        """Of the recent ones a few lie where they are: nobody has looked, or nobody goes on."""
        return self._chance(share) and self.world.end - self.arrival.at < RECENT

    def _is_on_stage(self) -> bool:
        """The recent cases of the unit whose desk visitors sit at: more of them wait for the resident."""
        return self.unit.short_vi == HOME and self.world.end - self.arrival.at < RECENT

    def _assign(self) -> bool:
        if self._forgotten(0.012):
            return False
        self.officer = self.dice.choice(self.crew.officers)
        if self._chance(0.25):
            self._office(3, "take", self.officer)
        else:
            self._office(3, "assign", self.crew.head if self._chance(0.6) else self.crew.clerk, officer=self.officer)
        if self._chance(0.018):
            self._resident(30, "withdraw", reason=self._say("withdraw"))
            return False
        return True

    # -- work ---------------------------------------------------------------------------------------------------

    def _work(self) -> None:
        is_complex = self._chance(0.2)
        if self.is_complaint:
            self._office(20, "accept", self.crew.head, spread=0.5, is_complex=is_complex)
        goal = self._goal(is_complex)
        if self._chance(0.12):
            self._office(4, "note", self.officer, text=self._say("note"))
        if self._chance(0.05):
            self._resident(20, "reply", text=self._say("extra"))
        if self._chance(0.4 if self._is_on_stage() else 0.2) and not self._ask():
            return
        if self._forgotten(0.03):
            return
        self._answer(goal)
        self._judged()

    def _goal(self, is_complex: bool) -> float:
        """The office minute at which the answer goes out, by the unit's pace and the time the law allows."""
        kind = self.arrival.new.kind
        seen: Any = _Clocked(self.world, self.arrival, self.unit, is_complex)
        from_at = self.last if self.is_complaint else self.arrival.at
        running = self.world.running(kind, (stage := closing_stage(kind)), variant(seen, stage), clock.day_of(from_at))
        begins = self.world.hours.minutes(from_at)
        ends = self.world.hours.minutes(clock.start_of(running.due_on)) + 450 if running else begins + 15 * 450
        return begins + (ends - begins) * self.world.pace(self.unit) * self.dice.lognormvariate(0, SPREAD)

    def _ask(self) -> bool:
        """Ask the resident something; whether work goes on afterwards."""
        self._office(5, "ask", self.officer, text=self.arrival.filling(self.arrival.situation.question))
        if self._chance(0.85):
            self._resident(16, "reply", text=self.arrival.filling(self.arrival.situation.reply))
            return True
        self._add(self._early(self.last + WINDOW), "remind", SYSTEM)
        if self._chance(0.55):
            self._resident(24, "reply", text=self.arrival.filling(self.arrival.situation.reply))
            return True
        self.now = self.world.hours.minutes(self._early(self.last + WINDOW + timedelta(days=1)))
        self._office(3, "close", self.officer, outcome="explained")
        return False

    def _early(self, at: datetime) -> datetime:
        """Before the doors open on that day, when the system does its round."""
        return clock.start_of(clock.day_of(at)) + timedelta(hours=6, minutes=10, seconds=self.dice.randint(0, 50))

    def _answer(self, goal: float, text: str = "") -> None:
        """Draft, propose, perhaps sent back, sign."""
        situation, filling = self.arrival.situation, self.arrival.filling
        text, outcome = text or filling(situation.answer), situation.outcome
        signing = self.dice.lognormvariate(0, 0.7) * 150
        if self._chance(0.15):
            self._office(3, "draft", self.officer, text=". ".join(text.split(". ")[:2]), outcome="")
        self.now = max(self.now + self.dice.uniform(15, 60), goal - signing)
        self._office(0.1, "propose", self.officer, text=text, outcome=outcome)
        if self._chance(0.08):
            self._office(2, "send_back", self.crew.head, reason=self._say("send_back"))
            self._office(4, "propose", self.officer, text=text, outcome=outcome)
        self._office(signing / 60, "approve", self.crew.head, spread=0.1)

    # -- afterwards ---------------------------------------------------------------------------------------------

    def _judged(self) -> None:
        answered = self.last
        verdict = judge(self.arrival, self._is_late(answered), self.dice)
        if verdict.level:
            self._rate(verdict)
        if verdict.reopens:
            self._reopened(answered)
            return
        if self._chance(0.75):
            self.now = self.world.hours.minutes(answered + timedelta(days=REOPEN_DAYS + 1))
            self._office(12, "close", self.officer, outcome=self.arrival.situation.outcome)

    def _is_late(self, answered: datetime) -> bool:
        return answered - self.arrival.at > timedelta(days=40 if self.is_complaint else 14)

    def _rate(self, verdict: Judgement) -> None:
        self._resident(14, "rate", level=verdict.level, reasons=verdict.reasons, text=verdict.text)

    def _reopened(self, answered: datetime) -> None:
        at = answered + timedelta(days=self.dice.uniform(1, REOPEN_DAYS - 4))
        self._add(max(at, self.last), "reopen", RESIDENT, reason=self._say("reopen"))
        self._answer(self.now + self.dice.uniform(1, 6) * 450, self._say("answer_again"))
        if self._chance(0.5):
            self._resident(20, "rate", level=self.dice.choice((3, 4, 4, 5)), reasons=("clear",), text="")
