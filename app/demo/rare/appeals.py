"""Complaints settled once and complained of again to the next level up (Law 02/2011/QH13 art. 33)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from ...cases.actions import NewCase
from ...rules.workflow import Kind
from .. import texts
from ..arrivals import Arrival, Stream
from ..content import phrases
from ..lives import Life
from ..settlement import VERDICTS, Settlement
from ..world import Spot
from .retold import arrival, has, some_day, until_it_fits

OUTCOMES = ("resolved", "partly_resolved", "partly_resolved", "explained", "explained")
"""How second complaints end."""


class Second(Settlement):
    """Tells a second complaint, brought to a counter one level up; a dialogue is always held (art. 39)."""

    instance = 2
    decision = "complaint_decision_second"

    def _is_turned_away(self) -> bool:
        self._classify()
        return False

    def _needs_dialogue(self) -> bool:
        return True

    def _decide(self, goal: float) -> None:
        verdict = VERDICTS[self.arrival.situation.outcome]
        self.now = max(self.now + self.dice.uniform(30, 90), goal)
        first = self.arrival.filling.words["first"]
        written = texts.decision(self, verdict) | {
            "respondent": f"Người giải quyết khiếu nại lần đầu: {first}.",
            "verification": self.say("second_verification"),
        }
        self.paper(0.5, "decide", self.decision, self.crew.head, written, verdict=verdict)


def appeals(stream: Stream, how_many: int, number: int) -> list[Life]:
    """So many first complaints, each followed by the second about the same thing."""
    lives: list[Life] = []
    for _pair in range(how_many):
        tried: list[Arrival] = []
        first = until_it_fits(partial(_first, stream, number + len(lives) + 1, tried), partial(_is_fit, stream))
        if first is not None:
            lives += [first, _second(stream, first, tried[-1], number + len(lives) + 2)]
    return lives


def _first(stream: Stream, number: int, tried: list[Arrival]) -> Life:
    world, dice = stream.world, stream.dice
    commune = dice.choices(world.areas, world.weights)[0]
    at = some_day(world, dice, 45, 170)
    told = arrival(stream, number, at, commune, Kind.COMPLAINT, ("partly_resolved", "explained"))
    tried.append(told)
    life = Settlement(world, told, dice).tell()
    life.deeds = [deed for deed in life.deeds if deed.verb not in ("archive", "rate")]
    return life


def _is_fit(stream: Stream, life: Life) -> bool:
    if not has(life, "decide", "send"):
        return False
    sent = next(deed.at for deed in life.deeds if deed.verb == "send")
    return sent < stream.world.end - timedelta(days=24)


def _second(stream: Stream, first: Life, before: Arrival, number: int) -> Life:
    world, dice = stream.world, stream.dice
    unit = before.first
    sent = next(deed for deed in first.deeds if deed.verb == "send")
    after = world.hours.minutes(sent.at + timedelta(days=dice.uniform(4, 20)))
    at = world.hours.moment(after + dice.uniform(0, 300))
    outcome = dice.choice(OUTCOMES)
    told = arrival(stream, number, at, world.by_code[first.new.commune_code], Kind.COMPLAINT)
    told.filling.words.update(before.filling.words, first=_named(unit))
    told.situation = replace(told.situation, outcome=outcome,
                             answer=dice.choice(phrases()[f"second_{VERDICTS[outcome]}"]), good=(), bad=())  # fmt: skip
    told.new = _again(told, first, dice.choice(phrases()["second_body"]), sent.cargo["on"])
    told.counter = told.first = told.target = world.above(unit)
    life = Second(world, told, dice).tell()
    life.second_of = first.number
    return life


def _named(unit: Spot) -> str:
    """Who settled it first, in the middle of a sentence."""
    return f"UBND {unit.short_vi[:1].lower()}{unit.short_vi[1:]}" if unit.is_area else unit.short_vi


def _again(told: Arrival, first: Life, body: str, known_on: date) -> NewCase:
    """The same complainant writes about the same thing."""
    words = told.filling.words
    about = first.new.title.removeprefix("Khiếu nại ")
    title = f"Khiếu nại lần hai: {about[:1].lower()}{about[1:]}"[:200]
    return replace(
        first.new, title=title, body=f"{body.format_map(words)}\n\n{first.new.body}", channel="counter",
        against=f"Quyết định giải quyết khiếu nại lần đầu của {words['first']} về việc: {first.new.against}",
        known_on=known_on, wanted_unit_code="",
    )  # fmt: skip
