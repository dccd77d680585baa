"""A case that came of being heard goes its way through the desk; an answer can carry a promise."""

from __future__ import annotations

import random

from ... import clock
from ...cases import actions
from ...cases.models import Case
from ...dialogues.actions.commitments import stand
from ...rules.workflow import Outcome, Status
from .agenda import Tale
from .hand import Hand, resident_of, words
from .promises import promise_in

SLOW, PROMISED = (14, 44), 0.6
"""Open hours from the assignment to the proposed answer; share of answers with a promise."""
LEVELS = (4, 8, 18, 42, 28)


def answered(hand: Hand, case: Case, dice: random.Random, text: str = "") -> Tale:
    """Assigned, answered, signed, perhaps judged; what is promised in it stands with the signature."""
    spot = hand.spot_of(case.unit_id)
    clerk, officer, head = hand.clerk(spot), hand.officer(spot), hand.head(spot)
    if case.status == Status.RECEIVED:
        now = yield hand.office(clock.now(), dice.uniform(2, 9))
        actions.assign(case, hand.official(officer), actor=clerk, now=now)
    now = yield hand.office(clock.now(), dice.uniform(*SLOW))
    if dice.random() < PROMISED:
        promise_in(hand, spot, case, now, dice)
    actions.propose(case, text or words("promises")["answer"]["text"], Outcome.RESOLVED, actor=officer, now=now)
    now = yield hand.office(now, dice.uniform(1, 8))
    actions.approve(case, actor=head, now=now)
    stand(case, head, now)
    yield from judged(hand, case, dice)


def judged(hand: Hand, case: Case, dice: random.Random) -> Tale:
    """Most who were answered say how it was."""
    if dice.random() > 0.7:
        return
    now = yield hand.office(clock.now(), dice.uniform(4, 30))
    level = dice.choices(range(1, 6), LEVELS)[0]
    actions.rate(case, level, actor=resident_of(case), now=now, reasons=("clear",) if level > 3 else (), text="")
