"""Promises made in answers, receptions and sessions, and what became of each: kept, late, broken, doubted, replaced."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta

from ... import clock
from ...dialogues.actions.commitments import NewPromise, Source, promise
from ...dialogues.actions.findings import confirm_kept, find_broken, object_to, report_done
from ...dialogues.actions.replacing import replace
from ...dialogues.models import Booking, Commitment, DialogueSession
from ...rules.workflow import Actor
from ..world import Spot
from .agenda import Tale
from .hand import Hand, resident_of, words

PAST = ("kept", "replaced", "late", "kept", "broken", "kept", "overdue", "kept", "kept", "kept", "late", "kept", "kept")
"""What becomes of promises whose day is over before the seed ends, in their order."""
DOUBTED = ("kept", "objected", "overdue", "late", "kept", "broken", "kept", "kept", "kept", "kept", "kept")
"""The same for those made to one asker, who can say "not done"."""
AHEAD = ("waiting", "open", "open", "open")
"""Of those whose day is still to come."""
LATELY = ("kept",)
"""Of those whose day came in the last days: what was promised before the seed ends is not all overdue at once."""
DECKS: dict[str, tuple[str, ...]] = {"lately": LATELY, "past": PAST, "doubted": DOUBTED, "ahead": AHEAD}
MARGIN = timedelta(days=16)
"""So long before the end must the day be, for all to have happened."""


SIGNED = timedelta(days=4)
"""By then an answer is signed and its promise stands."""


def promise_in(hand: Hand, spot: Spot, source: Source, now: datetime, dice: random.Random) -> Commitment:
    """Promise something in a source, and let it fare as comes next."""
    entry = dice.choice(words("promises")["promise"])
    filling = hand.filling(spot, clock.day_of(now), dice)
    due_on = hand.working(clock.day_of(now) + timedelta(days=dice.randint(12, 55)))
    new = NewPromise(filling(entry["what"]), due_on, evidence_wanted=filling(entry["proof"]),
                     responsible=hand.official(hand.officer(spot)))  # fmt: skip
    made = promise(new, source, hand.officer(spot), now, token=hand.form()["token"])
    said = {key: filling(entry[key]) for key in ("done", "kept", "broken")}
    hand.begin(_fares(hand, spot, made, _fate(hand, spot, source, due_on), said, filling.words["hamlet"], dice))
    return made


def _fate(hand: Hand, spot: Spot, source: Source, due_on: date) -> str:
    """Dealt in turn, at the home unit and at the others, so that each happens in every seed."""
    name = "past" if isinstance(source, DialogueSession) else "doubted"
    if due_on > hand.today - MARGIN:
        name = "ahead" if due_on > hand.today else "lately"
    place = f"{name} {spot is hand.home}"
    hand.fates[place] += 1
    return DECKS[name][(hand.fates[place] - 1) % len(DECKS[name])]


def _fares(hand: Hand, spot: Spot, made: Commitment, fate: str, said: dict[str, str], hamlet: str,
           dice: random.Random) -> Tale:  # fmt: skip
    due = hand.wall(made.due_on, time(9))
    if fate == "replaced":
        now = yield hand.office(due - timedelta(days=7), dice.uniform(0, 5))
        _put_another(hand, spot, made, hamlet, now)
    elif fate == "broken":
        now = yield hand.office(due + timedelta(days=dice.uniform(3, 9)), 2)
        find_broken(made, said["broken"], verifier(hand, made), now)
    elif fate == "waiting":
        made_at = clock.start_of(made.made_on)
        now = yield hand.office(max(hand.world.end - timedelta(days=dice.uniform(1, 4)), made_at + SIGNED), 0)
        report_done(made, said["done"], hand.officer(spot), now)
    elif fate not in ("open", "overdue"):
        off = dice.uniform(2, 8) if fate == "late" else -dice.uniform(1, 6)
        now = yield hand.office(due + timedelta(days=off), dice.uniform(0, 3))
        report_done(made, said["done"], hand.officer(spot), now)
        now = yield hand.office(now, dice.uniform(4, 24))
        confirm_kept(made, said["kept"], verifier(hand, made), now)
        if fate == "objected":
            yield from _doubted(hand, made, now, dice)


def _doubted(hand: Hand, made: Commitment, now: datetime, dice: random.Random) -> Tale:
    """Who was promised looked for themselves, lately: the other unit must look anew."""
    source = made.booking or made.case
    if source is None or (isinstance(source, Booking) and source.is_sealed):
        return
    lately = hand.world.end - timedelta(days=dice.uniform(2, 9))
    now = yield max(now + timedelta(days=1), lately)
    object_to(made, words("promises")["objection"]["text"], resident_of(source), now)


def _put_another(hand: Hand, spot: Spot, made: Commitment, hamlet: str, now: datetime) -> None:
    text = words("promises")["replaced"]
    new = NewPromise(text["what"].format(hamlet=hamlet), hand.working(hand.today + timedelta(days=25)),
                     responsible=hand.official(hand.officer(spot)))  # fmt: skip
    replace(made, new, text["reason"], hand.head(spot), now)


def verifier(hand: Hand, made: Commitment) -> Actor:
    """Who looks at it: an officer of the verifying unit, never of the one that promised."""
    crew = hand.world.crew(hand.spot_of(made.verifier_id))
    people = [hand.world.staff.actors[one] for one in (*crew.officers, crew.head)]
    return next(actor for actor in people if all(post.unit_id != made.unit_id for post in actor.posts))
