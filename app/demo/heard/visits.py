"""Who comes to a reception day: booked, received, turned away or not there; and what came of what was said."""

from __future__ import annotations

import random
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any

from ... import clock
from ...dialogues.actions.bookings import NewBooking, book, cancel_booking
from ...dialogues.actions.made_case import FromVisit, make_case, receive_walk_in
from ...dialogues.actions.visits import Heard, check_in, hear, miss, notify_result, turn_away
from ...dialogues.models import Booking, ReceptionDay
from ...rules.dialogues import groups, reception
from ...rules.workflow import RESIDENT_NOBODY, Kind
from ..world import Spot
from .agenda import Tale
from .answers import answered
from .hand import Hand, resident_of, words
from .promises import promise_in

TOLD_AT_ONCE, PROMISED, LEFT_UNTOLD = 0.55, 0.07, timedelta(days=5)
SETTLING_IN = timedelta(days=14)
"""In the last days of the seed every case still wanted comes of the next visit."""


class Fate(StrEnum):
    """How a visit goes."""

    HEARD = "heard"
    NO_SHOW = "no_show"
    TURNED_AWAY = "turned_away"
    CANCELLED = "cancelled"
    GROUP = "group"
    SEALED = "sealed"

    @classmethod
    def some(cls, dice: random.Random) -> Fate:
        """Most are heard."""
        return dice.choices(list(cls), (82, 9, 2, 4, 2, 1))[0]


def visit(hand: Hand, spot: Spot, day: ReceptionDay, slot: time, fate: Fate, phone: int) -> Tale:
    """A visit from its booking to what came of it."""
    dice = hand.dice(f"visit:{day.id}:{slot}")
    now = yield _booked_at(hand, day, dice)
    channel = dice.choices(("web", "phone", "counter"), (6, 2, 2))[0]
    if channel != "web":
        now = yield hand.office(now, 0.1)
    day = day.moved_to or day  # moved since its hours were looked at: there they book
    told, new = _who(hand, spot, day, fate, phone, channel, dice)
    actor = RESIDENT_NOBODY if channel == "web" else hand.clerk(spot)
    booking = book(new, day, slot, actor, now, **hand.form())
    if fate == Fate.CANCELLED:
        now = yield min(now + timedelta(hours=dice.uniform(2, 18)), _arrives(hand, booking) - timedelta(minutes=40))
        cancel_booking(booking, resident_of(booking), now)
        return
    while now < (due := _arrives(hand, booking)):  # the day may have moved meanwhile
        now = yield due
    yield from _on_the_day(hand, spot, booking, fate, told, dice)


def _booked_at(hand: Hand, day: ReceptionDay, dice: random.Random) -> datetime:
    """When somebody books: some days ahead; for a day to come, in the last days of the seed."""
    if day.on > hand.today:
        return hand.world.end - timedelta(days=dice.uniform(0.05, 8))
    return hand.wall(day.on - timedelta(days=dice.randint(1, 9)), time(dice.randint(8, 20)), dice.uniform(0, 59))


def _arrives(hand: Hand, booking: Booking) -> datetime:
    assert booking.slot is not None, "booked with an hour"
    return hand.wall(booking.day.on, booking.slot, -3)


def _on_the_day(hand: Hand, spot: Spot, booking: Booking, fate: Fate, told: dict[str, Any],
                dice: random.Random) -> Tale:  # fmt: skip
    now, clerk = clock.now(), hand.clerk(spot)
    if fate == Fate.NO_SHOW:
        now = yield now + timedelta(minutes=28)
        miss(booking, clerk, now)
        return
    if fate == Fate.TURNED_AWAY:
        entry = dice.choice(words("reception")["turned_away"])
        turn_away(booking, entry["ground"], entry["reason"], clerk, now)
        return
    check_in(booking, "" if booking.is_sealed else f"{dice.randrange(10**6):012d}", clerk, now)
    now = yield now + timedelta(minutes=dice.uniform(14, 26))
    hear(booking, Heard() if booking.is_sealed else _heard(told, dice), clerk, now)
    yield from _came_of_it(hand, spot, booking, dice)


def walk_in(hand: Hand, spot: Spot, day: ReceptionDay, at: datetime, phone: int) -> Tale:
    """Somebody comes without an appointment and is received when there is time."""
    dice = hand.dice(f"walk-in:{day.id}:{phone}")
    now = yield at
    if day.state != "open":
        return
    told, new = _who(hand, spot, day, Fate.HEARD, phone, "walk_in", dice)
    booking = receive_walk_in(day, new, f"{dice.randrange(10**6):012d}", _heard(told, dice), hand.clerk(spot), now,
                              **hand.form())  # fmt: skip
    yield from _came_of_it(hand, spot, booking, dice)


def _who(hand: Hand, spot: Spot, day: ReceptionDay, fate: Fate, phone: int, channel: str,
         dice: random.Random) -> tuple[dict[str, Any], NewBooking]:  # fmt: skip
    """What the visitor will say, and the form."""
    if fate == Fate.SEALED:
        return {}, NewBooking(channel=channel, is_sealed=True)
    people = dice.choice((8, 12, 25)) if fate == Fate.GROUP else 1
    entry = dice.choice(words("reception")["group" if people > 1 else "visit"])
    filling, title = hand.told(entry["title"], spot, day.on, dice, people=str(people))
    speakers = dice.randint(1, groups.most_representatives(people)) if people > 1 else 0
    new = NewBooking(
        **hand.person(dice, phone), address=f"{filling.words['Hamlet']}, {filling.words['commune']}", subject=title,
        category_code=entry["category"], people=people, channel=channel,
        representatives=tuple(dict.fromkeys(hand.name(dice) for _n in range(speakers))),
        interpreter=dice.choice(("tay", "nung", "hmong", "dao")) if dice.random() < 0.07 else "",
        wheelchair=dice.random() < 0.02,
    )  # fmt: skip
    return {key: filling(text) for key, text in entry.items() if key in ("said", "reply", "follow")}, new


def _heard(told: dict[str, Any], dice: random.Random) -> Heard:
    direction = dice.choices(reception.DIRECTIONS, (40, 22, 12, 26))[0]
    kind = Kind.COMPLAINT if direction == "guided" and dice.random() < 0.3 else Kind.FEEDBACK
    follow = told["follow"] if direction in ("accepted", "forwarded") else ""
    is_told = direction == "explained" or dice.random() < TOLD_AT_ONCE
    return Heard(told["said"], told["reply"], direction, kind, follow_up=follow, is_told=is_told)


def _came_of_it(hand: Hand, spot: Spot, booking: Booking, dice: random.Random) -> Tale:
    """One click makes a case of it; a promise; the word owed within ten days."""
    now = clock.now()
    if booking.is_sealed:
        return
    if booking.direction == "accepted" and _is_wanted(hand, now):
        hand.cases_left -= 1
        now = yield now + timedelta(minutes=dice.uniform(2, 12))
        commune = spot.code if spot.is_area else ""
        case = make_case(booking, FromVisit(commune_code=commune), hand.clerk(spot), now, **hand.form())
        hand.came(1)
        hand.begin(answered(hand, case, dice))
    elif dice.random() < PROMISED:
        promise_in(hand, spot, booking, now, dice)
    if booking.notified_on is None:
        now = yield hand.office(now, dice.uniform(12, 60))
        if now < hand.world.end - LEFT_UNTOLD:
            notify_result(booking, clock.day_of(now), hand.clerk(spot), now)


def _is_wanted(hand: Hand, now: datetime) -> bool:
    """Whether a case may come of this visit: spread over the months, all of them by the end."""
    last = hand.world.end - SETTLING_IN
    passed = min(1.0, (now - hand.world.start) / (last - hand.world.start))
    made = hand.cases_of_visits - hand.cases_left
    return hand.cases_left > 0 and made < hand.cases_of_visits * passed
