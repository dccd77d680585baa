"""Voters ask for a conference: in one commune too few as yet, in one enough to oblige it."""

from __future__ import annotations

from datetime import timedelta

from ...accounts.queries import by_account
from ...dialogues.actions.calls import ask_for_conference, enter_list
from ...rules.workflow import RESIDENT_NOBODY, Role
from ...units.actions import set_setting
from ..people import ABOVE
from ..world import Spot
from .agenda import Tale
from .hand import Hand

BELOW, REACHED = 6_800, 3_900
"""Invented numbers of voters of the two communes; those of the others are invented too."""
SUBJECTS = ("Đường vào các xóm vùng cao", "Nước sinh hoạt mùa khô", "Quy hoạch chợ trung tâm")


def voters_ask(hand: Hand) -> None:
    """Voters are entered for every commune that receives; those of two ask for a conference."""
    below, reached = hand.areas[5], hand.areas[6]
    hand.begin(_entered(hand, {below.code: BELOW, reached.code: REACHED}))
    hand.begin(_asked(hand, below, ((60, 85),), 17))
    hand.begin(_asked(hand, reached, ((40, 160), (24, 150), (9, 120)), 14))


def _entered(hand: Hand, known: dict[str, int]) -> Tale:
    """The administrator writes down how many voters each commune has."""
    now = yield hand.office(hand.world.start, 3)
    official = by_account(ABOVE[Role.ADMINISTRATOR])
    if official is None:
        return
    actor, dice = hand.world.staff.actors[official.id], hand.dice("voters")
    for spot in hand.areas:
        number = known.get(spot.code, dice.randrange(38, 120) * 100)
        set_setting("voters", hand.unit(spot), number, actor, now)


def _asked(hand: Hand, spot: Spot, lists: tuple[tuple[int, int], ...], phones: int) -> Tale:
    """Voices on the public page, and signed lists that a clerk enters."""
    dice = hand.dice(f"call:{spot.code}")
    subject = dice.choice(SUBJECTS)
    now = yield hand.world.end - timedelta(days=lists[0][0] + 6)
    for phone in dice.sample(range(1000), phones):
        now = yield now + timedelta(hours=dice.uniform(0.5, 9))
        ask_for_conference(hand.unit(spot), f"0900 000 {phone:03d}", subject, hand.secret, now, RESIDENT_NOBODY)
    for number, (ago, count) in enumerate(lists, 1):
        now = yield hand.office(hand.world.end - timedelta(days=ago), dice.uniform(0, 4))
        enter_list(hand.unit(spot), f"DS-{number:02d}", count, "Tủ lưu văn thư, ngăn đối thoại", hand.clerk(spot), now)
