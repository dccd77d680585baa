"""What happens to a visit on its day: the visitor comes, is received, turned away or does not come; what follows.

Law 42/2013/QH13 as amended by Law 136/2025/QH15. Of a sealed booking (somebody comes to denounce) no word is taken
here: what they say belongs in the denunciation register.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ... import clock
from ...extensions import db
from ...refusals import Invalid, WrongStep
from ...rules import deadlines
from ...rules.dialogues import reception
from ...rules.dialogues.reception import BookingState
from ...rules.workflow import N_, Action, Actor, Kind
from ...units.calendar import law
from ...units.queries import category_by_code, next_number
from ..models import Booking, ReceptionDay
from .days import must_be_open
from .perform import must_at, remember, told
from .texts import needed, text

HEARD_KINDS = (Kind.FEEDBACK, Kind.COMPLAINT)
"""What is written down of a visit; a denunciation goes to its own register."""


def _must(action: Action, booking: Booking, actor: Actor, version: int | None) -> None:
    """Refuse who may not, whose page is old, and what does not fit where the visit stands."""
    db.session.refresh(booking)
    must_at(action, booking.day.unit, actor, booking, version)
    refused = reception.why_not(action, booking.state)
    if refused:
        raise WrongStep(refused)
    must_be_open(booking.day)


def check_in(booking: Booking, identity_number: str, actor: Actor, now: datetime, version: int | None = None) -> None:
    """The visitor is here and showed who they are (Law 136/2025/QH15); somebody who comes late after all, too.

    A denouncer is asked for nothing here. Invalid before the day, or for a number that cannot be one.
    """
    _must(Action.CHECK_IN, booking, actor, version)
    if booking.day.on > clock.day_of(now):
        raise WrongStep(N_("Chưa đến ngày tiếp."))
    number = "" if booking.is_sealed else reception.identity(identity_number)
    if number is None:
        words = N_("Ghi số căn cước hoặc hộ chiếu, từ 6 đến 20 chữ số và chữ cái (Luật 136/2025/QH15).")
        raise Invalid(words, "identity_number")
    booking.identity_number = number
    booking.state, booking.checked_in_at, booking.ended_at = BookingState.CHECKED_IN, now, None
    remember(Action.CHECK_IN, booking.about, booking.unit_id, actor, now, status=booking.state,
             reference=booking.reference)  # fmt: skip


def turn_away(booking: Booking, ground: str, reason: str, actor: Actor, now: datetime,
              version: int | None = None) -> None:  # fmt: skip
    """Refuse to receive somebody, on a ground of Law 42/2013/QH13 art. 9 and with what happened; a paper says so."""
    _must(Action.TURN_AWAY, booking, actor, version)
    _must_be_today(booking, now)
    if ground not in reception.GROUNDS:
        raise Invalid(N_("Chọn một căn cứ của Luật Tiếp công dân, điều 9."), "ground")
    why = "" if booking.is_sealed else needed(reason, "reason", 2000)
    booking.state, booking.ground, booking.reason, booking.ended_at = BookingState.REFUSED, ground, why, now
    remember(Action.TURN_AWAY, booking.about, booking.unit_id, actor, now, told(booking, Action.TURN_AWAY),
             status=booking.state, reference=booking.reference, ground=ground, reason=why)  # fmt: skip


def _must_be_today(booking: Booking, now: datetime) -> None:
    if booking.day.on > clock.day_of(now):
        raise WrongStep(N_("Chưa đến ngày tiếp."))


def miss(booking: Booking, actor: Actor, now: datetime, version: int | None = None) -> None:
    """The visitor did not come; said only once the hour has passed."""
    _must(Action.MISS, booking, actor, version)
    due = datetime.combine(booking.day.on, booking.slot or booking.day.starts)
    if due > clock.local(now).replace(tzinfo=None):
        raise WrongStep(N_("Chưa đến giờ hẹn."))
    booking.state, booking.ended_at = BookingState.NO_SHOW, now
    remember(Action.MISS, booking.about, booking.unit_id, actor, now, status=booking.state,
             reference=booking.reference)  # fmt: skip


@dataclass(frozen=True)
class Heard:
    """What was said and what came of it, as the register's columns have it (Circular 04/2021/TT-TTCP, form 03)."""

    said: str = ""
    answer: str = ""
    direction: str = ""
    petition_kind: str = ""
    settled_by: str = ""
    follow_up: str = ""
    category_code: str = ""
    """The field the matter belongs to, as exactly as a case needs it; empty: as it was booked."""
    is_told: bool = False
    """The visitor was told there and then what comes of it: nothing is owed within the 10 days of art. 28."""


def hear(booking: Booking, heard: Heard, actor: Actor, now: datetime, version: int | None = None) -> int:
    """The visitor was received: what was said goes into the register of the year, under the number returned.

    The clock of art. 28 starts, unless the visitor was told at once. Of somebody who comes to denounce only the number
    is taken. Invalid names the field that lacks.
    """
    _must(Action.HEAR, booking, actor, version)
    day = booking.day
    if not booking.is_sealed:
        _write(booking, heard)
        booking.notify_due_on = _notify_due(day)
        booking.notified_on = clock.day_of(now) if heard.is_told else None
    booking.state, booking.ended_at = BookingState.DONE, now
    booking.entered_number = next_number(f"reception:{booking.unit_id}:{day.on.year}")
    remember(Action.HEAR, booking.about, booking.unit_id, actor, now, told(booking, Action.HEAR),
             status=booking.state, due_on=booking.notify_due_on, reference=booking.reference,
             number=booking.entered_number, direction=booking.direction)  # fmt: skip
    return booking.entered_number


def _write(booking: Booking, heard: Heard) -> None:
    if heard.petition_kind == Kind.DENUNCIATION:
        words = N_("Tố cáo không ghi ở đây. Mời người đến sang lập biên bản ở sổ tố cáo, để giữ kín danh tính.")
        raise Invalid(words, "petition_kind")
    if heard.petition_kind not in HEARD_KINDS:
        raise Invalid(N_("Chọn loại đơn."), "petition_kind")
    if heard.direction not in reception.DIRECTIONS:
        raise Invalid(N_("Chọn hướng xử lý."), "direction")
    said = needed(heard.said, "said")
    answer, follow_up = text(heard.answer, "answer"), text(heard.follow_up, "follow_up", 2000)
    settled_by = text(heard.settled_by, "settled_by", 200)
    if heard.category_code:
        booking.category = category_by_code(heard.category_code)
        if booking.category is None:
            raise Invalid(N_("Chọn một mục trong danh sách."), "category_code")
    booking.said, booking.answer, booking.follow_up, booking.settled_by = said, answer, follow_up, settled_by
    booking.petition_kind, booking.direction = heard.petition_kind, heard.direction


def _notify_due(day: ReceptionDay) -> date | None:
    """By when the visitor hears what came of it: Law 42/2013/QH13 art. 28, counted from the day of reception."""
    rules = law()
    rule = rules.find("reception", "notify_result", "", day.on)
    return deadlines.due(rule, day.on, rules.calendar).due_on if rule else None


def notify_result(booking: Booking, on: date, actor: Actor, now: datetime, version: int | None = None) -> None:
    """The visitor was told what came of the visit, on that day (Law 42/2013/QH13 art. 28)."""
    db.session.refresh(booking)
    must_at(Action.NOTIFY_RESULT, booking.day.unit, actor, booking, version)
    if booking.state != BookingState.DONE or booking.is_sealed:
        raise WrongStep(N_("Chưa ghi nội dung tiếp, hoặc lượt này không có kết quả để báo."))
    if booking.notified_on is not None:
        raise WrongStep(N_("Đã ghi báo kết quả rồi."))
    if not booking.day.on <= on <= clock.day_of(now):
        raise Invalid(N_("Ngày báo kết quả từ ngày tiếp đến hôm nay."), "on")
    booking.notified_on = on
    remember(Action.NOTIFY_RESULT, booking.about, booking.unit_id, actor, now, told(booking, Action.NOTIFY_RESULT),
             status=booking.state, due_on=booking.notify_due_on, reference=booking.reference,
             notified_on=on)  # fmt: skip
