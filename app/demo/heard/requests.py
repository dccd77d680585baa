"""Requests for a dialogue by what becomes of each: a time, a choice of times, a letter, a refusal, others join."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from ... import clock
from ...cases import actions
from ...cases.actions import Meeting, NewCase
from ...cases.actions.arrive import MeetingWish
from ...cases.models import Case
from ...dialogues.actions import minutes
from ...dialogues.actions import requests as verbs
from ...dialogues.actions.holding import hold_session
from ...dialogues.actions.voices import join
from ...dialogues.models import DialogueSession
from ...extensions import db
from ...rules.dialogues import groups
from ...rules.workflow import RESIDENT_NOBODY, Kind, Outcome
from ..world import Spot
from .agenda import Tale
from .answers import answered, judged
from .hand import Hand, resident_of, words
from .promises import promise_in

FATES = {
    "granted": 5, "coming": 2, "chosen": 3, "offered": 1, "written": 2, "insisted": 1, "declined": 2, "shared": 1,
    "new": 2, "assigned": 1, "withdrawn": 1,
}  # fmt: skip
"""How many requests fare so in a demo of 2,000 cases; a smaller one has one of each."""
AGES = {"coming": (6, 9), "offered": (3, 5), "shared": (9, 14), "new": (0.3, 2), "assigned": (2, 3)}
"""How many days before the end such a request came; the others long before."""
LONG_AGO = (45, 160)
MEETS, PARTS = time(8, 30), time(10, 30)
SIGNED = 0.85
"""Share of the minutes of such meetings that the head has signed."""
LEVELS = ("head", "head", "head", "deputy", "any")


@dataclass
class Asked:
    """A request on its way."""

    case: Case
    spot: Spot
    texts: dict[str, str]
    dice: random.Random


def requests(hand: Hand) -> int:
    """Let requests come; how many. Those that one session answers stand in sessions.py."""
    fates = [fate for fate, many in FATES.items() for _n in range(max(1, round(many * hand.share)))]
    for number, fate in enumerate(fates):
        dice = hand.dice(f"request:{number}")
        spot = hand.home if number % 3 == 0 or fate in AGES else dice.choice(hand.areas[:8])
        at = arrives(hand, dice, *AGES.get(fate, LONG_AGO))
        hand.begin(_request(hand, spot, fate, at, dice))
    return len(fates)


def arrives(hand: Hand, dice: random.Random, youngest: float, oldest: float) -> datetime:
    """A moment so many days before the end."""
    return hand.world.end - timedelta(days=dice.uniform(youngest, oldest))


def ask(hand: Hand, spot: Spot, entry: dict[str, Any], title: str, now: datetime, dice: random.Random,
        people: int = 1, is_public: bool = False) -> Asked:  # fmt: skip
    """Somebody asks for a dialogue on the guided form."""
    filling, title = hand.told(title, spot, clock.day_of(now), dice)
    named = tuple(dict.fromkeys(hand.name(dice) for _n in range(min(people, groups.most_representatives(people)))))
    wish = MeetingWish(
        dice.choice(LEVELS), people, named if people > 1 else (), entry["when"],
        interpreter=dice.choice(("tay", "nung")) if dice.random() < 0.1 else "",
    )  # fmt: skip
    new = NewCase(
        Kind.DIALOGUE, title, filling(entry["body"]), entry["category"], spot.code, spot.code, is_public=is_public,
        address=f"{filling.words['Hamlet']}, {filling.words['commune']}", wish=wish,
        **hand.person(dice, dice.randrange(1000)),
    )  # fmt: skip
    case = actions.submit(new, RESIDENT_NOBODY, now, **hand.form())
    hand.came(1)
    texts = {key: filling(text) for key, text in entry.items() if isinstance(text, str)}
    return Asked(case, spot, texts, dice)


def in_hand(hand: Hand, asked: Asked) -> Tale:
    """Entered in the register and given to an officer."""
    now = yield hand.office(clock.now(), asked.dice.uniform(1, 6))
    actions.receive(asked.case, hand.clerk(asked.spot), now)
    now = yield hand.office(now, asked.dice.uniform(1, 5))
    actions.assign(asked.case, hand.official(hand.officer(asked.spot)), actor=hand.clerk(asked.spot), now=now)


def _request(hand: Hand, spot: Spot, fate: str, at: datetime, dice: random.Random) -> Tale:
    now = yield at
    entry = dice.choice(words("requests")["request"])
    people = dice.choice((1, 1, 3, 7, 14))
    asked = ask(hand, spot, entry, entry["title"], now, dice, people, is_public=fate == "shared")
    if fate == "new":
        return
    yield from in_hand(hand, asked)
    if fate != "assigned":
        yield from WAYS[fate](hand, asked)


def meeting(hand: Hand, spot: Spot, on: date, starts: time = MEETS) -> Meeting:
    """A time in the unit's meeting room."""
    ends = time(starts.hour + 2, starts.minute)
    return Meeting(hand.working(on), starts, ends, place=f"Phòng họp {hand.called(spot)}")


def _granted(hand: Hand, asked: Asked) -> Tale:
    now = yield hand.office(clock.now(), asked.dice.uniform(3, 12))
    on = clock.day_of(now) + timedelta(days=asked.dice.randint(4, 9))
    verbs.schedule(asked.case, meeting(hand, asked.spot, on), hand.officer(asked.spot), now)
    yield from _met(hand, asked)


def _coming(hand: Hand, asked: Asked) -> Tale:
    now = yield hand.office(clock.now(), asked.dice.uniform(3, 8))
    on = hand.today + timedelta(days=asked.dice.randint(3, 9))
    verbs.schedule(asked.case, meeting(hand, asked.spot, on), hand.officer(asked.spot), now)


def _offered(hand: Hand, asked: Asked) -> Tale:
    now = yield hand.office(clock.now(), asked.dice.uniform(2, 6))
    day = clock.day_of(now) + timedelta(days=8)
    offers = [meeting(hand, asked.spot, day), meeting(hand, asked.spot, day + timedelta(days=3), time(14, 0))]
    verbs.offer_times(asked.case, offers, "", hand.officer(asked.spot), now)


def _chosen(hand: Hand, asked: Asked) -> Tale:
    yield from _offered(hand, asked)
    now = yield clock.now() + timedelta(hours=asked.dice.uniform(5, 50))
    verbs.choose_time(asked.case, asked.dice.choice((0, 1)), resident_of(asked.case), now)
    yield from _met(hand, asked)


def session_of(case: Case) -> DialogueSession:
    """The session that answers the request."""
    assert case.asked_to_meet is not None, "a request"
    return db.session.get_one(DialogueSession, case.asked_to_meet.session_id)


def _met(hand: Hand, asked: Asked) -> Tale:
    """They meet; what came of it, sometimes a promise; the asker judges."""
    session = session_of(asked.case)
    now = yield hand.wall(session.on, session.ends, 15)
    came = [one.id for one in session.attendees]
    head, people = hand.world.staff.officials[hand.head(asked.spot).official_id or 0], asked.case.asked_to_meet
    hold_session(session, f"{head.name}, {head.title}", max(len(came), people.people if people else 1) + 3,
                 asked.texts["concluded"], hand.officer(asked.spot), now, came=came)  # fmt: skip
    if asked.dice.random() < 0.6:
        promise_in(hand, asked.spot, asked.case, now, asked.dice)
    hand.begin(judged(hand, asked.case, asked.dice))
    now = yield hand.office(now, asked.dice.uniform(3, 12))
    officer, text = hand.officer(asked.spot), words("sessions")["theme"]["minutes"]
    minutes.write_minutes(session, text, session.conclusion, officer, now)
    minutes.submit_minutes(session, officer, now)
    if asked.dice.random() < SIGNED:
        now = yield hand.office(now, asked.dice.uniform(2, 9))
        minutes.approve_minutes(session, hand.head(asked.spot), now)


def _written(hand: Hand, asked: Asked) -> Tale:
    yield from answered(hand, asked.case, asked.dice, asked.texts["written"])


def _insisted(hand: Hand, asked: Asked) -> Tale:
    """A letter is not what they asked for: they insist, once, and are met."""
    officer, now = hand.officer(asked.spot), clock.now()
    now = yield hand.office(now, 12)
    actions.propose(asked.case, asked.texts["written"], Outcome.EXPLAINED, actor=officer, now=now)
    now = yield hand.office(now, 4)
    actions.approve(asked.case, actor=hand.head(asked.spot), now=now)
    now = yield now + timedelta(days=3)
    reason = asked.dice.choice(words("requests")["insist"]["reasons"])
    actions.insist(asked.case, reason, resident_of(asked.case), now)
    yield from _granted(hand, asked)


def _declined(hand: Hand, asked: Asked) -> Tale:
    now = yield hand.office(clock.now(), asked.dice.uniform(4, 16))
    actions.refuse(asked.case, "declined", asked.texts["declined"], hand.head(asked.spot), now)


def _shared(hand: Hand, asked: Asked) -> Tale:
    now = yield hand.office(clock.now(), 5)
    yield from share(hand, asked, now, asked.dice.randint(9, 16))


def share(hand: Hand, asked: Asked, now: datetime, many: int) -> Tale:
    """Made public in words that name nobody; others join, each counted once."""
    title = asked.texts["public"].split(". ")[0].rstrip(".")
    actions.publish_request(asked.case, title, asked.texts["public"], hand.officer(asked.spot), now)
    for phone in asked.dice.sample(range(1000), many):
        now = yield now + timedelta(hours=asked.dice.uniform(0.2, 7))
        join(asked.case, f"0900 000 {phone:03d}", RESIDENT_NOBODY, now)


def _withdrawn(hand: Hand, asked: Asked) -> Tale:
    now = yield clock.now() + timedelta(days=2)
    actions.withdraw(asked.case, "", resident_of(asked.case), now)


WAYS: dict[str, Callable[[Hand, Asked], Tale]] = {
    "granted": _granted, "coming": _coming, "offered": _offered, "chosen": _chosen, "written": _written,
    "insisted": _insisted, "declined": _declined, "shared": _shared, "withdrawn": _withdrawn,
}  # fmt: skip
