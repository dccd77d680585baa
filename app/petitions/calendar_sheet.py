"""The agreed meeting as a calendar file (RFC 5545), in the town's own time zone; it holds no receipt code."""

from __future__ import annotations

from datetime import datetime

from flask import current_app
from flask_babel import gettext as _

from .. import clock
from ..cases.models import Case
from ..dialogues.models import DialogueSession
from ..words import named


def calendar_of(case: Case, session: DialogueSession, now: datetime) -> bytes:
    """One event with a stable UID: taken in again after a change of time it replaces itself."""
    from icalendar import Calendar, Event

    zone, host = clock.zone(), str(current_app.config["BASE_URL"]).partition("://")[2].partition("/")[0]
    sheet = Calendar()
    sheet.add("prodid", "-//Gan Dan//dialogue//VI")
    sheet.add("version", "2.0")
    sheet.add("method", "PUBLISH")
    event = Event()
    event.add("uid", f"{case.reference}@{host}")
    event.add("dtstamp", now)
    event.add("sequence", session.version)
    # UTC moments: no time zone table has to travel along, and no phone abroad shifts the hour.
    for name, at in (("dtstart", session.starts), ("dtend", session.ends)):
        event.add(name, datetime.combine(session.on, at, zone).astimezone(now.tzinfo))
    event.add("summary", _("Đối thoại với %(unit)s", unit=named(case.unit)))
    event.add("location", session.place or session.link)
    event.add("description", _("Số tiếp nhận %(reference)s: %(title)s", reference=case.reference, title=case.title))
    if session.link:
        event.add("url", session.link)
    sheet.add_component(event)
    return bytes(sheet.to_ical())
