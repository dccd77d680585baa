"""Feedback that one unit leads and another gives its part to: given, still open, or overdue."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial

from ... import clock
from ...rules.workflow import Kind
from ..arrivals import Arrival, Stream
from ..lives import Life
from ..story import Story
from ..world import Spot
from .retold import arrival, has, home, some_day, until_it_fits

FIELDS = {
    "roads": "so-xay-dung", "construction": "so-xay-dung", "utilities": "so-cong-thuong", "health": "so-y-te",
    "environment": "so-nong-nghiep-moi-truong", "land": "so-nong-nghiep-moi-truong", "education": "so-giao-duc",
    "agriculture": "so-nong-nghiep-moi-truong", "culture": "so-van-hoa", "telecom": "so-khoa-hoc",
    "social": "so-noi-vu", "security": "cong-an-tinh", "ethnic": "so-dan-toc",
}  # fmt: skip
"""Which department is asked about a subject."""
GIVEN, OPEN, OVERDUE = "given", "open", "overdue"
AGES = {GIVEN: (12, 150), OPEN: (3, 6), OVERDUE: (6, 9)}
"""How many days before the end such a case came."""
STAGED = ((OPEN, True), (OVERDUE, True), (OPEN, False), (OVERDUE, False), (GIVEN, True), (GIVEN, False))
"""What is shown at the home unit: it leads (True), or is asked by another (False)."""


class Joint(Story):
    """Tells feedback whose officer asks another unit for its part."""

    def __init__(self, stream: Stream, told: Arrival, asked: Spot, fate: str) -> None:
        super().__init__(stream.world, told, stream.dice)
        self.asked, self.fate = asked, fate

    def _work(self) -> None:
        question = self.say("part_question")
        deed = self.office(4, "request_part", self.officer, unit=self.asked.id, question=question)
        deed.cargo["due_on"] = self._wanted_by(deed.at)
        if self.fate == GIVEN:
            crew = self.world.crew(self.asked)
            self.office(12, "give_part", self.dice.choice(crew.officers), text=self.say("part_answer"))
            super()._work()

    def _wanted_by(self, asked_at: datetime) -> date:
        """Some days on, before the case's own due date."""
        days = 2 if self.fate == OVERDUE else self.dice.randint(4, 6)
        wanted = clock.day_of(asked_at) + timedelta(days=days)
        running = self._running(clock.day_of(self.arrival.at))
        return min(wanted, running.due_on) if running else wanted


def joint(stream: Stream, how_many: int, number: int) -> list[Life]:
    """So many cases with a part of another unit, some of them at the home unit."""
    lives: list[Life] = []
    for place in range(how_many):
        fate, leads = STAGED[place] if place < len(STAGED) else (GIVEN, None)
        tell = partial(_told, stream, number + len(lives) + 1, fate, leads)
        life = until_it_fits(tell, partial(_is_fit, stream, fate))
        if life is not None:
            lives.append(life)
    return lives


def _told(stream: Stream, number: int, fate: str, leads: bool | None) -> Life:
    world, dice = stream.world, stream.dice
    at_home = home(world)
    lead = at_home if leads else dice.choices(world.areas, world.weights)[0]
    told = arrival(stream, number, some_day(world, dice, *AGES[fate]), lead, Kind.FEEDBACK)
    asked = at_home if leads is False else world.by_code.get(FIELDS.get(told.situation.category.split(".")[0], ""))
    return Joint(stream, told, asked or world.above(lead), fate).tell()


def _is_fit(stream: Stream, fate: str, life: Life) -> bool:
    """A part given has been given; one that is not is what it should be on the last day."""
    asked = next((deed for deed in life.deeds if deed.verb == "request_part"), None)
    if asked is None or not clock.day_of(asked.at) <= asked.cargo["due_on"] or asked.at > stream.world.end:
        return False
    if asked.cargo["unit"] == stream.world.by_code[life.new.wanted_unit_code].id:
        return False
    today = clock.day_of(stream.world.end)
    if fate == GIVEN:
        return has(life, "give_part")
    return (asked.cargo["due_on"] < today) == (fate == OVERDUE)
