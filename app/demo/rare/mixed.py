"""Mixed letters: two matters in one, of which intake takes the second out (Circular 05/2021/TT-TTCP art. 6.1)."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from ...cases.actions import Part
from ...rules.workflow import Kind
from ..arrivals import Arrival, Stream
from ..lives import Life
from ..story import Story
from .retold import arrival, has, some_day, until_it_fits


class Mixed(Story):
    """Tells a letter from which a second matter is taken out at intake."""

    def __init__(self, stream: Stream, told: Arrival, other: Arrival) -> None:
        super().__init__(stream.world, told, stream.dice)
        self.other = other

    def _sort(self) -> None:
        new = self.other.new
        part = Part(Kind.FEEDBACK, new.title, new.body, new.category_code, unit_code=self.other.first.code)
        self.office(1.5, "split", self.crew.clerk, part=part, reason=self.say("split_reason"), life=self.other.number)


def mixed(stream: Stream, how_many: int, number: int) -> list[Life]:
    """So many letters, and what became of their second matter."""
    lives: list[Life] = []
    for _letter in range(how_many):
        here = number + len(lives) + 1
        pair: list[Arrival] = []
        life = until_it_fits(partial(_letter_told, stream, here, pair), lambda told: _is_fit(stream, told))
        if life is not None:
            lives += [life, _part_told(stream, life, pair[-1])]
    return lives


def _letter_told(stream: Stream, number: int, pair: list[Arrival]) -> Life:
    world, dice = stream.world, stream.dice
    commune = dice.choices(world.areas, world.weights)[0]
    at = some_day(world, dice, 3, 150)
    told, other = (arrival(stream, number + n, at, commune, Kind.FEEDBACK) for n in range(2))
    also = f"{other.new.body[:1].lower()}{other.new.body[1:]}"
    told.new = replace(told.new, body=f"{told.new.body}\n\nNgoài ra, {also}", channel="letter")
    told.counter = commune
    other.new = replace(other.new, channel="letter", is_public=told.new.is_public)
    pair.append(other)
    return Mixed(stream, told, other).tell()


def _is_fit(stream: Stream, life: Life) -> bool:
    return has(life, "split") and next(d.at for d in life.deeds if d.verb == "split") < stream.world.end


def _part_told(stream: Stream, letter: Life, other: Arrival) -> Life:
    """The second matter goes on as a case of its own, from the moment it was taken out."""
    story = Story(stream.world, other, stream.dice)
    story.last = next(deed.at for deed in letter.deeds if deed.verb == "split")
    story.wait_until(story.last)
    while not story.go_on().deeds:
        pass
    return story.life
