"""How a complaint fares: its original, its acceptance, what is found out, the decision and what follows from it."""

from __future__ import annotations

from datetime import timedelta

from .. import clock
from . import texts
from .judgement import judge
from .lives import Deed
from .story import AWAY, Story

VERDICTS = {"resolved": "right", "partly_resolved": "partly_right", "explained": "wrong"}
COURT = "Tòa án nhân dân khu vực nơi có việc"
APPEALABLE = timedelta(days=46)
"""How long an office waits before it closes a decided complaint: until it can no longer be complained of again."""


class Settlement(Story):
    """Tells a complaint settled the first time."""

    decision = "complaint_decision_first"

    def _is_in_hand(self) -> bool:
        """A complaint counts once its signed original is in the register; a few never bring it."""
        if self.arrival.counter:
            self.dated(0.1, "register", self.crew.clerk)
            return True
        if self.chance(0.06):
            self.resident(24 * 9, "withdraw", reason=self.say("withdraw"))
            return False
        self.now += self.dice.uniform(0.6, 6) * 450
        self.dated(0.5, "register", self.crew.clerk)
        return True

    def _triage(self) -> bool:
        return super()._triage() and not self._is_turned_away()

    def _sort(self) -> None:
        """What makes a complaint eligible is ticked at intake."""

    def _is_turned_away(self) -> bool:
        """Most are eligible; a few are put away for what they lack, guided, returned or not accepted, by a paper."""
        fate = self.dice.random()
        head, hours = self.crew.head, self.dice.uniform(6, 40)
        if fate < 0.02:
            self._classify("has_request", self.say("lacks_request"))
            self.office(hours, "archive", head, reason=self.say("lacks_request"))
        elif fate < 0.04:
            self.paper(hours, "guide", AWAY["guide"], head, {"reason": self.say("guide_complaint")}, body=COURT)
        elif fate < 0.06:
            self.paper(hours, "return_petition", "return_letter", head, {"reason": self.say("return_complaint")})
        elif fate < 0.1:
            self._classify("in_time", self.say("too_late"))
            self.paper(hours, "not_accept", "acceptance_refusal", head, texts.refusal(self))
        else:
            if self.chance(0.92):
                self._classify()
            return False
        return True

    def _is_taken_back(self) -> bool:
        """Once its original is in the register, only on paper: see _work."""
        return False

    # -- settlement ---------------------------------------------------------------------------------------------

    def _work(self) -> None:
        is_complex, becomes_complex = self.chance(0.12), self.chance(0.1)
        self._accept(is_complex)
        goal = self._goal(self.last, is_complex or becomes_complex)
        if self.chance(0.4):
            self._verify()
        self._talk()
        if self.chance(0.03):
            self.paper(30, "terminate", "termination_decision", self.crew.head, {"reason": self.say("terminate")})
            return
        if self.chance(0.3 if self.is_on_stage() else 0.12) and not self._ask():
            return
        if becomes_complex and not is_complex:
            self.paper(30, "make_complex", "complex_notice", self.crew.head, {"reason": self.say("complex")})
        if self.chance(0.04):
            goal += self._stand_still()
        if self.forgotten(0.03):
            return
        if self._needs_dialogue():
            self._meet(goal)
        self._decide(goal)
        self._follow_up()

    def _accept(self, is_complex: bool) -> None:
        self.paper(20, "accept", "acceptance_notice", self.crew.head, {}, spread=0.5, is_complex=is_complex)

    def _verify(self) -> None:
        self.paper(8, "verify", "verification_decision", self.crew.head, texts.verification(self))

    def _stand_still(self) -> float:
        """Suspended for some days; returns the office minutes lost."""
        self._suspend(self.dice.uniform(6, 30))
        begins = self.now
        self.wait_until(self.last + timedelta(days=self.dice.uniform(5, 25)))
        deed = self.paper(2, "resume", "resumption_decision", self.crew.head, {"reason": self.say("resume")})
        deed.cargo["carried"]["on"] = clock.day_of(deed.at).isoformat()
        return self.now - begins

    def _suspend(self, hours: float) -> Deed:
        deed = self.paper(hours, "suspend", "suspension_decision", self.crew.head, {"reason": self.say("suspend")})
        deed.cargo["carried"]["on"] = clock.day_of(deed.at).isoformat()
        return deed

    def _needs_dialogue(self) -> bool:
        return self.chance(0.35)

    def _meet(self, goal: float) -> None:
        """A dialogue with who complains, some days before the decision."""
        self.now = max(self.now + 60, goal - self.dice.uniform(3, 8) * 450)
        self.dated(1, "hold_dialogue", self.officer, text=self.say("dialogue"))

    def _decide(self, goal: float) -> None:
        verdict = VERDICTS[self.arrival.situation.outcome]
        self.now = max(self.now + self.dice.uniform(30, 90), goal)
        self.paper(0.5, "decide", self.decision, self.crew.head, texts.decision(self, verdict), verdict=verdict)

    # -- afterwards ---------------------------------------------------------------------------------------------

    def _follow_up(self) -> None:
        decided, outcome = self.last, self.arrival.situation.outcome
        if self.chance(0.95):
            self.dated(7, "send", self.officer, text=self.say("send"))
        verdict = judge(self.arrival, decided - self.arrival.at > timedelta(days=40), self.dice)
        if verdict.level:
            self._rate(verdict)
        if outcome != "explained" and self.chance(0.35):
            self.dated(16, "enforce", self.crew.head, text=self.say("enforce"))
        if self.chance(0.4):
            self.dated(24, "publish", self.officer, text=self.say("publish"))
        if self.chance(0.8):
            self.wait_until(decided + APPEALABLE)
            self.office(12, "close", self.officer, outcome="")
            self._put_away()
