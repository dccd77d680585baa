"""Conferences and thematic sessions: planned, announced, held, written down, published; some not in time."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from ... import clock
from ...cases.models import Case
from ...dialogues.actions import minutes, people, questions
from ...dialogues.actions.holding import hold_session
from ...dialogues.actions.requests import schedule_with
from ...dialogues.actions.sessions import NewSession, announce, plan_session
from ...dialogues.models import DialogueSession
from ...extensions import db
from ...rules.dialogues.sessions import SessionKind
from ...rules.workflow import OPEN, RESIDENT_NOBODY, Action, Kind, why_not
from ..world import Spot
from .agenda import Tale
from .answers import judged
from .hand import Hand, words
from .promises import promise_in
from .requests import Asked, ask, in_hand, share

STARTS, ENDS = time(8, 0), time(11, 0)
WAYS = ("portal", "posting", "loudspeaker", "village_heads")
PUBLISHED_LATE, UNWRITTEN, ANNOUNCED, PLANNED = "published late", "unwritten", "announced", "planned"
STAGED = (PUBLISHED_LATE, UNWRITTEN, ANNOUNCED, PLANNED)
"""One conference each that is not simply held and published in time."""
SAME = 3
"""Requests on one subject that one session answers."""


def sessions(hand: Hand) -> int:
    """Half the communes hold their conference; themes; one within a complaint. Returns how many requests came of it."""
    half = [hand.home, *hand.areas[1 : max(7, len(hand.areas) // 2)]]
    for number, spot in enumerate(half):
        dice = hand.dice(f"conference:{spot.code}")
        fate = STAGED[number - 1] if 0 < number <= len(STAGED) else ""
        hand.begin(_conference(hand, spot, _day(hand, fate, dice), fate, dice))
    hand.begin(_same(hand, hand.home, hand.dice("same")))
    hand.begin(_group(hand, hand.areas[1], hand.dice("group")))
    hand.begin(_theme_alone(hand, hand.areas[2], hand.dice("theme")))
    hand.begin(_within_a_complaint(hand))
    return SAME + 1


def _day(hand: Hand, fate: str, dice: random.Random) -> date:
    """When it is held: some time in the months, or as the fate wants."""
    away = {UNWRITTEN: 3, ANNOUNCED: -8, PLANNED: -16}.get(fate)
    return hand.ago(dice.uniform(32, 140) if away is None else away)


def _conference(hand: Hand, spot: Spot, on: date, fate: str, dice: random.Random) -> Tale:
    now = yield hand.office(hand.wall(on - timedelta(days=dice.randint(18, 22)), STARTS), dice.uniform(0, 6))
    texts = words("sessions")["conference"]
    filling = hand.filling(spot, on, dice)
    filling.words["year"] = str(on.year)
    new = NewSession(
        SessionKind.CONFERENCE, filling(texts["title"]), on, STARTS, ENDS, texts["agenda"],
        place=filling(texts["place"]), chair=_chair(hand, spot),
    )  # fmt: skip
    session = plan_session(new, hand.unit(spot), hand.officer(spot), now)
    now = yield hand.office(now, dice.uniform(1, 3))
    for role in ("front", "council"):
        people.invite(session, role, filling(texts[role]), hand.officer(spot), now)
    if fate != PLANNED:
        yield from _announced_and_held(hand, spot, session, texts, fate, dice)


def _announced_and_held(hand: Hand, spot: Spot, session: DialogueSession, texts: dict[str, Any], fate: str,
                        dice: random.Random) -> Tale:  # fmt: skip
    now = yield hand.office(hand.wall(session.on - timedelta(days=dice.randint(10, 14)), STARTS), dice.uniform(0, 6))
    announce(session, WAYS, hand.officer(spot), now)
    entries = dice.sample(words("sessions")["question"], 4)
    asked = []
    for entry in entries[:2]:
        now = yield now + timedelta(hours=dice.uniform(3, 40))
        asked.append((entry, _put(hand, spot, session, entry, "web", now, dice)))
    now = yield hand.wall(session.on, session.ends, 20)
    hold_session(session, _chair(hand, spot), dice.randint(60, 180), texts["conclusion"], hand.officer(spot), now,
                 came=[one.id for one in session.attendees])  # fmt: skip
    for entry in entries[2:]:
        asked.append((entry, _put(hand, spot, session, entry, "session", now, dice)))
    yield from _written_down(hand, spot, session, texts, asked, fate, dice)


def _put(hand: Hand, spot: Spot, session: DialogueSession, entry: dict[str, str], channel: str, now: datetime,
         dice: random.Random) -> Any:  # fmt: skip
    actor = RESIDENT_NOBODY if channel == "web" else hand.officer(spot)
    return questions.put_question(session, hand.filling(spot, session.on, dice)(entry["ask"]), hand.name(dice), channel,
                                  actor, now)  # fmt: skip


def _written_down(hand: Hand, spot: Spot, session: DialogueSession, texts: dict[str, Any], asked: list[Any], fate: str,
                  dice: random.Random) -> Tale:  # fmt: skip
    """Answers and promises the same day; minutes, signature and publication in the days after."""
    officer, now = hand.officer(spot), clock.now()
    now = yield now + timedelta(minutes=40)
    for entry, question in asked:
        questions.answer_question(question, session, entry["answer"], _chair(hand, spot), entry["public"], officer, now)
    for _n in range(dice.randint(1, 2)):
        promise_in(hand, spot, session, now, dice)
    if fate == UNWRITTEN:
        return
    now = yield hand.office(now, dice.uniform(6, 14))
    minutes.write_minutes(session, texts["minutes"], session.conclusion, officer, now)
    minutes.submit_minutes(session, officer, now)
    now = yield hand.office(now, dice.uniform(2, 8))
    minutes.approve_minutes(session, hand.head(spot), now)
    wait = dice.uniform(14, 17) if fate == PUBLISHED_LATE else dice.uniform(0.5, 2)
    now = yield hand.office(now + timedelta(days=wait), 1)
    minutes.publish_minutes(session, texts["public"], ("portal", "posting"), officer, now)


def _chair(hand: Hand, spot: Spot) -> str:
    head = hand.world.staff.officials[hand.world.crew(spot).head]
    return f"{head.name}, {head.title} {hand.called(spot)}"


# -- themes -------------------------------------------------------------------------------------------------------


def _theme(hand: Hand, spot: Spot, title: str, on: date, now: datetime) -> DialogueSession:
    texts = words("sessions")["theme"]
    new = NewSession(SessionKind.THEME, title, on, STARTS, ENDS, texts["agenda"], chair=_chair(hand, spot),
                     place=f"Nhà văn hóa trung tâm {hand.world.place(spot).short}")  # fmt: skip
    return plan_session(new, hand.unit(spot), hand.officer(spot), now)


def _same(hand: Hand, spot: Spot, dice: random.Random) -> Tale:
    """Three ask for a dialogue on one subject: one session answers them all."""
    texts, asked = words("requests")["same"], []
    now = yield hand.world.end - timedelta(days=dice.uniform(52, 60))
    for title in texts["title"]:
        asked.append(ask(hand, spot, texts, title, now, dice))
        yield from in_hand(hand, asked[-1])
        now = yield clock.now() + timedelta(hours=dice.uniform(2, 9))
    now = yield hand.office(now, 3)
    session = _theme(hand, spot, texts["theme"], hand.working(clock.day_of(now) + timedelta(days=14)), now)
    for one in asked:
        schedule_with(one.case, session, hand.officer(spot), now)
    yield from _theme_held(hand, spot, session, asked, texts["concluded"], dice)


def _group(hand: Hand, spot: Spot, dice: random.Random) -> Tale:
    """Forty people ask; their request is made public, others join, and a session is held for all."""
    texts = words("requests")["group"]
    now = yield hand.world.end - timedelta(days=dice.uniform(48, 55))
    asked = ask(hand, spot, texts, texts["title"], now, dice, 40, is_public=True)
    yield from in_hand(hand, asked)
    now = yield hand.office(clock.now(), 2)
    yield from share(hand, asked, now, 12)
    now = yield hand.office(clock.now(), 4)
    session = _theme(hand, spot, texts["theme"], hand.working(clock.day_of(now) + timedelta(days=13)), now)
    schedule_with(asked.case, session, hand.officer(spot), now)
    yield from _theme_held(hand, spot, session, [asked], texts["concluded"], dice)


def _theme_alone(hand: Hand, spot: Spot, dice: random.Random) -> Tale:
    """A theme that the commune itself puts forward."""
    texts = words("sessions")["theme"]["alone"]
    now = yield hand.world.end - timedelta(days=dice.uniform(70, 90))
    session = _theme(hand, spot, texts["title"], hand.working(clock.day_of(now) + timedelta(days=15)), now)
    yield from _theme_held(hand, spot, session, [], texts["conclusion"], dice)


def _theme_held(hand: Hand, spot: Spot, session: DialogueSession, asked: list[Asked], concluded: str,
                dice: random.Random) -> Tale:  # fmt: skip
    now = yield hand.office(clock.now(), 4)
    announce(session, WAYS[:2], hand.officer(spot), now)
    now = yield hand.wall(session.on, session.ends, 10)
    came = [one.id for one in session.attendees]
    own = {one.case.id: one.texts["concluded"] for one in asked}
    hold_session(session, _chair(hand, spot), len(came) + dice.randint(20, 45), concluded,
                 hand.officer(spot), now, came=came, texts=own)  # fmt: skip
    for one in asked:
        hand.begin(judged(hand, one.case, one.dice))
    yield from _written_down(hand, spot, session, words("sessions")["theme"], [], "", dice)


def _within_a_complaint(hand: Hand) -> Tale:
    """A dialogue called within the settlement of a complaint that is being found out about."""
    now = yield hand.office(hand.world.end - timedelta(days=1), 0)
    found = db.session.scalars(
        select(Case).where(Case.kind == Kind.COMPLAINT, Case.status.in_(OPEN), Case.accepted_on.is_not(None))
        .order_by(Case.unit_id != hand.home.id, Case.id)
    )  # fmt: skip
    for case in found:
        spot = hand.spot_of(case.unit_id)
        if why_not(hand.officer(spot), Action.HOLD_DIALOGUE, case) is None:
            new = NewSession(SessionKind.COMPLAINT, words("sessions")["complaint"]["title"],
                             hand.working(hand.today + timedelta(days=6)), time(14, 0), time(16, 0),
                             place=f"Phòng họp {hand.called(spot)}", case=case)  # fmt: skip
            plan_session(new, hand.unit(spot), hand.officer(spot), now)
            return
