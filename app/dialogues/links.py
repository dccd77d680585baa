"""Single-use links to a booking: those of cases.links, under keys of their own."""

from __future__ import annotations

from datetime import datetime

from ..cases.links import kept, link_key
from .models import BookingLink


def make_booking_link(booking_id: int, event_seq: int, now: datetime, secret: str) -> str:
    """The key of the event's link, whose 7 days begin when it is first made. The caller commits."""
    return kept(BookingLink, booking_key(event_seq, secret), now, booking_id=booking_id)


def booking_key(event_seq: int, secret: str) -> str:
    """Never the key of a case's link, though the event be the same."""
    return link_key(event_seq, secret, "booking-link")
