"""A visit or a session as a file for the calendar of a phone (.ics, RFC 5545), in the town's own time zone.

The wall time stands there with the zone and the zone's rules, so that 8 o'clock stays 8 o'clock, also for a phone that
is abroad and across a change to summer time. Nothing of the person and nothing of what it is about stands in it: phones
show their calendar to whoever holds them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask_babel import gettext as _

from .. import clock
from ..rules.dialogues import reception
from ..words import named
from .models import Booking, DialogueSession

if TYPE_CHECKING:
    from icalendar import Event

PRODUCT = "-//Gan Dan//Reception and dialogues//VI"
YEARS = timedelta(days=366)


@dataclass(frozen=True)
class Entry:
    """One entry of a calendar: wall times of the town."""

    number: str
    """The public number; with the house's name it is the entry's lasting identity."""
    version: int
    on: date
    starts: time
    ends: time
    title: str
    place: str
    text: str
    page: str
    is_off: bool = False


def booking_calendar(booking: Booking, base_url: str, now: datetime) -> bytes:
    """The file of a booking that has a slot; a later one replaces the earlier in the same phone."""
    assert booking.slot is not None, "who came without an appointment has none to note down"
    day = booking.day
    return write(Entry(
        number=booking.reference, version=booking.version, on=day.on, starts=booking.slot,
        ends=(datetime.combine(day.on, booking.slot) + timedelta(minutes=day.slot_minutes)).time(),
        title=_("Lịch hẹn %(reference)s, %(unit)s", reference=booking.reference, unit=named(day.unit)),
        place=_place(booking.mode, day.place),
        text=_("Có mặt trước 10 phút. Không đến được thì đổi giờ hoặc hủy, để người khác có chỗ."),
        page=f"{base_url}/reception/booking", is_off=booking.state == reception.BookingState.CANCELLED,
    ), base_url, now)  # fmt: skip


def session_calendar(session: DialogueSession, base_url: str, now: datetime) -> bytes:
    """The file of a dialogue session; its title stands in it only where the session is public."""
    title = session.title if session.is_public else _("Buổi đối thoại")
    return write(Entry(
        number=session.number, version=session.version, on=session.on, starts=session.starts, ends=session.ends,
        title=f"{title}, {named(session.unit)}", place=_place(session.mode, session.place),
        text=_("Số hiệu %(number)s.", number=session.number), page=f"{base_url}/dialogues/{session.number}"
        if session.is_public else base_url, is_off=session.called_off_at is not None,
    ), base_url, now)  # fmt: skip


def write(entry: Entry, base_url: str, now: datetime) -> bytes:
    """The file, with the rules of the time zone inside."""
    from icalendar import Calendar, Timezone

    calendar = Calendar()
    for name, value in (("prodid", PRODUCT), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", "PUBLISH")):
        calendar.add(name, value)
    calendar.add_component(Timezone.from_tzinfo(clock.zone(), first_date=entry.on - YEARS, last_date=entry.on + YEARS))
    calendar.add_component(_event(entry, base_url, now))
    return calendar.to_ical()


def _event(entry: Entry, base_url: str, now: datetime) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{entry.number}@{urlsplit(base_url).hostname or 'gan-dan'}")
    event.add("dtstamp", now)
    event.add("sequence", entry.version)
    event.add("dtstart", datetime.combine(entry.on, entry.starts, clock.zone()))
    event.add("dtend", datetime.combine(entry.on, entry.ends, clock.zone()))
    event.add("summary", entry.title)
    event.add("description", entry.text)
    if entry.place:
        event.add("location", entry.place)
    event.add("url", entry.page)
    event.add("status", "CANCELLED" if entry.is_off else "CONFIRMED")
    return event


def _place(mode: str, place: str) -> str:
    """Where to go; the way into an online meeting stands on the page, not in a file that is passed on."""
    return _("Trực tuyến") if mode == "online" else place
