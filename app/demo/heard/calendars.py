"""Reception calendars as the law wants them, their days, how they were held or moved."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from ...accounts.models import Official
from ...dialogues.actions.moving import NewTime, hold_day, move_day
from ...dialogues.actions.patterns import NewPattern, make_days, save_pattern
from ...dialogues.models import ReceptionDay
from ...dialogues.queries.hosts import duties_of
from ...rules.dialogues import reception
from ...rules.dialogues.duties import Duty
from ...rules.dialogues.recurrence import Recurrence
from ...units.models import Unit
from ..world import Spot
from .agenda import Tale
from .hand import Hand, words
from .visits import Fate, visit, walk_in

AHEAD = timedelta(days=60)
"""How far ahead days stand in the calendar, and residents can book."""
SOON = timedelta(days=24)
BEFORE_CHANGE = timedelta(days=12)
"""How long before a new law offices put the new days in their calendar."""
STARTS, ENDS, SLOT = time(8, 0), time(11, 0), 30
DEPARTMENTS = ("so-xay-dung", "so-nong-nghiep-moi-truong", "so-noi-vu")
ELSE, FORGOTTEN = 0.06, 0.012
"""Shares of days received by somebody else than the head, and not yet recorded as held."""
AT_HOME = {
    1: "no_show", 2: "group", 3: "sealed", 4: "moved", 5: "somebody_else", 6: "turned_away", 7: "walk_in", 11: "moved",
}  # fmt: skip
"""What is sure to happen on the days of the demo walk's commune, in their order."""


def calendars(hand: Hand) -> None:
    """Every commune, some departments and the province receive."""
    others = [hand.world.by_code[code] for code in DEPARTMENTS if code in hand.world.by_code]
    top = hand.world.above(hand.home)
    for number, spot in enumerate([*hand.areas, *others, *([top] if top is not hand.home else [])]):
        hand.begin(_calendar(hand, spot, number))


@dataclass
class Spell:
    """A time in which one duty binds, and the rule by which the office fulfils it."""

    recurrence: Recurrence
    from_on: date
    until_on: date | None


def _calendar(hand: Hand, spot: Spot, number: int) -> Tale:
    """A clerk enters the calendar for each time that one law rules; its days lie open from then on."""
    dice = hand.dice(f"calendar:{spot.code}")
    now = yield hand.office(hand.world.start, 1 + number * 0.15)
    unit, count = hand.unit(spot), 0
    for spell in list(_spells(unit, hand.start, hand.today + AHEAD, dice)):
        if spell.from_on > hand.start:
            now = yield hand.office(hand.wall(spell.from_on - BEFORE_CHANGE, STARTS), number * 0.15)
        new = NewPattern(
            spell.recurrence,
            spell.from_on,
            STARTS,
            ENDS,
            spell.until_on,
            SLOT,
            place=f"Phòng tiếp công dân, {hand.called(spot)}",
        )
        pattern = save_pattern(new, unit, hand.clerk(spot), now)
        for day in make_days(pattern, hand.today + AHEAD, hand.clerk(spot), now):
            count += 1
            hand.begin(_day(hand, spot, day, count))


def _spells(unit: Unit, first: date, last: date, dice: random.Random) -> Iterator[Spell]:
    begins, week, day = first, dice.randint(1, 3), dice.randint(4, 12)
    while begins <= last:
        duty = next((duty for duty in duties_of(unit) if duty.in_force(begins)), None)
        if duty is None:
            return
        yield Spell(_rule(duty, week, day), begins, duty.effective_to)
        if duty.effective_to is None:
            return
        begins = duty.effective_to + timedelta(days=1)


def _rule(duty: Duty, week: int, day: int) -> Recurrence:
    """One weekday, or days of the month evenly apart."""
    if duty.per == "week":
        return Recurrence("weekly", weekdays=(week,))
    return Recurrence("days", days=tuple(day + n * (24 // duty.min_count) % 28 for n in range(duty.min_count)))


@dataclass
class Plan:
    """How a day goes."""

    slots: list[tuple[time, Fate]] = field(default_factory=list)
    walk_ins: int = 0
    is_moved: bool = False
    by_head: bool = True
    is_recorded: bool = True


def _day(hand: Hand, spot: Spot, day: ReceptionDay, number: int) -> Tale:
    """A day from its opening to its record: people book, some days move, somebody receives."""
    dice = hand.dice(f"day:{spot.code}:{number}")
    plan = _planned(hand, spot, day, AT_HOME.get(number, "") if spot is hand.home else "", dice)
    phones = dice.sample(range(1000), len(plan.slots) + plan.walk_ins)
    for (slot, fate), phone in zip(plan.slots, phones, strict=False):
        hand.begin(visit(hand, spot, day, slot, fate, phone))
    for place in range(plan.walk_ins):
        hand.begin(walk_in(hand, spot, day, hand.wall(day.on, STARTS, 20 + 50 * place), phones[-1 - place]))
    if plan.is_moved:
        now = yield hand.office(hand.wall(day.on - timedelta(days=4), STARTS), dice.uniform(1, 6))
        on = hand.working(day.on + timedelta(days=2))
        reason = dice.choice(words("reception")["moved"]["reasons"])
        day = move_day(day, NewTime(on, STARTS, ENDS), reason, hand.clerk(spot), now)
    if not plan.is_recorded:
        return
    now = yield hand.wall(day.on, ENDS, dice.uniform(8, 70))
    hold_day(day, _receiver(hand, spot, plan), hand.clerk(spot), now, missed=True)


def _receiver(hand: Hand, spot: Spot, plan: Plan) -> Official:
    return hand.official(hand.head(spot) if plan.by_head else hand.officer(spot))


def _planned(hand: Hand, spot: Spot, day: ReceptionDay, special: str, dice: random.Random) -> Plan:
    hours = list(reception.slots(day.starts, day.ends, day.slot_minutes))
    if day.on > hand.today:
        return Plan([(hour, Fate.HEARD) for hour in _coming(hand, spot, day.on, hours, dice)])
    took = sorted(dice.sample(hours, _visitors(hand, spot, special, dice)))
    plan = Plan([(hour, Fate.some(dice)) for hour in took])
    plan.walk_ins = int(special == "walk_in" or (hand.is_busy(spot) and dice.random() < 0.12))
    plan.is_moved = special == "moved" or (not special and dice.random() < 0.012)
    plan.by_head = special != "somebody_else" and (bool(special) or dice.random() >= ELSE)
    plan.is_recorded = bool(special) or spot is hand.home or plan.is_moved or dice.random() >= FORGOTTEN
    if special in list(Fate):
        plan.slots[0] = (plan.slots[0][0], Fate(special))
    return plan


def _visitors(hand: Hand, spot: Spot, special: str, dice: random.Random) -> int:
    if special or spot is hand.home:
        return dice.randint(2, 4)
    if hand.is_busy(spot):
        return dice.randint(0, 3)
    return int(dice.random() < 0.22)


def _coming(hand: Hand, spot: Spot, on: date, hours: list[time], dice: random.Random) -> list[time]:
    """Hours taken already: of the home commune's next day all, of other days soon a few."""
    if on > hand.today + SOON:
        return []
    if spot is hand.home and not hand.fates["full day"]:
        hand.fates["full day"] += 1
        return hours
    if spot is hand.home or hand.is_busy(spot):
        return sorted(dice.sample(hours, dice.randint(1, 3)))
    return sorted(dice.sample(hours, int(dice.random() < 0.3)))
