"""Receiving citizens: the slots of a day, what may become of a booking, on which grounds a visitor is turned away.

Law 42/2013/QH13 as amended by Law 136/2025/QH15.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from ..workflow.vocabulary import N_, Action


class DayKind(StrEnum):
    """Art. 2: regular (by the reception staff), periodic (by the leader, a duty), unscheduled (art. 18.3)."""

    REGULAR = "regular"
    PERIODIC = "periodic"
    UNSCHEDULED = "unscheduled"


class BookingState(StrEnum):
    """Where a visit stands."""

    BOOKED = "booked"
    CHECKED_IN = "checked_in"
    DONE = "done"
    REFUSED = "refused"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"


STANDING = frozenset({BookingState.BOOKED, BookingState.CHECKED_IN})
"""Somebody is still to be received."""
RECEIVED = frozenset({BookingState.DONE})

MOVES: dict[Action, tuple[frozenset[BookingState], BookingState]] = {
    Action.CANCEL_BOOKING: (frozenset({BookingState.BOOKED}), BookingState.CANCELLED),
    Action.CHECK_IN: (frozenset({BookingState.BOOKED, BookingState.NO_SHOW}), BookingState.CHECKED_IN),
    Action.TURN_AWAY: (STANDING, BookingState.REFUSED),
    Action.MISS: (frozenset({BookingState.BOOKED}), BookingState.NO_SHOW),
    Action.HEAR: (frozenset({BookingState.CHECKED_IN}), BookingState.DONE),
}
"""From which states a verb may be done, and where it leads."""

GROUNDS = ("incapable", "threat", "settled", "other_law")
"""Art. 9: intoxicated or incapable of governing oneself; threats, or breaking the rules of the place; finally settled,
examined and explained, yet repeated on purpose; other cases that the law names."""
DIRECTIONS = ("accepted", "guided", "forwarded", "explained")
"""What came of a visit, as the register's columns have it (Circular 04/2021/TT-TTCP, form 03)."""
CHANNELS = ("web", "counter", "phone", "walk_in")
BOOKABLE_MINUTES = 30
"""A slot can be booked on the web until so long before it begins."""
LONGEST_DAY_SLOTS = 60


def slots(starts: time, ends: time, minutes: int) -> Iterator[time]:
    """The beginnings of a day's slots; what does not fit whole before the end is none."""
    day = date(2000, 1, 1)
    at, end, step = datetime.combine(day, starts), datetime.combine(day, ends), timedelta(minutes=minutes)
    while at + step <= end:
        yield at.time()
        at += step


def wrong_times(starts: time, ends: time, minutes: int, capacity: int) -> tuple[str, str] | None:
    """The field and the sentence that refuse such a day, or None."""
    if not 5 <= minutes <= 240:
        return "slot_minutes", N_("Mỗi khung giờ dài từ 5 đến 240 phút.")
    if not 1 <= capacity <= 50:
        return "capacity", N_("Mỗi khung giờ nhận từ 1 đến 50 lượt.")
    if ends <= starts:
        return "ends", N_("Giờ kết thúc phải sau giờ bắt đầu.")
    count = len(list(slots(starts, ends, minutes)))
    if not 1 <= count <= LONGEST_DAY_SLOTS:
        return "ends", N_("Khoảng thời gian này không chia được thành khung giờ.")
    return None


def is_bookable(on: date, slot: time, local_now: datetime, lead: int = BOOKABLE_MINUTES) -> bool:
    """Whether a slot is still far enough ahead; both are wall times of the town."""
    return datetime.combine(on, slot) - timedelta(minutes=lead) >= local_now.replace(tzinfo=None)


def why_not(action: Action, state: str) -> str | None:
    """Why this cannot be done with a booking that stands so, or None."""
    sources, _to = MOVES[action]
    if state in sources:
        return None
    return {
        BookingState.BOOKED: N_("Người hẹn chưa đến."),
        BookingState.CHECKED_IN: N_("Người hẹn đã đến rồi."),
        BookingState.DONE: N_("Lượt tiếp này đã xong."),
        BookingState.REFUSED: N_("Lượt này đã bị từ chối tiếp."),
        BookingState.NO_SHOW: N_("Lượt này đã ghi là không đến."),
        BookingState.CANCELLED: N_("Lịch hẹn này đã hủy."),
    }[BookingState(state)]


def overlap(starts: time, ends: time, other_starts: time, other_ends: time) -> bool:
    """Whether two spans of one day share a moment; one that begins as the other ends does not."""
    return starts < other_ends and other_starts < ends


def moved(used: Iterable[time], old: Sequence[time], new: Sequence[time]) -> dict[time, time] | None:
    """Where each slot in use goes when a day moves: to the same hour where the new day has them all, else in order.

    None where the new day has no place for somebody.
    """
    wanted = sorted(set(used))
    if all(slot in new for slot in wanted):
        return {slot: slot for slot in wanted}
    places = {slot: old.index(slot) for slot in wanted if slot in old}
    if len(places) < len(wanted) or any(place >= len(new) for place in places.values()):
        return None
    return {slot: new[place] for slot, place in places.items()}


def identity(typed: str) -> str | None:
    """The number of an identity card or passport without its spaces, or None where it cannot be one."""
    number = "".join(c for c in typed if c not in " .-").upper()
    return number if 6 <= len(number) <= 20 and number.isascii() and number.isalnum() else None
