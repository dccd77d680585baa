"""What was said at a reception becomes a case, carrying the reception's facts; and a reception written down at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ...cases import actions as cases
from ...cases.actions import NewCase
from ...cases.actions.arrive import already_sent
from ...cases.models import Case
from ...extensions import db
from ...journal.record import head_for_update
from ...refusals import WrongStep
from ...rules.dialogues.reception import BookingState, DayKind
from ...rules.workflow import N_, Action, Actor, Kind
from ...units.models import Unit
from ..models import Booking, ReceptionDay
from .bookings import NewBooking, book
from .days import NewDay, open_day
from .perform import must_at, remember
from .visits import Heard, check_in, hear


@dataclass(frozen=True)
class FromVisit:
    """What the clerk settles about the case; left empty, the reception's own facts are taken."""

    kind: str = ""
    title: str = ""
    category_code: str = ""
    commune_code: str = ""
    address: str = ""
    against: str = ""
    known_on: date | None = None
    request: str = ""


def make_case(booking: Booking, new: FromVisit, actor: Actor, now: datetime, *, token: str, code: str,
              version: int | None = None) -> Case:  # fmt: skip
    """Turn a visit that was heard into a case at its unit; the same form twice gives the same case.

    Name, contact, subject and what was said go along; visit and case point at each other. WrongStep before anything
    was heard, for a denouncer's visit, or where the case was made already.
    """
    head_for_update(now)
    db.session.refresh(booking)
    petition = case_facts(booking, new)
    known = already_sent(token, petition)
    if known is not None and booking.case_id == known.id:
        return known
    must_at(Action.HEAR, booking.day.unit, actor, booking, version)
    if booking.is_sealed:
        raise WrongStep(N_("Tố cáo nhập ở sổ tố cáo, không lập vụ việc ở đây."))
    if booking.state != BookingState.DONE:
        raise WrongStep(N_("Ghi nội dung tiếp trước, rồi mới lập vụ việc."))
    if booking.case_id is not None:
        raise WrongStep(N_("Lượt tiếp này đã có vụ việc."))
    case = cases.submit(petition, actor, now, token=token, code=code, at=booking.day.unit)
    booking.case = case
    remember(Action.SUBMIT, booking.about, booking.unit_id, actor, now, status=booking.state,
             reference=booking.reference, case=case.reference)  # fmt: skip
    return case


def case_facts(booking: Booking, new: FromVisit) -> NewCase:
    """The petition as a visit carries it."""
    kind = Kind(new.kind or booking.petition_kind or Kind.FEEDBACK)
    complaint = kind == Kind.COMPLAINT
    return NewCase(
        kind=kind, title=new.title or title_of(booking), body=body_of(booking),
        category_code=new.category_code or (booking.category.code if booking.category else ""),
        commune_code=new.commune_code, name=booking.name, phone=booking.phone, email=booking.email,
        address=booking.address or new.address, contact_channel=booking.contact_channel,
        language=booking.language, channel="reception",
        against=new.against if complaint else "", known_on=new.known_on if complaint else None,
        request=new.request if complaint else "",
    )  # fmt: skip


def title_of(booking: Booking) -> str:
    """The subject that was booked, else the first line of what was said."""
    return (booking.subject or booking.said.strip().split("\n")[0])[:200].strip()


def body_of(booking: Booking) -> str:
    """What was said; what the leader answered beneath it, so that whoever handles the case knows both."""
    answer = booking.answer.strip()
    return f"{booking.said.strip()}\n\n{ANSWERED} {answer}" if answer else booking.said.strip()


ANSWERED = "Người tiếp công dân đã trả lời tại buổi tiếp:"
"""Written into the case's text, which is the town's own record and in its language."""


def receive_unscheduled(day: NewDay, new: NewBooking, identity_number: str, heard: Heard, unit: Unit, actor: Actor,
                        now: datetime, *, token: str, code: str) -> Booking:  # fmt: skip
    """An unscheduled reception of one person or a group, written down in one go: its day, the visit, what was said.

    The same form twice gives the same visit.
    """
    assert day.kind == DayKind.UNSCHEDULED
    row = open_day(day, unit, actor, now)
    return receive_walk_in(row, new, identity_number, heard, actor, now, token=token, code=code)


def receive_walk_in(day: ReceptionDay, new: NewBooking, identity_number: str, heard: Heard | None, actor: Actor,
                    now: datetime, *, token: str, code: str) -> Booking:  # fmt: skip
    """Somebody came without an appointment: the visit is written down and checked in; heard too, where it was."""
    booking = book(new, day, None, actor, now, token=token, code=code)
    if booking.state != BookingState.BOOKED:
        return booking
    check_in(booking, identity_number, actor, now)
    if heard is not None:
        hear(booking, heard, actor, now)
    return booking
