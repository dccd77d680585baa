"""How residents judge an answer: level, reasons and own words, by how it was and how long it took."""

from __future__ import annotations

import random
from dataclasses import dataclass

from .arrivals import Arrival

RATED = 0.48
REOPENED = 0.03
LEVELS = {"resolved": (3, 5, 12, 42, 38), "partly_resolved": (8, 17, 30, 33, 12), "explained": (12, 20, 30, 28, 10)}
"""Of a hundred who judge, how many give levels 1 to 5, by outcome."""
LATE = (16, 24, 28, 24, 8)
GOOD, BAD = ("clear", "fast", "kind"), ("not_done", "vague", "late", "attitude", "wrong")


@dataclass(frozen=True)
class Judgement:
    """What a resident does with an answer; level 0: nothing."""

    level: int
    reasons: tuple[str, ...]
    text: str
    reopens: bool


def judge(arrival: Arrival, is_late: bool, dice: random.Random) -> Judgement:
    """Invent a judgement; a late answer is liked less, a poor one is sometimes reopened."""
    weights = LATE if is_late else LEVELS.get(arrival.situation.outcome, LATE)
    level = dice.choices(range(1, 6), weights)[0]
    reopens = dice.random() < REOPENED * (3 if level <= 2 else 1)
    if dice.random() > RATED:
        return Judgement(0, (), "", reopens)
    return Judgement(level, _reasons(level, is_late, dice), _words(arrival, level, dice), reopens)


def _reasons(level: int, is_late: bool, dice: random.Random) -> tuple[str, ...]:
    if level == 3 or dice.random() < 0.3:
        return ()
    pool = GOOD if level > 3 else BAD
    chosen = dice.sample(pool, dice.randint(1, 2))
    return tuple(dict.fromkeys([*chosen, *(["late"] if is_late and level < 3 else [])]))


def _words(arrival: Arrival, level: int, dice: random.Random) -> str:
    said = arrival.situation.good if level > 3 else arrival.situation.bad
    return arrival.filling(dice.choice(said)) if said and dice.random() < 0.6 else ""
